"""封存 (sealing): once a day the heads of all chains touched are written outside the database, each seal chained to the
one before.

A seal is a file `NNNNNN-YYYY-MM-DD-ROOT8.json` of canonical JSON; its root is SM3(root of the seal before ‖ the file's
bytes). The file is complete on disk before the database knows of it; one whose commit was lost is taken up later.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from psycopg.types.json import Json as PgJson

from hotline.procedure import disk
from hotline.procedure.ledger import CHAIN_KINDS, GENESIS
from hotline.procedure.perform import raw
from hotline.procedure.secrets import sm3
from hotline.procedure.store import Cur
from hotline.procedure.writing import iso

FORMAT = 1
TEMPLATE = "seal"
NAME = re.compile(r"(\d{6})-(\d{4}-\d\d-\d\d)-([0-9a-f]{8})\.json")
_LOCK = 0x5EA1  # the advisory lock under which one process seals at a time


class SealError(Exception):
    """封存有误: a seal file that does not fit, said in Chinese."""


@dataclass(frozen=True, slots=True)
class SealFile:
    """封存文件: one seal as read from disk. `heads` are (chain kind, chain id, seq, hash in hex)."""

    path: Path
    number: int
    day: date
    previous: bytes
    root: bytes
    heads: tuple[tuple[int, int, int, str], ...]
    born: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """封存结果: number, day, root and how many chains the seal covers, and where it lies."""

    number: int
    day: date
    root: bytes
    chains: int
    path: Path


def root_of(previous: bytes, content: bytes) -> bytes:
    """The root of a seal: SM3 over the root before and the file's bytes."""
    return sm3(previous, content)


def _canonical(number: int, day: date, previous: bytes, born: Any, heads: Sequence[Any]) -> bytes:
    """One line a chain, so that a person and `diff` can read it, too."""
    rows = ",\n".join(json.dumps([kind, chain_id, seq, bytes(h).hex()]) for kind, chain_id, seq, h in heads)
    head = {"format": FORMAT, "number": number, "day": day.isoformat(), "previous": previous.hex()}
    if born is not None:
        head["born"] = born
    said = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return f'{said[:-1]},"chains":[\n{rows}\n]}}\n'.encode()


def read_file(path: Path) -> SealFile:
    """A seal from disk, taken apart. Raises SealError when it is not one."""
    named = NAME.fullmatch(path.name)
    try:
        content = path.read_bytes()
        data = json.loads(content)
        previous = bytes.fromhex(data["previous"])
        heads = tuple((int(k), int(i), int(s), str(h)) for k, i, s, h in data["chains"])
        seal = SealFile(path, data["number"], date.fromisoformat(data["day"]), previous,
                        root_of(previous, content), heads, data.get("born"))  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SealError(f"{path.name} 不是完好的封存文件") from error
    told = (f"{seal.number:06d}", seal.day.isoformat(), seal.root.hex()[:8])
    if named is None or named.groups() != told:
        raise SealError(f"{path.name} 的内容与文件名不符：被改过")
    return seal


def files(folder: Path) -> list[Path]:
    """The seal files of a folder, in the order of their numbers."""
    return sorted(path for path in folder.glob("*.json") if NAME.fullmatch(path.name)) if folder.is_dir() else []


def write_file(folder: Path, name: str, content: bytes) -> Path:
    """Whole or not at all, on the disk when this returns, and never over an existing file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / name
    if target.exists():  # one process writes here at a time, so nobody puts it there meanwhile
        raise SealError(f"文件 {name} 已经在了，不覆盖")
    disk.write_whole(target, content)
    return target


def _last(cur: Cur) -> tuple[int, bytes]:
    cur.execute("SELECT number, root FROM procedure_seal ORDER BY number DESC LIMIT 1")
    row = cur.fetchone()
    return (row[0], bytes(row[1])) if row else (0, GENESIS)


def _record(cur: Cur, number: int, day: date, root: bytes, chains: int, now: datetime) -> None:
    """The seal's row, and its message to the outside."""
    cur.execute(
        "INSERT INTO procedure_seal (number, day, root, chains) VALUES (%s, %s, %s, %s)", (number, day, root, chains)
    )
    cur.execute(
        "INSERT INTO procedure_outboxmessage (id, chain_kind, chain_id, template, to_kind, to_id, refs, next_try_at)"
        " VALUES (nextval('procedure_ids'), %s, 1, %s, 'office', 0, %s, %s)",
        (CHAIN_KINDS["installation"], TEMPLATE, PgJson({"number": number}), now),
    )


