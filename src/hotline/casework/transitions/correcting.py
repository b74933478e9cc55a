"""更正 (correcting): a person's name or telephone put right, everywhere at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.numbers import credit_code
from hotline.casework.records import Citizen, Matter, PersonKey
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, write_text
from hotline.casework.transitions.callers import OF_AN_ENTERPRISE, SEALED, code_problems
from hotline.casework.transitions.forgetting import CALLER, chosen, nobody
from hotline.network.roles import DATA_OFFICERS, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import conflicts
from hotline.rules.callers import ENTERPRISE
from hotline.rules.verdicts import Verdict


def of_an_enterprise(case: AnyCase, citizen: Citizen, clause: str) -> Sequence[Problem]:
    """Only an enterprise has a contact and a credit code, and the code must be one."""
    form = case.form
    if citizen.sort != ENTERPRISE:
        return [Problem(name, "诉求人不是企业。", clause) for name in OF_AN_ENTERPRISE if form[name]]
    return code_problems(form["credit_code"], clause)


def written(name: str, value: str) -> str:
    """As it is kept."""
    return credit_code(value) if name == "credit_code" else value


class CorrectPerson(MatterCard):
    """更正姓名电话: a person's name or telephone was wrong, everywhere at once; written where their data was first written,
    so that one ledger says what it was and is."""

    term = "更正姓名电话"
    rests_on = "masking"
    by = (*DATA_OFFICERS, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, tuple(s for s in S if s != S.ANSWERED))
    form = (
        CALLER,
        Field("name", "正确的姓名", required=False, max_length=60),
        Field("phone", "正确的电话", "phone", required=False, max_length=20),
        Field("contact", "正确的企业联系人", required=False, max_length=60, hint="企业才填"),
        Field("credit_code", "正确的统一社会信用代码", required=False, max_length=30, hint="企业才填"),
        Field("reason", "理由", max_length=300, hint="怎样核实的；不要写姓名和电话"),
    )
    deadline = UNCHANGED
    ledger = Line("person_corrected", ("citizen_id", *SEALED, "reason_id"))
    needs = ("came_first",)
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """Somebody must be there."""
        return nobody(case)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Something is otherwise; the person's key is there; and this is where it is to be written."""
        clause, citizen = cls.provision(case.book).clause, chosen(case)
        first = case.tools.extra["came_first"]
        if citizen is None or case.dossier.find(PersonKey, citizen.id) is None:
            return [Problem("citizen", "这件事里没有这个人，或者已经匿名。", clause)]
        if first is not None and first[0] != case.dossier.chain.id:
            return [Problem("citizen", cls._elsewhere(case, first[1]), clause)]
        if not any(case.form[name] for name in SEALED):
            return [Problem("name", "请写正确的姓名或电话，至少一项。")]
        return of_an_enterprise(case, citizen, clause)

    @classmethod
    def _elsewhere(cls, case: MatterCase, number: str | None) -> str:
        """Where it is written instead; of what is about whoever asks not which one it is (R-21)."""
        centre = case.book.provision("centres").values["back"][conflicts.CENTRE]
        return f"这个人最先反映的是 {number}，请到那一件里更正。" if number else f"不在这一件里更正，请交{centre}办理。"

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The new ciphertext in row and line, the index by which a call finds them; nothing in clear."""
        citizen, form = chosen(case), case.form
        assert citizen is not None
        own = case.dossier.get(PersonKey, citizen.id)
        key = case.tools.keys.unwrap(citizen.id, own.wrapped, own.master_id)
        columns: dict[str, Any] = {
            f"{name}_sealed": case.encrypted(key, Citizen.TABLE, citizen.id, name, written(name, form[name]))
            for name in SEALED if form[name]
        }  # fmt: skip
        if form["phone"]:
            columns["phone_index"] = case.tools.keys.phone_index(form["phone"])
        case.update(citizen, **columns)
        return {"citizen_id": citizen.id, **{name: bool(form[name]) for name in SEALED},
                "reason_id": write_text(case, "correct_reason", form["reason"])}  # fmt: skip
