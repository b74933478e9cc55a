"""紧急件: marked at intake or dispatch, out within minutes, answered the same day, the rest a round of its own
(五（二）5, R-08)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, NIGHTS, begins, ends, here, night
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Letter, Mark
from hotline.casework.transitions.recomputing import has_changed
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line
from transitions.test_ticking import named, tick

OPERATOR, REVIEWER, CLERK, DEPUTY = (line.actor(role) for role in ("operator", "reviewer", "clerk", "deputy"))
URGENT = {"urgent": "1", "urgent_reason": "漏气"}
DAY = timedelta(days=1)
REST = {"rest": "还要换管子"}


def filed(book: Rulebook, day: str = "a working day", kind: str = "complaint") -> MatterDossier:
    return line.lived(book, "file", begins(book, day), kind, dispatch=URGENT)


@pytest.mark.clause("五（二）5a", "R-08")
@pytest.mark.parametrize("at_intake", [True, False])
def test_the_office_has_minutes_from_registration(book: Rulebook, at_intake: bool) -> None:
    """Marked when it is registered, or only when it is accepted: the minutes count from registration."""
    dossier, good = line.newborn(), line.forms(book)
    line.act(dossier, "register", OPERATOR, {**good["register"], **(URGENT if at_intake else {})}, line.NOW, book)
    until = line.NOW + timedelta(minutes=here(book, suzhou=30, example=20))
    assert dossier.matter.dispatch_until == (until if at_intake else None)
    line.act(dossier, "accept", OPERATOR, {**good["accept"], **URGENT}, line.NOW + 9 * MINUTE, book)
    assert (dossier.matter.dispatch_until, dossier.matter.urgent) == (until, True)
    assert dossier.body(dossier.matter.urgent_reason_id) == "漏气"
    for late, done in ((-MINUTE, []), (timedelta(0), ["note_dispatch_late"]), (MINUTE, ["note_dispatch_late"])):
        assert tick(line.copy(dossier), book, until + late) == done


@pytest.mark.clause("五（二）5a")
@pytest.mark.parametrize("verb", ["register", "accept", "dispatch"])
def test_urgency_is_marked_with_a_reason(book: Rulebook, verb: str) -> None:
    before = {"register": None, "accept": "register", "dispatch": "accept"}[verb]
    dossier = line.lived(book, before) if before else line.newborn()
    form, who = {**line.forms(book)[verb], "urgent": "1"}, line.actor("shift_leader")
    found = line.problems(dossier, verb, who, form, line.NOW, book)
    assert line.said(found) == [("urgent_reason", here(book, suzhou="五（二）5", example="第21条第5款"))]


def test_a_citizen_does_not_say_what_is_urgent(book: Rulebook) -> None:
    form = {**line.forms(book)["register"], "channel": "web", **URGENT}
    found = line.problems(line.newborn(), "register", line.actor("citizen"), form, line.NOW, book)
    assert [p.field for p in found] == ["urgent"]


def test_not_taken_the_office_owes_no_dispatch(book: Rulebook) -> None:
    dossier = line.lived(book, "register", register=URGENT)
    line.act(dossier, "decline", OPERATOR, line.forms(book)["decline"], line.NOW, book)
    assert dossier.matter.dispatch_until is None
    assert dossier.decisions(book) == []


@pytest.mark.clause("五（二）5b", "R-08")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("late", "on_time"), [(-MINUTE, True), (timedelta(0), False), (MINUTE, False)])
def test_the_same_day_rest_days_too(book: Rulebook, day: str, late: timedelta, on_time: bool) -> None:
    dossier = line.lived(book, "sign_off", begins(book, day), dispatch=URGENT)
    due = dossier.orders[0].due_at
    days = here(book, suzhou=1, example=2)
    assert due == begins(book, day, "00:00") + timedelta(days=days)
    line.act(dossier, "file", CLERK, {}, due + late, book)
    assert dossier.orders[0].on_time is on_time


@pytest.mark.clause("五（二）5b", "R-08")
@pytest.mark.parametrize("day", DAYS)
def test_the_rest_goes_on_under_its_kinds_limit_from_the_original_delivery(book: Rulebook, day: str) -> None:
    dossier, now = filed(book, day), begins(book, day)
    plain = line.lived(book, "dispatch", now).orders[0].due_at
    line.act(dossier, "approve_in_part", REVIEWER, REST, now + timedelta(hours=30), book)
    order, matter = dossier.orders[0], dossier.matter
    assert (order.due_at, order.urgent, order.round, order.status) == (plain, False, 2, "reopened")
    assert (matter.status, matter.promised_at) == ("in_hand", plain)
    assert (order.filed_at, order.on_time, order.review_until) == (None, None, None)
    (letter,) = dossier.all(Letter)
    assert letter.approved_at == now + timedelta(hours=30), "what was done at once stands on the citizen's page"


@pytest.mark.clause("R-08", "R-22")
def test_what_is_promised_of_the_rest_follows_a_calendar_and_a_change_of_kind(book: Rulebook) -> None:
    dossier, now = filed(book), begins(book, "a working day")
    line.act(dossier, "approve_in_part", REVIEWER, REST, now + timedelta(hours=1), book)
    assert not has_changed(book, dossier, dossier.matter), "no calendar brings back the promise of the day"
    form = {**line.forms(book)["change_kind"], "kind": "help"}
    line.act(dossier, "change_kind", line.actor("dispatcher"), form, now + timedelta(hours=2), book)
    assert dossier.matter.promised_at == dossier.orders[0].due_at


@pytest.mark.clause("五（六）a", "R-04")
def test_what_was_approved_in_part_is_not_returned(book: Rulebook) -> None:
    dossier, now = filed(book), begins(book, "a working day") + timedelta(hours=1)
    line.act(dossier, "approve_in_part", REVIEWER, REST, now, book)
    line.act(dossier, "draft_reply", CLERK, line.forms(book)["draft_reply"], now, book)
    assert now < dossier.orders[0].return_until
    no = line.refused(dossier, "request_return", CLERK, line.forms(book)["request_return"], now, book)
    assert (no.step, no.verdict.clause) == ("guard", book.provision("return_of_orders").clause)


@pytest.mark.clause("R-08")
@pytest.mark.parametrize(("late", "settled"), [(-MINUTE, None), (timedelta(0), False), (MINUTE, False)])
def test_the_days_lateness_stands_else_the_rest_is_judged(
    book: Rulebook, late: timedelta, settled: bool | None
) -> None:
    dossier = line.lived(book, "sign_off", dispatch=URGENT)
    day_end = dossier.orders[0].due_at
    assert day_end is not None
    line.act(dossier, "file", CLERK, {}, day_end + late, book)
    line.act(dossier, "approve_in_part", REVIEWER, REST, day_end + timedelta(hours=9), book)
    assert dossier.orders[0].settled is settled
    due = dossier.orders[0].due_at
    assert due is not None
    for ended, in_time in ((due - MINUTE, settled is None), (due, False), (due + MINUTE, False)):
        mine, good = line.copy(dossier), line.forms(book)
        for verb, who in (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", DEPUTY), ("file", CLERK)):
            line.act(mine, verb, who, good[verb], ended, book)
        assert mine.orders[0].on_time is in_time


@pytest.mark.clause("R-08")
@pytest.mark.parametrize("day", DAYS)
def test_there_is_no_rest_once_the_kinds_limit_is_over(book: Rulebook, day: str) -> None:
    dossier, due = filed(book, day), ends(book, day, suzhou=15, example=20)
    line.act(line.copy(dossier), "approve_in_part", REVIEWER, REST, due - MINUTE, book)
    for late in (timedelta(0), MINUTE):
        no = line.refused(dossier, "approve_in_part", REVIEWER, REST, due + late, book)
        assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="五（二）4", example="第21条第4款"))


def test_only_urgent_orders_are_approved_in_part(book: Rulebook) -> None:
    assert line.refused(line.lived(book, "file"), "approve_in_part", REVIEWER, REST, line.NOW, book).step == "status"


@pytest.mark.clause("五（二）5a", "R-03", "R-08")
def test_nobody_signs_an_urgent_order_the_duty_posts_are_told(book: Rulebook) -> None:
    """The unit's own, and that of the level above; it stands on the supervisors' list from then on."""
    kit: Any = line.tools(unit=line.Receiving(line.BELOW))
    dossier = line.lived(book, "dispatch", dispatch=URGENT, kit=kit)
    until = dossier.orders[0].sign_until
    assert until == line.NOW + timedelta(minutes=here(book, suzhou=30, example=15))
    fallen = next(d for d in dossier.decisions(book) if named(d) == "give_yellow unsigned")
    out = line.act(dossier, "give_yellow", line.actor("clock"), fallen.form, until, book)
    assert {(m.template, m.to_id) for m in out.messages} == {
        ("unsigned_urgent", line.BELOW.id),
        ("unsigned_below", line.UNIT.id),
    }
    assert dossier.orders[0].escalated_at == until
    assert [m.cause for m in dossier.all(Mark)] == ["unsigned"]


def delivered(book: Rulebook, day: str, late: bool) -> MatterDossier:
    """In the afternoon of one of the four kinds of day, or ten minutes before its midnight (New Year's among them)."""
    now = night(book, day, suzhou="00:00", example="00:00")[0] + 20 * MINUTE if late else begins(book, day)
    return line.lived(book, "dispatch", now, dispatch=URGENT)


def limits_of(book: Rulebook, day: str, late: bool) -> tuple[datetime, datetime | None, datetime]:
    """By hand: until when it is to be signed, its yellow card, its end. 宿州: half an hour, never beyond the day's end;
    two hours before that, never before delivery; the other city: a quarter of an hour, no such card, another day."""
    midnight = night(book, day, suzhou="00:00", example="00:00")[1] if late else begins(book, day, "00:00") + DAY
    if late:
        sign, yellow = here(book, suzhou=midnight, example=midnight + 5 * MINUTE), midnight - 10 * MINUTE
    else:
        sign = begins(book, day, here(book, suzhou="16:35", example="16:20"))
        yellow = begins(book, day, "22:00")
    return sign, here(book, suzhou=yellow, example=None), here(book, suzhou=midnight, example=midnight + DAY)


@pytest.mark.clause("五（二）5a", "R-03", "R-08", "R-09")
@pytest.mark.parametrize("late_at_night", [False, True])
@pytest.mark.parametrize("day", NIGHTS)
def test_the_urgent_clock_a_minute_before_each_of_its_instants_at_it_and_after(
    book: Rulebook, day: str, late_at_night: bool
) -> None:
    fresh = delivered(book, day, late_at_night)
    sign, yellow, end = limits_of(book, day, late_at_night)
    order = fresh.orders[0]
    assert (order.sign_until, order.due_at) == (sign, end)
    instants = {"give_yellow unsigned": sign, "give_red overdue": end}
    if yellow is not None:
        instants["give_yellow due_day"] = yellow
    dates = {named(d): d.at for d in fresh.decisions(book)}
    assert {name: at for name, at in dates.items() if "give" in name and "contact" not in name} == instants
    assert "remind" not in dates
    for name, at in instants.items():
        for late, early in BEFORE_AT_AFTER:
            if at + late >= order.received_at:
                assert (name in tick(line.copy(fresh), book, at + late)) is not early, (name, late)


@pytest.mark.clause("五（一）a", "R-03")
@pytest.mark.parametrize("late_at_night", [False, True])
@pytest.mark.parametrize("day", NIGHTS)
def test_signing_an_urgent_order_a_minute_before_at_and_after(book: Rulebook, day: str, late_at_night: bool) -> None:
    """Strictly before; the line says which it was, and the clock tells it from the facts, however late it looks."""
    fresh = delivered(book, day, late_at_night)
    sign, yellow, end = limits_of(book, day, late_at_night)
    for late, in_time in BEFORE_AT_AFTER:
        dossier = line.copy(fresh)
        line.act(dossier, "sign_for", CLERK, {}, sign + late, book)
        assert read(dossier.lines[-1].text).facts[0] is in_time
        assert ("give_yellow unsigned" in tick(dossier, book, end)) is not in_time
    filed = line.lived(book, "sign_off", fresh.orders[0].received_at, dispatch=URGENT)
    line.act(filed, "file", CLERK, {}, fresh.orders[0].received_at, book)
    fell = {"give_yellow due_day"} if late_at_night and yellow else set()  # it falls with the delivery itself
    assert {one for one in tick(filed, book, end + MINUTE) if "due_day" in one or "overdue" in one} == fell
