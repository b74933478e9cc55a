"""补封 (past seals): the seals of the days that were lived in bulk, each with the heads as they stood at its end, and the
watermark of every chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from hotline.procedure import sealing
from hotline.procedure.perform import raw
from hotline.rules.worktime import ONE_DAY, WorkCalendar, local_midnight

DAY = len("2026-09-01")
FLUSH = 200_000  # heads kept in memory before they go to their days' files
Head = tuple[int, int, int, bytes]
# The last line of each chain on each day, in one walk along the key; by COPY, since they are many millions.
_HEADS = """
COPY (SELECT day, chain_kind, chain_id, seq, encode(hash, 'hex') FROM (
SELECT chain_kind, chain_id, seq, hash, (at AT TIME ZONE %(tz)s)::date AS day,
lead((at AT TIME ZONE %(tz)s)::date) OVER (PARTITION BY chain_id, chain_kind ORDER BY seq) AS next
FROM procedure_ledgerline) AS l WHERE (next IS NULL OR next > day) AND day > %(after)s AND day < %(end)s) TO STDOUT
"""
_MARK = """
UPDATE procedure_chainhead SET sealed_seq = seq WHERE sealed_seq < seq AND abs(hashint8(chain_id)::int8) %% %s = %s
"""
PARTS = 8  # transactions, each a part of every page: the room kept on it holds the new versions until the next part


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
    return len(days)


def _sorted_out(scratch: Path, calendar: WorkCalendar, through: date, end: date) -> dict[date, Path]:
    """The heads of each day in a file of its own: all of them together are too many for the memory."""
    scratch.mkdir(parents=True, exist_ok=True)
    for left in scratch.glob("*.heads"):
        left.unlink()
    files: dict[date, Path] = {}
    waiting: dict[bytes, list[bytes]] = {}
    for count, row in enumerate(_heads(calendar, through, end), 1):
        waiting.setdefault(row[:DAY], []).append(row[DAY + 1 :])
        if count % FLUSH == 0:
            _flush(scratch, waiting, files)
    _flush(scratch, waiting, files)
    return files


def _heads(calendar: WorkCalendar, through: date, end: date) -> Iterator[bytes]:
    with raw().cursor() as cur, cur.copy(_HEADS, {"tz": calendar.tz.key, "after": through, "end": end}) as rows:
        yield from map(bytes, rows)


def _flush(scratch: Path, waiting: dict[bytes, list[bytes]], files: dict[date, Path]) -> None:
    for day, rows in waiting.items():
        path = files.setdefault(date.fromisoformat(day.decode()), scratch / f"{day.decode()}.heads")
        with path.open("ab") as out:
            out.writelines(rows)
    waiting.clear()


def _read(path: Path) -> Iterator[Head]:
    with path.open("rb") as rows:
        for row in rows:
            kind, chain, seq, digest = row.split()
            yield int(kind), int(chain), int(seq), bytes.fromhex(digest.decode())


def mark() -> None:
    """Note on every head that its last line is sealed: all days there are have been. To be done when no transaction
    goes on beside, or what it might still see takes the room."""
    conn = raw()
    with conn.cursor() as cur:
        for part in range(PARTS):
            cur.execute(_MARK, (PARTS, part))
