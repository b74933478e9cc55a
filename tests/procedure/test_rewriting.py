"""改写: a ledger whose lines hold their text is carried over line by line, or nothing of it is."""

from __future__ import annotations

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

COLUMNS = ", ".join((*LineMeta._fields, "recorded_at", "hash"))
OLD = ", ".join((*rewriting._OLD, "recorded_at", "hash"))
EARLIER = f"""
CREATE TABLE earlier (LIKE procedure_ledgerline INCLUDING DEFAULTS);
ALTER TABLE earlier DROP COLUMN rest, DROP COLUMN vouched, DROP COLUMN sealed, ADD COLUMN text text NOT NULL;
INSERT INTO earlier ({OLD}, text) SELECT {OLD}, said FROM procedure_ledgerline
JOIN texts USING (chain_kind, chain_id, seq);
DROP TABLE procedure_ledgerline, texts;
ALTER TABLE earlier RENAME TO procedure_ledgerline;
ALTER TABLE procedure_ledgerline ADD CONSTRAINT procedure_ledgerline_pkey PRIMARY KEY (chain_id, chain_kind, seq);
"""


def all_lines() -> list[Any]:
    return ask(f"SELECT {COLUMNS} FROM procedure_ledgerline ORDER BY chain_id, chain_kind, seq", alias="owner")


@pytest.fixture
def earlier(room: None, owner: Any) -> list[Any]:
    """The ledger in its earlier shape; what it holds in the present one."""
    toy.some_notes()
    act(toy.LookAt, write("标题", phone="05570000000"), READER)
    lines = all_lines()
    owner.execute("CREATE TABLE texts (chain_kind int2, chain_id int8, seq int4, said text)")
    said = [(li.chain_kind, li.chain_id, li.seq, li.text) for li in (LineMeta(*row[:-2]) for row in lines)]
    owner.executemany("INSERT INTO texts VALUES (%s, %s, %s, %s)", said)
    owner.execute(EARLIER)
    return lines


def carry_over() -> None:
    with transaction.atomic(using="owner"):
        rewriting.carry_over(connections["owner"].connection)


def test_every_line_is_carried_over_as_it_was(earlier: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "BATCH", 3)
    carry_over()
    roles.secure(connections["owner"])
    assert all_lines() == earlier
    assert any(row[LineMeta._fields.index("sealed")] for row in earlier)
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


def test_people_are_told_in_their_language(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise rewriting.Unlike("各列与正文不符")

    monkeypatch.setattr("django.core.management.call_command", refuse)
    with pytest.raises(Complaint, match="各列与正文不符"):
        boot.migrate()
