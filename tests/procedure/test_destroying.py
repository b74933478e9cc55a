"""销毁记录: whoever destroys, it is noted, copied out once, and done again on an earlier state."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections
from psycopg import Rollback

from hotline.procedure import destroying, times
from hotline.procedure.perform import raw
from support import many


def owner(query: str, *values: Any) -> Any:
    with connections["owner"].cursor() as cur:
        cur.execute(query, values)
        return cur.fetchall() if cur.description else cur.rowcount


@pytest.fixture
def citizens(city: str) -> list[int]:
    many.write(2, times.now(), until="register")
    return [row[0] for row in owner("SELECT id FROM procedure_personkey ORDER BY id")]


def destroy(row: int) -> None:
    raw().execute("DELETE FROM procedure_personkey WHERE id = %s", (row,))


def test_it_is_copied_out_once_and_done_again(citizens: list[int], tmp_path: Path) -> None:
    kept = owner("SELECT * FROM procedure_personkey WHERE id = %s", citizens[0])[0]
    destroy(citizens[0])
    last = destroying.export(tmp_path)
    assert destroying.export(tmp_path) == last
    assert destroying.export(tmp_path, last) == last
    (note,) = destroying.read(tmp_path)
    assert (note.table, note.row_id, note.kept) == ("procedure_personkey", citizens[0], {})
    owner("INSERT INTO procedure_personkey VALUES (%s, %s, %s)", *kept)  # as a restore brings it back
    with connections["owner"].cursor() as cur:
        assert destroying.replay(cur, [note]) == 1
        assert destroying.replay(cur, [note]) == 0
    assert owner("SELECT id FROM procedure_personkey ORDER BY id") == [(citizens[1],)]


def test_what_is_rolled_back_is_not_noted(citizens: list[int], tmp_path: Path) -> None:
    with raw().transaction() as undone:
        destroy(citizens[0])
        raise Rollback(undone)
    assert destroying.export(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


def test_any_table_may_have_its_destructions_noted(citizens: list[int], tmp_path: Path) -> None:
    (row, matter, salt, body) = owner("SELECT id, matter_id, salt, body FROM casework_text ORDER BY id LIMIT 1")[0]
    owner("UPDATE casework_text SET salt = NULL, body = '（已匿名）' WHERE id = %s", row)
    destroying.export(tmp_path)
    (note,) = destroying.read(tmp_path)
    assert note.kept == {"salt": None, "body": "（已匿名）", "matter_id": matter}
    assert body not in (tmp_path / note.name).read_text()
    of_earlier = replace(note, kept={"salt": None, "body": "（已匿名）"})  # before rows were keyed by their matter
    of_another = replace(note, kept={**note.kept, "matter_id": matter + 1})
    for same in (note, of_earlier):
        owner("UPDATE casework_text SET salt = %s, body = %s WHERE id = %s", salt, body, row)
        with connections["owner"].cursor() as cur:
            assert [destroying.replay(cur, [one]) for one in (of_another, same, same)] == [0, 1, 0]
        assert owner("SELECT salt, body FROM casework_text WHERE id = %s", row) == [(None, "（已匿名）")]


def test_whoever_registered_is_told_after_a_restore(citizens: list[int], tmp_path: Path) -> None:
    heard: list[Any] = []
    tell = destroying.replayed(lambda notes, now: heard.append((notes, now)))
    try:
        destroy(citizens[1])
        destroying.export(tmp_path)
        notes, now = destroying.read(tmp_path), times.now()
        destroying.tell(notes, now)
    finally:
        destroying.AFTER.remove(tell)
    assert heard == [(notes, now)]


def test_a_forged_note_destroys_nothing(citizens: list[int], tmp_path: Path) -> None:
    destroy(citizens[0])
    destroying.export(tmp_path)
    (note,) = destroying.read(tmp_path)
    text = (tmp_path / note.name).read_text()
    other = tmp_path / note.name.replace("procedure_personkey", "casework_matter")
    other.write_text(text.replace("procedure_personkey", "casework_matter"))
    with connections["owner"].cursor() as cur, pytest.raises(destroying.NoSuchNote, match="casework_matter"):
        destroying.replay(cur, destroying.read(tmp_path))
    other.write_text(text)
    with pytest.raises(destroying.NoSuchNote, match="文件名不符"):
        destroying.read(tmp_path)
    other.write_text(json.dumps({"number": 1}))
    with pytest.raises(destroying.NoSuchNote, match="不是完好的"):
        destroying.read(tmp_path)


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.parametrize("change", ["DELETE FROM procedure_destroyed", "UPDATE procedure_destroyed SET row_id = 1",
                                    "TRUNCATE procedure_personkey"])  # fmt: skip
def test_notes_can_neither_be_changed_nor_avoided(city: str, alias: str, change: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied|只能追加"), connections[alias].cursor() as cur:
        cur.execute(change)
