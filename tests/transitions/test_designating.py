"""指定 (四（二）3, R-20): the office proposes, the leaders designate by a document; the holder keeps the order meanwhile;
what is designated has no return door. Under both rulebooks, to the minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import DAYS, MINUTE, begins, ends, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Designation, ReturnRequest
from hotline.casework.transitions import recomputing
from hotline.procedure import engine
from hotline.procedure.actor import Reach
from hotline.procedure.case import Tools
from hotline.procedure.writing import iso
from hotline.rules import doors, office
from hotline.rules.book import Rulebook
from support import line
from transitions.test_returning import CLERK, OFFICE, decide, facts, filed, offered
from transitions.test_ticking import tick

LEADER = line.actor("leader")
IDS = line.Counter(700_000)


def with_unit(unit: Any) -> Tools:
    """Tools that look up another unit, with numbers nobody else has."""
    return line.tools(ids=IDS, unit=line.Receiving(unit))


def propose(dossier: MatterDossier, book: Rulebook, now: datetime = line.NOW) -> Any:
    form = line.forms(book)["propose_designation"]
    return line.act(dossier, "propose_designation", OFFICE, form, now, book, with_unit(line.OTHER))


def designate(dossier: MatterDossier, book: Rulebook, unit: Any, now: datetime = line.NOW) -> Any:
    return line.act(dossier, "designate", LEADER, line.forms(book)["designate"], now, book, with_unit(unit))


@pytest.mark.clause("四（二）3d", "五（六）f")
def test_returned_once_too_often_the_government_designates(book: Rulebook) -> None:
    """The whole way: not taken back, proposed, designated; the first promise stays, the new limit is a full one."""
    dossier, later = filed(book), line.NOW + timedelta(days=1)
    dossier = line.changed(dossier, dossier.matter, times_returned=here(book, suzhou=1, example=2))
    promised = dossier.matter.promised_at
    assert line.refused(dossier, "take_back", OFFICE, {}, line.NOW, book).step == "guard"
    propose(dossier, book)
    (request,) = dossier.all(ReturnRequest)
    holder = dossier.orders[0]
    assert (request.outcome, request.decided_at) == ("proposed", line.NOW)
    assert (holder.status, holder.return_filed_at) == ("dispatched", None)
    out = designate(dossier, book, line.OTHER, later)
    first, second = dossier.orders
    fresh = line.lived(book, "dispatch", later).orders[0]
    assert (first.status, first.ended_at, second.previous_id) == ("recalled", later, first.id)
    assert (second.unit_id, second.designated, second.due_at) == (line.OTHER.id, True, fresh.due_at)
    assert (dossier.matter.status, dossier.matter.designate_until) == ("in_hand", None)
    assert dossier.matter.promised_at == promised
    assert [li.kind for li in out.lines] == ["designated", "gave_way"]
    assert {(m.template, m.to_id) for m in out.messages if m.to_kind == "unit"} == {
        ("designated", line.OTHER.id), ("recalled", line.UNIT.id)}  # fmt: skip
    assert [m.template for m in out.messages if m.to_kind == "citizen"] == ["unit_changed"]
    (row,) = dossier.all(Designation)
    assert (row.unit_id, row.designated_unit_id, row.decided_at) == (line.OTHER.id, line.OTHER.id, later)
    assert dossier.body(row.document_id) == line.forms(book)["designate"]["document"]


@pytest.mark.clause("四（二）3d")
@pytest.mark.parametrize("unit", [line.OTHER, line.UNIT], ids=["another", "the holder"])
def test_what_is_designated_has_no_return_door(book: Rulebook, unit: Any) -> None:
    dossier = line.lived(book, "dispatch")
    propose(dossier, book)
    designate(dossier, book, unit)
    clerk = line.actor("clerk", 900, unit.id)
    no = line.refused(dossier, "request_return", clerk, line.forms(book)["request_return"], line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", book.provision("designation").clause)


def test_the_holder_designated_keeps_its_order_and_dates(book: Rulebook) -> None:
    dossier = filed(book, kind="help")
    propose(dossier, book)
    before = dossier.orders[0]
    late = before.return_until + timedelta(hours=34)
    assert "deem_accept" not in tick(dossier, book, late), "while it is disputed nobody has accepted"
    out = designate(dossier, book, line.UNIT, late)
    (order,) = dossier.orders
    assert (order.id, order.due_at, order.round, order.designated) == (before.id, before.due_at, 1, True)
    assert [li.kind for li in out.lines] == ["designated"]
    assert not [m for m in out.messages if m.to_kind == "citizen"], "for the citizen nothing changes"
    assert order.contact_until == book.calendar.end_of_working_day(late, here(book, suzhou=1, example=2))[0]
    assert "deem_accept" in tick(dossier, book, late)
    assert (dossier.orders[0].deemed_at, dossier.orders[0].contact_until) == (late, order.contact_until)


@pytest.mark.clause("四（二）3d", "R-20")
def test_designated_once_more_the_unit_designated_before_gives_way(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    for unit in (line.OTHER, line.UNIT):
        propose(dossier, book)
        designate(dossier, book, unit)
    (order,) = dossier.open_orders()
    assert (order.unit_id, order.designated) == (line.UNIT.id, True)
    assert [(one.unit_id, one.status) for one in dossier.orders[:2]] == [
        (line.UNIT.id, "recalled"), (line.OTHER.id, "recalled")]  # fmt: skip


def test_a_matter_nobody_holds_is_designated_too(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    propose(dossier, book)
    assert dossier.matter.status == "accepted"
    designate(dossier, book, line.OTHER)
    (order,) = dossier.orders
    assert (order.designated, order.previous_id, dossier.matter.status) == (True, None, "in_hand")
    assert dossier.matter.promised_at == order.due_at


def test_designating_is_no_lateness_of_the_office(book: Rulebook) -> None:
    """The office had dispatched in time; that the leaders took days does not make its old date missed."""
    dossier, late = line.lived(book, "dispatch"), line.NOW + timedelta(days=5)
    propose(dossier, book)
    designate(dossier, book, line.OTHER, late)
    assert not [d for d in dossier.decisions(book) if d.card == "note_dispatch_late"]


def test_proposed_once_at_a_time_and_designated_only_when_proposed(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    assert "designate" not in offered(dossier, book, LEADER)
    propose(dossier, book)
    again = line.forms(book)["propose_designation"]
    assert line.refused(dossier, "propose_designation", OFFICE, again, line.NOW, book).step == "guard"
    designate(dossier, book, line.OTHER)
    no = line.refused(dossier, "designate", LEADER, line.forms(book)["designate"], line.NOW, book)
    assert no.step == "status"
    propose(dossier, book)
    assert len(dossier.all(Designation)) == 2


@pytest.mark.clause("四（二）3d")
@pytest.mark.parametrize("day", DAYS)
def test_escalated_when_nobody_designates_in_time(book: Rulebook, day: str) -> None:
    """Two working days after the proposal, three in the other city."""
    end = ends(book, day, suzhou=2, example=3)
    for late, noted in ((-MINUTE, False), (timedelta(0), True), (MINUTE, True)):
        dossier = line.lived(book, "sign_for", begins(book, day))
        propose(dossier, book, begins(book, day))
        assert ("note_designation_late" in tick(dossier, book, end + late)) is noted
        if noted:
            assert datetime.fromisoformat(facts(dossier, "designation_late")["fell_at"]) == end
            assert "note_designation_late" not in tick(dossier, book, end + late + MINUTE)
        designate(dossier, book, line.OTHER, end + late)
        assert not [d for d in dossier.decisions(book) if d.card == "note_designation_late"]


def test_leaders_and_office_are_told_when_it_is_late(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    propose(dossier, book)
    until = dossier.matter.designate_until
    assert until is not None
    (decision,) = (d for d in dossier.decisions(book) if d.card == "note_designation_late")
    out = line.act(dossier, decision.card, line.actor("clock"), {}, until, book)
    assert [(m.template, m.to_kind) for m in out.messages] == [
        ("designation_late", "leaders"), ("designation_late", "office")]  # fmt: skip


def test_leaders_reach_what_was_put_before_them_and_nothing_else(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    assert not dossier.within(Reach.CITY, dossier.matter, LEADER)
    propose(dossier, book)
    assert dossier.within(Reach.CITY, dossier.matter, LEADER)
    assert {o.card.name() for o in engine.offers(dossier, LEADER, line.NOW, book, line.tools()) if o.verdict.ok} == {
        "designate"
    }
    designate(dossier, book, line.OTHER)
    assert dossier.within(Reach.CITY, dossier.matter, LEADER), "and may read afterwards what became of it"


def test_a_recall_leaves_the_proposal_standing(book: Rulebook) -> None:
    dossier = filed(book)
    propose(dossier, book)
    decide(dossier, book, "recall")
    assert (dossier.matter.status, dossier.matter.designate_until is not None) == ("accepted", True)
    designate(dossier, book, line.OTHER)
    assert [o.status for o in dossier.orders] == ["recalled", "dispatched"]


def test_a_pending_return_has_its_answer_in_the_proposal(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    line.act(dossier, "request_return", CLERK, line.forms(book)["request_return"], line.NOW, book)
    propose(dossier, book)
    assert dossier.all(ReturnRequest)[-1].outcome == "proposed"
    assert dossier.orders[0].return_asked_at is None
    no = line.refused(dossier, "request_return", CLERK, line.forms(book)["request_return"], line.NOW, book)
    assert no.verdict.clause == book.provision("designation").clause
    designate(dossier, book, line.OTHER)
    assert [order.status for order in dossier.orders] == ["recalled", "dispatched"]


def test_what_was_designated_is_not_recalled_but_from_its_target(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    propose(dossier, book)
    designate(dossier, book, line.OTHER)
    dispatcher, form = line.actor("dispatcher"), line.forms(book)["recall"]
    (problem,) = line.problems(dossier, "recall", dispatcher, form, line.NOW, book)
    assert problem.clause == book.provision("designation").clause
    kit = line.tools(unit=line.Receiving(line.OTHER))
    line.act(dossier, "name_target", dispatcher, {"target": "unit", "unit": "7002"}, line.NOW, book, kit)
    assert dossier.orders[-1].status == "recalled"


# 撤回提请，与派单期限


def withdraw(dossier: MatterDossier, book: Rulebook, now: datetime = line.NOW) -> Any:
    tick(dossier, book, now)
    return line.act(dossier, "withdraw_designation", OFFICE, {"because": "两家商量好了"}, now, book)


@pytest.mark.clause("四（二）3d", "R-20")
def test_withdrawn_with_a_reason_it_is_the_units_again_and_all_are_told(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    assert "withdraw_designation" not in offered(dossier, book, OFFICE)
    propose(dossier, book)
    out = withdraw(dossier, book)
    (row,) = dossier.all(Designation)
    assert (row.withdrawn, row.decided_at, dossier.body(row.because_id)) == (True, line.NOW, "两家商量好了")
    assert dossier.matter.designate_until is None
    assert "两家商量好了" not in dossier.lines[-1].text
    assert [(m.template, m.to_kind) for m in out.messages] == [
        ("designation_withdrawn", "leaders"), ("designation_withdrawn", "unit")]  # fmt: skip
    assert dossier.within(Reach.CITY, dossier.matter, LEADER), "and may read why"
    assert not [d for d in dossier.decisions(book) if d.card == "note_designation_late"]
    assert line.refused(dossier, "designate", LEADER, line.forms(book)["designate"], line.NOW, book).step == "status"
    propose(dossier, book)
    assert len(dossier.all(Designation)) == 2


@pytest.mark.clause("五（六）f", "R-20")
def test_a_return_that_the_proposal_answered_lies_before_the_office_again(book: Rulebook) -> None:
    """By a date that begins with the withdrawal: the leaders' time was not the office's."""
    dossier, later = filed(book), line.NOW + timedelta(days=5)
    propose(dossier, book)
    withdraw(dossier, book, later)
    (request,) = dossier.all(ReturnRequest)
    order = dossier.orders[0]
    assert (request.outcome, request.decided_at, order.return_filed_at) == ("", None, later)
    assert order.return_decide_until == doors.decide_return_until(book, later).at
    assert "note_return_late" not in {d.card for d in dossier.decisions(book) if d.at <= later}
    decide(dossier, book, "take_back", later)
    assert (dossier.all(ReturnRequest)[0].outcome, dossier.orders[0].status) == ("granted", "returned")


@pytest.mark.parametrize("late", [-MINUTE, timedelta(0), MINUTE])
def test_a_return_that_waited_for_the_units_own_leader_does_so_while_its_door_is_open(book: Rulebook, late: timedelta
                                                                                      ) -> None:  # fmt: skip
    dossier = line.lived(book, "dispatch")
    line.act(dossier, "request_return", CLERK, line.forms(book)["request_return"], line.NOW, book)
    propose(dossier, book)
    now = dossier.orders[0].return_until + late
    withdraw(dossier, book, now)
    assert dossier.orders[0].return_asked_at == line.NOW
    assert ("lapse_return" in tick(dossier, book, now)) is (late >= timedelta(0))
    assert (dossier.orders[0].return_asked_at is None) is (late >= timedelta(0))


def test_what_was_filed_meanwhile_is_not_returned(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    order = dossier.orders[0]
    dossier.put(ReturnRequest(9_000_002, order.matter_id, order.id, line.NOW, 1, 1, line.NOW, "proposed", line.NOW))
    propose(dossier, book)
    withdraw(dossier, book)
    assert (dossier.all(ReturnRequest)[0].outcome, dossier.orders[0].return_filed_at) == ("void", None)


def test_a_late_return_recorded_meanwhile_hides_none_that_was_in_time(book: Rulebook) -> None:
    dossier = filed(book)
    propose(dossier, book)
    now = dossier.orders[0].return_until
    line.act(dossier, "record_late_return", CLERK, line.forms(book)["record_late_return"], now, book)
    withdraw(dossier, book, now)
    decide(dossier, book, "refuse_return", now)
    assert [r.outcome for r in dossier.all(ReturnRequest)] == ["refused", "late"]


@pytest.mark.clause("四（二）3d", "R-19", "R-20")
@pytest.mark.parametrize("day", DAYS)
def test_at_the_desk_the_offices_date_waits_for_the_designation(book: Rulebook, day: str) -> None:
    """Proposed a minute before the date for dispatching, nothing is counted late but the leaders; at it, the office."""
    fresh = line.lived(book, "accept", begins(book, day))
    until = fresh.matter.dispatch_until
    assert until is not None
    for late, noted in ((-MINUTE, []), (timedelta(0), ["note_dispatch_late"]), (MINUTE, ["note_dispatch_late"])):
        dossier = line.copy(fresh)
        done = tick(dossier, book, until + late)
        propose(dossier, book, until + late)
        done += tick(dossier, book, until + timedelta(days=60))
        assert done == [*noted, "note_designation_late"]
        assert dossier.matter.dispatch_until is None


@pytest.mark.clause("R-19", "R-20")
def test_withdrawn_at_the_desk_the_offices_date_begins_anew(book: Rulebook) -> None:
    dossier, later = line.lived(book, "accept"), line.NOW + timedelta(days=1)
    propose(dossier, book)
    withdraw(dossier, book, later)
    until = office.dispatch_until(book, later, dossier.matter.channel).at
    assert dossier.matter.dispatch_until == until
    assert recomputing.matter_changes(book, dossier) == {}
    assert tick(line.copy(dossier), book, until - MINUTE) == []
    assert tick(dossier, book, until) == ["note_dispatch_late"]


def test_a_recall_while_it_is_to_be_designated_sets_no_date_for_dispatching(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    propose(dossier, book)
    decide(dossier, book, "recall")
    assert (dossier.matter.status, dossier.matter.dispatch_until) == ("accepted", None)
    assert recomputing.matter_changes(book, dossier) == {}
    assert "note_dispatch_late" not in tick(dossier, book, line.NOW + timedelta(days=30))


@pytest.mark.clause("五（六）f", "R-04", "R-20")
@pytest.mark.parametrize("late", [False, True])
def test_what_the_office_took_too_long_for_is_the_units_whatever_the_answer(book: Rulebook, late: bool) -> None:
    """Answered by proposing and designating the same, or by proposing, withdrawing and refusing, as by refusing."""
    fresh = filed(book)
    until, before = fresh.orders[0].return_decide_until, fresh.orders[0].due_at
    assert until is not None
    now = until + timedelta(days=4) if late else until - MINUTE
    refused, named, withdrawn = (line.copy(fresh) for _ in range(3))
    line.act(refused, "refuse_return", OFFICE, line.forms(book)["refuse_return"], now, book)
    wanted = refused.orders[0].due_at
    assert (wanted != before) is late
    out = propose(named, book, now)
    assert facts(named, "designation_proposed")["due_at"] == (iso(wanted) if wanted else None)
    assert [m.template for m in out.messages] == ["designation_proposed"]
    designate(named, book, line.UNIT, now)
    assert [(o.designated, o.due_at) for o in named.orders] == [(True, wanted)]
    propose(withdrawn, book, now)
    for verb in ("withdraw_designation", "refuse_return"):
        line.act(withdrawn, verb, OFFICE, line.forms(book)[verb], now + MINUTE, book)
    assert withdrawn.orders[0].due_at == wanted


@pytest.mark.clause("R-04")
def test_what_waits_for_the_units_own_leader_costs_the_office_nothing(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    line.act(dossier, "request_return", CLERK, line.forms(book)["request_return"], line.NOW, book)
    due = dossier.orders[0].due_at
    propose(dossier, book, dossier.orders[0].return_until - MINUTE)
    assert dossier.orders[0].due_at == due
