"""升级: a filled city whose texts are keyed by matter and number changes over to texts that stand by their matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, connections
from psycopg import Cursor

from hotline.casework.dossier import MatterDossier
from hotline.casework.models import Text
from hotline.procedure import roles
from hotline.procedure.perform import look
from hotline.procedure.verify import verify
from support import many
from transitions.test_line_database import NOW, live_line

ANEW = import_module("hotline.casework.migrations.0047_texts_by_matter")
ALL = "SELECT matter_id, id, field::text, salt, body FROM casework_text ORDER BY 1, 2"
PAGES = """
SELECT avg(pages)::float FROM
(SELECT count(DISTINCT (ctid::text::point)[0]) AS pages FROM casework_text GROUP BY matter_id) p
"""
SHAPE = """
SELECT attname, atttypid::regtype::text, attnotnull FROM pg_attribute
WHERE attrelid = 'casework_text'::regclass AND attnum > 0 AND NOT attisdropped UNION ALL
SELECT pg_get_indexdef(indexrelid), indexrelid::regclass::text, indisvalid FROM pg_index
WHERE indrelid = 'casework_text'::regclass UNION ALL
SELECT pg_get_triggerdef(oid), tgname, true FROM pg_trigger WHERE tgrelid = 'casework_text'::regclass UNION ALL
SELECT privilege_type, grantee::regrole::text, is_grantable FROM pg_class, aclexplode(relacl)
WHERE oid = 'casework_text'::regclass AND grantee <> relowner ORDER BY 1, 2
"""


@pytest.fixture
def owner(city: str) -> Iterator[Cursor[Any]]:
    many.write(30, NOW, until="archive", after=50)
    live_line()
    with connections["owner"].cursor() as cur:
        yield cur


def rows(cur: Cursor[Any], query: str) -> list[Any]:
    cur.execute(query)
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cur.fetchall()]


def change(cur: Cursor[Any], steps: list[str]) -> None:
    cur.execute("BEGIN")
    for step in steps:
        cur.execute(step)
    cur.execute("COMMIT")


def test_nothing_is_lost_on_either_way(owner: Cursor[Any]) -> None:
    shape, before = rows(owner, SHAPE), rows(owner, ALL)
    assert len(before) > 200
    change(owner, ANEW.BACK)
    assert rows(owner, ALL) == before
    assert ("casework_text_pkey", True) in [row[1:] for row in rows(owner, SHAPE)]
    owner.execute("SELECT to_regtype('casework_field') IS NULL")
    assert owner.fetchone() == (True,)
    live_line(NOW + timedelta(hours=1))
    before = rows(owner, ALL)
    change(owner, ANEW.FORTH)
    assert rows(owner, SHAPE) == shape
    assert rows(owner, ALL) == before
    assert verify().ok
    assert roles.missing_guards(owner) == []
    assert roles.differences(owner) == []
    owner.execute("SELECT reltuples::int FROM pg_class WHERE relname = 'casework_text'")
    assert owner.fetchone() == (len(before),)


def test_a_matters_texts_come_to_stand_side_by_side(owner: Cursor[Any]) -> None:
    change(owner, ANEW.BACK)
    owner.execute("UPDATE casework_text SET body = body WHERE id % 3 = 0")  # to the end of the table
    owner.execute(PAGES)
    assert owner.fetchone()[0] > 2
    change(owner, ANEW.FORTH)
    owner.execute(PAGES)
    assert owner.fetchone()[0] < 2


def test_a_field_of_long_ago_is_carried_over(owner: Cursor[Any]) -> None:
    change(owner, ANEW.BACK)
    owner.execute("UPDATE casework_text SET field = 'praise' WHERE field = 'notes'")
    known = owner.rowcount
    assert known > 0
    change(owner, ANEW.FORTH)
    assert Text.objects.filter(field="praise").count() == known
    owner.execute("SELECT (enum_range(NULL::casework_field))[1:2]::text[], enum_last(NULL::casework_field)::text")
    assert owner.fetchone() == (ANEW.FIELDS[:2], "praise")


def test_whoever_runs_the_version_before_goes_on(owner: Cursor[Any]) -> None:
    """Its statements are there already, and take fields for text."""
    change(owner, ANEW.BACK)
    matter = live_line(NOW + timedelta(hours=1), until="register").chain.id
    with connection.cursor() as cur:
        cur.execute("PREPARE one AS INSERT INTO casework_text (id, matter_id, field, body, salt)"
                    " VALUES ($1, $2, $3, $4, $5)")  # fmt: skip
        cur.execute("PREPARE more AS INSERT INTO casework_text (id, matter_id, field, body, salt)"
                    " SELECT * FROM unnest($1::int8[], $2::int8[], $3::text[], $4::text[], $5::bytea[])")  # fmt: skip
    assert look(MatterDossier, "SELECT m.id FROM casework_matter m WHERE m.id = $1", [matter])
    change(owner, ANEW.FORTH)
    with connection.cursor() as cur:
        cur.execute(f"EXECUTE one (1, {matter}, 'words', '一', NULL)")
        cur.execute(f"EXECUTE more (ARRAY[2], ARRAY[{matter}], ARRAY['gist'], ARRAY['二'], ARRAY[NULL]::bytea[])")
    assert Text.objects.filter(matter_id=matter, id__in=[1, 2]).count() == 2
    assert look(MatterDossier, "SELECT m.id FROM casework_matter m WHERE m.id = $1", [matter])
