"""反馈件的附文: one text of a new letter, three of one of before; read alike by everybody, forgotten alike."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.casework import handing_out, letter_texts
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, Letter, Text
from hotline.casework.redacting import FORGOTTEN
from hotline.casework.transitions.base import letter_facts_of
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.rules.book import Rulebook
from hotline.surfaces.workbench.shaping import starts
from support import line

SAID = "住户说三楼的灯管换过两次还是不亮"
INSPECTOR, CLERK = line.actor("inspector"), line.actor("clerk")


def of_before(dossier: MatterDossier) -> MatterDossier:
    """The same letter as the version before wrote it."""
    (letter,) = dossier.all(Letter)
    also = letter_texts.beside(dossier.body, letter)
    notes = {name: getattr(also, name) for name in ("citations", "no_citation_reason", "publish_reason")}
    bodies = {"notes_id": json.dumps(notes, ensure_ascii=False), "contact_summary_id": also.contact_summary,
              "signature_id": "\n".join(also.signature[name] for name in letter_texts.SIGNATURE)}  # fmt: skip
    for number, (column, body) in enumerate(bodies.items(), 9_100):
        dossier.put(Text(number, dossier.chain.id, column.removesuffix("_id"), body, b"salt"))
        letter = replace(letter, **{column: number})
    dossier.put(letter)
    return dossier


def drafted(book: Rulebook, until: str = "draft_reply") -> MatterDossier:
    return line.lived(book, until, draft_reply={"contact_summary": SAID, "publish_reason": "涉及住户"})


def test_a_draft_writes_four_texts(book: Rulebook) -> None:
    dossier = drafted(book)
    texts = dossier.lines[-1].read().texts
    assert [dossier.get(Text, number).field for number, _ in texts] == ["reply", "answer", "publishable", "notes"]
    (letter,) = dossier.all(Letter)
    assert (letter.signature_id, letter.contact_summary_id) == (None, None)


def test_a_letter_of_before_reads_as_it_did(book: Rulebook) -> None:
    new, old = drafted(book), of_before(drafted(book))
    (here,), (before,) = new.all(Letter), old.all(Letter)
    assert before.signature_id != here.signature_id
    assert letter_texts.beside(old.body, before) == letter_texts.beside(new.body, here)
    assert letter_facts_of(old, before) == letter_facts_of(new, here)
    cases = [Case(REGISTRY["draft_reply"], dossier, dossier.orders[-1], CLERK, line.NOW, book, line.tools())
             for dossier in (old, new)]  # fmt: skip
    assert starts._letter(cases[0], before) == starts._letter(cases[1], here)


@pytest.mark.parametrize("before", [False, True])
def test_what_was_said_with_the_caller_is_handed_out_and_forgotten_whole(before: bool) -> None:
    book = line.rulebook("suzhou-2018")
    dossier = drafted(book, "archive")
    if before:
        of_before(dossier)
    (citizen,) = dossier.all(Citizen)
    assert f"沟通情况：{SAID}" in handing_out.one_matter(dossier, book, citizen.id)
    dossier.put(replace(next(text for text in dossier.all(Text) if text.field == "answer"), body=f"已答复：{SAID}。"))
    form = {**line.forms(book)["anonymise"], "also": ""}
    tools = line.tools(ids=line.Counter(20_000), elsewhere=0)
    line.act(dossier, "anonymise", INSPECTOR, form, line.NOW, book, tools)
    also = letter_texts.beside(dossier.body, dossier.all(Letter)[0])
    assert also.contact_summary == FORGOTTEN
    assert also.signature["responsible_name"] == line.forms(book)["draft_reply"]["responsible_name"]
    assert also.citations
    assert not [text for text in dossier.all(Text) if SAID in text.body]


@given(st.dictionaries(st.sampled_from(letter_texts.SIGNATURE), st.text(st.characters(exclude_characters="\n\r"))),
       st.text(), st.lists(st.tuples(st.text(), st.text())))  # fmt: skip
def test_what_is_written_is_read(signed: dict[str, str], said: str, cited: list[tuple[str, str]]) -> None:
    form: dict[str, Any] = {**signed, "citations": cited, "no_citation_reason": "", "publish_reason": said,
                            "contact_summary": said}  # fmt: skip
    body = letter_texts.written(form)
    letter = Letter(*[1] * 8, None, 2, *[""] * 2, None, *[""] * 4)  # type: ignore[arg-type]
    also = letter_texts.beside({None: "", 2: body}.__getitem__, letter)
    assert also.signature == {**dict.fromkeys(letter_texts.SIGNATURE, ""), **signed}
    assert (also.publish_reason, also.contact_summary, letter_texts.said_with(body)) == (said, said, said)
    assert [tuple(row) for row in letter_texts.cited(body)] == cited


@pytest.mark.parametrize("body", ["", FORGOTTEN, "[]", "3"])
def test_a_text_that_was_taken_away_says_nothing(body: str) -> None:
    assert letter_texts.cited(body) == []
    assert letter_texts.said_with(body) == ""