def _take_up(cur: Cur, folder: Path, now: datetime) -> None:
    """Record seals that lie in the folder but whose commit was lost. Their chains are sealed once more: harmless."""
    number, root = _last(cur)
    newer = [name for name in os.listdir(folder) if name[:6] > f"{number:06d}"] if folder.is_dir() else []
    for name in sorted(filter(NAME.fullmatch, newer)):
        seal = read_file(folder / name)
        if (seal.number, seal.previous) != (number + 1, root):
            raise SealError(f"{name} 接不上第 {number} 号封存：文件夹与数据库不是一套")
        _record(cur, seal.number, seal.day, seal.root, len(seal.heads), now)
        number, root = seal.number, seal.root


def _heads(cur: Cur) -> list[tuple[int, int, int, bytes]]:
    """All chains with lines not sealed yet, as they stand at this instant."""
    cur.execute(
        "SELECT chain_kind, chain_id, seq, hash FROM procedure_chainhead WHERE seq > sealed_seq"
        " ORDER BY chain_kind, chain_id"
    )
    return cur.fetchall()


def _mark(cur: Cur, heads: Sequence[tuple[int, int, int, bytes]]) -> None:
    """Set the watermark of each chain to what was sealed; a line committed since stays above it. Heads are locked in
    ascending order, as everywhere."""
    cur.execute(
        "WITH s AS (SELECT * FROM unnest(%s::int2[], %s::int8[], %s::int4[]) AS s(kind, id, seq)), locked AS"
        " (SELECT h.chain_kind, h.chain_id, s.seq FROM procedure_chainhead h JOIN s ON h.chain_kind = s.kind"
        " AND h.chain_id = s.id ORDER BY h.chain_kind, h.chain_id FOR UPDATE OF h)"
        " UPDATE procedure_chainhead h SET sealed_seq = locked.seq FROM locked"
        " WHERE h.chain_kind = locked.chain_kind AND h.chain_id = locked.chain_id",
        ([h[0] for h in heads], [h[1] for h in heads], [h[2] for h in heads]),
    )


def _born(cur: Cur) -> dict[str, Any]:
    cur.execute("SELECT born, rulebook, born_at FROM procedure_installation")
    born, rulebook, born_at = cur.fetchone() or (None, None, None)
    return {"kind": born, "rulebook": rulebook, "at": iso(born_at)}


def seal(day: date, folder: Path, now: datetime) -> Sealed:
    """Seal `day`: everything committed so far. Raises SealError; nothing is recorded then."""
    with _locked(folder, now) as cur:
        return _seal(cur, day, folder, now)


def seal_once(day: date, folder: Path, now: datetime) -> Sealed | None:
    """Seal `day` unless it is sealed already, by whomever; a seal whose commit was lost counts. Raises SealError."""
    with _locked(folder, now) as cur:
        through = _through(cur)
        return _seal(cur, day, folder, now) if through is None or through < day else None


@contextmanager
def _locked(folder: Path, now: datetime) -> Iterator[Cur]:
    """One process seals at a time, and begins with what another left behind."""
    conn = raw()
    with conn.transaction(), conn.cursor() as cur:
        cur.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        _take_up(cur, folder, now)
        yield cur


def seal_past(day: date, heads: Sequence[tuple[int, int, int, bytes]], folder: Path, now: datetime) -> Sealed | None:
    """Seal a day that was over before its lines were written (`jobs/load`): its heads as they stood at its end, by kind
    and number; no watermark is set. None where it is sealed already. Raises SealError."""
    with _locked(folder, now) as cur:
        through = _through(cur)
        return _written(cur, day, folder, now, heads) if through is None or through < day else None


def _seal(cur: Cur, day: date, folder: Path, now: datetime) -> Sealed:
    heads = _heads(cur)
    done = _written(cur, day, folder, now, heads)
    _mark(cur, heads)
    return done


def _written(cur: Cur, day: date, folder: Path, now: datetime, heads: Sequence[tuple[int, int, int, bytes]]) -> Sealed:
    number, previous = _last(cur)
    number += 1
    content = _canonical(number, day, previous, _born(cur) if number == 1 else None, heads)
    root = root_of(previous, content)
    _record(cur, number, day, root, len(heads), now)
    path = write_file(folder, f"{number:06d}-{day.isoformat()}-{root.hex()[:8]}.json", content)
    return Sealed(number, day, root, len(heads), path)


def sealed_through() -> date | None:
    """The last day sealed so far."""
    with raw().cursor() as cur:
        return _through(cur)


def _through(cur: Cur) -> date | None:
    cur.execute("SELECT max(day) FROM procedure_seal")
    return (cur.fetchone() or (None,))[0]
