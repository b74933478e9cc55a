"""Texts stand by their matter (ADR 0032): what they may be is a type of the database; no index keeps two of one matter
from having one number, and yet none is written twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, connections
from psycopg import errors

import hotline.casework
from hotline.casework.fields import EARLIER, FIELDS
from hotline.casework.models import Text as Row
from hotline.casework.records import Text
from hotline.casework.seeking import FIELDS as SEARCHED
from hotline.casework.transitions.base import write_text
from hotline.casework.transitions.proposing import ABUSE, ENDING, REFUSAL, REVIEW, WITHDRAWAL
from hotline.procedure import store
from hotline.procedure.perform import Done, raw
from hotline.procedure.verify import verify
from hotline.procedure.world import IdBlocks, current
from support import line, many
from transitions.test_line_database import NOW, do, live_line, staff

ROOM = Path(hotline.casework.__file__).parent
PROPOSED = (REFUSAL, REVIEW, WITHDRAWAL, ENDING, ABUSE)
# Fields that the code does not name word for word where it writes them, by the name they have there.
BY_HAND = {
    ("intake.py", "COMMUNITY.name"): ("community",), ("attaching.py", "field"): ("material", "evidence"),
    ("proposing.py", "f'{what}_reason'"): tuple(f"{what}_reason" for what in PROPOSED),
    ("proposing.py", "f'{what}_because'"): tuple(f"{what}_because" for what in PROPOSED),
    ("publishing.py", "f'public_{name}'"): ("public_title", "public_question", "public_answer"),
}  # fmt: skip


def written() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every call of `write_text`: its file, how it says the field, and the fields that these words stand for."""
    for path in sorted(ROOM.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        near = [node for node in ast.walk(tree) if isinstance(node, ast.GeneratorExp)]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "write_text":
                mine = next((g.generators[0] for g in near if node in ast.walk(g)), None)
                yield path.name, ast.unparse(node.args[1]), _fields(path.name, node.args[1], mine)


def _fields(file: str, said: ast.expr, within: ast.comprehension | None) -> tuple[str, ...]:
    if isinstance(said, ast.Constant):
        return (said.value,)
    if (file, ast.unparse(said)) in BY_HAND:
        return BY_HAND[file, ast.unparse(said)]
    assert within is not None, (file, ast.unparse(said))
    names = ast.literal_eval(within.iter)
    if isinstance(said, ast.JoinedStr):
        before = said.values[0]
        assert isinstance(before, ast.Constant)
        return tuple(f"{before.value}{name}" for name in names)
    return tuple(names)


def test_every_field_that_a_card_writes_is_known_and_none_besides() -> None:
    calls = [*written()]
    assert len(calls) > 80
    assert {(file, said) for file, said, _ in calls} >= BY_HAND.keys()
    assert {name for _, _, names in calls for name in names} == FIELDS - EARLIER
    assert SEARCHED.keys() <= FIELDS


@pytest.mark.usefixtures("database")
def test_the_database_knows_the_same_fields() -> None:
    with connections["owner"].cursor() as cur:
        cur.execute("SELECT unnest(enum_range(NULL::casework_field))::text")
        assert {row[0] for row in cur.fetchall()} == FIELDS


def test_a_field_that_nobody_knows_is_refused(city: Any) -> None:
    with pytest.raises(ValueError, match="no field of texts: poem"):
        write_text(None, "poem", "……")  # type: ignore[arg-type]
    matter = live_line(until="register").chain.id
    with pytest.raises(DataError, match="poem"), connections["owner"].cursor() as cur:
        cur.execute("UPDATE casework_text SET field = 'poem' WHERE matter_id = %s", [matter])


def test_fields_are_read_and_asked_for_as_words(city: Any) -> None:
    matter = live_line(until="register").chain.id
    mine = Row.objects.filter(matter_id=matter)
    assert set(mine.values_list("field", flat=True)) == {"gist", "words", "record"}
    assert mine.filter(field="gist").count() == 1
    assert mine.filter(field__in=["gist", "words"]).count() == 2
    with connections["default"].connection.cursor(binary=True) as cur:
        cur.execute("SELECT field::text FROM casework_text WHERE matter_id = %s AND field = %s", [matter, "words"])
        assert cur.fetchall() == [("words",)]


def test_many_texts_are_written_where_the_database_takes_no_text_for_a_field(city: Any) -> None:
    """As in one that was restored from a dump, which leaves casts behind."""
    with connections["owner"].cursor() as cur:
        cur.execute("DROP CAST (text AS casework_field)")
    many.write(store.MANY, NOW, until="archive", after=50)
    live_line(NOW + timedelta(hours=1))
    assert Row.objects.count() > store.MANY * 5
    assert verify().ok


@pytest.fixture
def stale(city: Any) -> Iterator[tuple[Done, int]]:
    """A matter, and a process that would hand out a number it has: one from before its database came back from an
    earlier instant."""
    done = live_line(until="register")
    taken = min(Row.objects.filter(matter_id=done.chain.id).values_list("id", flat=True))
    world = current()
    ids, world.ids = world.ids, IdBlocks()
    world.ids._spare.append(taken)
    yield done, taken
    world.ids = ids


def accepted(done: Done) -> Any:
    return do(done, "accept", staff("operator"), {**line.forms(current().book)["accept"], "category": "手写的"}, NOW)


def test_a_number_that_the_matter_has_already_is_passed_by(stale: tuple[Done, int]) -> None:
    done, taken = stale
    last = max(Row.objects.filter(matter_id=done.chain.id).values_list("id", flat=True))
    accepted(done)
    assert min(Row.objects.filter(matter_id=done.chain.id, field="category").values_list("id", flat=True)) > last
    assert verify().ok


def test_a_number_given_out_twice_is_refused(stale: tuple[Done, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IdBlocks, "above", lambda *_: None)
    done, taken = stale
    before = Row.objects.count()
    with pytest.raises(ValueError, match=f"{taken} was given out twice"):
        accepted(done)
    assert Row.objects.count() == before
    assert verify().ok


def test_what_was_written_once_is_not_written_again(city: Any) -> None:
    """Its lines have a key, and go with its texts in one statement."""
    world, receiving = current(), many.a_unit()
    with raw().cursor() as cur:
        world.ids.refill(cur, many.IDS_EACH)
        _, entry = many.lived(world, receiving, 1, NOW, "complaint", "archive")
        store.write(cur, [entry])
        texts = Row.objects.count()
        again = store.Entry(entry.chain, entry.out, False)
        only = type(entry.out)([row for row in entry.out.inserts if isinstance(row, Text)], lines=entry.out.lines)
        for out in (again, store.Entry(entry.chain, only, False)):
            with pytest.raises(errors.UniqueViolation):
                store.write(cur, [out])
    assert Row.objects.count() == texts > 5
