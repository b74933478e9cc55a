"""反馈件的提示: whatever the rulebook, each says where it comes from and by which of its clauses; a good letter has none
that weigh, and what the reasons are for going back has a box each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.casework import quality
from hotline.casework.records import Contact
from hotline.rules import grounds
from hotline.surfaces.workbench.review.performing import reasons
from hotline.surfaces.workbench.shaping.review import KEYS
from support import line


def looked(name: str, **changed: object) -> quality.Looked:
    book = line.rulebook(name)
    dossier = line.lived(book, "file")
    order = dossier.orders[-1]
    letter = dossier.letter_of(order)
    assert letter is not None
    letter = replace(letter, **changed)  # type: ignore[arg-type]
    return quality.Looked(book, dossier, order, letter, line.NOW)


@pytest.mark.parametrize("name", line.BOOKS)
def test_a_hint_says_where_it_comes_from(name: str) -> None:
    at = looked(name, solved=False)
    found = quality.hints(at)
    assert found
    for hint in found:
        assert hint.said.endswith("。")
        assert hint.source
        assert not hint.clause or hint.clause in at.book.clauses
    assert any("没有提出按已解释办结" in hint.said for hint in found)


@pytest.mark.parametrize("name", line.BOOKS)
def test_a_call_after_the_letter_comes_first(name: str) -> None:
    at = looked(name)
    assert not any(hint.source == quality.CALLS for hint in quality.hints(at))
    first = at.dossier.all(Contact)[0]
    at.dossier.put(replace(first, id=first.id + 9000, at=at.letter.drafted_at + timedelta(minutes=1)))
    assert quality.hints(at)[0].source == quality.CALLS
    assert quality.hints(at)[0].clause == at.book.provision("repeat_contact").clause


@pytest.mark.parametrize("name", line.BOOKS)
def test_every_reason_has_a_box_and_a_key(name: str) -> None:
    book = line.rulebook(name)
    known = {ground.id for one in (grounds.elements(book, "send_back"), grounds.merits(book), grounds.bounces(book))
             for ground in one}  # fmt: skip
    assert {box.removeprefix("because_") for box in reasons(book)} == known
    assert len(known) <= len(set(KEYS)) == len(KEYS)
