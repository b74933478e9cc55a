"""Which indexes the tables of a matter have: what hangs on it is found by one, and none says what another says."""

from __future__ import annotations

import pytest
from django.db import connection

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier

INDEXES = """
SELECT c.relname, (SELECT array_agg(a.attname ORDER BY k.place) FROM unnest(x.indkey::int2[])
WITH ORDINALITY k(n, place) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n), x.indpred IS NOT NULL
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid
WHERE c.relname LIKE 'casework\\_%' OR c.relname = 'knowledge_citation'
"""


@pytest.fixture
def indexes(database: str) -> list[tuple[str, tuple[str, ...]]]:
    """Table and columns of every index over all rows."""
    with connection.cursor() as cur:
        cur.execute(INDEXES)
        return [(table, tuple(names)) for table, names, partial in cur.fetchall() if not partial]


def test_no_index_is_the_beginning_of_another(indexes: list[tuple[str, tuple[str, ...]]]) -> None:
    doubled = [(table, one) for i, (table, one) in enumerate(indexes) for j, (other, two) in enumerate(indexes)
               if i != j and table == other and one == two[: len(one)]]  # fmt: skip
    assert doubled == []


def test_every_table_of_a_matter_is_found_by_its_matter(indexes: list[tuple[str, tuple[str, ...]]]) -> None:
    for record in MatterDossier.RECORDS:
        if record.PARENT == "matter_id":
            assert [names for table, names in indexes if table == record.TABLE and names[0] == "matter_id"], record


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(("asked", "wanted"), [
    (f"SELECT * FROM ({desks._BY_NUMBER.replace('$1', '%s')}) AS q", "matter_by_number"),
    ("SELECT body FROM casework_text WHERE matter_id = 1 AND id = %s::int", "text_of_matter"),
    ("SELECT status FROM casework_order WHERE matter_id = 1 AND id = %s::int", "casework_order_pkey"),
    ("SELECT id FROM casework_order WHERE matter_id = %s::int", "casework_order_pkey"),
    ("SELECT title_id FROM casework_publication WHERE id = %s::int AND outcome = 'published'", "publication_number"),
    ("SELECT body FROM casework_text WHERE matter_id = ANY(ARRAY[%s::int8, 1::int8])", "text_of_matter"),
])  # fmt: skip
def test_what_is_sought_is_found_by_an_index(asked: str, wanted: str) -> None:
    """Tables of a test are too small for an index to be worth it; so it is asked which one there would be."""
    with connection.cursor() as cur:
        cur.execute("SET enable_seqscan = off")
        cur.execute(f"EXPLAIN (COSTS OFF) {asked}", ["1"])
        plan = "\n".join(row[0] for row in cur.fetchall())
        cur.execute("RESET enable_seqscan")
    assert wanted in plan
    assert "Index Cond" in plan
    assert "Seq Scan" not in plan
