"""时限：when a matter is due, until when an order is to be signed for, until when the citizen is to be contacted."""

from __future__ import annotations

from datetime import datetime

from hotline.rules.book import Kind, Provision, Rulebook
from hotline.rules.doors import return_until
from hotline.rules.verdicts import Due
from hotline.rules.worktime import plus_minutes


def on_time(due_at: datetime, acted_at: datetime) -> bool:
    """Whether an act at `acted_at` is in time: strictly before the instant at which the limit ends (R-01)."""
    return acted_at < due_at


def due(book: Rulebook, kind: str, received: datetime, *, urgent: bool = False) -> Due | None:
    """办结时限：when a matter of `kind` delivered at `received` is due; None for a kind without a limit.

    Raises UncoveredYear where the calendar ends before the limit does, ValueError for an unknown kind.
    """
    found = book.kind(kind)
    if not found.limited:
        return None
    return urgent_due(book, received) if urgent else _kind_due(book, found, received)


def _kind_due(book: Rulebook, kind: Kind, received: datetime) -> Due:
    if kind.working_days is None:
        assert kind.minutes is not None
        return Due(plus_minutes(book.calendar.local(received), kind.minutes, book.tz), kind.clause, kind.readings)
    at, provisional = book.calendar.end_of_working_day(received, kind.working_days)
    return Due(at, kind.clause, kind.readings, provisional)


def urgent_due(book: Rulebook, received: datetime) -> Due:
    """紧急件：24:00 of the calendar day on which the rulebook lets an urgent matter end, rest days too."""
    rule = book.provision("urgent")
    at, provisional = book.calendar.end_of_calendar_day(received, rule.values["calendar_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def sign_until(book: Rulebook, received: datetime, *, urgent: bool = False, due: Due | None = None) -> Due:
    """签收：until when an order delivered at `received` is to be signed for; never after `due`, where given."""
    rule = book.provision("sign_for")
    if urgent:
        at = plus_minutes(book.calendar.local(received), rule.values["urgent_minutes"], book.tz)
        return _no_later(Due(at, rule.clause, rule.readings), due)
    at, provisional = book.calendar.end_of_working_day(received, rule.values["working_days"])
    return _no_later(Due(at, rule.clause, rule.readings, provisional), due)


def contact_until(
    book: Rulebook,
    kind: str,
    received: datetime,
    *,
    signed: datetime | None = None,
    urgent: bool = False,
    due: Due | None = None,
    deemed: datetime | None = None,
) -> Due | None:
    """首次联系：until when the citizen is to be contacted; None for a kind without a limit.

    `signed` is when the order was signed for (None: nobody has, deemed acceptance counts); `deemed` the instant of
    deemed acceptance where it is not the closing of the return door (after a refused return: the refusal, R-04).
    """
    limit = due or _due(book, kind, received, urgent)
    if limit is None:
        return None
    if urgent:
        rule = book.provision("first_contact")
        return Due(limit.at, rule.clause, _and(rule, limit), limit.provisional)
    after_signing = book.provision("contact_after_signing")
    if kind in after_signing.values["kinds"]:
        return _after_signing(book, after_signing, received, signed, deemed)
    rule = book.provision("first_contact")
    at, provisional = book.calendar.end_of_working_day(received, rule.values["working_days"])
    return _no_later(Due(at, rule.clause, rule.readings, provisional), limit)


def contact_rests_on(book: Rulebook, kind: str) -> str:
    """The provision that the first contact of a matter of `kind` rests on."""
    after_signing = book.provision("contact_after_signing")
    return after_signing.name if kind in after_signing.values["kinds"] else "first_contact"


def _due(book: Rulebook, kind: str, received: datetime, urgent: bool) -> Due | None:
    return due(book, kind, received, urgent=urgent)


def _after_signing(
    book: Rulebook, rule: Provision, received: datetime, signed: datetime | None, deemed: datetime | None
) -> Due:
    """From the signature, or from deemed acceptance where that came first.

    The clock's own event at the closing of the door dates from the day that ended (R-01).
    """
    calendar = book.calendar
    accepted = deemed or return_until(book, received).at
    start = calendar.day_of(deemed) if deemed else calendar.day_ended_by(accepted)
    if signed is not None and signed < accepted:
        start = calendar.day_of(signed)
    at, provisional = calendar.end_of_working_day(start, rule.values["working_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def _no_later(mine: Due, limit: Due | None) -> Due:
    if limit is None or mine.at <= limit.at:
        return mine
    return Due(limit.at, mine.clause, mine.readings, limit.provisional)


def _and(rule: Provision, limit: Due) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*rule.readings, *limit.readings)))
