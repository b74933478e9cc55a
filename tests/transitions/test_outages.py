"""停机以后: what an outage's shift carries besides the date: timeliness, cards, the citizen's promise (R-24)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clauses.cities import MINUTE, at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension, Mark, Order
from hotline.procedure.ledger import read
from hotline.rules import shifts
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from support import line
from transitions.test_redating import DAYS, OUTAGE, RECEIVED, head
from transitions.test_redating import NOW as AFTER
from transitions.test_ticking import tick

CLERK, REVIEWER, SYSTEM = line.actor("clerk"), line.actor("reviewer"), line.actor("system")
SPENT = 4  # working days that the outage took, in either city
REWORK = (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", line.actor("head")), ("file", CLERK))
LATER = "2026-12-01T09:00"


def order(dossier: MatterDossier) -> Order:
    return dossier.orders[0]


def act(book: Rulebook, dossier: MatterDossier, verb: str, now: datetime, who: object = CLERK) -> None:
    """With what had fallen due done first."""
    tick(dossier, book, now)
    line.act(dossier, verb, who, line.forms(book)[verb], now, book)  # type: ignore[arg-type]


def shift(book: Rulebook, dossier: MatterDossier, now: datetime, **form: str) -> list[str]:
    tick(dossier, book, now)
    return [m.template for m in line.act(dossier, "shift_dates", head(book), {**OUTAGE, **form}, now, book).messages]


def dates(book: Rulebook, dossier: MatterDossier) -> tuple[datetime, datetime]:
    """The date in force, and that date shifted."""
    due = order(dossier).due_at
    assert due is not None
    return due, shifts.shifted(book, Due(due, ""), SPENT).at


def in_hand(book: Rulebook) -> MatterDossier:
    return line.lived(book, "sign_off", at(book, RECEIVED), "help", dispatch={"major": "1"})


def by_date(dossier: MatterDossier) -> list[tuple[str, int, bool]]:
    """The cards by a date: their cause, their round, whether they stand."""
    return [(m.cause, m.round, m.lifted_at is None) for m in dossier.all(Mark) if m.cause in ("due_day", "overdue")]


@pytest.mark.clause("二段2h", "R-06", "R-24")
@pytest.mark.parametrize(("late", "settled"), [(-MINUTE, None), (timedelta(0), False), (MINUTE, False)])
def test_what_was_settled_as_late_by_a_date_that_the_outage_moves_is_healed(book: Rulebook, late: timedelta,
                                                                           settled: bool | None) -> None:  # fmt: skip
    """Filed after the date, before, at and after the date it should have had, and sent back."""
    dossier = in_hand(book)
    _, right = dates(book, dossier)
    act(book, dossier, "file", right + late)
    act(book, dossier, "send_back", right + late, REVIEWER)
    assert order(dossier).settled is False
    shift(book, dossier, at(book, LATER))
    assert order(dossier).settled is settled
    for verb, who in REWORK:
        act(book, dossier, verb, order(dossier).sent_back_at or right, who)
    assert order(dossier).on_time is (settled is None)


@pytest.mark.clause("R-12", "R-24")
@pytest.mark.parametrize(("late", "earned"), [(-MINUTE, True), (timedelta(0), False)])
def test_what_was_earned_before_a_redo_is_earned_by_the_right_date(book: Rulebook, late: timedelta, earned: bool
                                                                  ) -> None:  # fmt: skip
    dossier = in_hand(book)
    _, right = dates(book, dossier)
    now = right + late
    act(book, dossier, "file", now)
    act(book, dossier, "approve", now, REVIEWER)
    call = {**line.forms(book)["follow_up"], "solved": "no"}
    line.act(dossier, "follow_up", line.actor("citizen"), {**call, "means": "rating"}, now, book)
    act(book, dossier, "order_redo", now, line.actor("follow_up"))
    before = order(dossier)
    assert before.settled is False
    assert shift(book, dossier, at(book, LATER)) == ([] if not earned else ["card_lifted"])
    assert order(dossier).settled is earned
    assert (order(dossier).due_at, order(dossier).round) == (before.due_at, before.round), "begun after the outage"


@pytest.mark.clause("R-24")
@pytest.mark.parametrize("late", [timedelta(0), MINUTE, timedelta(days=1)])
def test_a_letter_approved_since_is_judged_by_the_right_date(book: Rulebook, late: timedelta) -> None:
    dossier = in_hand(book)
    due, right = dates(book, dossier)
    act(book, dossier, "file", due + late)
    act(book, dossier, "approve", due + late, REVIEWER)
    assert order(dossier).on_time is False
    told = shift(book, dossier, at(book, LATER))
    assert (order(dossier).on_time, order(dossier).due_at, order(dossier).status) == (True, right, "approved")
    assert told == ["due_changed", "card_lifted"], "the citizen has the answer"
    facts = read(dossier.lines[-1].text).facts
    assert facts[8] is True


def test_what_was_filed_before_the_outage_and_what_is_put_away_is_left(book: Rulebook) -> None:
    early = line.lived(book, "approve", at(book, RECEIVED), "help")
    found = line.problems(early, "shift_dates", head(book), OUTAGE, at(book, LATER), book)
    assert [p.field for p in found] == ["first_on"]
    dossier = in_hand(book)
    due, _ = dates(book, dossier)
    act(book, dossier, "file", due)
    act(book, dossier, "approve", due, REVIEWER)
    dossier = line.changed(dossier, dossier.matter, status="archived")
    no = line.refused(dossier, "shift_dates", head(book), OUTAGE, at(book, LATER), book)
    assert (no.step, no.verdict.clause) == ("status", book.provision("date_shift").clause)


@pytest.mark.clause("二段2h", "R-09", "R-24")
def test_cards_by_a_date_that_proves_wrong_are_lifted_with_the_document_and_fall_anew(book: Rulebook) -> None:
    """None vanishes; those for not signing or contacting stand."""
    dossier = line.lived(book, "dispatch", at(book, RECEIVED), "help")
    due, right = dates(book, dossier)
    tick(dossier, book, due + MINUTE)
    others = [m for m in dossier.all(Mark) if m.cause not in ("due_day", "overdue")]
    first = here(book, suzhou=[("due_day", 1), ("overdue", 1)], example=[("overdue", 1)])
    assert by_date(dossier) == [(*one, True) for one in first]
    shift(book, dossier, due + MINUTE)
    assert by_date(dossier) == [(*one, False) for one in first]
    lifted = [m for m in dossier.all(Mark) if m.lifted_at is not None]
    assert {dossier.body(m.lift_reason_id) for m in lifted} == {OUTAGE["document"]}
    assert [m for m in dossier.all(Mark) if m not in lifted] == others
    facts = read(dossier.lines[-1].text).facts
    assert [one[0] for one in facts[9]] == [m.id for m in lifted]
    tick(dossier, book, right - MINUTE)
    assert ("overdue", 2, True) not in by_date(dossier)
    tick(dossier, book, right)
    assert by_date(dossier)[-1] == ("overdue", 2, True)


@pytest.mark.clause("R-09", "R-24")
@pytest.mark.parametrize(("late", "stands"), [(-MINUTE, False), (timedelta(0), True)])
def test_a_card_of_an_earlier_date_is_lifted_where_the_right_one_was_kept(book: Rulebook, late: timedelta,
                                                                         stands: bool) -> None:  # fmt: skip
    dossier = in_hand(book)
    _, right = dates(book, dossier)
    act(book, dossier, "file", right + late)
    act(book, dossier, "send_back", right + late, REVIEWER)
    tick(dossier, book, right + late)
    assert order(dossier).round == 2
    shift(book, dossier, right + late)
    first = [standing for cause, number, standing in by_date(dossier) if (cause, number) == ("overdue", 1)]
    assert first == [stands]


@pytest.mark.clause("R-05", "R-24")
@pytest.mark.parametrize("day", DAYS)
def test_the_citizens_promise_follows_once(book: Rulebook, day: str) -> None:
    """Also where another unit holds the matter since."""
    received = at(book, DAYS[day])
    dossier = line.lived(book, "sign_for", received)
    first = dossier.matter.promised_at
    assert first is not None
    on = book.calendar.workday_after(book.calendar.day_of(received), 1).isoformat()
    now = book.calendar.end_of_working_day(received, 2)[0]
    right = shifts.shifted(book, Due(first, ""), 1).at
    form = {**OUTAGE, "first_on": on, "last_on": on}
    act(book, dossier, "recall", now - timedelta(hours=2), line.actor("dispatcher"))
    dossier = line.changed(dossier, dossier.matter, status="accepted")
    act(book, dossier, "dispatch", now - timedelta(hours=1), line.actor("dispatcher"))
    assert dossier.matter.promised_at == first
    tick(dossier, book, now)
    ended = line.changed(dossier, dossier.orders[1], received_at=received)  # delivered before the outage
    out = line.act(ended, "shift_dates", head(book), form, now, book)
    assert ended.matter.promised_at == right
    assert "promise_shifted" in [m.template for m in out.messages]
    again = line.changed(ended, ended.orders[1], due_basis=dossier.orders[1].due_basis)
    line.act(again, "shift_dates", head(book), form, now, book)
    assert again.matter.promised_at == right, "one outage moves it once"


@pytest.mark.clause("R-09", "R-24")
def test_an_order_recalled_since_bears_no_wrong_card_and_its_matter_keeps_a_true_promise(book: Rulebook) -> None:
    """No unit holds it any more; what fell by its date while one did is lifted, what falls anew is nobody's."""
    dossier = line.lived(book, "dispatch", at(book, RECEIVED), "help")
    due, right = dates(book, dossier)
    act(book, dossier, "recall", due + MINUTE, line.actor("dispatcher"))
    assert [cause for cause, _, _ in by_date(dossier)] == here(book, suzhou=["due_day", "overdue"], example=["overdue"])
    assert shift(book, dossier, due + MINUTE) == ["card_lifted", "promise_shifted"]
    assert not any(stands for _, _, stands in by_date(dossier))
    assert (order(dossier).status, dossier.matter.promised_at) == ("recalled", right)
    tick(dossier, book, right + timedelta(days=30))
    assert not any(stands for _, _, stands in by_date(dossier))


def test_what_was_recalled_before_the_outage_is_left(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch", at(book, RECEIVED), "help")
    act(book, dossier, "recall", at(book, RECEIVED), line.actor("dispatcher"))
    found = line.problems(dossier, "shift_dates", head(book), OUTAGE, at(book, LATER), book)
    assert [p.field for p in found] == ["first_on"]


@pytest.mark.clause("R-07", "R-24")
def test_an_extension_that_waits_for_the_office_is_from_the_date_as_it_was_moved(book: Rulebook) -> None:
    """So many days more than the date there is are asked for; a calendar finds nothing to put right later."""
    dossier = line.lived(book, "record_contact", at(book, RECEIVED))
    now = at(book, RECEIVED)
    line.act(dossier, "request_extension", CLERK, line.forms(book)["request_extension"], now, book)
    due, right = dates(book, dossier)
    (asked,) = dossier.all(Extension)
    assert asked.old_due_at == due
    shift(book, dossier, at(book, AFTER))
    (asked,) = dossier.all(Extension)
    assert order(dossier).due_at == right
    assert asked.old_due_at == right
