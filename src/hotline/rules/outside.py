"""对外：what comes from and goes to those outside the network: sources with dates of their own, emergency services, the
government's duty room."""

from __future__ import annotations

from datetime import date, datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.rules.worktime import plus_minutes


def source_due(book: Rulebook, due_on: date) -> Due:
    """Until when a source wants its answer that names this day: to the day's end."""
    rule, (at, provisional) = book.provision("sources"), book.calendar.end_of_day(due_on)
    return Due(at, rule.clause, rule.readings, provisional)


def fed_back(book: Rulebook, sort: str) -> bool:
    """Whether the source is told what came of it."""
    return sort in book.provision("sources").values["fed_back"]


def important(book: Rulebook, sort: str) -> bool:
    """Whether what comes from there is an important matter (R-10)."""
    return sort in book.provision("sources").values["important"]


def binding(source: datetime | None, statutory: datetime | None) -> datetime | None:
    """The earlier of the source's own date and the statutory one: by it the office is bound."""
    return min((at for at in (source, statutory) if at is not None), default=None)


def report_until(book: Rulebook, recognised: datetime) -> Due:
    """Until when the duty room is to have the first report of an emergency."""
    rule = book.provision("urgent_report")
    at = plus_minutes(book.calendar.local(recognised), rule.values["minutes"], book.tz)
    return Due(at, rule.clause, rule.readings)
