"""再次来电: joined while open, answered once more, taken up anew, or another matter: as each city says (R-23)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, Contact
from hotline.casework.statuses import MatterStatus
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules import limits, office, repeats
from hotline.rules.book import Rulebook
from support import line

OPERATOR = line.actor("operator")
LATER = line.NOW + timedelta(days=1)
FINAL = ("declined", "archived", "withdrawn", "ended")
OPEN = ("registered", "awaiting_facts", "refusal_proposed", "under_review", "accepted", "joined", "submitted",
        "in_hand")  # fmt: skip


def again(book: Rulebook, dossier: MatterDossier, now: datetime = LATER, **fields: str) -> Any:
    return line.act(dossier, "record_repeat", OPERATOR, {**line.forms(book)["record_repeat"], **fields}, now, book)


def wrong(book: Rulebook, dossier: MatterDossier, **fields: str) -> list[tuple[str, str]]:
    form = {**line.forms(book)["record_repeat"], **fields}
    return line.said(line.problems(dossier, "record_repeat", OPERATOR, form, LATER, book))


def in_status(book: Rulebook, status: str) -> MatterDossier:
    dossier = line.lived(book, "archive", dispatch={"major": "1"})
    return line.changed(dossier, dossier.matter, status=MatterStatus(status))


def clause(book: Rulebook) -> str:
    return here(book, suzhou="四（一）段1", example="第10条")


# What becomes of it: same facts, new facts; written by hand from each city's text.
BECOMES = {
    "suzhou-2018": {"answered": ("repeat_answer", "reopen"), "final": ("repeat_answer", "linked_matter")},
    "example-city": {"answered": ("reopen", "linked_matter"), "final": ("linked_matter", "linked_matter")},
}


@pytest.mark.clause("四（一）段1", "R-23")
def test_what_becomes_of_it(book: Rulebook) -> None:
    for stands, (same, new) in {"open": ("join", "join"), **BECOMES[book.id]}.items():
        assert repeats.what(book, stands, new_facts=False).action == same
        assert repeats.what(book, stands, new_facts=True).action == new
    assert repeats.what(book, "open", new_facts=False).clause == clause(book)


@pytest.mark.clause("四（一）段1", "R-23")
@pytest.mark.parametrize("facts", ["same", "new"])
@pytest.mark.parametrize("status", [s for s in MatterStatus if s != "answered"])
def test_in_every_status(book: Rulebook, status: str, facts: str) -> None:
    dossier = in_status(book, status)
    stands = "open" if status in OPEN else "final" if status in FINAL else "answered"
    again_after_withdrawal = status == "withdrawn" or facts == "new"  # who comes back has another matter
    action = "join" if stands == "open" else BECOMES[book.id][stands][again_after_withdrawal]
    if action == "linked_matter":
        assert wrong(book, dossier, facts=facts) == [("facts", clause(book))]
        return
    written = read(again(book, dossier, facts=facts).lines[0].text)
    assert written.facts[0] == action
    assert written.clauses[0] == clause(book)
    assert dossier.matter.status == ("in_hand" if action == "reopen" else status)


@pytest.mark.clause("四（一）段1", "R-23")
def test_while_open_it_is_joined_the_unit_is_told_and_no_date_moves(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    before = (dossier.orders[0], dossier.matter.promised_at)
    out = again(book, dossier, words="还是没有人来。")
    first, second = dossier.all(Contact)
    assert (second.citizen_id, second.at, second.answered_at) == (first.citizen_id, LATER, None)
    assert dossier.body(second.words_id) == "还是没有人来。"
    assert [(m.template, m.to_kind) for m in out.messages] == [("called_meanwhile", "unit"),
                                                               ("repeat_recorded", "citizen")]  # fmt: skip
    assert (dossier.orders[0], dossier.matter.promised_at) == before
    assert "没有人来" not in out.lines[0].text


@pytest.mark.clause("四（一）段1", "R-23")
def test_somebody_else_may_call_about_it(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    again(book, dossier, name="测试乙", phone="13900005678")
    again(book, dossier)
    first, other, third = dossier.all(Contact)
    assert other.citizen_id not in (None, first.citizen_id)
    assert third.citizen_id == first.citizen_id
    assert len(dossier.all(Citizen)) == 2
    assert dossier.citizen() == dossier.get(Citizen, first.citizen_id)


def test_the_first_caller_stays_the_matters_own(book: Rulebook) -> None:
    """Also where a later one is known from before, under a smaller number."""
    dossier = line.lived(book, "sign_for")
    known = Citizen(5, b"x", b"y", b"z", line.NOW)
    dossier.put(known)
    kit = line.tools(ids=line.Counter(90_000), citizen=5)
    form = {**line.forms(book)["record_repeat"], "name": "测试乙", "phone": "13900005678"}
    line.act(dossier, "record_repeat", OPERATOR, form, LATER, book, kit)
    assert dossier.all(Citizen)[0] == known
    assert dossier.citizen() != known


@pytest.mark.clause("四（一）段1", "R-23")
def test_the_reviewer_sees_that_a_letter_is_older_than_the_call(book: Rulebook) -> None:
    def noted(dossier: MatterDossier) -> bool:
        card, order = REGISTRY["approve"], dossier.orders[0]
        case: Case[Any, Any] = Case(card, dossier, order, line.actor("reviewer"), LATER, book, line.tools())
        return any(effect.label == "注意" for effect in card.effects(case))

    dossier = line.lived(book, "file")
    assert not noted(dossier)
    again(book, dossier, line.NOW)
    assert not noted(dossier)  # at the very instant it was written
    again(book, dossier, line.NOW + timedelta(minutes=1))
    assert noted(dossier)


@pytest.mark.clause("四（一）段1", "R-23")
def test_an_answer_repeated_is_on_record(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    if book.id == "example-city":  # this city opens it again even without anything new
        assert read(again(book, dossier).lines[0].text).facts[0] == "reopen"
        return
    letter = dossier.letter_of(dossier.orders[0])
    out = again(book, dossier)
    assert letter is not None
    assert read(out.lines[0].text).facts[5] == letter.answer_id
    assert dossier.all(Contact)[-1].answered_at == LATER
    assert len(out.lines) == 1


REOPENS = {"suzhou-2018": "new", "example-city": "same"}


@pytest.mark.clause("四（一）段1", "R-23")
@pytest.mark.parametrize("local", ["2026-09-17T16:05", "2026-09-18T23:59", "2026-12-31T09:00", "2026-09-30T17:59"])
def test_taken_up_anew_by_its_unit_with_the_kinds_limit_from_here_on(book: Rulebook, local: str) -> None:
    """On a working day, before a make-up workday, across New Year, before a long holiday."""
    now = at(book, local)
    dossier = line.lived(book, "follow_up")
    before, seen = dossier.orders[0], dossier.matter
    out = again(book, dossier, now, facts=REOPENS[book.id])
    assert [one.kind for one in out.lines] == ["repeat_recorded", "taken_up_again", "resumed_on_new_facts"]
    order, due = dossier.orders[0], limits.due(book, seen.kind, now)
    assert due is not None
    assert (order.status, order.due_at, order.due_clause) == ("reopened", due.at, due.clause)
    assert (order.round, order.filed_at, order.on_time, order.settled) == (before.round + 1, None, None, None)
    matter = dossier.matter
    assert (matter.status, matter.closed_at, matter.replied_at, matter.satisfied) == ("in_hand", None, None, None)
    assert "taken_up_again" in [m.template for m in out.messages]


@pytest.mark.clause("四（一）段1", "R-23")
def test_late_stays_late(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    dossier = line.changed(dossier, dossier.orders[0], on_time=False)
    again(book, dossier, facts=REOPENS[book.id])
    assert dossier.orders[0].settled is False


@pytest.mark.clause("四（一）段1", "R-23")
def test_what_the_desk_had_answered_waits_there_again(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    line.act(dossier, "answer_at_once", OPERATOR, line.forms(book)["answer_at_once"], line.NOW, book)
    told = dossier.matter.told_id
    out = again(book, dossier, facts=REOPENS[book.id])
    matter = dossier.matter
    assert [one.kind for one in out.lines] == ["repeat_recorded", "reopened_at_desk"]
    assert (matter.status, matter.reopened_at, matter.told_id) == ("accepted", LATER, told)
    until = office.dispatch_until(book, LATER, "phone").at
    assert matter.dispatch_until == until == matter.next_decision_at
    line.act(dossier, "note_dispatch_late", line.actor("clock"), {}, until, book)
    assert dossier.matter.office_noted_at is not None
    line.act(dossier, "answer_at_once", OPERATOR, line.forms(book)["answer_at_once"], until, book)
    assert dossier.matter.status == "closed"


def test_a_call_says_whether_anything_is_new(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    for name in ("channel", "words", "facts"):
        assert [field for field, _ in wrong(book, dossier, **{name: ""})] == [name]
