"""Loading a batch of matters: a process per core, each day whole or not at all, seals and text indexes last."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from concurrent import futures
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from hotline.config import crew, pg_cluster
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
    """What was done: matters found there already and newly written, days sealed, by how many processes, seconds of the
    writing and in all; and seconds of CPU in all, here and in the database's processes where these can be seen, with
    the machine's load at the end."""

    found: int
    written: int
    alone: int
    sealed: int
    processes: int
    writing: float
    seconds: float
    cpu: float
    database_cpu: float | None
    load: float


def load(folder: DataFolder, batch: "Batch", processes: int) -> Loaded:
    """Bring a batch to its end in the city at hand, from wherever it stands."""
    from hotline.jobs.load import course, days, past
    from hotline.network import seed
    from hotline.procedure import times
    from hotline.procedure.perform import raw
    from hotline.procedure.world import current

    began, calendar, spent = monotonic(), current().book.calendar, _spent(folder)
    put_off(folder.root)
    with raw().cursor() as cur:
        there = days.done(cur, batch)
    found = sum(batch.before(i + 1) - batch.before(i) for i in there)
    waiting = [i for i in range(batch.days) if i not in there and batch.before(i) < batch.before(i + 1)]
    processes = min(processes, len(waiting))
    with bar(batch.matters, found, "装载", "件") as told:
        written, alone = _write(folder.root, batch, waiting, processes, told)
    wrote = monotonic() - began
    with bar(batch.days, 0, "封存", "天") as told, futures.ThreadPoolExecutor(1) as beside:
        indexes = beside.submit(_beside, take_up, folder.root)  # the server's work, while the days are sealed here
        sealed = past.seal(folder.seals, folder.root / SCRATCH, calendar, batch.end, told)
        indexes.result()
    past.mark()
    tidy("procedure_chainhead", "procedure_seal")  # what sealing has written
    end = calendar_end(batch)
    with contextlib.suppress(times.ClockError):
        times.set_simulated(end)
    seed.roll_roster(end)
    if not found:  # what an earlier run wrote may rest on other calendars: the loop looks at it
        times.settle_calendars(current().books.values())
    course.write(folder.root, replace(batch, done=True))
    here, server = _spent(folder)
    on_server = None if server is None or spent[1] is None else server - spent[1]
    return Loaded(found, written, alone, sealed, processes, wrote, monotonic() - began, here - spent[0], on_server,
                  os.getloadavg()[0])  # fmt: skip


def _spent(folder: DataFolder) -> tuple[float, float | None]:
    """Seconds of CPU so far, here and in the embedded server."""
    return crew.spent(), crew.spent_by_server(pg_cluster.running_pid(folder.postgres))


def calendar_end(batch: "Batch") -> Any:
    """The instant at which the city stands when all is there."""
    from hotline.procedure.world import current
    from hotline.rules.worktime import local_midnight

    return local_midnight(batch.end, current().book.tz)


def _write(root: Path, batch: "Batch", waiting: list[int], processes: int, told: Any) -> tuple[int, int]:
    """All days that wait; how many matters were written, and how many of them were lived each by itself."""
    from hotline.config import boot

    boot.disconnect()
    written = alone = 0
    for count, by_itself in crew.work(processes, begin, (str(root), batch), day, waiting):
        written, alone = written + count, alone + by_itself
        told(count)
    return written, alone


def begin(root: str, batch: "Batch") -> None:
    """A worker's beginning: its own connection, which waits for no disk, since what is lost is loaded again."""
    from hotline.config import boot, wiring

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
    with raw().transaction():
        return loader.load(index), loader.alone - before


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
    tidy()
    path.unlink()


def _beside(do: Callable[[Path], None], root: Path) -> None:
    """In a thread of its own, which has connections of its own."""
    from hotline.config import boot

    try:
        do(root)
    finally:
        boot.disconnect()


def tidy(*tables: str) -> None:
    """Honest statistics, and room for what is no more; of all tables where none is named."""
    from django.db import connections

    with connections["owner"].cursor() as cur:
        cur.execute(f"VACUUM (ANALYZE) {', '.join(tables)}")
