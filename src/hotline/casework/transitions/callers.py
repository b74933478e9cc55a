"""诉求人 (callers): whom a call or letter comes from, a person, an enterprise or nobody named; kept encrypted (R-35)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.numbers import credit_code
from hotline.casework.records import Citizen, PersonKey
from hotline.casework.transitions.base import AnyCase
from hotline.procedure.forms import Field, Problem
from hotline.rules import callers
from hotline.rules.callers import ANONYMOUS, ENTERPRISE, PERSON

OF_AN_ENTERPRISE = ("contact", "credit_code")
SEALED = ("name", "phone", *OF_AN_ENTERPRISE)
WRONG_CODE = "统一社会信用代码不对，请核对 18 位和最后一位校验码。"


def caller_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The sorts of callers, as the rulebook names them."""
    return list(callers.sorts(case.book).items())


FIELDS = (
    Field("caller", "诉求人是", "choice", choices=caller_choices, required=False, section="诉求人"),
    Field("name", "姓名或企业名称", required=False, max_length=60),
    Field("phone", "联系电话", "phone", required=False, max_length=20),
    Field("contact", "企业联系人", required=False, max_length=60, hint="企业才填"),
    Field("credit_code", "统一社会信用代码", required=False, max_length=30, hint="企业才填，可以不填"),
)


def sort_of(case: AnyCase) -> str:
    """What the form says, or what follows from it: who gives no name is anonymous."""
    form: Mapping[str, Any] = case.form
    return str(form.get("caller") or (PERSON if form["name"] else ANONYMOUS))


def unnamed(case: AnyCase) -> bool:
    """Whether it comes from somebody who gives no name."""
    return sort_of(case) == ANONYMOUS


def problems(case: AnyCase) -> Sequence[Problem]:
    """What each sort must and must not say of itself."""
    form, clause = case.form, case.book.provision("callers").clause
    if form["caller"] == ANONYMOUS and form["name"]:
        return [Problem("name", "匿名的不记姓名；愿意留姓名的，请改选。", clause)]
    if form["caller"] != ENTERPRISE:
        return [Problem(name, "只有企业填这一栏；是企业的请选企业。", clause) for name in OF_AN_ENTERPRISE if form[name]]
    wanted = (("name", "请写企业名称。"), ("contact", "请写企业的联系人。"))
    found = [Problem(name, said, clause) for name, said in wanted if not form[name]]
    return [*found, *code_problems(form["credit_code"], clause)]


def code_problems(typed: str, clause: str) -> list[Problem]:
    """That a credit code is none."""
    return [Problem("credit_code", WRONG_CODE, clause)] if typed and not credit_code(typed) else []


def caller(case: AnyCase) -> int | None:
    """The caller's number: the one known by phone and name, or a new one with a key of their own."""
    form, known = case.form, case.tools.extra.get("citizen")
    if known is not None or not (form["name"] or form["phone"]):
        return known
    citizen_id = case.tools.ids.next()
    key, wrapped = case.new_person_key(citizen_id)
    given = {name: str(form.get(name) or "") for name in SEALED}
    given["credit_code"] = credit_code(given["credit_code"])
    sealed = {f"{name}_sealed": case.encrypted(key, Citizen.TABLE, citizen_id, name, value) if value else None
              for name, value in given.items()}  # fmt: skip
    index = case.tools.keys.phone_index(form["phone"]) if form["phone"] else None
    case.insert(Citizen(citizen_id, phone_index=index, known_since=case.now, sort=sort_of(case), **sealed))
    case.insert(PersonKey(citizen_id, wrapped, case.tools.keys.master_id))
    return citizen_id
