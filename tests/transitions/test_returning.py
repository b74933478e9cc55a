"""退回 (五（六）, R-04): asked by the unit with reason and basis, agreed by its leader inside the door, decided by the
office; too late it is only recorded. Under both rulebooks, to the minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, at, begins, ends, here, night
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import ReturnRequest, Text
from hotline.casework.transitions.recomputing import order_changes
from hotline.casework.transitions.ticking import DeemAccept
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line
from transitions.test_ticking import tick

CLERK, DEPUTY, HEAD, OFFICE = (line.actor(role) for role in ("clerk", "deputy", "head", "dispatcher"))
EXCESS = {  # 宿州, the other city: decided on the first working day after the office's own date, and the unit's date then
    "a working day": (("2026-09-18T00:00", "2026-10-15"), ("2026-09-21T00:00", "2026-10-20")),
    "before rest days": (("2026-11-10T10:00", "2026-12-01"), ("2026-11-10T10:00", "2026-12-07")),
    "before a make-up workday": (("2026-09-21T23:59", "2026-10-17"), ("2026-10-04T23:59", "2026-10-28")),
    "across New Year": (("2027-01-04T00:00", "2027-01-23"), ("2027-01-05T00:00", "2027-02-01")),
}

RESUMED = {  # help accepted on the day after the door: 24:00 of the first (second) working day after that day
    "a working day": ("2026-09-21", "2026-09-24"),
    "before rest days": ("2026-11-12", "2026-11-13"),
    "before a make-up workday": ("2026-09-23", "2026-10-06"),
    "across New Year": ("2027-01-05", "2027-01-08"),
}


def door(book: Rulebook, day: str) -> datetime:
    """24:00 of the first working day after delivery, of the second in the other city."""
    return ends(book, day, suzhou=1, example=2)


def ask(dossier: MatterDossier, book: Rulebook, now: datetime = line.NOW, who: Actor = CLERK) -> None:
    line.act(dossier, "request_return", who, line.forms(book)["request_return"], now, book)


def agree(dossier: MatterDossier, book: Rulebook, now: datetime = line.NOW, who: Actor = HEAD) -> None:
    line.act(dossier, "agree_to_return", who, {}, now, book)


def filed(book: Rulebook, now: datetime = line.NOW, until: str = "dispatch", **changed: Any) -> MatterDossier:
    """An order whose return awaits the office."""
    dossier = line.lived(book, until, now, **changed)
    ask(dossier, book, now)
    agree(dossier, book, now)
    return dossier


def decide(dossier: MatterDossier, book: Rulebook, verb: str, now: datetime = line.NOW) -> Any:
    return line.act(dossier, verb, OFFICE, line.forms(book)[verb], now, book)


def request(dossier: MatterDossier) -> ReturnRequest:
    return dossier.all(ReturnRequest)[-1]


def offered(dossier: MatterDossier, book: Rulebook, who: Actor, now: datetime = line.NOW) -> dict[str, Any]:
    return {o.card.name(): o.verdict for o in engine.offers(dossier, who, now, book, line.tools())}


def facts(dossier: MatterDossier, kind: str) -> dict[str, Any]:
    """What the last line of a kind says, by name."""
    found = [read(li.text) for li in dossier.lines if li.kind == kind][-1]
    names = next(card for card in REGISTRY.values() if card.ledger.kind == kind).ledger.facts
    return dict(zip(names, found.facts, strict=True)) | {"clauses": found.clauses}


@pytest.mark.clause("五（六）a", "五（六）c")
def test_asked_agreed_taken_back(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    order = dossier.orders[0]
    ask(dossier, book)
    assert dossier.orders[0].return_asked_at == line.NOW
    assert [t.body for t in dossier.all(Text) if t.field.startswith("return_")] == list(
        line.forms(book)["request_return"].values()
    )
    assert "take_back" not in offered(dossier, book, OFFICE), "not before the unit's own leader has agreed"
    agree(dossier, book)
    assert (dossier.orders[0].return_asked_at, dossier.orders[0].return_filed_at) == (None, line.NOW)
    out = decide(dossier, book, "take_back")
    after = dossier.orders[0]
    assert (after.status, after.ended_at, after.due_at) == ("returned", line.NOW, order.due_at)
    assert (after.return_filed_at, request(dossier).outcome) == (None, "granted")
    assert (dossier.matter.status, dossier.matter.times_returned) == ("accepted", 1)
    assert [li.kind for li in out.lines] == ["return_granted", "came_back"]
    assert [m.template for m in out.messages] == ["return_granted", "unit_changes"]
    assert not dossier.open_orders()
    assert dossier.lead() is None


def test_the_office_decides_when_to_dispatch_anew(book: Rulebook) -> None:
    """Its own date begins again with the return, and is noted again when missed (R-19)."""
    dossier, late = filed(book), timedelta(days=10)
    decide(dossier, book, "take_back", line.NOW + MINUTE)
    until = dossier.matter.dispatch_until
    assert until == line.NOW + MINUTE + here(book, suzhou=timedelta(hours=2), example=timedelta(minutes=45))
    (found,) = (d for d in dossier.decisions(book) if d.card == "note_dispatch_late")
    assert found.at == until
    assert "note_dispatch_late" in tick(dossier, book, line.NOW + late)
    assert "note_dispatch_late" not in tick(dossier, book, line.NOW + 2 * late)


def test_dispatched_anew_with_a_full_limit_while_the_promise_stays(book: Rulebook) -> None:
    """R-05."""
    dossier, later = filed(book), line.NOW + timedelta(days=1)
    promised = dossier.matter.promised_at
    decide(dossier, book, "take_back", later)
    kit = line.tools(ids=line.Counter(500_000), unit=line.Receiving(line.OTHER))
    line.act(dossier, "dispatch", OFFICE, line.forms(book)["dispatch"], later, book, kit)
    first, second = dossier.orders
    fresh = line.lived(book, "dispatch", later).orders[0]
    assert (second.unit_id, second.previous_id, second.round) == (line.OTHER.id, first.id, 1)
    assert (second.due_at, second.return_until, second.sign_until) == (
        fresh.due_at, fresh.return_until, fresh.sign_until)  # fmt: skip
    assert dossier.matter.promised_at == promised
    assert dossier.lead() == second
    assert not [d for d in dossier.decisions(book) if d.subject.id == first.id]


@pytest.mark.clause("五（六）c")
@pytest.mark.parametrize(("changed", "field"), [({"reason": ""}, "reason"), ({"basis": ""}, "basis"),
                                                ({"basis": "按惯例不归我们"}, "basis")])  # fmt: skip
def test_a_return_names_reason_and_document(book: Rulebook, changed: dict[str, str], field: str) -> None:
    form = {**line.forms(book)["request_return"], **changed}
    found = line.problems(line.lived(book, "dispatch"), "request_return", CLERK, form, line.NOW, book)
    assert [p.field for p in found] == [field]
    if changed[field]:
        assert found[0].clause == book.provision("return_of_orders").clause


@pytest.mark.clause("五（六）b")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("signed", [True, False])
def test_the_door_a_minute_before_at_and_after(book: Rulebook, day: str, signed: bool) -> None:
    """Asking and agreeing both fall inside; signing closes no door."""
    end = door(book, day)
    rule = book.provision("return_of_orders")
    for late, inside in ((-MINUTE, True), (timedelta(0), False), (MINUTE, False)):
        dossier = line.lived(book, "sign_for" if signed else "dispatch", begins(book, day))
        asked = line.copy(dossier)
        ask(asked, book, begins(book, day))
        if inside:
            ask(dossier, book, end + late)
            agree(dossier, book, end + late)
            assert dossier.orders[0].return_filed_at == end + late
        else:
            form = line.forms(book)["request_return"]
            for other, verb, who in ((dossier, "request_return", CLERK), (asked, "agree_to_return", HEAD)):
                no = line.refused(other, verb, who, form, end + late, book)
                assert (no.step, no.verdict.clause, no.verdict.readings) == ("guard", rule.clause, rule.readings)
                assert "届满" in no.verdict.because


def person(role: str, number: int, acting_for: int | None = None) -> Actor:
    return Actor(role, number, number + 1000, line.UNIT.id, acting_for)


@pytest.mark.clause("五（六）a")
@pytest.mark.parametrize(("asks", "agrees"), [
    (person("clerk", 501), person("head", 501)),
    (person("clerk", 501), person("head", 502, 501)),
    (person("clerk", 501, 502), person("head", 502)),
    (person("clerk", 501, 502), person("head", 503, 502)),
])  # fmt: skip
def test_who_asked_does_not_agree_acting_for_included(book: Rulebook, asks: Actor, agrees: Actor) -> None:
    dossier = line.lived(book, "dispatch")
    ask(dossier, book, who=asks)
    no = line.refused(dossier, "agree_to_return", agrees, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("not_by", book.provision("return_of_orders").clause)
    agree(dossier, book, who=person("head", 504))


@pytest.mark.parametrize("verb", ["take_back", "refuse_return"])
def test_who_asked_or_agreed_does_not_decide(book: Rulebook, verb: str) -> None:
    dossier = line.lived(book, "dispatch")
    ask(dossier, book, who=person("clerk", 501))
    agree(dossier, book, who=person("head", 502))
    for number in (501, 502):
        no = line.refused(dossier, verb, line.actor("dispatcher", number), line.forms(book)[verb], line.NOW, book)
        assert no.step == "not_by"
    line.act(dossier, verb, line.actor("dispatcher", 503), line.forms(book)[verb], line.NOW, book)


@pytest.mark.clause("五（六）a")
def test_a_leader_of_the_right_rank_agrees(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    ask(dossier, book)
    if here(book, suzhou=True, example=False):
        agree(dossier, book, who=DEPUTY)
        return
    no = line.refused(dossier, "agree_to_return", DEPUTY, {}, line.NOW, book)
    assert no.step == "guard"
    assert "主要负责人" in no.verdict.because
    agree(dossier, book, who=HEAD)


def test_the_units_own_leader_disagrees_and_it_may_be_asked_again(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    assert not {"agree_to_return", "disagree_with_return"} & offered(dossier, book, HEAD).keys()
    ask(dossier, book)
    again = line.refused(dossier, "request_return", CLERK, line.forms(book)["request_return"], line.NOW, book)
    assert again.step == "guard"
    line.act(dossier, "disagree_with_return", DEPUTY, {"because": "是我们的事"}, line.NOW, book)
    assert (request(dossier).outcome, request(dossier).decided_at) == ("disagreed", line.NOW)
    assert dossier.body(request(dossier).because_id) == "是我们的事"
    assert dossier.orders[0].return_asked_at is None
    ask(dossier, book)
    assert len(dossier.all(ReturnRequest)) == 2


@pytest.mark.clause("五（六）e")
@pytest.mark.parametrize("day", DAYS)
def test_a_late_return_is_recorded_refused_and_moves_nothing(book: Rulebook, day: str) -> None:
    end = door(book, day)
    form = line.forms(book)["record_late_return"]
    for late, open_ in ((-MINUTE, False), (timedelta(0), True), (MINUTE, True)):
        dossier = line.lived(book, "sign_for", begins(book, day))
        if not open_:
            assert line.refused(dossier, "record_late_return", CLERK, form, end + late, book).step == "status"
            assert "record_late_return" not in offered(dossier, book, CLERK, end + late)
            continue
        order, matter = dossier.orders[0], dossier.matter
        out = line.act(dossier, "record_late_return", CLERK, form, end + late, book)
        assert (dossier.orders[0], dossier.matter) == (order, matter)
        assert (request(dossier).outcome, request(dossier).decided_at) == ("late", end + late)
        assert facts(dossier, "late_return_recorded")["clauses"][0] == book.provision("return_of_orders").clause
        assert out.lines[0].figures.unit_id == line.UNIT.id
        assert line.refused(dossier, "record_late_return", CLERK, form, end + late, book).step == "status"
        assert "take_back" not in offered(dossier, book, OFFICE, end + late)


@pytest.mark.clause("五（六）b")
def test_what_the_leader_did_not_agree_to_in_time_lapses_by_itself(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    ask(dossier, book)
    end = dossier.orders[0].return_until
    assert "lapse_return" not in tick(dossier, book, end - MINUTE)
    assert {"lapse_return", "deem_accept"} <= set(tick(dossier, book, end))
    assert (dossier.orders[0].return_asked_at, dossier.orders[0].deemed_at) == (None, end)
    assert not {"agree_to_return", "disagree_with_return"} & offered(dossier, book, HEAD, end).keys()
    line.act(dossier, "record_late_return", CLERK, line.forms(book)["record_late_return"], end, book)
    assert [r.outcome for r in dossier.all(ReturnRequest)] == ["", "late"]


@pytest.mark.parametrize("agreed", [False, True])
def test_a_unit_that_handles_it_after_all_withdraws_before_it_files(book: Rulebook, agreed: bool) -> None:
    dossier = line.lived(book, "sign_off")
    ask(dossier, book)
    if agreed:
        agree(dossier, book)
    no = line.refused(dossier, "file", CLERK, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", book.provision("return_of_orders").clause)
    line.act(dossier, "withdraw_return", CLERK, {"because": "我们来办"}, line.NOW, book)
    assert request(dossier).outcome == "withdrawn"
    line.act(dossier, "file", CLERK, {}, line.NOW, book)
    assert dossier.orders[0].status == "filed"


def test_what_was_sent_back_is_not_returned(book: Rulebook) -> None:
    """R-06."""
    dossier = line.lived(book, "file")
    line.act(dossier, "send_back", line.actor("reviewer"), line.forms(book)["send_back"], line.NOW, book)
    line.act(dossier, "draft_reply", CLERK, line.forms(book)["draft_reply"], line.NOW, book)
    no = line.refused(dossier, "request_return", CLERK, line.forms(book)["request_return"], line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", book.provision("redo").clause)


def test_withdrawn_after_the_door_an_unsigned_order_is_accepted_then(book: Rulebook) -> None:
    dossier = filed(book, kind="help")
    now = dossier.orders[0].return_until + timedelta(hours=34)
    line.act(dossier, "withdraw_return", CLERK, {"because": "我们来办"}, now, book)
    wanted = dossier.orders[0].contact_until
    assert "deem_accept" in tick(dossier, book, now)
    assert (dossier.orders[0].deemed_at, dossier.orders[0].contact_until) == (now, wanted)
    assert wanted == book.calendar.end_of_working_day(now, here(book, suzhou=1, example=2))[0]


@pytest.mark.parametrize("verb", ["request_return", "record_late_return"])
def test_what_the_government_designated_is_not_returned(book: Rulebook, verb: str) -> None:
    dossier = line.lived(book, "dispatch")
    now = line.NOW if verb == "request_return" else dossier.orders[0].return_until
    dossier = line.changed(dossier, dossier.orders[0], designated=True)
    no = line.refused(dossier, verb, CLERK, line.forms(book)[verb], now, book)
    rule = book.provision("designation")
    assert (no.step, no.verdict.clause, no.verdict.readings) == ("guard", rule.clause, rule.readings)


@pytest.mark.clause("五（六）f")
def test_returned_once_too_often_is_not_taken_back(book: Rulebook) -> None:
    times = here(book, suzhou=2, example=3)
    for before, ok in ((times - 2, True), (times - 1, False)):
        dossier = filed(book)
        dossier = line.changed(dossier, dossier.matter, times_returned=before)
        if ok:
            decide(dossier, book, "take_back")
            continue
        no = line.refused(dossier, "take_back", OFFICE, {}, line.NOW, book)
        rule = book.provision("designation")
        assert (no.step, no.verdict.clause, no.verdict.readings) == ("guard", rule.clause, rule.readings)
        assert "提请指定" in no.verdict.because
        decide(dossier, book, "refuse_return")


@pytest.mark.clause("五（六）f")
@pytest.mark.parametrize("day", DAYS)
def test_what_the_office_took_too_long_is_added(book: Rulebook, day: str) -> None:
    """Decided in its own time, or on rest days after it, nothing moves; on a working day after it, the date moves by
    one. The citizen's promise does not: nobody but the office was slow."""
    when, new_due = here(book, suzhou=EXCESS[day][0], example=EXCESS[day][1])
    start, late = begins(book, day), at(book, when)
    dossier = filed(book, start)
    until, due = door(book, day), ends(book, day, suzhou=15, example=20)
    assert (dossier.orders[0].return_decide_until, dossier.orders[0].due_at) == (until, due)
    in_time = line.copy(dossier)
    decide(in_time, book, "refuse_return", until - MINUTE)
    assert (in_time.orders[0].due_at, in_time.orders[0].round) == (due, 1)
    assert facts(in_time, "return_refused")["in_time"] is True
    decide(dossier, book, "refuse_return", late)
    order, said = dossier.orders[0], facts(dossier, "return_refused")
    assert order.due_at == at(book, f"{new_due}T00:00")
    assert (order.round, order.status, request(dossier).outcome) == (2, "dispatched", "refused")
    assert said["in_time"] is False
    assert datetime.fromisoformat(said["due_at"]) == order.due_at
    assert dossier.matter.promised_at == due


