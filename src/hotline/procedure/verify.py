"""核验 (verify): recomputes the whole ledger in one snapshot and names whatever does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from psycopg import Connection, sql

from hotline.procedure import ledger, verify_seals
from hotline.procedure.ledger import CHAIN_KINDS, CHAIN_NAMES, GENESIS, TEXT_TABLES, LineMeta
from hotline.procedure.perform import raw
from hotline.procedure.records import columns
from hotline.procedure.sealing import files
from hotline.procedure.secrets import text_hash
from hotline.procedure.verify_seals import Broken
from hotline.procedure.world import DOSSIERS
from hotline.procedure.writing import short

BATCH = 5000
Key = tuple[int, int]
Told = Callable[[int, int], None]

# In binary the kind would come as bytes.
_READ = ", ".join("kind::text" if name == "kind" else name for name in LineMeta.COLUMNS)
_LINES = (
    f"SELECT {_READ}, hash FROM procedure_ledgerline"
    " WHERE chain_id > %s AND chain_id <= %s ORDER BY chain_id, chain_kind, seq"
)
_HEADS = (
    "SELECT chain_kind, chain_id, seq, hash, at, sealed_seq FROM procedure_chainhead"
    " WHERE chain_id > %s AND chain_id <= %s ORDER BY chain_id, chain_kind"
)
Span = tuple[int, int]  # chains by number: behind the first, up to the second
ALL: Span = (-(2**63), 2**63 - 1)


@dataclass(frozen=True, slots=True)
class Report:
    """核验结果: how many chains and lines were looked at, and what is broken."""

    ok: bool
    chains: int
    lines: int
    broken: tuple[Broken, ...]


@dataclass(slots=True)
class _Walk:
    """Where the walk along one chain stands. `texts` holds the newest hash of each free text."""

    key: Key
    seq: int = 0
    hash: bytes = GENESIS
    at: datetime | None = None
    broken: list[Broken] = field(default_factory=list)
    texts: dict[int, tuple[int, str]] = field(default_factory=dict)
    sealed: dict[tuple[str, str, int], tuple[int, str]] = field(default_factory=dict)

    def report(self, seq: int, why: str) -> None:
        """Something is wrong with a line of this chain."""
        self.broken.append(Broken(name_of(self.key), seq, why))


def name_of(key: Key) -> str:
    """A chain as people name it: kind and number."""
    return f"{CHAIN_NAMES.get(key[0], key[0])}/{key[1]}"


def _why(walk: _Walk, line: LineMeta, digest: bytes, read: ledger.Read, after_gap: bool) -> str:
    """What is wrong with a line, or nothing. Its text is written again from all its columns, so that each of them is
    under the hash; and so that each says what it says in one way only, the rest is packed again, too."""
    if not after_gap and digest != ledger.line_hash(walk.hash, ledger.written_again(line, read)):
        return "摘要与本行各列或上一行不符"
    if line.rest != ledger.rest_of(read):
        return "写法不是台账的：被改过"
    if walk.at is not None and line.at < walk.at:
        return "时刻早于上一行"
    return ""


def _step(walk: _Walk, line: LineMeta, digest: bytes) -> None:
    """Take one line into the walk."""
    gap = line.seq != walk.seq + 1
    if gap:
        walk.report(walk.seq + 1, f"第 {walk.seq + 1} 行缺失，下一行是第 {line.seq} 行")
    try:
        read = line.read()
        why = _why(walk, line, digest, read, gap)
        walk.texts.update((i, (line.seq, vouched)) for i, vouched in read.texts)
        walk.sealed.update(((t, f, i), (line.seq, value)) for t, i, f, value in read.sealed)
    except (ValueError, TypeError, KeyError, RecursionError):
        why = "读不出：不是台账行"
    if why:
        walk.report(line.seq, why)
    walk.seq, walk.hash, walk.at = line.seq, digest, line.at


def _check_head(walk: _Walk, head: Sequence[Any] | None) -> None:
    if head is None:
        walk.report(walk.seq, "有台账行，没有链头")
    elif walk.seq == 0:
        walk.report(1, f"链头在第 {head[2]} 行，台账一行也没有：整条链被删")
    elif walk.seq != head[2]:
        lost = "末尾被截去" if walk.seq < head[2] else "末尾多出"
        walk.report(min(walk.seq, head[2]) + 1, f"链头在第 {head[2]} 行，台账到第 {walk.seq} 行：{lost}")
    elif (walk.hash, walk.at) != (bytes(head[3]), head[4]):
        walk.report(walk.seq, "链头与末行不符")
    elif head[5] > walk.seq:
        walk.report(walk.seq + 1, f"已封存到第 {head[5]} 行，台账只到第 {walk.seq} 行：末尾被截去")


def _merged(lines: Iterable[Any], heads: Iterator[Any]) -> Iterator[tuple[Key, Iterable[Any], Any]]:
    """Chains by number, then kind: their lines and their head, where one of the two may be missing."""
    head = next(heads, None)
    for key, rows in groupby(lines, key=lambda row: row[-3:-1]):
        while head is not None and (head[1], head[0]) < (key[1], key[0]):
            yield (head[0], head[1]), (), head
            head = next(heads, None)
        mine = head if head is not None and (head[0], head[1]) == key else None
        yield key, rows, mine
        head = next(heads, None) if mine else head
    while head is not None:
        yield (head[0], head[1]), (), head
        head = next(heads, None)


def _sealed_columns() -> set[tuple[str, str]]:
    """The columns of records that hold ciphertext, by table."""
    records = {record for dossier in DOSSIERS.values() for record in dossier.RECORDS}
    return {(record.TABLE, name) for record in records for name in columns(record) if name.endswith("_sealed")}


def _parents() -> dict[str, str]:
    """The column that ties a row to its chain, by table."""
    return {record.TABLE: record.PARENT for dossier in DOSSIERS.values() for record in dossier.RECORDS}


class _Texts:
    """Free texts waiting to be held against the lines, looked up in batches."""

    def __init__(self, conn: Connection[Any]):
        self._conn = conn
        self._waiting: dict[int, dict[int, tuple[Key, int, str]]] = {}
        self._sealed: dict[tuple[str, str], dict[int, tuple[Key, int, str]]] = {}
        self._count = 0

    def add(self, walk: _Walk) -> Iterator[Broken]:
        """Take over a finished chain's texts; lines already known to be false say nothing about them."""
        if walk.texts and not walk.broken and CHAIN_NAMES.get(walk.key[0]) in TEXT_TABLES:
            mine = self._waiting.setdefault(walk.key[0], {})
            mine.update((i, (walk.key, seq, digest)) for i, (seq, digest) in walk.texts.items())
            self._count += len(walk.texts)
        if not walk.broken:
            known = _sealed_columns()
            for (table, field_, row_id), (seq, value) in walk.sealed.items():
                if (table, f"{field_}_sealed") in known:
                    self._sealed.setdefault((table, field_), {})[row_id] = (walk.key, seq, value)
            self._count += len(walk.sealed)
        if self._count >= BATCH:
            yield from self.flush()

    def flush(self) -> Iterator[Broken]:
        """Look up all that wait."""
        for kind, waiting in self._waiting.items():
            yield from self._check(TEXT_TABLES[CHAIN_NAMES[kind]], waiting)
        for (table, column), waiting_ in self._sealed.items():
            yield from self._check_sealed(table, column, waiting_)
        self._waiting, self._sealed, self._count = {}, {}, 0

    def _check_sealed(self, table: str, column: str, waiting: dict[int, tuple[Key, int, str]]) -> Iterator[Broken]:
        found = {row[0]: row[1] for row in self._rows(table, [f"{column}_sealed"], waiting)}
        for row_id, (key, seq, value) in waiting.items():
            if short(bytes(found.get(row_id) or b"")) != value:
                yield Broken(name_of(key), seq, f"第 {row_id} 号个人信息密文与台账不符：被改过或被删")

    def _check(self, table: str, waiting: dict[int, tuple[Key, int, str]]) -> Iterator[Broken]:
        rows = self._rows(table, ["salt", "body"], waiting)
        found = {row[0]: (row[1], row[2]) for row in rows}
        times = Counter(row[0] for row in rows)  # a number is made once, but no index promises it
        for text_id, (key, seq, digest) in waiting.items():
            salt, body = found.get(text_id, (b"", None))
            if times[text_id] > 1:
                yield Broken(name_of(key), seq, f"第 {text_id} 号文字有 {times[text_id]} 段：编号重复")
            if body is None:
                yield Broken(name_of(key), seq, f"第 {text_id} 号文字被删")
            elif salt is None:  # a text is forgotten under a new salt: nobody but a forger takes one away
                yield Broken(name_of(key), seq, f"第 {text_id} 号文字的盐被抹去，无法核对")
            elif short(text_hash(bytes(salt), body)) != digest:
                yield Broken(name_of(key), seq, f"第 {text_id} 号文字与台账所记摘要不符：被改过")

    def _rows(self, table: str, names: Sequence[str], waiting: dict[int, tuple[Key, int, str]]) -> list[Any]:
        """Number, columns and chain of these rows; asked for by their chain where the table is found by it: its lines
        have said all of them."""
        parent = _parents().get(table, "id")
        if "." in parent:
            parent = "id"
        query = sql.SQL("SELECT id, {}, {} FROM {} WHERE {} = ANY(%s)").format(
            sql.SQL(", ").join(map(sql.Identifier, names)), *map(sql.Identifier, (parent, table, parent))
        )
        if parent == "id":
            return self._conn.execute(query, (list(waiting),)).fetchall()
        chains = {key[1] for key, _, _ in waiting.values()}
        rows = self._conn.execute(query, (list(chains),)).fetchall()
        return [row for row in rows if row[0] in waiting and waiting[row[0]][0][1] == row[-1]]


