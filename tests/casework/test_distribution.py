"""Every table of casework can be spread over many machines by the matter its rows belong to (design §5): a row's key,
whatever is unique, and whatever it refers to within casework name that matter. There is no exception.
`test_partitions.py` has the database's own word for it."""

from __future__ import annotations

import pytest
from django.db import connection

# Columns by which each table is spread, where it is not `matter_id`: the matter itself, and people, who are of none.
BY = {"casework_matter": "id", "casework_citizen": "id"}
# Keys, uniqueness and references that do not name it, and why. Empty, and to stay so.
EXCEPT: dict[tuple[str, str], str] = {}
ASKED = """
SELECT t.relname, c.contype::text, f.relname,
       (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
        WHERE a.attrelid = t.oid AND a.attnum = ANY(c.conkey))
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid LEFT JOIN pg_class f ON f.oid = c.confrelid
WHERE t.relnamespace = current_schema()::regnamespace AND t.relname LIKE 'casework\\_%' AND c.contype IN ('p', 'u', 'f')
UNION ALL
SELECT t.relname, 'i', NULL, (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
        WHERE a.attrelid = t.oid AND a.attnum = ANY(x.indkey))
FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relnamespace = current_schema()::regnamespace AND t.relname LIKE 'casework\\_%' AND x.indisunique
AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid)
"""


@pytest.mark.usefixtures("database")
def test_nothing_is_keyed_unique_or_referred_to_without_its_matter() -> None:
    with connection.cursor() as cur:
        cur.execute(ASKED)
        rows = cur.fetchall()
    assert len({table for table, *_ in rows}) > len(BY)
    found = set()
    for table, kind, to, columns in rows:
        within = kind != "f" or str(to).startswith("casework_")
        if within and BY.get(table, "matter_id") not in columns:
            found.add((table, f"{kind} {','.join(columns)}" + (f" -> {to}" if to else "")))
    assert found == set(EXCEPT)


@pytest.mark.usefixtures("database")
def test_every_row_names_what_it_is_spread_by() -> None:
    """The column is there, and is never empty."""
    with connection.cursor() as cur:
        cur.execute(
            "SELECT t.relname, array_agg(a.attname::text) FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid"
            " WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND a.attnotnull"
            " AND t.relname LIKE 'casework\\_%' GROUP BY 1"
        )
        tables = dict(cur.fetchall())
    assert [table for table, columns in tables.items() if BY.get(table, "matter_id") not in columns] == []


@pytest.mark.usefixtures("database")
def test_whatever_names_an_order_does_so_within_its_matter() -> None:
    """Django cannot declare it, so a new table may forget it. `order_id` is the one name for an order."""
    with connection.cursor() as cur:
        cur.execute(
            "SELECT t.relname FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'order_id'"
            " WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r'"
        )
        naming = {row[0] for row in cur.fetchall()}
        cur.execute(ASKED)
        keyed = {table: columns for table, kind, to, columns in cur.fetchall() if (kind, to) == ("f", "casework_order")}
        cur.execute("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")
        assert cur.fetchone() == (0,)
    assert keyed == dict.fromkeys(naming, ["matter_id", "order_id"])
    assert len(naming) > 10
