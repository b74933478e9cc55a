"""库内权限与触发器: the application may only append to the ledger; even the owner is refused by the triggers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from psycopg import errors

from hotline.procedure import roles, sealing
from procedure import toy
from procedure.toy import NOW, ask

pytestmark = pytest.mark.usefixtures("filled")

CHANGES = [
    "UPDATE {} SET {} = {}",
    "DELETE FROM {}",
    "TRUNCATE {}",
]
APPEND_ONLY = [("procedure_ledgerline", "kind"), ("procedure_seal", "chains"), ("procedure_installation", "born")]


def refused(alias: str, statement: str) -> str:
    """The refusal of a statement as that role, in the server's words."""
    with connections[alias].cursor() as cur, pytest.raises(Exception) as caught:  # noqa: PT011
        cur.execute(statement)
    cause = caught.value.__cause__ or caught.value
    assert isinstance(cause, errors.InsufficientPrivilege), cause
    return str(cause)


@pytest.fixture(scope="module")
def filled(module_room: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Something to tamper with."""
    toy.some_notes(1)
    sealing.seal(NOW.date(), tmp_path_factory.mktemp("seals"), NOW)


@pytest.mark.parametrize(("table", "column"), APPEND_ONLY)
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_is_refused_by_its_rights(change: str, table: str, column: str) -> None:
    assert "permission denied" in refused("default", change.format(table, column, column))


@pytest.mark.parametrize(("table", "column"), APPEND_ONLY)
@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_is_refused_by_the_triggers(change: str, table: str, column: str) -> None:
    value = "'real'" if column == "born" else column
    said = refused("owner", change.format(table, column, value))
    assert "只能追加" in said or "不能更改" in said


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedure_ledgerline SET kind = kind WHERE false",
        "DELETE FROM procedure_ledgerline WHERE false",
        "INSERT INTO procedure_ledgerline SELECT * FROM procedure_ledgerline"
        " ON CONFLICT (chain_kind, chain_id, seq) DO UPDATE SET kind = 'closed'",
    ],
)
def test_no_way_round_for_the_owner(statement: str) -> None:
    refused("owner", statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM procedure_chainhead",
        "TRUNCATE procedure_chainhead",
        "UPDATE procedure_chainhead SET chain_id = chain_id",
        "UPDATE procedure_act SET seq = seq",
        "TRUNCATE procedure_act",
        "UPDATE procedure_installation SET key_check = NULL",
        "UPDATE procedure_rulebookversion SET content_hash = ''",
        "DELETE FROM toy_note",
        "TRUNCATE toy_note",
        "SELECT setval('procedure_ids', 1)",
        "ALTER TABLE procedure_ledgerline DISABLE TRIGGER ALL",
        "ALTER SEQUENCE procedure_ids RESTART",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "DELETE FROM django_migrations",
    ],
)
def test_what_else_the_application_may_not(statement: str) -> None:
    refused("default", statement)


def test_what_the_application_needs() -> None:
    with connections["default"].cursor() as cur:
        cur.execute("SELECT nextval('procedure_ids')")
        cur.execute("DELETE FROM procedure_outboxmessage")
        cur.execute("DELETE FROM procedure_personkey")
        cur.execute("DELETE FROM procedure_act")
        cur.execute("UPDATE procedure_chainhead SET seq = seq, hash = hash, at = at, sealed_seq = sealed_seq")
        cur.execute("UPDATE procedure_installation SET simulated_now = simulated_now")


def rights() -> list[Any]:
    """All rights on tables and columns."""
    tables = "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
    columns = "SELECT attrelid, attname, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL ORDER BY 1, 2"
    return ask(tables) + ask(columns)


def test_securing_again_changes_nothing() -> None:
    before = rights()
    with connections["owner"].cursor() as cur:
        cur.execute("GRANT ALL ON procedure_ledgerline TO hotline_app")
    assert rights() != before
    roles.secure(connections["owner"])
    assert rights() == before


def test_no_table_of_a_record_may_be_deleted_from() -> None:
    from hotline.procedure.world import DOSSIERS

    roles._import_dossiers()
    tables = {record.TABLE for dossier in DOSSIERS.values() for record in dossier.RECORDS} - {"procedure_personkey"}
    assert {"toy_note", "casework_matter", "network_unit"} <= tables
    may = ask("SELECT t, has_table_privilege(t, 'DELETE') FROM unnest(%s::text[]) t", sorted(tables))
    assert {table for table, allowed in may if allowed} == set()


def test_when_a_line_was_recorded_is_the_databases_own_clock() -> None:
    [(first, last, distinct)] = ask(
        "SELECT min(recorded_at), max(recorded_at), count(DISTINCT recorded_at) FROM procedure_ledgerline"
    )
    assert first <= last <= ask("SELECT clock_timestamp()")[0][0]
    assert distinct > 1


def test_numbers_come_in_blocks_of_a_thousand() -> None:
    [(rest, step)] = ask("SELECT nextval('procedure_ids') %% 1000, nextval('procedure_ids') - nextval('procedure_ids')")
    assert (rest, step) == (0, -1000)


def test_nothing_is_indexed_twice_on_the_ledger() -> None:
    """Its key; and by its instant a few pages for the whole of it."""
    found = ask("SELECT indexdef FROM pg_indexes WHERE tablename = 'procedure_ledgerline' ORDER BY 1")
    of = [row[0].split(" USING ")[1].split(")")[0] for row in found]
    assert of == ["brin (at", "btree (chain_id, chain_kind, seq"]