def _deleted(conn: Connection[Any]) -> Iterator[Broken]:
    """Rows that must have a chain and have none."""
    query = (
        "SELECT r.id FROM {} r WHERE NOT EXISTS (SELECT FROM procedure_chainhead h WHERE h.chain_kind = %s"
        " AND h.chain_id = r.id) AND NOT EXISTS (SELECT FROM procedure_ledgerline l WHERE l.chain_kind = %s"
        " AND l.chain_id = r.id) ORDER BY r.id"
    )
    for kind, dossier in DOSSIERS.items():
        if dossier.RECORDS:
            asked = sql.SQL(query).format(sql.Identifier(dossier.ROOT.TABLE))
            for (row_id,) in conn.execute(asked, [CHAIN_KINDS[kind]] * 2).fetchall():
                yield Broken(f"{kind}/{row_id}", 1, "有这一件，没有它的台账：整条链被删")


def _unheld(conn: Connection[Any]) -> Iterator[Broken]:
    """Rows of the rarer tables of which their chain's head knows nothing: nobody's dossier would show them."""
    query = (
        "SELECT DISTINCT r.{0} FROM {1} r JOIN procedure_chainhead h ON h.chain_kind = %s AND h.chain_id = r.{0}"
        " WHERE h.holds & %s = 0 ORDER BY 1"
    )
    for kind, dossier in DOSSIERS.items():
        for record in (record for record in dossier.RECORDS if record.RARE):
            asked = sql.SQL(query).format(sql.Identifier(record.PARENT), sql.Identifier(record.TABLE))
            for (chain_id,) in conn.execute(asked, (CHAIN_KINDS[kind], record.RARE)).fetchall():
                yield Broken(f"{kind}/{chain_id}", 1, f"{record.TABLE} 有行，链头没有记着")


