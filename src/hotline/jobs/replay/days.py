"""过日子 (days): what happens between two steps: a day that ends is sealed, the simulated clock moves to the next."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from hotline.procedure import sealing, times
from hotline.rules.worktime import ONE_DAY, WorkCalendar, local_midnight


class Days:
    """日子: told every instant before what happens on it."""

    def __init__(self, calendar: WorkCalendar, seals: Path):
        self.calendar, self.seals = calendar, seals
        self.today: date | None = None

    def advance(self, instant: datetime) -> None:
        """Time has come to `instant`: the day before it is sealed, and the clock stands at the day's beginning."""
        day = self.calendar.day_of(instant)
        if self.today is not None and day != self.today:
            self._end(day)
        self.today = day

    def close(self) -> None:
        """The last day is over, too."""
        if self.today is not None:
            self._end(self.today + ONE_DAY)
        self.today = None

    def _end(self, next_day: date) -> None:
        assert self.today is not None
        sealing.seal(self.today, self.seals, self._midnight(self.today + ONE_DAY))
        times.set_simulated(self._midnight(next_day))

    def _midnight(self, day: date) -> datetime:
        return local_midnight(day, self.calendar.tz)
