"""抄入 (copying): write-sets of whole chains as rows for COPY, in its text form; for whoever writes very many at once.

Nothing is said here that `store` would say otherwise: a test writes the same chains both ways and compares."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from hotline.procedure.records import Json, Record, columns, kinds
from hotline.procedure.store import HEAD, LEDGER, Cur, Entry, line_row
from hotline.procedure.writeset import WriteSet

NOTHING = "\\N"
LINES, HEADS = "procedure_ledgerline", "procedure_chainhead"
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def said(value: Any) -> str:
    """A value as COPY takes it. Raises TypeError for what no column holds."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    raise TypeError(type(value).__name__)


def _row(values: Iterable[Any]) -> str:
    return "\t".join(map(said, values)) + "\n"


def _of(row: Record) -> list[Any]:
    asked, values = kinds(type(row)), []
    for name in columns(type(row)):
        value = getattr(row, name)
        values.append(json.dumps(value) if asked[name] is Json and value is not None else value)
    return values


class Partial(ValueError):
    """不是整条链: changes of rows that are elsewhere; such a write-set is for `store`."""


def whole(out: WriteSet) -> None:
    """Insist on a write-set that begins its chain and reaches no other. Raises Partial."""
    if out.updates or out.deletes or out.echoes or not out.lines or out.lines[0].seq != 1:
        raise Partial("a write-set of less or more than one whole chain")


def rows(entry: Entry) -> dict[str, str]:
    """The rows of one new chain by table, messages left out. Raises Partial."""
    out = entry.out
    whole(out)
    found: dict[str, list[str]] = {}
    for row in out.inserts:
        found.setdefault(type(row).TABLE, []).append(_row(_of(row)))
    last = out.lines[-1]
    found[LINES] = [_row(line_row(line)) for line in out.lines]
    holds = reduce(or_, [type(row).RARE for row in out.inserts], 0)
    found[HEADS] = [_row([last.chain_kind, last.chain_id, last.seq, last.hash, last.at, holds])]
    return {table: "".join(several) for table, several in found.items()}


def names(records: Iterable[type[Record]]) -> Mapping[str, Sequence[str]]:
    """The columns that COPY is told of, by table, heads first. They say already what their chains hold of what is rare:
    a trigger that had to note it leaves an older version of the head behind for each table."""
    return {HEADS: (*HEAD, "holds"), **{record.TABLE: columns(record) for record in records}, LINES: tuple(LEDGER)}


def copy(cur: Cur, table: str, columns_: Sequence[str], text: Iterable[str]) -> None:
    """Rows into a table. The names are ours, never anybody's input."""
    with cur.copy(f"COPY {table} ({', '.join(columns_)}) FROM STDIN") as into:
        into.write("".join(text))
