"""一批 (batches): what is to be loaded: the seed, the days, how many matters; the folder remembers it, so that the same
command goes on after a kill. Which matter has which numbers follows from it alone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.procedure import disk
from hotline.rules.worktime import ONE_DAY, local_midnight

FILE = "load.json"
STRIDE = 512  # numbers kept for one matter


@dataclass(frozen=True, slots=True)
class Batch:
    """一批: the seed, the first day and the day that is no more part of it, how many matters, the first number of the
    first of them (0: not drawn yet), and whether it is all there, sealed."""

    seed: str
    first: date
    end: date
    matters: int
    numbers: int = 0
    done: bool = False

    @property
    def days(self) -> int:
        """How many days it takes."""
        return (self.end - self.first).days

    def day(self, index: int) -> date:
        """A day by its place."""
        return self.first + index * ONE_DAY

    def before(self, index: int) -> int:
        """How many matters come before a day: about as many on each."""
        return self.matters * index // self.days

    def number(self, place: int) -> int:
        """The number of the matter at a place in the whole row."""
        return self.numbers + place * STRIDE

    def begins(self, tz: ZoneInfo) -> datetime:
        """The first instant of the city."""
        return local_midnight(self.first, tz)

    def ends(self, tz: ZoneInfo) -> datetime:
        """The instant before which everything happens."""
        return local_midnight(self.end, tz) - timedelta(seconds=1)

    def at(self, numbers: int) -> Batch:
        """With its numbers drawn."""
        return replace(self, numbers=numbers)


def ending(seed: str, end: date, days: int, matters: int) -> Batch:
    """A batch of so many days up to a day."""
    return Batch(seed, end - days * ONE_DAY, end, matters)


def read(root: Path) -> Batch | None:
    """What the data folder remembers; None where nothing was loaded."""
    try:
        told = json.loads((root / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    days = {name: date.fromisoformat(told[name]) for name in ("first", "end")}
    return Batch(**{**told, **days})


def write(root: Path, batch: Batch) -> None:
    """Remember it, whole or not at all."""
    told = {**asdict(batch), "first": batch.first.isoformat(), "end": batch.end.isoformat()}
    disk.write_whole(root / FILE, (json.dumps(told, ensure_ascii=False) + "\n").encode())