@pytest.mark.clause("五（六）f")
def test_a_return_of_an_urgent_order_is_decided_within_minutes(book: Rulebook) -> None:
    dossier = filed(book, dispatch={"urgent": "1", "urgent_reason": "井盖没了"})
    order = dossier.orders[0]
    minutes = here(book, suzhou=60, example=90)
    assert order.return_decide_until == line.NOW + timedelta(minutes=minutes)
    late = line.copy(dossier)
    decide(dossier, book, "refuse_return", line.NOW + timedelta(minutes=minutes - 1))
    assert (dossier.orders[0].due_at, dossier.orders[0].round) == (order.due_at, 1)
    decide(late, book, "refuse_return", line.NOW + timedelta(minutes=minutes + 7))
    assert order.due_at is not None
    assert (late.orders[0].due_at, late.orders[0].round) == (order.due_at + timedelta(minutes=7), 2)


@pytest.mark.parametrize("kind", ["complaint", "help"])
def test_refused_after_the_door_an_unsigned_order_is_accepted_at_the_refusal(book: Rulebook, kind: str) -> None:
    """While the return awaits the office nobody has accepted; where the first contact runs from acceptance, no card for
    it falls before."""
    dossier = filed(book, kind=kind)
    refused_at = dossier.orders[0].return_until + timedelta(hours=10)
    assert "deem_accept" not in tick(dossier, book, refused_at)
    if kind == "help":
        assert dossier.orders[0].contact_until is None
    decide(dossier, book, "refuse_return", refused_at)
    wanted = dossier.orders[0].contact_until
    assert "deem_accept" in tick(dossier, book, refused_at)
    order = dossier.orders[0]
    assert (order.deemed_at, order.contact_until) == (refused_at, wanted)
    if kind == "help":
        assert wanted == book.calendar.end_of_working_day(refused_at, here(book, suzhou=1, example=2))[0]


