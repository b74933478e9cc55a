"""The database's own word for it that casework can be spread by matter: a copy of all its tables, each partitioned by
the matter's number, with every key, index and reference of ours made on it again. PostgreSQL refuses what is unique
without the column that a table is spread by; references are made once more between single partitions, as a distributed
database makes them between shards; and a dossier is read from one partition of each table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connections
from psycopg import Cursor, RawCursor, errors

from casework.test_distribution import BY
from hotline.casework.dossier import MatterDossier
from hotline.procedure import loading
from hotline.procedure.ledger import Chain
from support import many

LIVED = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)
PARTS = 4
# Spread beside casework: the ledger's tables that are read and written with a matter.
BESIDE = {"procedure_ledgerline": "chain_id", "procedure_chainhead": "chain_id", "procedure_setaside": "chain_id"}
TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
AND (starts_with(relname, 'casework_') OR relname = ANY(%s)) ORDER BY relname
"""
KEYS = """
SELECT conrelid::regclass::text, confrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid::regclass::text = ANY(%s) AND contype::text = ANY(%s) AND conparentid = 0 ORDER BY 1, 3
"""
INDEXES = """
SELECT pg_get_indexdef(indexrelid) FROM pg_index x WHERE indrelid::regclass::text = ANY(%s)
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = x.indexrelid) ORDER BY 1
"""


def by(table: str) -> str:
    """The column by which a table is spread."""
    return BY.get(table) or BESIDE.get(table, "matter_id")


def bounds(cur: Cursor[Any], how: str) -> list[str]:
    """Which numbers of matters each part holds: over machines by hash; over years by range, since numbers are given out
    in the order of registration."""
    if how == "HASH":
        return [f"WITH (MODULUS {PARTS}, REMAINDER {part})" for part in range(PARTS)]
    cur.execute("SELECT id FROM casework_matter ORDER BY id")
    ends = ["MINVALUE", *(str(row[0]) for row in cur.fetchall()[10::10]), "MAXVALUE"]
    assert len(ends) == PARTS + 1
    return [f"FROM ({first}) TO ({end})" for first, end in pairwise(ends)]


def partition(cur: Cursor[Any], tables: list[str], how: str) -> None:
    """Empty tables like ours in a schema of their own, each in parts."""
    parts = bounds(cur, how)
    cur.execute("CREATE SCHEMA spread")
    for table in tables:
        cur.execute(f"CREATE TABLE spread.{table} (LIKE public.{table} INCLUDING ALL EXCLUDING INDEXES)"
                    f" PARTITION BY {how} ({by(table)})")  # fmt: skip
        for part, values in enumerate(parts):
            cur.execute(f"CREATE TABLE spread.{table}_{part} PARTITION OF spread.{table} FOR VALUES {values}")


@pytest.fixture
def spread(city: str, request: pytest.FixtureRequest) -> Iterator[tuple[Cursor[Any], list[str]]]:
    """Some matters, lived to the end, in a copy of the tables that is spread; the cursor of its owner."""
    many.write(40, LIVED, until="archive")
    with connections["owner"].cursor() as cur:
        cur.execute(TABLES, [list(BESIDE)])
        tables = [row[0] for row in cur.fetchall()]
        keys, references = [], []
        for found, sorts in ((keys, ["p", "u"]), (references, ["f"])):
            cur.execute(KEYS, [tables, sorts])
            found += cur.fetchall()
        cur.execute(INDEXES, [tables])
        indexes = [row[0] for row in cur.fetchall()]
        partition(cur, tables, getattr(request, "param", "HASH"))
        cur.execute("SET search_path = spread, public")  # what is said of a table of ours is now said of its copy
        for table, _, name, made in keys:
            cur.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")
        for made in indexes:
            assert " ON public." in made
            cur.execute(made.replace(" ON public.", " ON spread.", 1))
        for table in tables:
            cur.execute(f"INSERT INTO spread.{table} SELECT * FROM public.{table}")
        for table, _, name, made in references:
            cur.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")
        assert len(keys) >= len(tables) > len(MatterDossier.RECORDS)
        assert {"casework_order", "casework_matter", "network_unit"} <= {to for _, to, *_ in references}
        try:
            yield cur, tables
        finally:
            cur.execute("RESET search_path")


