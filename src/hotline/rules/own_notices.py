"""通知本人：which of their notices people get on their own telephone or by mail until they choose otherwise, and at what
hours anything is sent at all; what is dangerous to life is told by R-41, whatever anybody chose (R-44)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from hotline.rules import ways
from hotline.rules.book import Rulebook
from hotline.rules.checks import NOTICES

GROUPS = NOTICES
BY_DAY, AT_WORK, AFTER_WORK = "day", "office", "outside"
AHEAD = 20  # days within which an hour is found at which something may be sent: longer than any holiday


def default(book: Rulebook, way: str, sort: str) -> tuple[str, ...]:
    """Which groups go out this `way` (sms, mail) to the office's people, units' or leaders, until they choose."""
    return tuple(book.provision("own_notices").values[way].get(sort, ()))


def may_send(book: Rulebook, hours: str, at: datetime) -> bool:
    """Whether something may be sent to somebody who chose these hours; never by night."""
    local = book.calendar.local(at).time()
    by_day = any(start <= local < end for start, end in _by_day(book))
    return by_day and (hours == BY_DAY or ways.in_office_hours(book, at) == (hours == AT_WORK))


def next_at(book: Rulebook, hours: str, now: datetime) -> datetime:
    """The first instant from now on at which it may be."""
    return next((at for at in _openings(book, now) if may_send(book, hours, at)), now)


def _by_day(book: Rulebook) -> list[tuple[time, time]]:
    spans = book.provision("own_notices").values["by_day"]
    return [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans]


def _openings(book: Rulebook, now: datetime) -> Iterator[datetime]:
    """Now, then every instant at which hours begin or end."""
    yield now
    spans = [*_by_day(book), *ways.office_hours(book)]
    clock, today = sorted({at for span in spans for at in span}), book.calendar.local(now).date()
    for ahead in range(AHEAD):
        day = today + timedelta(days=ahead)
        every = (datetime.combine(day, at, book.tz) for at in clock)
        yield from (at for at in every if at > now)
