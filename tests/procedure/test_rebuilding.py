"""另立: a table made anew in another order of columns is the same but for that order."""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from hotline.procedure import rebuilding, rewriting, roles
from hotline.procedure.verify import verify
from procedure import toy
from procedure.toy import ask

KINDS = importlib.import_module("hotline.procedure.migrations.0016_kinds_of_lines")
LEDGER = "procedure_ledgerline"
TABLES = """
CREATE TABLE made (id bigint NOT NULL, urgent boolean DEFAULT false NOT NULL, parent bigint,
    word text DEFAULT '无'::text, of_day date, share numeric(6,2),
    CONSTRAINT made_share CHECK (share >= 0)) WITH (fillfactor=80);
CREATE UNIQUE INDEX made_pkey ON made (id) WITH (fillfactor=100);
ALTER TABLE made ADD CONSTRAINT made_pkey PRIMARY KEY USING INDEX made_pkey;
ALTER TABLE made ADD CONSTRAINT made_word UNIQUE (word, of_day) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE made ADD CONSTRAINT made_parent FOREIGN KEY (parent) REFERENCES made (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX made_urgent ON made (of_day DESC, id) INCLUDE (word) WITH (fillfactor=70) WHERE urgent;
CREATE INDEX made_brin ON made USING brin (of_day) WITH (pages_per_range=16);
ALTER TABLE made ALTER COLUMN word SET STATISTICS 500;
CREATE TRIGGER append_only BEFORE TRUNCATE ON made FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
GRANT SELECT, INSERT ON made TO hotline_app; GRANT UPDATE (word) ON made TO hotline_app;
GRANT SELECT (of_day) ON made TO PUBLIC;
CREATE TABLE pointing (id bigint PRIMARY KEY, made_id bigint NOT NULL REFERENCES made ON DELETE CASCADE);
INSERT INTO made SELECT i, i % 2 = 0, nullif(i - 1, 0), 'w' || i, date '2026-11-01' + i, i / 3.0
    FROM generate_series(1, 9) i;
INSERT INTO pointing SELECT id, id FROM made;
"""
ORDER = ("id", "parent", "of_day", "urgent", "word", "share")


def hangs_on(table: str) -> dict[str, list[Any]]:
    """All that the catalogue says of a table but for the order of its columns."""
    return {
        "columns": ask(
            "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),"
            " a.attstattarget, a.attstorage, a.attcompression, a.attcollation, a.attacl::text FROM pg_attribute a"
            " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = %s::regclass"
            " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1", table, alias="owner"),
        "indexes": ask("SELECT indexdef FROM pg_indexes WHERE tablename = %s ORDER BY 1", table, alias="owner"),
        "constraints": ask(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
            " WHERE conrelid = %s::regclass OR confrelid = %s::regclass ORDER BY 1, 2", table, table, alias="owner"),
        "triggers": ask(
            "SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal ORDER BY 1", table, alias="owner"),
        "itself": ask(
            "SELECT reloptions::text, relowner::text, (SELECT array_agg(x::text ORDER BY x::text) FROM"
            " unnest(relacl) x)::text, relpersistence::text FROM pg_class WHERE oid = %s::regclass",
            table, alias="owner"),
    }  # fmt: skip


def names(table: str) -> list[str]:
    query = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum"
    return [row[0] for row in ask(query, table, alias="owner")]


@pytest.fixture
def made(room: None) -> dict[str, list[Any]]:
    with connections["owner"].cursor() as cur:
        cur.execute(TABLES)
    return hangs_on("made")


