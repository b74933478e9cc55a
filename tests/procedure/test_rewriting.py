"""改写: a ledger whose lines hold their text is carried over line by line, or nothing of it is."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.db import connections, transaction

from hotline.config import boot
from hotline.config.complaint import Complaint
from hotline.procedure import rewriting, roles
from hotline.procedure.ledger import LineMeta
from hotline.procedure.verify import verify
from procedure import toy
from procedure.toy import READER, act, ask, write

COLUMNS = ", ".join((*LineMeta.COLUMNS, "recorded_at", "hash"))
# As procedure 0008 left it: each line with its text, and typed columns beside it.
EARLIER = """
DROP TABLE procedure_ledgerline;
CREATE TABLE procedure_ledgerline (
    chain_id bigint NOT NULL, at timestamptz NOT NULL, recorded_at timestamptz DEFAULT clock_timestamp() NOT NULL,
    subject_id bigint, person_id bigint, for_person_id bigint, post_id bigint, unit_id bigint, due_at timestamptz,
    seq integer NOT NULL, chain_kind smallint NOT NULL, round smallint, on_time boolean, kind text NOT NULL,
    kind_of text, hash bytea NOT NULL, text text NOT NULL, PRIMARY KEY (chain_id, chain_kind, seq)
);
"""
ORDER = importlib.import_module("hotline.procedure.migrations.0016_kinds_of_lines").ORDER
INTO = (*rewriting._OLD, "recorded_at", "hash", "text")
PUT = f"INSERT INTO procedure_ledgerline ({', '.join(INTO)}) VALUES ({', '.join(['%s'] * len(INTO))})"


def all_lines() -> list[Any]:
    return ask(f"SELECT {COLUMNS} FROM procedure_ledgerline ORDER BY chain_id, chain_kind, seq", alias="owner")


@pytest.fixture
def earlier(room: None, owner: Any) -> list[Any]:
    """The ledger in its earlier shape; what it holds in the present one."""
    toy.some_notes()
    act(toy.LookAt, write("标题", phone="05570000000"), READER)
    lines = all_lines()
    owner.execute(EARLIER)
    rows = [(LineMeta(*row[:-2]), *row[-2:]) for row in lines]
    owner.executemany(PUT, [(*(getattr(li, name) for name in rewriting._OLD), *more, li.text) for li, *more in rows])
    return lines


def carry_over() -> None:
    """As the migrations do it, one after the other."""
    with transaction.atomic(using="owner"):
        rewriting.carry_over(connections["owner"].connection)
    with transaction.atomic(using="owner"):
        rewriting.pack(connections["owner"].connection)
    kinds = ask("SELECT string_agg(k::text, ' ') FROM unnest(enum_range(NULL::procedure_linekind)) k", alias="owner")
    with connections["owner"].cursor() as cur:
        cur.execute("DROP TYPE procedure_linekind")
    with transaction.atomic(using="owner"):
        rewriting.enumerate_kinds(connections["owner"], kinds[0][0].split(), ORDER)


def test_every_line_is_carried_over_as_it_was(earlier: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "BATCH", 3)
    carry_over()
    roles.secure(connections["owner"])
    assert all_lines() == earlier
    assert "procedure_ledgerline_old" not in str(ask("SELECT relname FROM pg_class", alias="owner"))
    assert any(LineMeta(*row[:-2]).read().sealed for row in earlier)
    assert verify().ok
    with connections["owner"].cursor() as cur:
        assert roles.missing_guards(cur) == []
        assert roles.differences(cur) == []
    act(toy.LookAt, earlier[0][-3], READER)
    assert verify().ok


@pytest.mark.parametrize("change", [
    "person_id = 99", "due_at = due_at + interval '1 microsecond'", "text = replace(text, '[2,', '[1,')", "text = '{}'",
    "text = text || ' '", "text = replace(text, '\"note_', '\"nota_')", "seq = 77",
])  # fmt: skip
def test_a_line_that_does_not_give_its_text_back_refuses_all(earlier: list[Any], change: str) -> None:
    with connections["owner"].cursor() as cur:
        cur.execute(f"UPDATE procedure_ledgerline SET {change} WHERE chain_id = %s AND seq = 2", [earlier[0][-3]])
    with pytest.raises(rewriting.Unlike, match="数据库没有改动"):
        carry_over()
    assert len(ask("SELECT text FROM procedure_ledgerline", alias="owner")) == len(earlier)


@pytest.mark.parametrize("change", [
    "rest = replace(rest, 'writer', '\"writer\"')", "rest = ''", "vouched = '\\x01'", "sealed = ''",
])  # fmt: skip
def test_a_line_spelled_otherwise_refuses_all(earlier: list[Any], change: str) -> None:
    """As procedure 0009 left it: what the ledger does not say like this is not carried on in its name."""
    with transaction.atomic(using="owner"):
        rewriting.carry_over(connections["owner"].connection)
    with connections["owner"].cursor() as cur:
        cur.execute("ALTER TABLE procedure_ledgerline DISABLE TRIGGER ALL")
        cur.execute(f"UPDATE procedure_ledgerline SET {change} WHERE chain_id = %s AND seq = 2", [earlier[0][-3]])
    with pytest.raises(rewriting.Unlike, match="第 2 行"), transaction.atomic(using="owner"):
        rewriting.pack(connections["owner"].connection)
    assert len(ask("SELECT vouched FROM procedure_ledgerline", alias="owner")) == len(earlier)


def test_people_are_told_in_their_language(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise rewriting.Unlike("各列与正文不符")

    monkeypatch.setattr("django.core.management.call_command", refuse)
    with pytest.raises(Complaint, match="各列与正文不符"):
        boot.migrate()
