"""重办与改期：the date after a letter was sent back or bounced, after dissatisfaction, after a change of kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hotline.rules import doors, limits
from hotline.rules.book import Provision, Rulebook
from hotline.rules.verdicts import Due


def after_send_back(book: Rulebook, due: Due, sent_back: datetime, *, urgent: bool = False) -> Due:
    """退回重办：the old date, or a few working days (urgent: calendar days) from the send-back if that is later."""
    rule = book.provision("redo")
    if urgent:
        found = book.calendar.end_of_calendar_day(sent_back, rule.values["urgent_calendar_days"])
    else:
        found = book.calendar.end_of_working_day(sent_back, rule.values["working_days"])
    return _later(due, rule, found)


def after_bounce(book: Rulebook, due: Due, bounced: datetime) -> Due:
    """退单：the old date, or the end of a working day soon after the bounce if that is later; late stays late."""
    rule = book.provision("after_bounce")
    return _later(due, rule, book.calendar.end_of_working_day(bounced, rule.values["working_days"]))


def after_dissatisfied(book: Rulebook, at: datetime) -> Due:
    """不满意重办：the date of the new round that mere dissatisfaction, learnt at `at`, opens."""
    rule = book.provision("follow_up")
    end, provisional = book.calendar.end_of_working_day(at, rule.values["redo_working_days"])
    return Due(end, rule.clause, rule.readings, provisional)


def recomputed(
    book: Rulebook,
    kind: str,
    received: datetime,
    old_due: Due | None,
    now: datetime,
    *,
    urgent: bool = False,
    extended_by: int = 0,
    carry: Callable[[Due], Due] = lambda due: due,
) -> Due | None:
    """改类别：the date under the new `kind`, from the original delivery; None where that knows no limit.

    `extended_by` is the number of working days already granted, kept up to the new cap. Shortening leaves a few
    working days from `now`, but never goes beyond the old date; so does a first limit where there was none. `carry`
    moves the date by what holds under any kind.
    """
    fresh = limits.due(book, kind, received, urgent=urgent)
    if fresh is None:
        return None
    kept = 0 if urgent else min(extended_by, doors.cap(book, kind))
    if kept:
        fresh = doors.extended(book, fresh, kept)
    fresh = carry(fresh)
    if old_due is not None and fresh.at >= old_due.at:
        return _by_change(book, fresh)
    rule = book.provision("change_of_kind")
    at, provisional = book.calendar.end_of_working_day(now, rule.values["least_working_days"])
    floor = Due(min(at, old_due.at) if old_due else at, fresh.clause, fresh.readings, provisional)
    return _by_change(book, max(fresh, floor, key=lambda d: d.at))


def _by_change(book: Rulebook, due: Due) -> Due:
    readings = tuple(dict.fromkeys((*due.readings, *book.provision("change_of_kind").readings)))
    return Due(due.at, due.clause, readings, due.provisional)


def _later(due: Due, rule: Provision, found: tuple[datetime, bool]) -> Due:
    at, provisional = found
    return due if due.at >= at else Due(at, rule.clause, rule.readings, provisional)
