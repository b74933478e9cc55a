"""核验封存 (verifying seals): kept seals against each other, the database's own record of them, and the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import Connection

from hotline.procedure.ledger import CHAIN_NAMES, GENESIS
from hotline.procedure.sealing import SealError, SealFile, files, read_file

BATCH = 5000


@dataclass(frozen=True, slots=True)
class Broken:
    """不符之处: chain (`matter/123`, or `seal/7` for a seal itself), line number, and why, in Chinese."""

    chain: str
    seq: int
    why: str


def _seal(number: int, why: str) -> Broken:
    return Broken(f"seal/{number}", number, why)


def _recorded(conn: Connection[Any]) -> dict[int, bytes]:
    """The database's own record: number to root."""
    rows = conn.execute("SELECT number, root FROM procedure_seal ORDER BY number").fetchall()
    return {number: bytes(root) for number, root in rows}


def without_files(conn: Connection[Any]) -> Iterator[Broken]:
    """What the database's own record tells without the files: no seal may be missing."""
    recorded = _recorded(conn)
    for number in range(1, max(recorded, default=0)):
        if number not in recorded:
            yield _seal(number, f"库中缺第 {number} 号封存的记录")
    row = conn.execute("SELECT max(sealed_seq) FROM procedure_chainhead").fetchone()
    if not recorded and row and row[0]:
        yield _seal(1, "有链封存过，库中却没有封存记录")


def _settled(folder: Path, before: Collection[Path], newest: int) -> Iterator[Path]:
    """The files to hold against a snapshot: those it knows of, and those that lay there before it began. Newer ones
    among these tell that the database lost rows; one written since is none of the snapshot's business."""
    return (path for path in files(folder) if path in before or int(path.name[:6]) <= newest)


def _read(paths: Iterable[Path]) -> Iterator[tuple[int, SealFile | str]]:
    """Each file's number, and the seal or what is wrong with it."""
    for path in paths:
        try:
            yield int(path.name[:6]), read_file(path)
        except SealError as error:
            yield int(path.name[:6]), str(error)


def _chained(seal: SealFile, number: int, previous: bytes | None) -> str:
    """Whether a seal follows the one before; `previous` is None where that one could not be read."""
    if seal.number != number:
        return f"缺第 {number} 号封存文件" if seal.number > number else f"第 {seal.number} 号封存文件不止一份"
    if previous is not None and seal.previous != previous:
        return f"{seal.day} 的封存（第 {number} 号）接不上前一号"
    return ""


def _unlike(seal: SealFile, recorded: Mapping[int, bytes]) -> str:
    """Whether the database's record of a seal agrees. Only the newest file's commit may have been lost."""
    root = recorded.get(seal.number)
    if root is None and seal.number != max(recorded, default=0) + 1:
        return f"库中缺 {seal.day} 的封存（第 {seal.number} 号）的记录"
    if root is not None and root != seal.root:
        return f"{seal.day} 的封存（第 {seal.number} 号）与库中记录不符"
    return ""


def _birth(conn: Connection[Any], seal: SealFile) -> str:
    """The first seal says what the database was born as."""
    if seal.number > 1:
        return ""
    row = conn.execute("SELECT born, rulebook, born_at FROM procedure_installation").fetchone()
    said = seal.born or {}
    at = datetime.fromisoformat(said["at"]) if said.get("at") else None
    return "" if row == (said.get("kind"), said.get("rulebook"), at) else "建库记录与第 1 号封存所记不符"


def _heads(conn: Connection[Any], seal: SealFile, known: set[tuple[int, int]]) -> Iterator[Broken]:
    """Every sealed head against the ledger. A chain already known to be broken is not named for later days again."""
    query = (
        "SELECT s.kind, s.id, s.seq, l.hash IS NULL FROM unnest(%s::int4[], %s::int8[], %s::int4[], %s::text[])"
        " AS s(kind, id, seq, hash) LEFT JOIN procedure_ledgerline l ON l.chain_kind = s.kind AND l.chain_id = s.id"
        " AND l.seq = s.seq WHERE encode(l.hash, 'hex') IS DISTINCT FROM s.hash ORDER BY s.kind, s.id"
    )
    for start in range(0, len(seal.heads), BATCH):
        columns: Sequence[Any] = list(map(list, zip(*seal.heads[start : start + BATCH], strict=True)))
        for kind, chain_id, seq, missing in conn.execute(query, columns).fetchall():
            if (kind, chain_id) not in known:
                known.add((kind, chain_id))
                told = "台账里没有这一行：被删或被截去" if missing else "台账里这一行的摘要不同：链被重写过"
                why = f"{seal.day} 的封存（第 {seal.number} 号）记有第 {seq} 行，{told}"
                yield Broken(f"{CHAIN_NAMES.get(kind, kind)}/{chain_id}", seq, why)


def with_files(conn: Connection[Any], folder: Path, before: Collection[Path]) -> Iterator[Broken]:
    """The kept seals: each well-formed, following the one before, as recorded, and true of the ledger. `before`: the
    files as they lay there before the snapshot began."""
    recorded, known, number = _recorded(conn), set[tuple[int, int]](), 0
    previous: bytes | None = GENESIS
    for named, seal in _read(_settled(folder, before, max(recorded, default=0))):
        if isinstance(seal, str):
            yield _seal(named, seal)
            number, previous = named, None
            continue
        said = (_chained(seal, number + 1, previous), _unlike(seal, recorded), _birth(conn, seal))
        yield from (_seal(seal.number, why) for why in said if why)
        yield from _heads(conn, seal, known)
        number, previous = seal.number, seal.root
    yield from (_seal(n, f"缺第 {n} 号封存文件") for n in recorded if n > number)
