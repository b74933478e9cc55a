"""值班：whether somebody is on duty the whole time, where the rulebook asks for it round the clock; and whether the
telephone is answered, which is tried (R-40)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hotline.rules.book import Rulebook

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hole:
    """空档：from when until when nobody is on duty, with the clause that asks for somebody."""

    begin: datetime
    end: datetime
    clause: str


def round_the_clock(book: Rulebook) -> bool:
    """Whether the service never closes."""
    return bool(book.provision("service").values["round_the_clock"])


def holes(book: Rulebook, turns: Iterable[Span], begin: datetime, end: datetime) -> list[Hole]:
    """The spans between `begin` and `end` that no turn covers; none where the service may close. A turn that begins
    the instant another ends leaves no hole."""
    if not round_the_clock(book):
        return []
    clause, found, covered = book.provision("service").clause, [], begin
    for start, stop in sorted(turns):
        if start > covered and covered < end:
            found.append(Hole(covered, min(start, end), clause))
        covered = max(covered, stop)
    return [*found, Hole(covered, end, clause)] if covered < end else found


def duties(book: Rulebook) -> tuple[str, ...]:
    """What being on duty means, in the rulebook's words."""
    return tuple(book.provision("responsibility").values["on_duty"])


@dataclass(frozen=True, slots=True)
class Trial:
    """试拨规则：what may come of a trial call of a duty telephone, which of it is good, and after how many calendar days
    it is called again: after a good one, and after one that was not."""

    outcomes: Mapping[str, str]
    good: frozenset[str]
    every_days: int
    again_days: int
    clause: str

    def due_at(self, last: datetime, outcome: str, tz: ZoneInfo) -> datetime:
        """The beginning of the day from which it is time to call again."""
        days = self.every_days if outcome in self.good else self.again_days
        return datetime.combine(last.astimezone(tz).date() + timedelta(days), time(), tz)


def trial(book: Rulebook) -> Trial:
    """How duty telephones are tried."""
    provision = book.provision("trial_calls")
    values = provision.values
    return Trial(values["outcomes"], frozenset(values["good"]), values["every_calendar_days"],
                 values["again_calendar_days"], provision.clause)  # fmt: skip
