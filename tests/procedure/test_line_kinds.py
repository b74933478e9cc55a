"""行类: the database knows every word by which a line may say of what sort it is; another one is never written."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.db import DataError, connections

from hotline.config import boot, wiring
from hotline.config.complaint import Complaint
from hotline.procedure import card, line_kinds
from hotline.procedure.card import Line
from hotline.procedure.perform import Subject, perform_many
from hotline.procedure.store import MANY
from hotline.procedure.verify import verify
from procedure import toy
from procedure.toy import ask, write

FROZEN = importlib.import_module("hotline.procedure.migrations.0016_kinds_of_lines").KINDS.split()


def labels() -> list[str]:
    return [row[0] for row in ask("SELECT k::text FROM unnest(enum_range(NULL::procedure_linekind)) AS k")]


def test_every_line_that_a_card_may_write_is_in_the_type(database: str) -> None:
    wiring.import_cards()
    with connections["owner"].cursor() as cur:
        assert line_kinds.unheard(cur) == []
    assert set(labels()) >= {one.ledger.kind for one in card.REGISTRY.values()} > set()


def test_the_list_of_the_migration_is_in_order_and_says_nothing_twice() -> None:
    assert sorted(set(FROZEN)) == FROZEN


def test_a_city_whose_database_lacks_a_verbs_word_does_not_start(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(card.LINES, "handed_to_nobody", toy.WriteNote)
    with pytest.raises(Complaint, match="不认得这些行类：handed_to_nobody。"):
        boot.migrate()
    with connections["owner"].cursor() as cur:
        cur.execute("ALTER TYPE procedure_linekind ADD VALUE 'handed_to_nobody'")
    boot.migrate()


TABLES = "procedure_ledgerline", "procedure_act", "toy_note", "procedure_outboxmessage"


def written() -> list[Any]:
    return [ask(f"SELECT count(*) FROM {table}") for table in TABLES]


def test_a_word_the_type_does_not_know_is_refused_and_nothing_is_written(
    room: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("先写的")
    before = written()
    monkeypatch.setattr(toy.WriteNote, "ledger", Line("note_unheard_of", ("title_length",)))
    with pytest.raises(Exception, match='invalid input value for enum procedure_linekind: "note_unheard_of"'):
        write("后写的")
    assert written() == before
    assert verify().ok


def test_the_same_of_many_lines_in_one_array(room: None, monkeypatch: pytest.MonkeyPatch) -> None:
    subjects = [Subject(toy.CHAIN, write(f"第{i}张").chain.id) for i in range(MANY + 1)]
    before = written()
    ticked = toy.Tick.ledger
    monkeypatch.setattr(toy.Tick, "ledger", Line("note_unheard_of"))
    many = perform_many(toy.Tick, subjects, {}, actor=toy.CLOCK, now=toy.NOW)
    assert (many.performed, len(many.aside), written()) == (0, len(subjects), before)
    monkeypatch.setattr(toy.Tick, "ledger", ticked)
    assert perform_many(toy.Tick, subjects, {}, actor=toy.CLOCK, now=toy.NOW).performed == len(subjects)
    assert verify().ok


def test_a_kind_is_asked_for_as_a_text_was(room: None) -> None:
    from hotline.procedure.models import LedgerLine

    toy.some_notes()
    lines = LedgerLine.objects.filter(kind__in=["note_written", "note_passed"]).exclude(kind="note_passed")
    kinds: Any = list(lines.values_list("kind", flat=True))
    assert set(kinds) == {"note_written"}
    assert lines.filter(kind="note_written").count() == len(kinds)
    with pytest.raises(DataError, match="never_said"):
        lines.filter(kind="never_said").count()
