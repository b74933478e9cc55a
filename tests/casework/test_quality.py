"""反馈件的提示: whatever the rulebook, each says where it comes from and by which of its clauses; a good letter has none
that weigh, and what the reasons are for going back has a box each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.casework import quality
from hotline.casework.records import Contact, Text
from hotline.casework.transitions.base import letter_facts_of
from hotline.rules import follow_up, grounds, letters, publication
from hotline.surfaces.workbench.review.performing import reasons
from hotline.surfaces.workbench.shaping.review import KEYS, states
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


def provoked(name: str) -> list[quality.Looked]:
    """Letters that between them bring about every hint that is about an element; in one each that lacks every text."""
    at = looked(name, solved=False, satisfaction=follow_up.grades(line.rulebook(name))[-1], contact_means="上门")
    texts = {"notes_id": json.dumps({"no_citation_reason": "现场处理，无需引用"}), "answer_id": "好。",
             "reply_id": at.text("answer")}
    signed = letter_facts_of(at.dossier, at.letter)
    texts["publishable_id"] = "找" + "".join(str(signed[f]) for f in publication.masked_fields(at.book))
    found = [at]
    for number, (column, body) in enumerate(texts.items(), 9_500):
        at.dossier.put(Text(number, at.dossier.chain.id, column, body, None))
        found.append(replace(at, letter=replace(at.letter, **{column: number})))
    at.dossier.put(replace(at.dossier.all(Contact)[0], id=9_600, at=at.letter.drafted_at + timedelta(minutes=1)))
    words = at.dossier.find(Text, at.dossier.matter.words_id or 0)
    assert words is not None
    at.dossier.put(replace(words, body="路灯什么时候修？修不好找谁？"))
    lacking = {column: None for column in texts}
    return [*found, replace(at, letter=replace(at.letter, satisfaction="", contact_means="", **lacking))]


@pytest.mark.parametrize("name", line.BOOKS)
def test_no_hint_stands_beside_an_element_that_is_simply_there(name: str) -> None:
    """Over all pairs of a hint and an element: what a hint is about is looked at, or missing, and says why."""
    told: set[str] = set()
    for at in provoked(name):
        facts = letter_facts_of(at.dossier, at.letter)
        found, lacking = states(at, facts), {one.field for one in letters.missing(at.book, facts)}
        hinted = {field for hint in quality.hints(at) for field in hint.about}
        for field in letters.fields(at.book):
            expected = "缺" if field in lacking else "看" if field in hinted or field == "responds_to_request" else "有"
            assert (field, found[field]) == (field, expected)
        for hint in quality.hints(at):
            assert bool(hint.about) == bool(hint.note), hint
            assert hint.about or hint.source == quality.DATES, hint
            told |= set(hint.about)
    asked = {"citations", "answer", "reply", "satisfaction", "solved", "publishable", "responds_to_request"}
    assert told & letters.fields(line.rulebook(name)).keys() >= asked & letters.fields(line.rulebook(name)).keys()