def test_while_a_return_is_undecided_no_calendar_sets_the_contact_running(book: Rulebook) -> None:
    """Neither before the office nor before the leaders; dates worked out anew find nothing to do."""
    dossier = filed(book, kind="help")
    for verb in ("propose_designation", ""):
        order = dossier.orders[0]
        assert order.contact_until is None
        assert "contact_until" not in order_changes(book, dossier, order)
        if verb:
            decide(dossier, book, verb)


@pytest.mark.clause("五（二）2a", "R-01", "R-02", "R-04")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("verb", ["refuse_return", "withdraw_return", "sign_for"])
def test_help_is_contacted_counted_from_its_acceptance(book: Rulebook, day: str, verb: str) -> None:
    """A return waits when the door closes. What ends that a minute before counts from the door, or from the signature
    on its last day; at the closing and after, from the new day. Nothing that is worked out anew says otherwise."""
    fresh, end = filed(book, begins(book, day), kind="help"), door(book, day)
    who = OFFICE if verb == "refuse_return" else CLERK
    later = at(book, f"{here(book, suzhou=RESUMED[day][0], example=RESUMED[day][1])}T00:00")
    for late, inside in BEFORE_AT_AFTER:
        dossier, until = line.copy(fresh), ends(book, day, suzhou=2, example=4) if inside else later
        tick(dossier, book, end + late)
        line.act(dossier, verb, who, line.forms(book)[verb], end + late, book)
        for moment in (end + late, end + MINUTE):
            assert dossier.orders[0].contact_until == until
            assert "contact_until" not in order_changes(book, dossier, dossier.orders[0])
            tick(dossier, book, moment)
        assert dossier.orders[0].deemed_at == (None if verb == "sign_for" else max(end, end + late))
        if verb != "sign_for":
            line.act(dossier, "sign_for", CLERK, {}, end + timedelta(days=3), book)
            assert dossier.orders[0].contact_until == until, "a late signature moves no date"
            assert "contact_until" not in order_changes(book, dossier, dossier.orders[0])