def _doubled(conn: Connection[Any]) -> Iterator[Broken]:
    """Values that stand in two rows where each is made once (a matter's number)."""
    query = "SELECT {0}, array_agg(id ORDER BY id) FROM {1} GROUP BY {0} HAVING count(*) > 1 ORDER BY {0}"
    for kind, dossier in DOSSIERS.items():
        for record in dossier.RECORDS:
            for name in record.ONCE:
                asked = sql.SQL(query).format(sql.Identifier(name), sql.Identifier(record.TABLE))
                for value, ids in conn.execute(asked).fetchall():
                    also = "、".join(map(str, ids[1:]))
                    yield Broken(f"{kind}/{ids[0]}", 1, f"编号 {value} 不止一件有：还有第 {also} 号")


@dataclass(slots=True)
class Tally:
    """看过的: chains and lines so far."""

    chains: int = 0
    lines: int = 0


Chains = Callable[[Connection[Any], Tally, Told | None], Iterator[Broken]]


def in_all(conn: Connection[Any]) -> int:
    """How many lines there are to be looked at, as the heads say."""
    row = conn.execute("SELECT coalesce(sum(seq), 0) FROM procedure_chainhead").fetchone()
    return int(row[0]) if row else 0


def along(conn: Connection[Any], tally: Tally, told: Told | None, span: Span = ALL) -> Iterator[Broken]:
    """Every chain line by line, in two streams of the same snapshot."""
    total, texts = in_all(conn) if told else 0, _Texts(conn)
    with conn.cursor("verify_lines", binary=True) as lines, conn.cursor("verify_heads", binary=True) as heads:
        lines.itersize = heads.itersize = BATCH
        lines.execute(_LINES, span)
        heads.execute(_HEADS, span)
        for key, rows, head in _merged(lines, iter(heads)):
            walk = _Walk(key)
            for row in rows:
                _step(walk, LineMeta(*row[:-1]), bytes(row[-1]))
                tally.lines += 1
                if told and tally.lines % BATCH == 0:
                    told(tally.lines, total)
            _check_head(walk, head)
            tally.chains += 1
            yield from walk.broken
            yield from texts.add(walk)
    yield from texts.flush()


def verify(seals: Path | None = None, told: Told | None = None, chains: Chains = along) -> Report:
    """Verify the ledger of this database, with kept seals if a folder of them is given. `told` hears of progress:
    lines done, lines in all; `chains` walks along the chains."""
    conn, tally = raw(), Tally()
    before = frozenset(files(seals)) if seals else frozenset()
    with conn.transaction():
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        broken = [*chains(conn, tally, told), *_deleted(conn), *_unheld(conn), *_doubled(conn)]
        broken += verify_seals.with_files(conn, seals, before) if seals else verify_seals.without_files(conn)
    return Report(not broken, tally.chains, tally.lines, tuple(broken))