@pytest.mark.parametrize("spread", ["HASH", "RANGE"], indirect=True)
def test_every_key_index_and_reference_of_ours_holds_on_tables_that_are_spread(spread: Any) -> None:
    """That they could be made at all is the fixture's; nothing is left out of them, and no row was lost."""
    cur, tables = spread
    for table in tables:
        for asked in (
            "SELECT count(*) FROM {0}.{1}",
            "SELECT count(*) FROM pg_index WHERE indrelid = '{0}.{1}'::regclass",
            "SELECT array_agg(contype::text || conname ORDER BY conname) FROM pg_constraint WHERE contype <> 'n'"
            " AND conparentid = 0 AND conrelid = '{0}.{1}'::regclass",
        ):
            ours, theirs = (cur.execute(asked.format(name, table)) or cur.fetchone() for name in ("public", "spread"))
            assert ours == theirs, (table, asked)
    cur.execute("SELECT count(*) FILTER (WHERE n > 0), sum(n) FROM (" + " UNION ALL ".join(
        f"SELECT count(*) AS n FROM spread.casework_order_{part}" for part in range(PARTS)) + ") AS p")  # fmt: skip
    assert cur.fetchone() == (PARTS, 40)


def test_what_was_keyed_before_without_its_matter_is_refused(spread: Any) -> None:
    cur, _ = spread
    for table, columns in (("casework_text", "id"), ("casework_order", "id"), ("casework_matter", "number"),
                           ("procedure_ledgerline", "seq")):  # fmt: skip
        with pytest.raises(DatabaseError, match="partition") as refused:
            cur.execute(f"ALTER TABLE spread.{table} ADD UNIQUE ({columns})")
        assert isinstance(refused.value.__cause__, errors.FeatureNotSupported)


def test_references_hold_between_single_partitions_as_between_shards(spread: Any) -> None:
    cur, tables = spread
    cur.execute(KEYS, [tables, ["f"]])
    within = [row for row in cur.fetchall() if row[1].startswith("casework_")]
    assert len(within) > len(MatterDossier.RECORDS)
    for table, to, _, made in within:
        for part in range(PARTS):
            cur.execute(f"ALTER TABLE spread.{table}_{part} ADD"
                        f" {made.replace(f' {to}(', f' spread.{to}_{part}(', 1)}")  # fmt: skip
    for table in set(tables) - {"casework_matter", "casework_citizen", *BESIDE}:
        for part in range(PARTS):
            cur.execute(f"SELECT count(*) FROM spread.{table}_{part} r WHERE NOT EXISTS"
                        f" (SELECT FROM spread.casework_matter_{part} m WHERE m.id = r.matter_id)")  # fmt: skip
            assert cur.fetchone() == (0,), table


def scanned(node: dict[str, Any]) -> Iterator[str]:
    """Every table that a plan reads."""
    if name := node.get("Relation Name"):
        yield name
    for below in node.get("Plans", ()):
        yield from scanned(below)


def test_a_dossier_is_read_from_one_partition_of_each_table(spread: Any) -> None:
    """But for people and their keys, who are of no matter: a distributed database keeps those everywhere."""
    cur, tables = spread
    cur.execute("SELECT id FROM casework_matter ORDER BY id DESC LIMIT 1")
    (matter_id,) = cur.fetchone()
    asked = loading._load_sql(MatterDossier, "= $1")
    with RawCursor(connections["owner"].connection) as raw:
        (plan,) = raw.execute(f"EXPLAIN (FORMAT JSON) {asked}", (matter_id, None)).fetchone() or ()
        heads = loading.read_heads(raw, Chain("matter", 0).code, [matter_id])
        one = loading.load(raw, MatterDossier, heads).dossiers[matter_id]
    read = set(scanned((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]))
    for table in set(tables) - {"casework_citizen", "procedure_chainhead", "procedure_setaside"}:
        assert len([name for name in read if name.startswith(f"{table}_") and name != table]) == 1, table
    cur.execute("SET search_path = public")
    with RawCursor(connections["owner"].connection) as raw:
        ours = loading.load(raw, MatterDossier, loading.read_heads(raw, Chain("matter", 0).code, [matter_id]))
    assert one.rows() == ours.dossiers[matter_id].rows()
    assert len(one.rows()) > 10
