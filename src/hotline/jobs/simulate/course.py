"""一程 (courses): some days of a city lived from a seed, as they were begun and until when; the folder remembers it, so
that the same command goes on after a kill, and says so when there is nothing left to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import connection

from hotline.jobs.replay.days import Days
from hotline.jobs.simulate import people, plots
from hotline.jobs.simulate.chance import Chance
from hotline.jobs.simulate.living import Living, Outcome
from hotline.network import seed as network_seed
from hotline.procedure import disk, sealing, times
from hotline.procedure.world import current
from hotline.rules.worktime import ONE_DAY, local_midnight

FILE = "simulation.json"
ROLL = 14  # days after which the demonstration's roster goes on


@dataclass(frozen=True, slots=True)
class Course:
    """一程: the seed, the first day, the last instant, how many matters a day; `asked` for how many days, of which there
    are more where it goes on from an earlier one; and whether it was lived to the end."""

    seed: str
    first: date
    until: datetime
    per_day: int
    asked: int
    done: bool = False

    @property
    def days(self) -> int:
        """How many days it takes, the last one counted."""
        return (self.until.date() - self.first).days + 1

    def begins(self, tz: ZoneInfo) -> datetime:
        """The first instant of the city in which it is lived."""
        return local_midnight(self.first, tz)


def ending(seed: str, until: datetime, days: int, per_day: int, tz: ZoneInfo) -> Course:
    """The course of so many days up to an instant."""
    local = until.astimezone(tz).replace(microsecond=0)
    return Course(seed, local.date() - timedelta(days=days - 1), local, per_day, days)


def read(root: Path) -> Course | None:
    """What the data folder remembers; None where nothing was simulated."""
    try:
        told = json.loads((root / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Course(told["seed"], date.fromisoformat(told["first"]), datetime.fromisoformat(told["until"]),
                  told["per_day"], told["asked"], told["done"])  # fmt: skip


def write(root: Path, course: Course) -> None:
    """Remember it, whole or not at all."""
    told = {**asdict(course), "first": course.first.isoformat(), "until": course.until.isoformat()}
    disk.write_whole(root / FILE, (json.dumps(told, ensure_ascii=False) + "\n").encode())


def live(root: Path, seals: Path, course: Course, passed: Callable[[date], object]) -> Outcome:
    """Live a course in the city at hand, from wherever it stands, to its end. Raises NoPeople, UncoveredYear."""
    book = current().book
    city = people.find(book, Chance(course.seed))
    matters = list(plots.plots(city, course.first, course.until.date(), course.per_day, course.until))
    write(root, course)
    days = _Days(book.calendar, seals)
    sealed = sealing.sealed_through()
    days.today = sealed + ONE_DAY if sealed else book.calendar.day_of(times.birth_record().born_at)
    _wait_for_the_disk(False)
    try:
        outcome = Living(city, days, course.until, lambda day: _passed(day, book.tz, passed)).run(matters)
    finally:
        _wait_for_the_disk(True)
    with suppress(times.ClockError):  # it may have run on while nobody lived the city
        times.set_simulated(course.until)
    network_seed.roll_roster(course.until)
    write(root, replace(course, done=True))
    return outcome


class _Days(Days):
    """日子: no act waits for the disk, since a crash only makes it be lived again; but what a seal covers is on the disk
    before the seal is."""

    def _end(self, next_day: date) -> None:
        _wait_for_the_disk(True)
        super()._end(next_day)
        _wait_for_the_disk(False)


def _wait_for_the_disk(waits: bool) -> None:
    with connection.cursor() as cur:
        cur.execute(f"SET synchronous_commit = {'on' if waits else 'off'}")


def _passed(day: date, tz: ZoneInfo, passed: Callable[[date], object]) -> None:
    if day.toordinal() % ROLL == 0:
        network_seed.roll_roster(local_midnight(day, tz))
    passed(day)
