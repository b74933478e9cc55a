"""诉求人的种类: persons, enterprises, whoever gives no name or no number (R-35)."""

from __future__ import annotations

from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.handing_out import one_matter
from hotline.casework.numbers import CREDIT_LETTERS, credit_check, credit_code
from hotline.casework.people import FORGOTTEN, Revealed, revealed
from hotline.casework.records import Citizen, Contact, Text
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

OPERATOR, INSPECTOR = line.actor("operator"), line.actor("inspector")
FIRM, PERSON = "测试商贸有限公司", "经办丁"
BODY = "91341300TEST00001".replace("S", "A")
CODE = BODY + credit_check(BODY)
ENTERPRISE = {"caller": "enterprise", "name": FIRM, "contact": PERSON, "credit_code": CODE.lower()}
NOBODY = {"caller": "anonymous", "name": "", "phone": ""}
pytestmark = pytest.mark.clause("四（一）段1g", "R-35")


def registered(book: Rulebook, **changed: str) -> MatterDossier:
    dossier = line.newborn()
    line.act(dossier, "register", OPERATOR, {**line.forms(book)["register"], **changed}, line.NOW, book)
    return dossier


def wrong(book: Rulebook, **changed: str) -> list[tuple[str, str]]:
    form = {**line.forms(book)["register"], **changed}
    return line.said(line.problems(line.newborn(), "register", OPERATOR, form, line.NOW, book))


def clause(book: Rulebook) -> str:
    return here(book, suzhou="四（一）段1", example="第10条")


def test_a_credit_code_is_known_by_its_last_character() -> None:
    known = "91350100M000100Y43"  # the specimen that the standard itself works out
    assert credit_code(known) == known
    assert credit_code(" 9135 0100 m000 100y 43 ") == known
    for place, letter in enumerate(known):
        other = CREDIT_LETTERS[(CREDIT_LETTERS.index(letter) + 1) % len(CREDIT_LETTERS)]
        assert credit_code(known[:place] + other + known[place + 1 :]) == "", place
    for none in ("", "1", known[:-1], known + "3", known.replace("M", "O"), "一" * 18):
        assert credit_code(none) == "", none


def test_an_enterprise_is_kept_encrypted_with_its_contact_and_code(book: Rulebook) -> None:
    dossier = registered(book, **ENTERPRISE)
    (citizen,), first = dossier.all(Citizen), dossier.lines[0]
    assert (citizen.sort, read(first.text).facts[-1]) == ("enterprise", "enterprise")
    assert revealed(dossier, line.KEYS) == Revealed(FIRM, line.CITIZEN_PHONE, PERSON, CODE)
    for secret in (FIRM, PERSON, CODE):
        assert all(secret not in li.text for li in dossier.lines)
        assert all(secret not in text.body for text in dossier.all(Text))
    assert {(table, field) for table, _, field, _ in read(first.text).sealed} == {
        (Citizen.TABLE, name) for name in ("name", "phone", "contact", "credit_code")}  # fmt: skip


def test_what_each_sort_says_of_itself(book: Rulebook) -> None:
    assert wrong(book, **{**ENTERPRISE, "contact": ""}) == [("contact", clause(book))]
    assert wrong(book, **{**ENTERPRISE, "name": ""}) == [("name", clause(book))]
    assert wrong(book, **{**ENTERPRISE, "credit_code": CODE[:-1] + "?"}) == [("credit_code", clause(book))]
    assert registered(book, **{**ENTERPRISE, "credit_code": ""}).citizen() is not None
    assert wrong(book, caller="anonymous") == [("name", clause(book))]
    assert wrong(book, contact=PERSON, credit_code=CODE) == [("contact", clause(book)), ("credit_code", clause(book))]


