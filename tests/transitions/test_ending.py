"""撤诉与终止: asked by one, decided by another; orders end without blame and are not counted (R-28, R-29)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import MINUTE, at, here
from hotline.casework import submissions
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Contact, Order
from hotline.procedure.card import REGISTRY
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

OPERATOR, LEADER, CITIZEN = (line.actor(role) for role in ("operator", "shift_leader", "citizen"))
REVIEWER, DISPATCHER = line.actor("reviewer"), line.actor("dispatcher")
DAY = timedelta(days=1)


def act(book: Rulebook, dossier: MatterDossier, verb: str, who: Any, now: Any = line.NOW, **fields: str) -> Any:
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **fields}, now, book)


def asked(book: Rulebook, until: str = "file") -> MatterDossier:
    dossier = line.lived(book, until)
    act(book, dossier, "ask_to_withdraw", CITIZEN)
    return dossier


def end_proposed(book: Rulebook, until: str = "file") -> MatterDossier:
    dossier = line.lived(book, until)
    act(book, dossier, "propose_end", REVIEWER)
    return dossier


def withdrawal(book: Rulebook) -> str:
    return here(book, suzhou="四（一）段1", example="第10条")


def ending(book: Rulebook) -> str:
    return here(book, suzhou="三（二）4", example="第9条第4款")


def facts_of(written: Any) -> dict[str, Any]:
    said = written.read() if hasattr(written, "read") else read(written.text)
    card = next(card for card in REGISTRY.values() if card.ledger.kind == said.kind)
    return dict(zip(card.ledger.facts, said.facts, strict=True))


def another_caller(dossier: MatterDossier) -> MatterDossier:
    """Somebody else called about it too."""
    other, first = line.copy(dossier), dossier.all(Contact)[0]
    other.put(replace(first, id=9_900_001, call_id=9_900_002, citizen_id=9_900_003))
    return other


@pytest.mark.clause("四（一）段1", "R-28")
@pytest.mark.parametrize("until", ["register", "accept", "dispatch", "file"])
def test_asking_ends_nothing_and_the_office_has_a_date(book: Rulebook, until: str) -> None:
    before = line.lived(book, until)
    dossier = asked(book, until)
    matter = dossier.matter
    assert (matter.status, matter.promised_at) == (before.matter.status, before.matter.promised_at)
    assert [o.status for o in dossier.orders] == [o.status for o in before.orders]
    assert matter.decide_until == at(book, here(book, suzhou="2026-09-18T00:00", example="2026-09-21T00:00"))
    assert line.refused(dossier, "ask_to_withdraw", CITIZEN, {"words": "撤"}, line.NOW, book).step == "guard"


@pytest.mark.clause("四（一）段1", "R-28")
def test_confirmed_the_orders_end_without_blame_and_are_not_counted(book: Rulebook) -> None:
    dossier = asked(book)
    assert dossier.orders[0].on_time is True
    out = act(book, dossier, "confirm_withdrawal", LEADER)
    matter, order = dossier.matter, dossier.orders[0]
    assert (matter.status, matter.closed_at, matter.next_decision_at) == ("withdrawn", line.NOW, None)
    assert (matter.promised_at, matter.dispatch_until, matter.decide_until) == (None, None, None)
    assert (order.status, order.on_time, order.ended_at) == ("ended", None, line.NOW)
    assert order.next_decision_at is None
    assert facts_of(out.lines[1]) == {"because": "withdrawn", "counted": False}
    assert read(out.lines[1].text).clauses[0] == withdrawal(book)
    assert {(m.template, m.to_kind) for m in out.messages} == {("withdrawn", "citizen"), ("order_ended", "unit")}
    act(book, dossier, "archive", REVIEWER)


@pytest.mark.clause("R-28")
def test_nothing_falls_due_on_what_was_withdrawn(book: Rulebook) -> None:
    dossier = asked(book, "dispatch")
    act(book, dossier, "confirm_withdrawal", LEADER)
    assert dossier.decisions(book) == []


@pytest.mark.clause("R-28")
def test_every_open_order_ends(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    other = replace(dossier.orders[0], id=8, unit_id=line.OTHER.id, lead=False)
    dossier.put(other)
    act(book, dossier, "ask_to_withdraw", CITIZEN)
    out = act(book, dossier, "confirm_withdrawal", LEADER)
    assert [o.status for o in dossier.orders] == ["ended", "ended"]
    assert sorted(m.to_id for m in out.messages if m.template == "order_ended") == [line.UNIT.id, line.OTHER.id]


@pytest.mark.clause("四（一）段1", "R-28")
def test_who_wrote_down_that_it_was_asked_for_does_not_confirm_it(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    act(book, dossier, "ask_to_withdraw", LEADER)
    for verb in ("confirm_withdrawal", "refuse_to_withdraw"):
        assert line.refused(dossier, verb, LEADER, line.forms(book)[verb], line.NOW, book).step == "not_by"
    act(book, dossier, "confirm_withdrawal", DISPATCHER)


@pytest.mark.clause("四（一）段1", "R-28")
def test_other_callers_keep_it_alive(book: Rulebook) -> None:
    dossier, form = another_caller(asked(book)), line.forms(book)["confirm_withdrawal"]
    if here(book, suzhou=False, example=True):  # its text knows public safety alone
        line.act(dossier, "confirm_withdrawal", LEADER, form, line.NOW, book)
        return
    no = line.refused(dossier, "confirm_withdrawal", LEADER, form, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", withdrawal(book))
    act(book, dossier, "refuse_to_withdraw", LEADER, ground="other_callers")
    assert dossier.matter.status == "in_hand"


@pytest.mark.clause("四（一）段1", "R-28")
def test_public_safety_keeps_it_alive_and_the_citizen_is_told_why(book: Rulebook) -> None:
    dossier = asked(book)
    before = dossier.orders[0]
    out = act(book, dossier, "refuse_to_withdraw", LEADER, ground="public_safety")
    assert (dossier.matter.status, dossier.matter.decide_until, dossier.orders[0]) == ("in_hand", None, before)
    assert facts_of(out.lines[0])["ground"] == "public_safety"
    assert [(m.template, m.to_kind) for m in out.messages] == [("withdrawal_refused", "citizen")]
    act(book, dossier, "ask_to_withdraw", CITIZEN, line.NOW + DAY)  # nothing forbids to ask again


@pytest.mark.clause("R-28")
def test_late_is_noted_under_the_withdrawals_own_clause(book: Rulebook) -> None:
    dossier = asked(book, "accept")
    until = dossier.matter.decide_until
    assert until is not None
    matter = replace(dossier.matter, dispatch_until=None)
    dossier.put(matter)
    out = line.act(dossier, "note_decision_late", line.actor("clock"), {}, until, book)
    assert facts_of(out.lines[0])["what"] == "withdrawal"
    assert read(out.lines[0].text).clauses[0] == withdrawal(book)
    act(book, dossier, "confirm_withdrawal", LEADER, until + MINUTE)
    assert facts_of(dossier.lines[-1])["in_time"] is False


@pytest.mark.clause("R-23", "R-28")
def test_who_comes_back_has_another_matter(book: Rulebook) -> None:
    dossier = asked(book)
    act(book, dossier, "confirm_withdrawal", LEADER)
    for facts in ("same", "new"):
        form = {**line.forms(book)["record_repeat"], "facts": facts}
        found = line.problems(dossier, "record_repeat", OPERATOR, form, line.NOW, book)
        assert [p.field for p in found] == ["facts"]


@pytest.mark.clause("三（二）4", "R-29")
def test_ended_after_dispatch_the_citizen_is_told_which_channel(book: Rulebook) -> None:
    dossier = end_proposed(book)
    assert dossier.matter.status == "in_hand"
    assert dossier.matter.decide_until == at(book, here(book, suzhou="2026-09-18T00:00", example="2026-09-22T00:00"))
    out = act(book, dossier, "approve_end", LEADER)
    matter, order = dossier.matter, dossier.orders[0]
    assert (matter.status, order.status, order.on_time) == ("ended", "ended", None)
    told = dossier.body(matter.told_id)
    assert here(book, suzhou="已经进入诉讼", example="已经进入打官司") in told
    assert "由某区法院受理" in told
    assert here(book, suzhou="12368", example="666") in told
    assert facts_of(out.lines[1]) == {"because": "ended", "counted": False}
    assert [read(one.text).clauses[0] for one in out.lines] == [ending(book)] * 2
    assert {(m.template, m.to_kind) for m in out.messages} == {("ended", "citizen"), ("order_ended", "unit")}
    assert dossier.decisions(book) == []
    act(book, dossier, "archive", REVIEWER)


@pytest.mark.clause("三（二）4", "R-29")
@pytest.mark.parametrize("verb", ["approve_end", "reject_end"])
def test_who_proposed_an_end_does_not_decide_it(book: Rulebook, verb: str) -> None:
    dossier = line.lived(book, "dispatch")
    act(book, dossier, "propose_end", LEADER)
    assert line.refused(dossier, verb, LEADER, line.forms(book)[verb], line.NOW, book).step == "not_by"
    act(book, dossier, verb, line.actor("shift_leader", 777))


@pytest.mark.clause("三（二）4", "R-29")
def test_not_ended_the_units_go_on_with_their_dates(book: Rulebook) -> None:
    dossier = end_proposed(book, "sign_for")
    before: Order = dossier.orders[0]
    act(book, dossier, "reject_end", LEADER)
    assert dossier.orders == [before]
    assert (dossier.matter.status, dossier.matter.decide_until) == ("in_hand", None)


def test_one_thing_is_decided_at_a_time(book: Rulebook) -> None:
    dossier = end_proposed(book, "dispatch")
    assert line.refused(dossier, "ask_to_withdraw", CITIZEN, {"words": "撤"}, line.NOW, book).step == "guard"
    other = asked(book, "register")
    form = line.forms(book)["propose_refusal"]
    assert line.refused(other, "propose_refusal", OPERATOR, form, line.NOW, book).step == "guard"


def test_what_the_unit_had_asked_for_is_void(book: Rulebook) -> None:
    dossier = line.with_extension(book, line.returning(line.lived(book, "sign_for")))
    act(book, dossier, "propose_end", REVIEWER)
    act(book, dossier, "approve_end", LEADER)
    order = dossier.orders[0]
    assert (order.return_filed_at, order.extension_filed_at, order.supervise_until) == (None, None, None)
    request = dossier.request_of(order)
    assert request is not None
    assert request.outcome == "void"
    assert dossier.extensions_of(order)[0].outcome == "moot"


@pytest.mark.clause("四（二）4", "R-28")
def test_what_lies_before_a_leader_is_withdrawn_with_it(book: Rulebook) -> None:
    dossier = line.submitted(line.lived(book, "accept"))
    dossier.put(replace(dossier.matter, status="submitted"))
    act(book, dossier, "ask_to_withdraw", CITIZEN)
    out = act(book, dossier, "confirm_withdrawal", LEADER)
    assert submissions.pending(dossier) is None
    assert (dossier.matter.before_leader_at, dossier.decisions(book)) == (None, [])
    assert "submission_withdrawn" in {m.template for m in out.messages}


@pytest.mark.clause("四（二）4", "R-29")
def test_a_leader_who_instructed_still_hears_what_came_of_it(book: Rulebook) -> None:
    dossier = line.submitted(end_proposed(book), "instructed")
    act(book, dossier, "approve_end", LEADER)
    assert line.refused(dossier, "archive", REVIEWER, {}, line.NOW, book).step == "guard"
    act(book, dossier, "report_to_leader", REVIEWER)
    act(book, dossier, "archive", REVIEWER)
