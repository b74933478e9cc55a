"""过日子 (days): what happens between two steps: the clock does what falls due, at its very instant; a day that ends is
sealed, and the simulated clock moves to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from hotline.casework import clock
from hotline.procedure import sealing, times
from hotline.rules.worktime import ONE_DAY, WorkCalendar, local_midnight


class Waiting(Protocol):
    """等着: a life of which something was performed, and when the clock has something to do on it next."""

    @property
    def next_at(self) -> datetime | None:
        """That instant."""


class Days:
    """日子: told every instant before what happens on it, and every life of which something was performed. `swept` hears
    on which matters the clock has acted."""

    def __init__(self, calendar: WorkCalendar, seals: Path):
        self.calendar, self.seals = calendar, seals
        self.today: date | None = None
        self.now: datetime | None = None
        self.falls_at: datetime | None = None  # what the clock has to do next, on any matter
        self.swept: Callable[[Sequence[int]], object] = lambda chains: None

    def advance(self, instant: datetime) -> None:
        """Time has come to `instant`: all that fell due on the way is done, each day before it is sealed, and the
        simulated clock stands at the day's beginning."""
        while self.falls_at is not None and self.falls_at <= instant:
            self.falls_at = clock.next_at()  # what was waited for may have been done by a person meanwhile
            if self.falls_at is not None and self.falls_at <= instant:
                at = max(self.falls_at, self.now or self.falls_at)  # an act may come after what it makes due
                self._turn(at)
                self._sweep(at)
        self._turn(instant)

    def performed(self, life: Waiting) -> None:
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
        with suppress(times.ClockError):  # it runs on while nobody lives the city, and may be there already
            times.set_simulated(self._midnight(next_day))
        sealing.seal(self.today, self.seals, self._midnight(self.today + ONE_DAY))

    def _sweep(self, at: datetime) -> None:
        """All that is due by now. Raises what the clock could not do."""
        while (swept := clock.sweep(at)).claimed:
            for error in swept.aside.values():
                raise error
            self.swept(swept.chains)

    def _midnight(self, day: date) -> datetime:
        return local_midnight(day, self.calendar.tz)