def test_who_gives_no_name_is_anonymous(book: Rulebook) -> None:
    nobody = registered(book, **NOBODY)
    (contact,) = nobody.all(Contact)
    assert (contact.anonymous, contact.citizen_id, nobody.citizen()) == (True, None, None)
    numbered = registered(book, **{**NOBODY, "phone": line.CITIZEN_PHONE})
    (contact,), citizen = numbered.all(Contact), numbered.citizen()
    assert citizen is not None
    assert (contact.anonymous, citizen.sort, citizen.name_sealed) == (True, "anonymous", None)
    assert revealed(numbered, line.KEYS) == Revealed(phone=line.CITIZEN_PHONE)
    named = registered(book)
    assert (named.all(Contact)[0].anonymous, read(named.lines[0].text).facts[-1]) == (False, "person")


def handled(book: Rulebook, until: str, **caller: str) -> MatterDossier:
    dossier = registered(book, **caller)
    waived = {"outcome": "waived", "waiver": "anonymous", "note": "没有留姓名和电话"}
    unnamed = {"record_contact": waived, "answer_citizen": {"means": "online"}}
    changed: dict[str, dict[str, Any]] = {} if dossier.citizen() else unnamed
    for verb, role in line.LINE[1:]:
        form = changed.get(verb, line.forms(book)[verb])
        head = verb == "sign_off" and until != verb
        line.act(dossier, verb, line.actor("head" if head else role), form, line.NOW, book)
        if verb == until:
            break
    return dossier


def test_who_left_no_number_is_neither_called_nor_counted(book: Rulebook) -> None:
    dossier = handled(book, "draft_reply", **NOBODY)
    for means in ("phone", "sms"):
        found = line.problems(dossier, "answer_citizen", line.actor("clerk"), {"means": means}, line.NOW, book)
        assert line.said(found) == [("means", clause(book))]
    dossier = handled(book, "approve", **NOBODY)
    matter = dossier.matter
    assert (matter.status, matter.drawn) == ("closed", False), "there is nobody to call, so nobody is drawn"
    assert matter.rating_until is not None
    bad = {"means": "rating", "reached": "1", "solved": "no", "result": "3"}
    line.act(dossier, "follow_up", line.actor("citizen"), bad, line.NOW, book)
    assert dossier.matter.status == "replied", "with the query code they rate all the same"


def test_what_an_enterprise_gave_is_put_right_and_handed_out(book: Rulebook) -> None:
    dossier = registered(book, **ENTERPRISE)
    kit = line.tools(ids=line.Counter(50_000))
    form = {"contact": "经办戊", "reason": "来电更正，核对过编号"}
    line.act(dossier, "correct_person", INSPECTOR, form, line.NOW, book, kit)
    assert revealed(dossier, line.KEYS).contact == "经办戊"
    bad = {"credit_code": "1", "reason": "x"}
    found = line.problems(dossier, "correct_person", INSPECTOR, bad, line.NOW, book, kit)
    assert [p.field for p in found] == ["credit_code"]
    person = registered(book)
    found = line.problems(person, "correct_person", INSPECTOR, form, line.NOW, book, kit)
    assert [p.field for p in found] == ["contact"]
    assert one_matter(dossier, book, dossier.all(Citizen)[0].id)


def test_forgotten_nothing_of_an_enterprise_is_left(book: Rulebook) -> None:
    words = f"我们{FIRM}的{PERSON}报修过，代码{CODE}。"
    dossier = handled(book, "approve", **{**ENTERPRISE, "course": words})
    closed = line.changed(dossier, dossier.matter, status="closed")
    note = closed.all(Text)[-1]
    closed = line.changed(closed, note, body=f"{FIRM}，{PERSON}，{CODE}")
    line.act(closed, "anonymise", INSPECTOR, {"reason": "单位来函"}, line.NOW, book, line.tools(ids=line.Counter(60_000)))
    assert revealed(closed, line.KEYS) == Revealed(*[FORGOTTEN] * 4)
    assert not [t.field for t in closed.all(Text) if any(s in t.body for s in (FIRM, PERSON, CODE))]
