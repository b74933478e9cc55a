"""升级: a filled city whose orders and texts are keyed by number alone changes over while people go on working."""

from __future__ import annotations

import threading
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from hotline.casework.dossier import MatterDossier
from hotline.casework.models import Matter
from hotline.config import boot
from hotline.procedure import roles
from hotline.procedure.perform import look
from hotline.procedure.records import columns
from hotline.procedure.verify import verify
from support import many
from transitions.test_line_database import NOW, live_line

REFERS = """
SELECT conrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND confrelid = 'casework_order'::regclass ORDER BY 1
"""
# As casework 0026 left it; `casework_withholding` had no reference.
EARLIER = """
ALTER TABLE casework_order DROP CONSTRAINT casework_order_pkey, ADD PRIMARY KEY (id);
ALTER TABLE casework_text DROP CONSTRAINT casework_text_pkey, ADD PRIMARY KEY (id);
CREATE INDEX casework_order_matter_id_426e88e7 ON casework_order (matter_id);
CREATE INDEX casework_text_matter_id_07a16607 ON casework_text (matter_id);
ALTER TABLE casework_contact ADD CONSTRAINT person FOREIGN KEY (citizen_id) REFERENCES casework_citizen;
DROP INDEX matter_by_number, publication_number;
ALTER TABLE casework_matter ADD CONSTRAINT matter_number UNIQUE (number);
DELETE FROM django_migrations WHERE (app = 'casework' AND name >= '0027') OR (app = 'procedure' AND name >= '0012')
OR (app = 'knowledge' AND name >= '0003')
"""
SHAPE = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
WHERE conrelid::regclass::text LIKE 'casework%' UNION ALL
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index
WHERE indrelid::regclass::text LIKE 'casework%' ORDER BY 1, 2, 3
"""


LATER = """
ALTER TABLE casework_rested ADD CONSTRAINT casework_rested_order FOREIGN KEY (matter_id, order_id)
REFERENCES casework_order (matter_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER INDEX casework_order_pkey SET (fillfactor = 100);
ALTER INDEX casework_text_pkey SET (fillfactor = 100);
"""  # as casework 0036 and 0042 make it, when the keys have changed long ago
TEXTS = import_module("hotline.casework.migrations.0047_texts_by_matter")


def owner(query: str) -> list[Any]:
    with connections["owner"].cursor() as cur:
        cur.execute(query)
        return list(cur.fetchall()) if cur.description else []


def everything() -> dict[str, list[Any]]:
    """All rows of all matters there are."""
    return {record.TABLE: owner(f"SELECT {', '.join(columns(record))} FROM {record.TABLE} ORDER BY 1, 2")
            for record in MatterDossier.RECORDS}  # fmt: skip


def brought_over() -> None:
    """By the migrations of the keys alone: what came later (columns, triggers, indexes) is there already."""
    call_command("migrate", "casework", "0030", database="owner", verbosity=0)
    owner(LATER)
    for step in ["BEGIN", *TEXTS.FORTH, "COMMIT"]:
        owner(step)
    call_command("migrate", database="owner", fake=True, verbosity=0)
    boot.migrate()


@pytest.fixture
def earlier(city: str) -> list[Any]:
    """A filled city in its earlier shape; what shape it has now."""
    live_line()
    many.write(30, NOW, until="archive", after=50)
    shape = owner(SHAPE)
    naming = [table for (table,) in owner(REFERS)]
    for table in naming:
        owner(f"ALTER TABLE {table} DROP CONSTRAINT {table}_order")
    for step in ["BEGIN", *TEXTS.BACK, "COMMIT"]:
        owner(step)
    owner(EARLIER)
    for table in set(naming) - {"casework_withholding", "casework_rested"}:
        owner(f"ALTER TABLE {table} ADD CONSTRAINT its_order FOREIGN KEY (order_id) REFERENCES casework_order")
    assert owner(SHAPE) != shape
    return shape


def test_nothing_is_lost_and_the_shape_is_that_of_a_new_city(earlier: list[Any]) -> None:
    before = everything()
    assert len(before["casework_text"]) > 200
    brought_over()
    assert owner(SHAPE) == earlier
    assert everything() == before
    assert verify().ok
    with connections["owner"].cursor() as cur:
        assert roles.missing_guards(cur) == []
        assert roles.differences(cur) == []


def test_what_was_broken_off_half_way_is_taken_up_again(earlier: list[Any]) -> None:
    owner("CREATE UNIQUE INDEX casework_order_key ON casework_order (id, matter_id)")  # not what it should be
    owner("CREATE INDEX matter_by_number ON casework_matter (id)")
    brought_over()
    assert owner(SHAPE) == earlier


def test_people_go_on_working_meanwhile(earlier: list[Any]) -> None:
    over, wrong, done = threading.Event(), list[BaseException](), list[int]()

    def work() -> None:
        try:
            while not over.is_set() or len(done) < 3:
                number = live_line(NOW + timedelta(hours=1 + len(done)), until="sign_for").chain.id
                assert look(MatterDossier, "SELECT m.id FROM casework_matter m WHERE m.id = $1", [number])
                done.append(number)
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    working = threading.Thread(target=work)
    working.start()
    brought_over()
    over.set()
    working.join()
    assert wrong == []
    assert set(done) <= set(Matter.objects.values_list("id", flat=True))
    assert owner(SHAPE) == earlier
    assert verify().ok
