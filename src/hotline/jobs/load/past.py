"""补封 (past seals): the seals of the days that were lived in bulk, each with the heads as they stood at its end, and the
watermark of every chain."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from hotline.procedure import sealing
from hotline.procedure.perform import raw
from hotline.rules.worktime import ONE_DAY, WorkCalendar, local_midnight

FLUSH = 200_000  # heads kept in memory before they go to their days' files
Head = tuple[int, int, int, bytes]
# The last line of each chain on each day, in one walk along the key.
_HEADS = """
SELECT chain_kind, chain_id, seq, hash, day FROM (
SELECT chain_kind, chain_id, seq, hash, (at AT TIME ZONE %(tz)s)::date AS day,
lead((at AT TIME ZONE %(tz)s)::date) OVER (PARTITION BY chain_id, chain_kind ORDER BY seq) AS next
FROM procedure_ledgerline) AS l WHERE (next IS NULL OR next > day) AND day > %(after)s AND day < %(end)s
"""
_MARK = """
UPDATE procedure_chainhead SET sealed_seq = seq WHERE sealed_seq < seq AND chain_id >= %s AND chain_id < %s
"""
_LARGEST = "SELECT coalesce(max(chain_id), 0) FROM procedure_chainhead"
STEP = 5_000_000  # numbers of chains a transaction


def seal(folder: Path, scratch: Path, calendar: WorkCalendar, end: date, told: Callable[[int], object]) -> int:
    """Seal every day before `end` that is not sealed yet; what was begun and broken off is begun anew. `scratch`: a
    folder for files in between. `told` hears of each day sealed. Returns how many days were."""
    through = sealing.sealed_through() or date.min
    days = _sorted_out(scratch, calendar, through, end)
    for day in sorted(days):
        heads = sorted(_read(days[day]), key=lambda head: head[:2])
        sealing.seal_past(day, heads, folder, local_midnight(day + ONE_DAY, calendar.tz))
        days[day].unlink()
        told(1)
    _mark()
    return len(days)


def _sorted_out(scratch: Path, calendar: WorkCalendar, through: date, end: date) -> dict[date, Path]:
    """The heads of each day in a file of its own: all of them together are too many for the memory."""
    scratch.mkdir(parents=True, exist_ok=True)
    for left in scratch.glob("*.heads"):
        left.unlink()
    files: dict[date, Path] = {}
    waiting: dict[date, list[str]] = {}
    for count, (kind, chain, seq, digest, day) in enumerate(_heads(calendar, through, end), 1):
        waiting.setdefault(day, []).append(json.dumps([kind, chain, seq, bytes(digest).hex()]))
        if count % FLUSH == 0:
            _flush(scratch, waiting, files)
    _flush(scratch, waiting, files)
    return files


def _heads(calendar: WorkCalendar, through: date, end: date) -> Iterator[tuple[int, int, int, bytes, date]]:
    conn = raw()
    with conn.transaction(), conn.cursor("loaded_heads", binary=True) as cur:
        cur.itersize = 20_000
        cur.execute(_HEADS, {"tz": calendar.tz.key, "after": through, "end": end})
        yield from cur


def _flush(scratch: Path, waiting: dict[date, list[str]], files: dict[date, Path]) -> None:
    for day, lines in waiting.items():
        path = files.setdefault(day, scratch / f"{day.isoformat()}.heads")
        with path.open("a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
    waiting.clear()


def _read(path: Path) -> Iterator[Head]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            kind, chain, seq, digest = json.loads(line)
            yield kind, chain, seq, bytes.fromhex(digest)


def _mark() -> None:
    """Every line there is lies on a day that is sealed now."""
    conn = raw()
    with conn.cursor() as cur:
        largest = (cur.execute(_LARGEST).fetchone() or (0,))[0]
        for first in range(0, largest + 1, STEP):
            cur.execute(_MARK, (first, first + STEP))
