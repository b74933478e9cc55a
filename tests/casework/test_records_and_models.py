"""Records and tables are one: names, nullability and types of every record are held against Django's models."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from hotline.casework import records as casework
from hotline.casework.dossier import MatterDossier
from hotline.knowledge import records as knowledge
from hotline.network import records as network
from hotline.procedure import store
from hotline.procedure.records import Json, Record, columns, from_row, kinds, nullable
from hotline.procedure.world import DOSSIERS

TYPES: dict[type[models.Field[Any, Any]], Any] = {
    models.BigIntegerField: int, models.IntegerField: int, models.SmallIntegerField: int, models.TextField: str,
    models.BooleanField: bool, models.DateTimeField: datetime, models.DateField: date, models.BinaryField: bytes,
    models.JSONField: Json, models.ForeignKey: int,
}  # fmt: skip
RECORDS = [casework.Matter, casework.Contact, casework.Citizen, casework.PersonKey, casework.Text, casework.Order,
           casework.Mark,
           casework.Attempt, casework.Letter, casework.Revisit, casework.ReturnRequest, casework.Extension,
           casework.Designation, casework.Supervision, casework.Submission,
           casework.Proposal, casework.AbuseMark, casework.Link,
           casework.Source, casework.Handover, casework.UrgentReport, casework.PaperDocument,
           casework.Inquiry, casework.Withholding, casework.Publication, casework.Attachment, casework.Ruling,
           casework.Rested,
           network.Unit, network.Person, network.Post,
           network.Acting, network.Duty, network.ShiftNote, network.TrialCall, network.Factor,
           network.NoticeChoice, network.NoticeKey,
           network.CalendarYear, network.DangerWord,
           network.CatalogueEntry, network.Category, network.MessageText, network.NetworkText, knowledge.Entry,
           knowledge.Version, knowledge.Wording,
           knowledge.Citation]  # fmt: skip
TABLES = {model._meta.db_table: model for model in apps.get_models()}
PEOPLE = {"casework_citizen"}  # a citizen has many matters; the contact ties them to each


def model_of(record: type[Record]) -> type[models.Model]:
    return TABLES[record.TABLE]


def fields(record: type[Record]) -> dict[str, models.Field[Any, Any]]:
    return {field.column: field for field in model_of(record)._meta.concrete_fields}


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_has_exactly_the_columns_of_its_table(record: type[Record]) -> None:
    assert set(columns(record)) == set(fields(record))


@pytest.mark.parametrize("record", RECORDS)
def test_what_may_be_none_may_be_null(record: type[Record]) -> None:
    assert nullable(record) == {name for name, field in fields(record).items() if field.null}


@pytest.mark.parametrize("record", RECORDS)
def test_types_agree(record: type[Record]) -> None:
    assert kinds(record) == {name: TYPES[type(field)] for name, field in fields(record).items()}


@pytest.mark.parametrize("record", RECORDS)
def test_defaults_agree(record: type[Record]) -> None:
    """Where record and table both have a default, it is the same; a default of None means null."""
    for name, default in ((f.name, f.default) for f in dataclasses.fields(record)):  # type: ignore[arg-type]
        if default is not dataclasses.MISSING:
            field = fields(record)[name]
            assert field.null if default is None else field.default == default, name


@pytest.mark.parametrize("record", RECORDS)
def test_ids_are_big_and_the_key_begins_with_the_matter_where_there_is_one(record: type[Record]) -> None:
    assert isinstance(fields(record)["id"], models.BigIntegerField)
    key = [field.column for field in model_of(record)._meta.pk_fields]
    assert key == (["matter_id", "id"] if record.PARENT == "matter_id" else ["id"])


def test_every_table_of_casework_has_its_record_and_the_dossier_loads_it() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("casework").get_models()}
    assert tables == {record.TABLE for record in RECORDS if record.TABLE.startswith("casework_")}
    assert tables <= {record.TABLE for record in MatterDossier.RECORDS}


def test_every_table_of_the_network_has_its_record() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("network").get_models()}
    assert tables == {record.TABLE for record in RECORDS if record.TABLE.startswith("network_")}


def test_every_table_of_the_knowledge_base_has_its_record() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("knowledge").get_models()}
    assert tables == {record.TABLE for record in RECORDS if record.TABLE.startswith("knowledge_")}


def test_every_row_of_casework_carries_its_matter() -> None:
    for model in apps.get_app_config("casework").get_models():
        table, names = model._meta.db_table, {f.column for f in model._meta.concrete_fields}
        assert table in PEOPLE or "matter_id" in names or table == "casework_matter"
    for record in MatterDossier.RECORDS:
        assert record.PARENT in ("id", "matter_id", "c.matter_id")
        if record.PARENT != "id" and record.TABLE not in {*PEOPLE, "procedure_personkey"}:
            assert record.PARENT == "matter_id"
            assert "matter_id" not in nullable(record)


def test_every_dossiers_records_are_checked_here() -> None:
    known = {record.TABLE for record in RECORDS}
    of_domains = {record.TABLE for dossier in DOSSIERS.values() for record in dossier.RECORDS}
    assert {table for table in of_domains if not table.startswith("toy_")} <= known


@pytest.mark.parametrize(("table", "names"), [
    ("procedure_ledgerline", store.LEDGER), ("procedure_outboxmessage", store._OUTBOX),
    ("procedure_chainhead", ("chain_kind", "chain_id", "seq", "hash", "at")),
    ("procedure_act", ("act_id", "chain_kind", "chain_id", "seq", "at")),
])  # fmt: skip
def test_what_the_store_writes_by_name_exists_and_leaves_out_only_what_the_database_fills(
    table: str, names: tuple[str, ...]
) -> None:
    of_table = {f.column: f for f in TABLES[table]._meta.concrete_fields}
    assert set(names) <= set(of_table)
    for name in set(of_table) - set(names):
        assert of_table[name].null or of_table[name].has_db_default(), name


def sample(kind: Any) -> Any:
    return {int: 7, str: "字", bool: True, datetime: datetime.fromisoformat("2026-09-16T08:05:00.000001+08:00"),
            bytes: b"\x00\xff", date: date(2026, 9, 16), Json: [["甲", "乙"]]}[kind]  # fmt: skip


def as_json(value: Any) -> Any:
    """A value as the database's JSON says it."""
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return value.isoformat() if isinstance(value, (datetime, date)) else value


@pytest.mark.parametrize("record", RECORDS)
def test_a_row_comes_back_as_it_was(record: type[Record]) -> None:
    full = [sample(kind) for kind in kinds(record).values()]
    bare = [None if name in nullable(record) else sample(kind) for name, kind in kinds(record).items()]
    for values in (full, bare):
        assert from_row(record, [as_json(value) for value in values]) == record(*values)