def test_refused_before_the_door_closes_it_is_accepted_when_it_does(book: Rulebook) -> None:
    dossier = filed(book, kind="help")
    fresh = line.lived(book, "dispatch", kind="help").orders[0]
    decide(dossier, book, "refuse_return", line.NOW + MINUTE)
    assert dossier.orders[0].contact_until == fresh.contact_until
    assert [d.at for d in dossier.decisions(book) if d.card == DeemAccept.name()] == [fresh.return_until]


def test_signed_while_the_return_waits_the_contact_runs_from_the_signature(book: Rulebook) -> None:
    dossier = filed(book, kind="help")
    signed = dossier.orders[0].return_until + timedelta(hours=34)
    line.act(dossier, "sign_for", CLERK, {}, signed, book)
    wanted = book.calendar.end_of_working_day(signed, here(book, suzhou=1, example=2))[0]
    assert dossier.orders[0].contact_until == wanted
    decide(dossier, book, "refuse_return", signed + MINUTE)
    assert dossier.orders[0].contact_until == wanted


@pytest.mark.clause("五（六）f")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("urgent", [False, True])
def test_the_offices_own_lateness_is_noted_once_for_each_date(book: Rulebook, day: str, urgent: bool) -> None:
    """Decided a minute before the office's date, at it and after; in working days, of urgent orders in minutes."""
    began, until = begins(book, day), ends(book, day, suzhou=1, example=2)
    if urgent:
        began, until = night(book, day, suzhou="00:30", example="01:00")
    fresh = filed(book, began, dispatch={"urgent": "1", "urgent_reason": "井盖没了"} if urgent else {})
    assert fresh.orders[0].return_decide_until == until
    for late, in_time in BEFORE_AT_AFTER:
        waiting = line.copy(fresh)
        assert ("note_return_late" in tick(waiting, book, until + late)) is not in_time
        assert "note_return_late" not in tick(waiting, book, until + late), "once"
        if not in_time:
            assert datetime.fromisoformat(facts(waiting, "return_decision_late")["fell_at"]) == until
        for verb, kind in (("take_back", "return_granted"), ("refuse_return", "return_refused")):
            dossier = line.copy(waiting)
            decide(dossier, book, verb, until + late)
            assert facts(dossier, kind)["in_time"] is in_time
            assert "note_return_late" not in tick(dossier, book, until + timedelta(days=9))


