"""存入 (store): writes write-sets in one statement. Raw cursors, prepared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection, Cursor, RawCursor
from psycopg.types.json import Json as PgJson

from hotline.procedure.ledger import Chain
from hotline.procedure.line_kinds import TYPE
from hotline.procedure.records import Json, Record, columns, kinds, per_class
from hotline.procedure.writeset import Message, WriteSet, Written

Cur = Cursor[Any]

@dataclass(slots=True)
class Entry:
    """一笔: one chain's write-set, ready to be written. `seq`: the act's own line, where others come before it."""

    chain: Chain
    out: WriteSet
    new: bool
    act_id: UUID | None = None
    card: str = ""
    seq: int | None = None


CHANNEL = "minsheng"  # on which the database tells, at commit, which chains have grown
NOTIFY = f"SELECT pg_notify('{CHANNEL}', told) FROM unnest({{}}::text[]) AS told"
TOLD = 300  # chains a notification names, so that it stays below what one may hold
# From so many rows on, a column travels as one array: the statement stays the same whatever their number.
MANY = 16
_TYPES: dict[Any, str] = {
    bool: "bool", int: "int8", float: "float8", str: "text", bytes: "bytea", datetime: "timestamptz", date: "date",
    UUID: "uuid", Json: "jsonb",
}  # fmt: skip


@per_class
def _types(record: type[Record]) -> dict[str, str]:
    """The database's type of each column, wide enough to be assigned to the table's own."""
    found = {name: next(_TYPES[k] for k in kind.__mro__ if k in _TYPES) for name, kind in kinds(record).items()}
    return {**found, **record.TYPES}


def _tied(record: type[Record]) -> bool:
    """Whether the row itself names its chain, so that an update can insist on it."""
    return "." not in record.PARENT and record.PARENT != "id"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# How a value stands in an array, by the database's type; the others (numbers, flags) as Python says them.
_ITEMS: dict[str, Callable[[Any], str]] = {
    "text": _quoted,
    "bytea": lambda value: f'"\\\\x{value.hex()}"',
    "timestamptz": lambda value: f'"{value.isoformat()}"',
    "jsonb": lambda value: _quoted(json.dumps(value.obj)),
}


def _array(column: Iterable[Any], kind: str) -> str:
    """A column's values as one array in text: several times quicker than the driver's own way."""
    said = _ITEMS.get(kind, str)
    return "{" + ",".join(["NULL" if value is None else said(value) for value in column]) + "}"


class _Statement:
    """Builds one statement of data-modifying CTEs and its numbered parameters."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.params: list[Any] = []
        self.last = ""

    def marks(self, values: Iterable[Any]) -> list[str]:
        """Note parameters; their placeholders."""
        before = len(self.params)
        self.params += values
        return [f"${i}" for i in range(before + 1, len(self.params) + 1)]

    def arrays(self, kinds: Iterable[str], rows: Sequence[Sequence[Any]]) -> str:
        """Rows as one array a column."""
        kinds = list(kinds)
        marks = self.marks(map(_array, zip(*rows, strict=True), kinds))
        return ", ".join(f"{mark}::{kind}[]" for mark, kind in zip(marks, kinds, strict=True))

    def insert(self, table: str, types: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        into = f"INSERT INTO {table} ({', '.join(types)})"
        if len(rows) >= MANY:
            self.parts.append(f"{into} SELECT * FROM unnest({self.arrays(types.values(), rows)})")
            return
        self.parts.append(f"{into} VALUES {', '.join('(' + ', '.join(self.marks(row)) + ')' for row in rows)}")

    def update(self, record: type[Record], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """The same columns of some rows: (chain, id, values …) each."""
        if len(rows) >= MANY:
            self._update_many(record, names, rows)
            return
        for chain, row_id, *values in rows:
            sets = ", ".join(f"{n} = {m}" for n, m in zip(names, self.marks(values), strict=True))
            tie = f" AND {record.PARENT} = {self.marks([chain])[0]}" if _tied(record) else ""
            self.parts.append(f"UPDATE {record.TABLE} SET {sets} WHERE id = {self.marks([row_id])[0]}{tie}")

    def _update_many(self, record: type[Record], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        sets = ", ".join(f"{name} = v.{name}" for name in names)
        kinds = ["int8", "int8", *(_types(record)[name] for name in names)]
        tie = f" AND t.{record.PARENT} = v.row_chain" if _tied(record) else ""
        self.parts.append(
            f"UPDATE {record.TABLE} t SET {sets} FROM unnest({self.arrays(kinds, rows)})"
            f" AS v(row_chain, row_id, {', '.join(names)}) WHERE t.id = v.row_id{tie}"
        )

    def tell(self, chains: Iterable[Chain]) -> None:
        """Say at commit that these chains have grown; what is taken back is never said. No statement of its own."""
        if said := names_of(chains):
            self.last = NOTIFY.format(self.marks([said])[0])

    def run(self, cur: Cur) -> None:
        """All parts at once. Numbered placeholders spare the driver reading the statement anew each time."""
        if not self.parts:
            return
        *before, last = [*self.parts, self.last] if self.last else self.parts
        ctes = ", ".join(f"w{i} AS ({part})" for i, part in enumerate(before))
        with RawCursor(cur.connection) as raw:
            raw.execute((f"WITH {ctes} " if ctes else "") + last, self.params)


def _out(record: type[Record], name: str, value: Any) -> Any:
    return PgJson(value) if value is not None and kinds(record)[name] is Json else value


def _row(record: Record) -> list[Any]:
    return [_out(type(record), name, getattr(record, name)) for name in columns(type(record))]


LEDGER = {"chain_kind": "int2", "chain_id": "int8", "seq": "int4", "at": "timestamptz", "kind": TYPE,
          "rest": "bytea", "hash": "bytea"}  # fmt: skip
_OUTBOX = {
    "id": "int8", "chain_kind": "int2", "chain_id": "int8", "template": "text", "to_kind": "text", "to_id": "int8",
    "refs": "jsonb", "next_try_at": "timestamptz",
}  # fmt: skip
HEAD = {"chain_kind": "int2", "chain_id": "int8", "seq": "int4", "hash": "bytea", "at": "timestamptz"}
_ACT = {"act_id": "uuid", "chain_kind": "int2", "chain_id": "int8", "seq": "int4", "at": "timestamptz", "card": "text",
        "person_id": "int8"}  # fmt: skip


def line_row(line: Written) -> list[Any]:
    """A line as the ledger table takes it."""
    return [line.chain_kind, line.chain_id, line.seq, line.at, line.kind, line.rest, line.hash]


def _act_row(entry: Entry) -> list[Any]:
    line = next(line for line in entry.out.lines if entry.seq in (None, line.seq))
    return [entry.act_id, line.chain_kind, line.chain_id, line.seq, line.at, entry.card, line.person_id]


def _message_row(chain: Chain, message: Message, at: Any) -> list[Any]:
    return [message.id, chain.code, chain.id, message.template, message.to_kind, message.to_id,
            PgJson(dict(message.refs)), at]  # fmt: skip


def _heads(statement: _Statement, entries: Iterable[Entry]) -> None:
    lasts = [(e.new, e.out.lines[-1]) for e in entries if e.out.lines]
    heads = [(new, [li.chain_kind, li.chain_id, li.seq, li.hash, li.at]) for new, li in lasts]
    statement.insert("procedure_chainhead", HEAD, [head for new, head in heads if new])
    old = [head for new, head in heads if not new]
    if len(old) == 1:
        kind, chain, *values = statement.marks(old[0])
        sets = ", ".join(f"{name} = {mark}" for name, mark in zip(("seq", "hash", "at"), values, strict=True))
        where = f"chain_kind = {kind} AND chain_id = {chain}"
        statement.parts.append(f"UPDATE procedure_chainhead SET {sets} WHERE {where}")
    elif old:
        statement.parts.append(
            "UPDATE procedure_chainhead h SET seq = v.seq, hash = v.hash, at = v.at"
            f" FROM unnest({statement.arrays(HEAD.values(), old)})"
            " AS v(kind, id, seq, hash, at) WHERE h.chain_kind = v.kind AND h.chain_id = v.id"
        )


def _rows(statement: _Statement, entries: Sequence[Entry]) -> None:
    new: dict[type[Record], list[list[Any]]] = {}
    changed: dict[tuple[type[Record], tuple[str, ...]], list[list[Any]]] = {}
    for entry in entries:
        for row in entry.out.inserts:
            new.setdefault(type(row), []).append(_row(row))
        for (record, row_id), changes in entry.out.updates.items():
            values = [_out(record, name, value) for name, value in changes.items()]
            changed.setdefault((record, tuple(changes)), []).append([entry.chain.id, row_id, *values])
    for record, rows in new.items():
        statement.insert(record.TABLE, _types(record), rows)
    for (record, names), rows in changed.items():
        statement.update(record, names, rows)
    for record, row_id in (gone for entry in entries for gone in entry.out.deletes):
        statement.parts.append(f"DELETE FROM {record.TABLE} WHERE id = {statement.marks([row_id])[0]}")


def names_of(chains: Iterable[Chain]) -> list[str]:
    """Chains as a notification names them, as many together as one may hold."""
    names = [f"{chain.code}.{chain.id}" for chain in chains]
    return [",".join(names[at : at + TOLD]) for at in range(0, len(names), TOLD)]


def notify(conn: Connection[Any], said: Sequence[str]) -> None:
    """Say at once that these have grown, in a transaction that writes nothing."""
    conn.execute(NOTIFY.format("%s"), [list(said)])


def grown(entries: Iterable[Entry]) -> list[Chain]:
    """The chains that these write-sets make grow."""
    return [entry.chain for entry in entries if entry.out.lines]


def write(cur: Cur, entries: Sequence[Entry], *, tells: bool = True) -> None:
    """Write all rows, lines, heads, acts and messages of these write-sets in one statement. `tells`: that the chains
    have grown is said with it."""
    statement = _Statement()
    _heads(statement, entries)
    _rows(statement, entries)
    statement.insert("procedure_ledgerline", LEDGER, [line_row(li) for e in entries for li in e.out.lines])
    acts = [_act_row(entry) for entry in entries if entry.act_id]
    statement.insert("procedure_act", _ACT, acts)
    messages = [_message_row(e.chain, m, e.out.lines[-1].at) for e in entries for m in e.out.messages]
    statement.insert("procedure_outboxmessage", _OUTBOX, messages)
    if tells:
        statement.tell(grown(entries))
    statement.run(cur)
