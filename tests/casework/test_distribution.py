"""Which tables of casework can be spread over many machines by the matter their rows belong to (design §5): a row's
key, whatever is unique, and whatever it refers to within casework name that matter. What does not is named here, with
why and what has to be done first; nothing new may join it."""

from __future__ import annotations

import pytest
from django.db import connection

# Columns by which each table is spread, where it is not `matter_id`: the matter itself, and people, who are of none.
BY = {"casework_matter": "id", "casework_citizen": "id"}
TO_REKEY = "an order is keyed by its number alone; (matter_id, id) first, and then this reference with it"
# Keys, uniqueness and references that do not name it, and why.
EXCEPT: dict[tuple[str, str], str] = {
    ("casework_matter", "u number"): "dates and the day's serial make it unique; spread, the index is (id, number)",
    ("casework_order", "p id"): "older than the rule: to be keyed (matter_id, id), as what hangs on it is",
    ("casework_text", "p id"): "older than the rule: to be keyed (matter_id, id); nothing refers to it by constraint",
    ("casework_contact", "f citizen_id -> casework_citizen"): "people are of many matters: the constraint is to fall",
    **{(f"casework_{name}", "f order_id -> casework_order"): TO_REKEY
       for name in ("attachment", "attempt", "designation", "extension", "inquiry", "letter", "mark", "paperdocument",
                    "returnrequest", "supervision")},
}  # fmt: skip
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
def test_what_cannot_be_spread_by_matter_is_named_with_the_reason() -> None:
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
