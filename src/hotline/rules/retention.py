"""保管期限：how long a file keeps what tells who brought it; the regulation says nothing, so a reading does (R-36)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.rules.book import Rulebook
from hotline.rules.worktime import ONE_DAY, local_midnight


@dataclass(frozen=True, slots=True)
class Kept:
    """保管期限的一类: its id and term, for how many years, and why: what makes it longer, empty where nothing does."""

    id: str
    term: str
    years: int
    because: str = ""


def kept(book: Rulebook, kind: str, facts: Mapping[str, bool]) -> Kept:
    """The class of a matter of this kind with these facts, by the rulebook's names."""
    values = book.provision("retention").values
    because = [term for fact, term in values["longer_when"].items() if facts.get(fact)]
    if kind in values["longer_kinds"]:
        because = [book.kind(kind).term, *because]
    found = values["longer"] if because else values["usual"]
    return Kept(found, values["classes"][found], values["years"][found], "、".join(because))


def ends(book: Rulebook, years: int, archived: datetime) -> datetime:
    """The instant at which a file archived then has been kept for so many years: 24:00 of that day of the year."""
    day = book.calendar.day_of(archived)
    last = day.replace(day=1, year=day.year + years) + timedelta(days=day.day - 1)
    last = last if last.month == day.month else last - ONE_DAY  # 29 February in a common year
    return through(book, last)


def through(book: Rulebook, last: date) -> datetime:
    """24:00 of a day, however far off: no calendar is needed for that."""
    return local_midnight(last + ONE_DAY, book.tz)
