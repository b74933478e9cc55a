"""体征 (vitals): how a running city stands, in numbers that name nobody; for `doctor` and `metrics`."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Beat:
    """心跳: a job loop, the wall instant of its last good turn in seconds since 1970, and the seconds between turns."""

    name: str
    at: float
    every: float

    def late(self, now: float, grace: float) -> bool:
        """Whether the loop should have turned long ago."""
        return now - self.at > 2 * self.every + grace


@dataclass(frozen=True, slots=True)
class Vitals:
    """体征: what waits, since when, and how large the database is. Seconds are those of the city's own clock."""

    outbox_due: int
    outbox_seconds: float
    outbox_failing: int
    clock_seconds: float
    set_aside: int
    unsealed_days: int
    database_bytes: int


def beats(folder: Path) -> Iterator[Beat]:
    """The marks that the loops of this machine left; none where they run elsewhere."""
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            yield Beat(file.name, file.stat().st_mtime, float(file.read_text() or 0))
        except (OSError, ValueError):  # being made or cleared away at this moment
            yield Beat(file.name, time.time(), 0)


def _seconds(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def unsealed_days(now: datetime) -> int:
    """How many ended days are not sealed; a day ends for the seal a few minutes after midnight."""
    from hotline.jobs import loops
    from hotline.procedure import sealing, times
    from hotline.procedure.world import current

    tz = current().book.tz
    through = sealing.sealed_through() or times.birth_record().born_at.astimezone(tz).date() - timedelta(days=1)
    day = loops.day_to_seal(now, tz, through)
    return (day - through).days if day else 0


def take() -> Vitals:
    """The city's vitals at this moment; a handful of statements. The world must be wired."""
    from hotline.casework import clock
    from hotline.procedure import outbox, sweeping, times
    from hotline.procedure.perform import raw

    now = times.now()
    with raw().cursor() as cur:
        row = cur.execute("SELECT pg_database_size(current_database())").fetchone()
        aside = sweeping.set_aside(cur)
    return Vitals(
        outbox.waiting(now), _seconds(outbox.oldest(now), now), outbox.failing(),
        _seconds(clock.overdue_since(now), now), aside, unsealed_days(now), int(row[0]) if row else 0,
    )  # fmt: skip
