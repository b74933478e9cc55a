"""过日子 (days): what happens between two steps: the clock does what falls due, at its very instant; a day that ends is
sealed, and the simulated clock moves to the next."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from hotline.casework import clock
from hotline.jobs.replay.life import Life
from hotline.procedure import sealing, times
from hotline.rules.worktime import ONE_DAY, WorkCalendar, local_midnight


class Days:
    """日子: told every instant before what happens on it, and every life of which something was performed."""

    def __init__(self, calendar: WorkCalendar, seals: Path):
        self.calendar, self.seals = calendar, seals
        self.today: date | None = None
        self.now: datetime | None = None
        self.falls_at: datetime | None = None  # what the clock has to do next, on any matter

    def advance(self, instant: datetime) -> None:
        """Time has come to `instant`: all that fell due on the way is done, each day before it is sealed, and the
        simulated clock stands at the day's beginning."""
        while self.falls_at is not None and self.falls_at <= instant:
            self.falls_at = clock.next_at()  # what was waited for may have been done by a person meanwhile
            if self.falls_at is not None and self.falls_at <= instant:
                at = max(self.falls_at, self.now or self.falls_at)  # an act may come after what it makes due
                self._turn(at)
                _sweep(at)
        self._turn(instant)

    def performed(self, life: Life) -> None:
        """Something was performed on a matter, and the clock may have to look at it sooner."""
        if life.next_at is not None and (self.falls_at is None or life.next_at < self.falls_at):
            self.falls_at = life.next_at

    def close(self) -> None:
        """The last day is over, too."""
        if self.today is not None:
            self._end(self.today + ONE_DAY)
        self.today = None

    def _turn(self, instant: datetime) -> None:
        day = self.calendar.day_of(instant)
        if self.today is not None and day != self.today:
            self._end(day)
        self.today, self.now = day, instant

    def _end(self, next_day: date) -> None:
        assert self.today is not None
        sealing.seal(self.today, self.seals, self._midnight(self.today + ONE_DAY))
        times.set_simulated(self._midnight(next_day))

    def _midnight(self, day: date) -> datetime:
        return local_midnight(day, self.calendar.tz)


def _sweep(at: datetime) -> None:
    """All that is due by now. Raises what the clock could not do."""
    while (swept := clock.sweep(at)).claimed:
        for error in swept.aside.values():
            raise error
