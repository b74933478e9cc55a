"""Plans: every statement that a request asks, explained by the server with the very values it was asked with, and with
none (the plan that a prepared statement may get); and what in such a plan would grow with the city."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer

MOST_READ = 20_000  # rows that one node of a plan may look at, found or thrown away
MANY = 1_000  # rows from which on a table counts as large
READS, WRITES = re.compile(r"[\s(]*(SELECT|WITH)\b", re.I), re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM)\s+\w+_")
ANALYSED = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
GROWN = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s
    AND (relname LIKE 'casework%%' OR relname LIKE 'procedure%%')
"""
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement as it went to the server, its places numbered."""

    text: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the server says of it: the plan with its values, how long it took, and the plan made without them."""

    asked: Asked
    measured: Node
    milliseconds: float
    generic: Node

    def nodes(self) -> list[Node]:
        """All nodes of the plan that was run."""
        return list(below(self.measured))


def below(node: Node) -> Iterator[Node]:
    """A node and all under it."""
    yield node
    for one in node.get("Plans", ()):
        yield from below(one)


def _numbered(query: Any, values: Any, raw: bool) -> Asked:
    if raw or not values:
        return Asked(str(query), tuple(values or ()))
    written = PostgresQuery(Transformer(None))
    written.convert(query, values)
    given = written.validate_and_reorder_params(written._parts, values, written._order)
    return Asked(written.query.decode(), tuple(given))


@contextmanager
def watched() -> Iterator[list[Asked]]:
    """What is read meanwhile in this process, whichever cursor it goes through."""
    found: list[Asked] = []
    execute = psycopg.Cursor.execute

    def noted(self: Any, query: Any, params: Any = None, **kwargs: Any) -> Any:
        if READS.match(str(query)) and not WRITES.search(str(query)):
            found.append(_numbered(query, params, isinstance(self, psycopg.RawCursor)))
        return execute(self, query, params, **kwargs)

    psycopg.Cursor.execute = noted  # type: ignore[method-assign]
    try:
        yield found
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]


def explained(connection: psycopg.Connection[Any], asked: Asked) -> Plan:
    """Run it once more and tell its plan; the other plan by itself."""
    with psycopg.RawCursor(connection) as cur:
        [said] = cur.execute(ANALYSED + asked.text, asked.values or None, prepare=False).fetchone() or [None]
        [told] = _read(said)
        return Plan(asked, told["Plan"], told["Execution Time"] + told["Planning Time"], _generic(cur, asked))


def _generic(cur: psycopg.RawCursor[Any], asked: Asked) -> Node:
    """As the server would plan it for no values in particular."""
    if not asked.values:
        [said] = cur.execute("EXPLAIN (FORMAT JSON) " + asked.text, prepare=False).fetchone() or [None]
    else:
        [said] = cur.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {asked.text}", prepare=False).fetchone() or [None]
    plan: Node = _read(said)[0]["Plan"]
    return plan


def _read(said: Any) -> list[Any]:
    found: list[Any] = json.loads(said) if isinstance(said, str) else said
    return found


def large(connection: psycopg.Connection[Any]) -> frozenset[str]:
    """The tables that grow with the matters and have done so."""
    return frozenset(name for (name,) in connection.execute(GROWN, [MANY]).fetchall())


def looked_at(node: Node) -> int:
    """Rows that a node looked at, those that it threw away too."""
    rows = node["Actual Rows"] + sum(v for k, v in node.items() if k.startswith("Rows Removed by"))
    return round(rows * node["Actual Loops"])


def faults(plan: Plan, tables: frozenset[str], most: int = MOST_READ) -> list[str]:
    """What is wrong with a plan: a large table read from end to end, by values or without; more looked at than a page
    may ask for; a sort of so many."""
    found = [f"{how}: reads all of {node['Relation Name']}" for how, top in (("measured", plan.measured),
             ("generic", plan.generic)) for node in below(top)
             if node["Node Type"].endswith("Seq Scan") and node["Relation Name"] in tables]  # fmt: skip
    for node in plan.nodes():
        if (rows := looked_at(node)) > most:
            where = node.get("Index Name") or node.get("Relation Name") or ""
            found.append(f"{node['Node Type']} {where}: looks at {rows} rows".replace("  ", " "))
    return found


def plans_of(connection: psycopg.Connection[Any], asked: Sequence[Asked]) -> list[Plan]:
    """Each different statement once."""
    once = {one.text: one for one in asked}
    return [explained(connection, one) for one in once.values()]
