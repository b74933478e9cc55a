"""修改记录: the operator's record is put right, the first version stays (四（一）段1)."""

from __future__ import annotations

from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Contact, Text
from hotline.casework.transitions.intake import record_of
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

OPERATOR, CITIZEN = line.actor("operator"), line.actor("citizen")


def form(book: Rulebook, **fields: str) -> dict[str, Any]:
    return {**line.forms(book)["amend_record"], **fields}


def amend(book: Rulebook, dossier: MatterDossier, **fields: str) -> Any:
    return line.act(dossier, "amend_record", OPERATOR, form(book, **fields), line.NOW, book)


def contact(dossier: MatterDossier) -> Contact:
    return dossier.all(Contact)[0]


@pytest.mark.clause("四（一）段1")
def test_the_first_version_stays_and_each_is_vouched_for(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    first_record, first_words = contact(dossier).record_id, dossier.matter.words_id
    out = amend(book, dossier, words="楼下的路灯坏了四个月。")
    second = contact(dossier).record_id
    amend(book, dossier, place="某小区西门", words="楼下的路灯坏了五个月。")
    place = [record_of(dossier.body(id_))[0]["place"] for id_ in (first_record, second, contact(dossier).record_id)]
    assert place == ["某小区", "某小区东门", "某小区西门"]
    assert contact(dossier).first_record_id == first_record
    assert dossier.matter.first_words_id == first_words
    words = [text.body for text in dossier.all(Text) if text.field == "words"]
    assert words == ["楼下的路灯坏了三个月。", "楼下的路灯坏了四个月。", "楼下的路灯坏了五个月。"]
    written = read(out.lines[0].text)
    assert written.facts[:3] == (first_record, second, first_words)
    assert {id_ for id_, _ in written.texts} == {second, written.facts[3], written.facts[4]}
    assert "东门" not in out.lines[0].text
    assert out.lines[0].person_id == OPERATOR.person_id


@pytest.mark.clause("四（一）段1")
def test_what_a_citizen_wrote_is_not_amended(book: Rulebook) -> None:
    dossier = line.newborn()
    line.act(dossier, "register", CITIZEN, {**line.forms(book)["register"], "channel": "web"}, line.NOW, book)
    clause = book.provision("elements").clause
    wrong = line.problems(dossier, "amend_record", OPERATOR, form(book, words="别的话"), line.NOW, book)
    assert line.said(wrong) == [("words", clause)]
    amend(book, dossier)  # the elements are the operator's
    assert record_of(dossier.body(contact(dossier).record_id))[0]["place"] == "某小区东门"


def test_something_must_be_otherwise_and_said_why(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    clause = book.provision("elements").clause
    same = line.problems(dossier, "amend_record", OPERATOR, form(book, place="某小区"), line.NOW, book)
    assert line.said(same) == [("", clause)]
    unsaid = line.problems(dossier, "amend_record", OPERATOR, form(book, reason=""), line.NOW, book)
    assert [p.field for p in unsaid] == ["reason"]


def test_the_unit_that_handles_it_is_told_and_no_date_moves(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    before = dossier.orders[0]
    out = amend(book, dossier)
    assert [(m.template, m.to_kind, m.to_id) for m in out.messages] == [("record_amended", "unit", line.UNIT.id)]
    assert dossier.orders[0] == before
    assert amend(book, line.lived(book, "accept")).messages == []


def test_what_is_completed_at_acceptance_keeps_the_citizens_version_too(book: Rulebook) -> None:
    dossier = line.newborn()
    given = {**line.forms(book)["register"], "channel": "web", "place": ""}
    line.act(dossier, "register", CITIZEN, given, line.NOW, book)
    first = contact(dossier).record_id
    line.act(dossier, "accept", OPERATOR, {**line.forms(book)["accept"], "place": "东门"}, line.NOW, book)
    assert contact(dossier).first_record_id == first
    assert record_of(dossier.body(first))[0]["place"] == ""
