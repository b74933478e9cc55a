"""读取 (loading): chain heads, and whole dossiers in one statement. Raw cursors, prepared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import RawCursor

from hotline.procedure.dossier import Dossier
from hotline.procedure.ledger import Chain, Head, LineMeta
from hotline.procedure.records import Record, columns, from_row, per_class
from hotline.procedure.store import Cur

_LINE_COLUMNS = ", ".join(LineMeta.COLUMNS[:-2])  # which chain it is is known


def _asked(ids: Sequence[int]) -> tuple[str, Any]:
    """How chains are asked for, and the parameter. One alone by equality: the server then keeps its plan, where it
    would weigh a list of unknown length anew, and plan, each time."""
    return ("= {}", ids[0]) if len(ids) == 1 else ("= ANY({})", list(ids))


def _heads_of(cur: Cur, chain_kind: int, ids: Sequence[int], lock: str) -> dict[int, Head]:
    which, asked = _asked(ids)
    query = "SELECT chain_id, seq, hash, at FROM procedure_chainhead WHERE chain_kind = $1 AND chain_id "
    with RawCursor(cur.connection) as raw:
        rows = raw.execute(f"{query}{which.format('$2')} ORDER BY chain_id{lock}", (chain_kind, asked), prepare=True)
        return {row[0]: Head(row[1], bytes(row[2]), row[3]) for row in rows.fetchall()}


def lock_heads(cur: Cur, chain_kind: int, ids: Sequence[int], skip_locked: bool = False) -> dict[int, Head]:
    """Lock chain heads in ascending order, before any other row."""
    return _heads_of(cur, chain_kind, ids, " FOR UPDATE" + (" SKIP LOCKED" if skip_locked else ""))


def read_heads(cur: Cur, chain_kind: int, ids: Sequence[int]) -> dict[int, Head]:
    """The heads without a lock, for pages."""
    return _heads_of(cur, chain_kind, ids, "")


def _select(index: int, record: type[Record], which: str) -> str:
    source = getattr(record, "FROM", record.TABLE + " t")
    array = ", ".join(f"t.{c}" for c in columns(record))
    parent = record.PARENT if "." in record.PARENT else f"t.{record.PARENT}"
    return f"SELECT {index}, {parent}, json_build_array({array})::text FROM {source} WHERE {parent} {which}"


def _parts(dossier: type[Dossier], which: str, rarer: bool = True) -> list[str]:
    """All tables of a dossier and its lines, the rarer ones if asked for; `which`: how the chains are asked for."""
    looked = [(i, record) for i, record in enumerate(dossier.RECORDS) if rarer or not record.RARE]
    parts = [_select(i, record, which) for i, record in looked]
    lines = f"SELECT -1, chain_id, json_build_array({_LINE_COLUMNS})::text FROM procedure_ledgerline"
    code, wanted = Chain(dossier.CHAIN, 0).code, "" if dossier.LINES else " AND false"
    return [*parts, f"{lines} WHERE chain_kind = {code} AND chain_id {which}{wanted}"]


@per_class
def _rarer_sql(dossier: type[Dossier], bits: int) -> str:
    """What one chain has in these of the rarer tables, and how far it is by then."""
    looked = [(i, record) for i, record in enumerate(dossier.RECORDS) if record.RARE & bits]
    which = f"chain_kind = {Chain(dossier.CHAIN, 0).code} AND chain_id = $1"
    head = f"SELECT -3, chain_id, json_build_array(seq)::text FROM procedure_chainhead WHERE {which}"
    return " UNION ALL ".join([head, *(_select(i, record, "= $1") for i, record in looked)])


@per_class
def _rarer_bits(dossier: type[Dossier]) -> int:
    return sum(record.RARE for record in dossier.RECORDS)


def _act(which: str) -> str:
    """Where an act id was seen before."""
    act = "SELECT -2, chain_id, json_build_array(chain_kind, seq, card, person_id)::text FROM procedure_act"
    return f"{act} WHERE act_id = {which}"


@per_class
def _load_sql(dossier: type[Dossier], which: str) -> str:
    """One statement for all of it and the act id."""
    return " UNION ALL ".join([*_parts(dossier, which), _act("$2")])


def _one_sql(dossier: type[Dossier], found: str, lock: str, *more: str) -> str:
    """One statement for the one chain that a question finds, its head first; but for the rarer tables."""
    head = (
        "SELECT h.chain_id AS id, h.seq, h.hash, h.at, h.holds FROM procedure_chainhead h"
        f" WHERE h.chain_kind = {Chain(dossier.CHAIN, 0).code} AND h.chain_id = ({found}){lock}"
    )
    of_head = "SELECT -3, it.id, json_build_array(it.seq, it.hash, it.at, it.holds)::text"
    parts = " UNION ALL ".join([of_head, *_parts(dossier, "= it.id", rarer=False), *more])
    return f"SELECT x.* FROM ({head}) it CROSS JOIN LATERAL ({parts}) x"


@per_class
def _look_sql(dossier: type[Dossier], found: str) -> str:
    return _one_sql(dossier, found, "")


@per_class
def _hold_sql(dossier: type[Dossier], found: str, act: str) -> str:
    return _one_sql(dossier, found, " FOR UPDATE", _act(act))


First = tuple[int, int, int, str, int | None]  # chain kind, chain, line, card, person of the act that bore this number


@dataclass(slots=True)
class Loaded:
    """读到的: dossiers by id, and where this act id was seen before, if it was."""

    dossiers: dict[int, Dossier]
    first: First | None = None


def _line(chain: Chain, row: list[Any]) -> LineMeta:
    """A line from the database's positional JSON array. Nothing is taken out of what is packed."""
    seq, at, kind, rest = row
    return LineMeta(seq, datetime.fromisoformat(at), kind, bytes.fromhex(rest[2:]), chain.code, chain.id)


