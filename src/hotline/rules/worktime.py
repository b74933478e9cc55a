"""工作时间：which days are worked, and where a number of working days ends (R-01)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from hotline.rules.errors import UncoveredYear

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """日历年：the holidays and make-up workdays (调休) of one year, each with the feast it belongs to.

    `status` is 'official' once the notice is out, else 'provisional'; `notice` is its number, where known.
    """

    year: int
    status: str
    notice: str | None
    holidays: Mapping[date, str]
    workdays: Mapping[date, str]
    amended_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One row of "why this date": the day, whether it is worked, why not (or why after all), and its year's status."""

    on: date
    workday: bool
    reason: str
    status: str


def local_midnight(on: date, tz: ZoneInfo) -> datetime:
    """00:00 of `on` in `tz`, which is also 24:00 of the day before."""
    return datetime.combine(on, time(), tzinfo=tz)


def plus_minutes(instant: datetime, minutes: int, tz: ZoneInfo) -> datetime:
    """`minutes` of calendar time after `instant`, whatever the clocks of `tz` do in between."""
    return (instant.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(tz)


@dataclass(frozen=True)
class WorkCalendar:
    """工作日历：the years of a city, with the arithmetic of working days on them.

    Built from `years` in any order; `weekend` holds ISO weekdays. Every method raises UncoveredYear for a day in a year
    that is not among `years`, and ValueError for a naive instant.
    """

    tz: ZoneInfo
    years: Mapping[int, Year] = field(repr=False)
    weekend: frozenset[int]

    @cached_property
    def _worked(self) -> list[date]:
        days = (day for year in sorted(self.years) for day in _days_of(year))
        return [day for day in days if self._computed_workday(day)]

    @cached_property
    def _covered(self) -> list[int]:
        return sorted(self.years)

    def _computed_workday(self, on: date) -> bool:
        year = self.years[on.year]
        return on in year.workdays or (on.isoweekday() not in self.weekend and on not in year.holidays)

    def _year(self, year: int) -> Year:
        try:
            return self.years[year]
        except KeyError:
            raise UncoveredYear(year, self._covered) from None

    def _span(self, first: date, last: date) -> bool:
        """Whether a year between the two days is provisional; raises UncoveredYear for a year that is missing."""
        statuses = {self._year(y).status for y in range(first.year, last.year + 1)}
        return statuses != {"official"}

    def local(self, instant: datetime) -> datetime:
        """`instant` in the city's time zone; ValueError when it is naive."""
        if instant.tzinfo is None:
            raise ValueError("时刻必须带时区")
        return instant.astimezone(self.tz)

    def day_of(self, instant: datetime | date) -> date:
        """The local day of an instant (00:00 belongs to the new day, R-01); a date is itself."""
        return self.local(instant).date() if isinstance(instant, datetime) else instant

    def day_ended_by(self, instant: datetime) -> date:
        """The last day with a part before `instant`: for 24:00 of a day that day, not the next."""
        day = self.local(instant).date()
        return day - ONE_DAY if self.at_midnight(instant) else day

    def is_workday(self, on: date) -> bool:
        """Whether people work on `on`: no weekend and no holiday, or a make-up workday."""
        self._year(on.year)
        return self._computed_workday(on)

    def status(self, on: date) -> str:
        """'official' or 'provisional'."""
        return self._year(on.year).status

    def notice(self, year: int) -> str | None:
        """The number of the notice that arranged `year`; None where it is not known or not yet out."""
        return self._year(year).notice

    def end_of_day(self, on: date) -> tuple[datetime, bool]:
        """24:00 of the calendar day `on`, rest day or not, and whether its year is provisional."""
        return local_midnight(on + ONE_DAY, self.tz), self._span(on, on)

    def end_of_calendar_day(self, instant: datetime | date, n: int) -> tuple[datetime, bool]:
        """24:00 of the n-th calendar day after that of `instant` (0: that day), and whether it is provisional."""
        return self.end_of_day(self.day_of(instant) + timedelta(days=n))

    def at_midnight(self, instant: datetime) -> bool:
        """Whether `instant` is the local end of a day, as every limit in days is."""
        return self.local(instant).time() == time()

    def end_of_working_day(self, instant: datetime | date, n: int) -> tuple[datetime, bool]:
        """24:00 of the n-th working day after the day of `instant`, and whether it is provisional (R-01)."""
        start = self.day_of(instant)
        last = self.workday_after(start, n)
        return local_midnight(last + ONE_DAY, self.tz), self._span(start, last)

    def workday_after(self, on: date, n: int = 1) -> date:
        """The n-th working day after `on`, n ≥ 1."""
        if n < 1:
            raise ValueError("工作日数至少为 1")
        self._year(on.year)
        index = bisect_right(self._worked, on) + n - 1
        if index >= len(self._worked):
            raise UncoveredYear(self._covered[-1] + 1, self._covered)
        self._span(on, self._worked[index])
        return self._worked[index]

    def workday_before(self, on: date, n: int = 1) -> date:
        """The n-th working day before `on`, n ≥ 1."""
        if n < 1:
            raise ValueError("工作日数至少为 1")
        self._year(on.year)
        index = bisect_left(self._worked, on) - n
        if index < 0:
            raise UncoveredYear(self._covered[0] - 1, self._covered)
        self._span(self._worked[index], on)
        return self._worked[index]

    def working_days_between(self, a: datetime | date, b: datetime | date) -> int:
        """How many working days lie after the day of `a`, up to and including that of `b`; negative backwards."""
        first, last = self.day_of(a), self.day_of(b)
        self._span(min(first, last), max(first, last))
        return bisect_right(self._worked, last) - bisect_right(self._worked, first)

    def days(self, a: datetime | date, b: datetime | date) -> list[Day]:
        """Each day after that of `a`, up to and including that of `b`, for "why this date"."""
        first, last = self.day_of(a), self.day_of(b)
        self._span(first, last)
        return [self._row(first + timedelta(days=i)) for i in range(1, (last - first).days + 1)]

    def _row(self, on: date) -> Day:
        year = self._year(on.year)
        reason = year.workdays.get(on) or year.holidays.get(on) or ("周末" if on.isoweekday() in self.weekend else "")
        return Day(on, self._computed_workday(on), reason, year.status)


def _days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days))
