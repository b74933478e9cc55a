"""Loading a batch of matters: a process per core, each day whole or not at all, seals and text indexes last."""

import contextlib
import json
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent import futures
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from hotline.config.paths import DataFolder

if TYPE_CHECKING:
    from hotline.jobs.load.course import Batch
    from hotline.jobs.load.days import Loader

SCRATCH, LATE = "load", "load-indexes.json"
TEXT_INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid JOIN pg_am a ON a.oid = i.relam
WHERE t.relnamespace = current_schema()::regnamespace AND t.relname LIKE 'casework\\_%' AND a.amname IN ('gin', 'gist')
"""
_mine: list["Loader"] = []


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was done: matters found there already and newly written, days sealed, seconds of the writing and in all."""

    found: int
    written: int
    alone: int
    sealed: int
    writing: float
    seconds: float


def load(folder: DataFolder, batch: "Batch", processes: int) -> Loaded:
    """Bring a batch to its end in the city at hand, from wherever it stands."""
    from hotline.jobs.load import course, days, past
    from hotline.network import seed
    from hotline.procedure import times
    from hotline.procedure.perform import raw
    from hotline.procedure.world import current

    began, calendar = monotonic(), current().book.calendar
    put_off(folder.root)
    with raw().cursor() as cur:
        there = days.done(cur, batch)
    found = sum(batch.before(i + 1) - batch.before(i) for i in there)
    waiting = [i for i in range(batch.days) if i not in there and batch.before(i) < batch.before(i + 1)]
    with bar(batch.matters, found, "装载", "件") as told:
        written, alone = _write(folder.root, batch, waiting, min(processes, len(waiting)), told)
    wrote = monotonic() - began
    with bar(batch.days, 0, "封存", "天") as told:
        sealed = past.seal(folder.seals, folder.root / SCRATCH, calendar, batch.end, told)
    take_up(folder.root)
    end = calendar_end(batch)
    with contextlib.suppress(times.ClockError):
        times.set_simulated(end)
    seed.roll_roster(end)
    course.write(folder.root, replace(batch, done=True))
    return Loaded(found, written, alone, sealed, wrote, monotonic() - began)


def calendar_end(batch: "Batch") -> Any:
    """The instant at which the city stands when all is there."""
    from hotline.procedure.world import current
    from hotline.rules.worktime import local_midnight

    return local_midnight(batch.end, current().book.tz)


def _write(root: Path, batch: "Batch", waiting: list[int], processes: int, told: Any) -> tuple[int, int]:
    """All days that wait; how many matters were written, and how many of them were lived each by itself."""
    from hotline.config import boot

    if not waiting:
        return 0, 0
    boot.disconnect()
    written = alone = 0
    context = multiprocessing.get_context("spawn")
    with futures.ProcessPoolExecutor(processes, context, begin, (str(root), batch)) as pool:
        try:
            for one in futures.as_completed([pool.submit(day, index) for index in waiting]):
                count, by_itself = one.result()
                written, alone = written + count, alone + by_itself
                told(count)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return written, alone


def begin(root: str, batch: "Batch") -> None:
    """A worker's beginning: its own connection, which waits for no disk, since what is lost is loaded again."""
    import signal

    from hotline.config import boot, lifeline, wiring

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells us to stop
    lifeline.tie_this_process()
    boot.configure(Path(root))
    wiring.wire()
    from hotline.jobs.load.days import Loader
    from hotline.procedure.perform import raw

    cur = raw().cursor()
    cur.execute("SET synchronous_commit = off")
    _mine[:] = [Loader(batch, cur)]


def day(index: int) -> tuple[int, int]:
    """One day, in a transaction of its own."""
    from hotline.procedure.perform import raw

    loader, before = _mine[0], _mine[0].alone
    try:
        with raw().transaction():
            return loader.load(index), loader.alone - before
    except Exception as error:  # not every error can be sent from process to process
        raise RuntimeError(f"{index}: {type(error).__name__} {error}") from None


@contextlib.contextmanager
def bar(total: int, initial: int, what: str, unit: str) -> Iterator[Any]:
    """A bar on stderr."""
    from tqdm import tqdm

    with tqdm(total=total, initial=initial, desc=what, unit=unit, file=sys.stderr, mininterval=0.5,
              dynamic_ncols=True) as shown:  # fmt: skip
        yield shown.update


def put_off(root: Path) -> None:
    """Indexes on text cost least when they are made last; which there were is remembered in the folder."""
    from django.db import connections

    from hotline.procedure import disk

    path = root / LATE
    with connections["owner"].cursor() as cur:
        cur.execute(TEXT_INDEXES)
        found = dict(cur.fetchall())
        before = json.loads(path.read_text("utf-8")) if path.exists() else {}
        disk.write_whole(path, json.dumps({**before, **found}).encode())
        for name in found:
            cur.execute(f'DROP INDEX "{name}"')


def take_up(root: Path) -> None:
    """The indexes that were put off, and honest statistics for all."""
    from django.db import connections

    path = root / LATE
    with connections["owner"].cursor() as cur:
        for name, made in json.loads(path.read_text("utf-8")).items():
            cur.execute("SELECT to_regclass(%s) IS NULL", [name])
            if cur.fetchone()[0]:
                cur.execute(made)
        cur.execute("VACUUM (ANALYZE)")
    path.unlink()