def load(cur: Cur, cls: type[Dossier], heads: dict[int, Head], act_id: UUID | None = None) -> Loaded:
    """Load the dossiers of all these chains in one statement (after the lock, in a snapshot of its own)."""
    found = Loaded({i: cls(Chain(cls.CHAIN, i), head) for i, head in heads.items()})
    which, asked = _asked(list(heads))
    return _filled(found, _loaded(cur, _load_sql(cls, which.format("$1")), (asked, act_id)))


def _filled(found: Loaded, rows: Iterable[tuple[int, int, list[Any]]]) -> Loaded:
    """With all rows and lines where they belong, and where the act id was seen before; heads are known already."""
    for index, chain_id, row in rows:
        if index == -2:
            found.first = (row[0], chain_id, *row[1:])
        elif index != -3:
            _take(found.dossiers[chain_id], index, row)
    for dossier in found.dossiers.values():
        dossier.lines.sort(key=lambda line: line.seq)
    return found


def _take(dossier: Dossier, index: int, row: list[Any]) -> None:
    """One row or line, into its dossier."""
    if index == -1:
        dossier.lines.append(_line(dossier.chain, row))
    else:
        dossier.put(from_row(dossier.RECORDS[index], row))


def _one(cur: Cur, cls: type[Dossier], query: str, params: Sequence[Any]) -> tuple[Loaded, bool]:
    """What was found of one chain, nothing where its head is not among the rows; and whether all is of one snapshot:
    who writes to a chain writes lines, and moves its head to the last of them."""
    rows = [*_loaded(cur, query, params)]
    head = next((row for row in rows if row[0] == -3), None)
    if head is None:
        return Loaded({}), True
    _, chain_id, (seq, sealed, at, holds) = head
    dossier = cls(Chain(cls.CHAIN, chain_id), Head(seq, bytes.fromhex(sealed[2:]), datetime.fromisoformat(at)))
    found = _filled(Loaded({chain_id: dossier}), rows)
    whole = dossier.LINES and seq == (dossier.lines[-1].seq if dossier.lines else 0)
    return found, whole and _rarer(cur, dossier, holds & _rarer_bits(cls))


def _rarer(cur: Cur, dossier: Dossier, bits: int) -> bool:
    """The rows of the rarer tables besides, where the head says that there are some; false where the chain has moved
    on meanwhile."""
    if not bits:
        return True
    same = False
    for index, _, row in _loaded(cur, _rarer_sql(type(dossier), bits), (dossier.chain.id,)):
        if index == -3:
            same = row[0] == dossier.head.seq
        else:
            _take(dossier, index, row)
    return same


def look(cur: Cur, cls: type[Dossier], found: str, params: Sequence[Any]) -> Dossier | None:
    """The dossier of the one chain that a question finds (a SELECT of its id, numbered parameters), to be looked at:
    question, head and rows in one statement, without a lock, the rarer rows in a second where there are any. Moves the
    chain on between the two, all is read anew. None where nothing is found."""
    seen, whole = _one(cur, cls, _look_sql(cls, found), params)
    if not whole:
        ids = list(seen.dossiers)
        seen = load(cur, cls, read_heads(cur, Chain(cls.CHAIN, 0).code, ids))
    return next(iter(seen.dossiers.values()), None)


def hold(cur: Cur, cls: type[Dossier], found: str, params: Sequence[Any], act_id: UUID | None) -> Loaded:
    """The same, locked, to be acted on. Had somebody else written while we waited for the lock, head and rows would be
    of two snapshots: all is read anew then, under the lock."""
    query = _hold_sql(cls, found, f"${len(params) + 1}")
    held, whole = _one(cur, cls, query, (*params, act_id))
    return held if whole else load(cur, cls, {i: one.head for i, one in held.dossiers.items()}, act_id)


def _loaded(cur: Cur, query: str, params: Sequence[Any]) -> Iterable[tuple[int, int, list[Any]]]:
    """The rows, their JSON read all at once. Numbered placeholders: a long statement is not read anew each time."""
    with RawCursor(cur.connection) as raw:
        rows = raw.execute(query, params, prepare=True).fetchall()
    values = json.loads(f"[{','.join([row[2] for row in rows])}]")
    return zip([row[0] for row in rows], [row[1] for row in rows], values, strict=True)
