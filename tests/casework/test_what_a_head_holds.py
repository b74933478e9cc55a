"""What a chain's head says of the rarer tables: a row there is noted by the database itself, and found for it."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from django.db import connections

from casework.test_records_and_models import sample
from hotline.casework.dossier import MatterDossier
from hotline.procedure import loading
from hotline.procedure.dossier import Dossier
from hotline.procedure.ledger import Chain
from hotline.procedure.perform import raw
from hotline.procedure.records import Json, Record, columns, kinds
from hotline.procedure.store import _out
from hotline.procedure.verify import verify
from hotline.procedure.world import DOSSIERS
from transitions.test_line_database import live_line

RARER = [record for record in MatterDossier.RECORDS if record.RARE]
# Given once and for ever: a head of long ago says by them where its rows are.
BITS = {
    "casework_returnrequest": 0, "casework_extension": 1, "casework_designation": 2, "casework_supervision": 3,
    "casework_submission": 4, "casework_attachment": 5, "casework_source": 6, "casework_handover": 7,
    "casework_urgentreport": 8, "casework_paperdocument": 9, "casework_withholding": 10, "casework_proposal": 11,
    "casework_abusemark": 12, "casework_link": 13, "casework_inquiry": 14, "casework_publication": 15,
    "casework_mark": 16, "knowledge_citation": 17, "casework_ruling": 18, "casework_rested": 19,
}  # fmt: skip
HERE = "SELECT $1::int8"


@pytest.fixture
def matter(city: Any) -> int:
    return live_line(until="dispatch").chain.id


def test_a_bit_is_given_once_and_for_ever() -> None:
    assert {record.TABLE: 1 << BITS[record.TABLE] for record in RARER} == {r.TABLE: r.RARE for r in RARER}
    assert len(set(BITS.values())) == len(BITS)


def test_no_other_chain_has_rarer_tables() -> None:
    """The triggers say that a row's chain is a matter's."""
    assert not [r for kind, dossier in DOSSIERS.items() for r in dossier.RECORDS if r.RARE and kind != "matter"]


def row_of(record: type[Record], matter: int) -> Record:
    """A row with something in every column."""
    values = {name: sample(kind) for name, kind in kinds(record).items()}
    return record(**{**values, "id": 987_654_321, "matter_id": matter})


def found(matter: int, lock: bool) -> Dossier:
    """The dossier as an act, or as a page has it."""
    with raw().cursor() as cur:
        if lock:
            return loading.hold(cur, MatterDossier, HERE, (matter,), None).dossiers[matter]
        seen = loading.look(cur, MatterDossier, HERE, (matter,))
    assert seen
    return seen


def put(record: type[Record], row: Record) -> None:
    names = columns(record)
    places = ", ".join(["%s"] * len(names))
    values = [_out(record, name, getattr(row, name)) for name in names]
    with raw().cursor() as cur:
        cur.execute(f"INSERT INTO {record.TABLE} ({', '.join(names)}) VALUES ({places})", values)


class Undone(Exception):
    """What was tried is taken back."""


@pytest.mark.parametrize("record", RARER, ids=lambda record: record.TABLE)
def test_a_row_is_noted_on_the_head_and_found(record: type[Record], matter: int) -> None:
    with suppress(Undone), raw().transaction():
        noted(record, row_of(record, matter))
        raise Undone


def noted(record: type[Record], row: Record) -> None:
    """Put a row where none was, and find it."""
    matter = row.matter_id  # type: ignore[attr-defined]
    assert not found(matter, lock=True).all(record)
    put(record, row)
    with raw().cursor() as cur:
        cur.execute("SELECT holds FROM procedure_chainhead WHERE chain_kind = 1 AND chain_id = %s", (matter,))
        assert cur.fetchone() == (record.RARE,)
    assert [*map(plain, found(matter, lock=True).all(record))] == [plain(row)]
    assert [*map(plain, found(matter, lock=False).all(record))] == [plain(row)]


def plain(row: Record) -> list[Any]:
    """Its values; instants as they are, whatever the time zone they are said in."""
    return [getattr(row, name) for name, kind in kinds(type(row)).items() if kind is not Json]


def test_a_head_of_before_is_asked_for_everything(matter: int) -> None:
    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE procedure_chainhead SET holds = -1")
    assert {*map(type, found(matter, lock=False).rows())} == {*map(type, whole(matter).rows())}


def whole(matter: int) -> Dossier:
    """All tables of it, looked into whatever the head says."""
    with raw().cursor() as cur:
        heads = loading.read_heads(cur, Chain("matter", 0).code, [matter])
        return loading.load(cur, MatterDossier, heads).dossiers[matter]


def test_a_chain_that_moves_on_between_the_two_statements_is_read_anew(
        matter: int, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    asked: list[int] = []
    real = loading._rarer

    def moved_on(cur: Any, dossier: Any, bits: int) -> bool:
        asked.append(bits)
        return real(cur, dossier, bits) and len(asked) > 1

    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE procedure_chainhead SET holds = 1 WHERE chain_id = %s", (matter,))
    monkeypatch.setattr(loading, "_rarer", moved_on)
    assert found(matter, lock=False).rows() == whole(matter).rows()
    assert asked == [1]


def test_a_row_that_its_head_does_not_know_of_is_broken(matter: int) -> None:
    with connections["owner"].cursor() as cur:
        cur.execute("ALTER TABLE casework_mark DISABLE TRIGGER held")
        cur.execute(
            "INSERT INTO casework_mark SELECT (jsonb_populate_record(NULL::casework_mark, %s::jsonb)).*",
            (mark_of(matter),),
        )
        cur.execute("ALTER TABLE casework_mark ENABLE TRIGGER held")
    assert [b.why for b in verify().broken if "链头" in b.why] == ["casework_mark 有行，链头没有记着"]


def mark_of(matter: int) -> str:
    """A card on the matter's order, as JSON."""
    with connections["owner"].cursor() as cur:
        cur.execute("SELECT id, unit_id FROM casework_order WHERE matter_id = %s", (matter,))
        order, unit = cur.fetchone()
    mark = row_of(next(r for r in RARER if r.TABLE == "casework_mark"), matter)
    values = {name: getattr(mark, name) for name in columns(type(mark))}
    given = {name: None if name.endswith(("_id", "_by")) else value for name, value in values.items()}
    return json.dumps({**given, "matter_id": matter, "order_id": order, "unit_id": unit}, default=str)