def test_decided_in_time_nothing_is_noted(book: Rulebook) -> None:
    dossier = filed(book)
    decide(dossier, book, "refuse_return", line.NOW + MINUTE)
    assert not [d for d in dossier.decisions(book) if d.card == "note_return_late"]


@pytest.mark.parametrize("until", ["dispatch", "sign_for", "sign_off", "file"])
def test_the_office_recalls_an_order_unasked(book: Rulebook, until: str) -> None:
    dossier = line.lived(book, until)
    due = dossier.orders[0].due_at
    out = line.act(dossier, "recall", OFFICE, line.forms(book)["recall"], line.NOW, book)
    order = dossier.orders[0]
    assert (order.status, order.ended_at, order.due_at) == ("recalled", line.NOW, due)
    assert (dossier.matter.status, dossier.matter.times_returned) == ("accepted", 0)
    assert [m.template for m in out.messages] == ["recalled", "unit_changes"]
    assert facts(dossier, "recalled")["clauses"] == (here(book, suzhou="四（二）3", example="第11条第1款"),)
    assert not [d for d in dossier.decisions(book) if d.subject.id == order.id]


def test_a_complaint_with_its_own_target_is_recalled_under_the_clause_for_it(book: Rulebook) -> None:
    dossier = filed(book)
    line.act(dossier, "name_target", OFFICE, line.forms(book)["name_target"], line.NOW, book)
    rule, said = book.provision("complaint_against"), facts(dossier, "taken_from_target")
    assert {rule.clause, *rule.readings} <= set(said["clauses"])
    assert request(dossier).outcome == "void"
