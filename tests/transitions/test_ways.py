"""直办 (四（二）2), 督查 (二段2): connecting, and the office's own look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.knowledge.cited import Cited
from hotline.knowledge.records import Citation
from hotline.network.roles import Role
from hotline.procedure.card import REGISTRY
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.rules import ways
from hotline.rules.book import Rulebook
from support import line

OPERATOR, DISPATCHER, SUPERVISOR = (line.actor(role) for role in ("operator", "dispatcher", "supervisor"))


# The acts that the cities' texts name, and the verb by which somebody does each.
ACTS = {"受理": "accept", "交办": "dispatch", "督办": "supervise", "回访": "follow_up", "调查": "record_investigation",
        "审核": "approve", "监察": "inspect", "公开": "publish",
        "收件": "accept", "派件": "dispatch", "跟办": "supervise", "查核": "inspect"}  # fmt: skip


@pytest.mark.clause("一段2c")
def test_every_act_of_the_platform_is_a_verb_of_its_people(book: Rulebook) -> None:
    for act in book.provision("centres").values["acts"]:
        card = REGISTRY[ACTS[act]]
        assert card.provision(book).clause in book.clauses, act
        assert not set(card.by) & {Role.SYSTEM, Role.CLOCK}, act


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
    unit_id, _, _, why, who, answer, cites = read(out.lines[0].text).facts
    assert (unit_id, answer, list(cites)) == (line.UNIT.id, dossier.matter.told_id, [])
    assert (dossier.body(why), dossier.body(who)) == ("要查当年的档案", "窗口甲")


@pytest.mark.clause("四（二）2c", "R-38")
def test_what_was_answered_in_the_call_cites_what_is_in_force(book: Rulebook) -> None:
    dossier, kit = asked(book), line.tools(unit=line.Receiving(line.UNIT))
    kit.extra["cited"] = {"Z1": Cited(5, "Z1", 2, in_force=True), "Z2": Cited(6, "Z2", 1, in_force=False)}
    for typed in ({"cites": "Z2"}, {"cites": "Z1", "outcome": "not_reached"}):
        form = {**line.forms(book)["connect"], **typed}
        wrong = line.said(line.problems(dossier, "connect", OPERATOR, form, line.NOW, book, kit))
        assert [field for field, _ in wrong] == ["cites"]
    form = {**line.forms(book)["connect"], "cites": "Z1"}
    out = line.act(dossier, "connect", OPERATOR, form, line.NOW, book, kit)
    assert list(read(out.lines[0].text).facts[-1]) == ["Z1 2"]
    assert [(one.number, one.version) for one in dossier.all(Citation)] == [("Z1", 2)]


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
@pytest.mark.parametrize(("field", "value"), [("unit", ""), ("means", "飞鸽"), ("outcome", ""), ("answer", ""),
                                              ("answered_by", ""), ("why_not", "")])  # fmt: skip
def test_a_call_names_unit_means_outcome_who_answered_and_why_not_at_once(
    book: Rulebook, field: str, value: str
) -> None:
    form = {**line.forms(book)["connect"], field: value}
    wrong = line.said(line.problems(asked(book), "connect", OPERATOR, form, line.NOW, book))
    assert [name for name, _ in wrong] == [field]


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
