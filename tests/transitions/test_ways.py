"""直办 (四（二）2), 呈办 (四（二）4), 督查 (二段2): the other ways of handling, and the office's own look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.rules import ways
from hotline.rules.book import Rulebook
from support import line

OPERATOR, DISPATCHER, LEADER, SUPERVISOR = (
    line.actor(role) for role in ("operator", "dispatcher", "leader", "supervisor")
)


def asked(book: Rulebook) -> MatterDossier:
    """A question taken, of a kind that may be put through."""
    return line.lived(book, "accept", kind=book.provision("connecting").values["kinds"][0])


def connect(book: Rulebook, dossier: MatterDossier, now: Any = line.NOW, **form: str) -> WriteSet:
    return line.act(dossier, "connect", OPERATOR, {**line.forms(book)["connect"], **form}, now, book)


@pytest.mark.clause("四（二）2a", "四（二）2c")
def test_what_the_unit_answered_in_the_call_is_written_down_and_closes_the_matter(book: Rulebook) -> None:
    dossier = asked(book)
    out = connect(book, dossier)
    assert [li.kind for li in out.lines] == ["connected", "answered_in_call", "closed"]
    assert dossier.body(dossier.matter.told_id) == "当场说清了"
    assert read(out.lines[0].text).facts[0] == line.UNIT.id


@pytest.mark.clause("四（二）2c")
def test_whoever_was_not_reached_is_dispatched_to_instead(book: Rulebook) -> None:
    dossier = asked(book)
    assert [li.kind for li in connect(book, dossier, outcome="not_reached", answer="").lines] == ["connected"]
    assert dossier.matter.status == "accepted"
    line.act(dossier, "dispatch", DISPATCHER, line.forms(book)["dispatch"], line.NOW, book)
    assert dossier.matter.status == "in_hand"


@pytest.mark.clause("四（二）2b")
def test_nobody_is_put_through_outside_office_hours(book: Rulebook) -> None:
    night = line.NOW + timedelta(hours=10)
    refused = line.refused(asked(book), "connect", OPERATOR, line.forms(book)["connect"], night, book)
    assert (refused.step, refused.verdict.clause) == ("guard", book.provision("connecting").clause)


@pytest.mark.clause("四（二）2b")
def test_a_complaint_is_not_put_through(book: Rulebook) -> None:
    form = line.forms(book)["connect"]
    assert line.refused(line.lived(book, "accept"), "connect", OPERATOR, form, line.NOW, book).step == "guard"


@pytest.mark.clause("四（二）2a")
@pytest.mark.parametrize(("field", "value"), [("unit", ""), ("means", "飞鸽"), ("outcome", ""), ("answer", "")])
def test_a_call_names_unit_means_outcome_and_answer(book: Rulebook, field: str, value: str) -> None:
    form = {**line.forms(book)["connect"], field: value}
    wrong = line.said(line.problems(asked(book), "connect", OPERATOR, form, line.NOW, book))
    assert [name for name, _ in wrong] == [field]


def submitted(book: Rulebook) -> MatterDossier:
    dossier = line.lived(book, "accept")
    line.act(dossier, "submit", DISPATCHER, line.forms(book)["submit"], line.NOW, book)
    return dossier


@pytest.mark.clause("四（二）4a", "四（二）4b")
def test_a_matter_of_weight_goes_to_the_leaders_with_an_opinion_and_comes_back_with_an_instruction(
    book: Rulebook,
) -> None:
    dossier = submitted(book)
    assert dossier.matter.status == "submitted"
    out = line.act(dossier, "instruct", LEADER, {"instruction": "请住建牵头"}, line.NOW, book)
    written = read(out.lines[0].text)
    assert dossier.body(written.facts[0]) == "请住建牵头"
    assert written.clauses[0] == here(book, suzhou="四（二）4", example="第11条第4款")
    assert dossier.matter.status == "accepted"


@pytest.mark.clause("五（四）c", "R-10")
def test_what_was_submitted_is_signed_by_the_head_alone(book: Rulebook) -> None:
    dossier = line.lived(book, "draft_reply")
    dossier = line.changed(dossier, dossier.matter, submitted_at=line.NOW)
    deputy, head = line.actor("deputy"), line.actor("head")
    assert line.refused(dossier, "sign_off", deputy, {}, line.NOW, book).step == "guard"
    line.act(dossier, "sign_off", head, {}, line.NOW, book)
    assert dossier.orders[0].status == "signed_off"


def test_leaders_reach_only_what_was_submitted_to_them(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    dossier = line.changed(dossier, dossier.matter, status="submitted")
    assert line.refused(dossier, "instruct", LEADER, {"instruction": "好"}, line.NOW, book).step == "reach"


@pytest.mark.clause("四（二）段1")
def test_all_four_ways_are_there_for_a_matter_taken(book: Rulebook) -> None:
    dossier, form = asked(book), line.forms(book)
    offered = {"answer_at_once": OPERATOR, "connect": OPERATOR, "dispatch": DISPATCHER, "submit": DISPATCHER}
    assert set(offered) == {way.id for way in ways.ways(book)}
    form["answer_at_once"] = {"answer": "可以在窗口办", "policy": "某办法"}
    for verb, who in offered.items():
        line.act(line.copy(dossier), verb, who, form[verb], line.NOW, book)


@pytest.mark.clause("二段2")
def test_the_office_looks_into_a_matter_in_hand_and_tells_the_unit(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    out = line.act(dossier, "inspect", SUPERVISOR, line.forms(book)["inspect"], line.NOW, book)
    finding, demand = read(out.lines[0].text).facts
    assert (dossier.body(finding), dossier.body(demand)) == ("三天没有动静", "今天报来")
    assert [(m.template, m.to_id) for m in out.messages] == [("inspected", line.UNIT.id)]
    assert dossier.matter.status == "in_hand"