def rebuild(table: str, order: tuple[str, ...], **types: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cur:
        rebuilding.rebuild(cur, table, order, types)


def test_only_the_order_of_columns_is_another(made: dict[str, list[Any]]) -> None:
    rows = ask(f"SELECT {', '.join(ORDER)} FROM made", alias="owner")
    rebuild("made", ORDER)
    assert names("made") == list(ORDER)
    assert hangs_on("made") == made
    assert ask(f"SELECT {', '.join(ORDER)} FROM made", alias="owner") == rows
    assert ask("SELECT count(*) FROM pg_class WHERE relname = 'made_before'", alias="owner") == [(0,)]
    assert ask("SELECT reltuples FROM pg_class WHERE relname = 'made'", alias="owner") == [(9.0,)]
    with pytest.raises(IntegrityError), connections["owner"].cursor() as cur:
        cur.execute("INSERT INTO pointing VALUES (99, 99)")


def test_columns_by_width_leave_no_gap(made: dict[str, list[Any]]) -> None:
    with connections["owner"].cursor() as cur:
        assert rebuilding.by_width(cur, "made") == list(ORDER)
    width = "SELECT sum(pg_column_size(m.*)) FROM made m"
    before = ask(width, alias="owner")[0][0]
    rebuild("made", ORDER)
    assert ask(width, alias="owner")[0][0] < before


def test_a_column_may_take_another_type(made: dict[str, list[Any]]) -> None:
    rebuild("made", ORDER, share="double precision")
    assert ask("SELECT share FROM made WHERE id = 3", alias="owner") == [(1.0,)]
    rebuild("made", ORDER, share="numeric(6,2)")
    changed = {name: what for name, what in hangs_on("made").items() if name != "constraints"}
    assert changed == {name: what for name, what in made.items() if name != "constraints"}


@pytest.mark.parametrize("order", [ORDER[1:], (*ORDER, "more"), (*ORDER[1:], ORDER[1])])
def test_whoever_does_not_name_all_columns_changes_nothing(made: dict[str, list[Any]], order: tuple[str, ...]) -> None:
    with pytest.raises(rebuilding.Unfit):
        rebuild("made", order)
    assert hangs_on("made") == made


def test_what_it_cannot_make_again_it_refuses(made: dict[str, list[Any]]) -> None:
    with connections["owner"].cursor() as cur:
        cur.execute("ALTER TABLE made DISABLE TRIGGER append_only")
    with pytest.raises(rebuilding.Unfit, match="append_only"):
        rebuild("made", ORDER)


def back_and_forth(*ways: Any) -> None:
    with transaction.atomic(using="owner"):
        for way in ways:
            way(None, SimpleNamespace(connection=connections["owner"]))


@pytest.fixture
def as_text(room: None) -> dict[str, list[Any]]:
    """The ledger as procedure 0015 left it, with lines; what hung on it before."""
    toy.some_notes()
    now = hangs_on(LEDGER)
    back_and_forth(KINDS.as_text)
    return now


def all_lines() -> list[Any]:
    return ask(f"SELECT {', '.join(KINDS.ORDER)} FROM {LEDGER} ORDER BY chain_id, seq", alias="owner")


def test_the_ledger_goes_over_and_back_with_its_lines_as_they_were(
    as_text: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, known = all_lines(), {row[4] for row in all_lines()}
    assert names(LEDGER) == list(KINDS.BEFORE)
    assert ask("SELECT count(*) FROM pg_type WHERE typname = 'procedure_linekind'") == [(0,)]
    monkeypatch.setattr(KINDS, "KINDS", " ".join([*KINDS.KINDS.split(), *known]))
    back_and_forth(KINDS.enumerate_kinds)
    assert names(LEDGER) == list(KINDS.ORDER)
    assert hangs_on(LEDGER) == as_text
    assert all_lines() == lines
    with connections["owner"].cursor() as cur:
        assert (roles.missing_guards(cur), roles.differences(cur)) == ([], [])
    assert verify().ok
    connections["default"].close()  # whose statements know the type that was there
    toy.act(toy.AmendNote, toy.write(), toy.WRITER, body="后改的")
    assert verify().ok


def test_a_line_of_a_kind_that_nobody_knows_refuses_all(as_text: dict[str, list[Any]]) -> None:
    """The toy's words are not in the migration's list."""
    lines = all_lines()
    with pytest.raises(rewriting.Unlike, match="不认得的行类.*note_written.*数据库没有改动"):
        back_and_forth(KINDS.enumerate_kinds)
    assert all_lines() == lines
    assert names(LEDGER) == list(KINDS.BEFORE)
