"""回避 (R-21): the target of a complaint neither sees nor handles it; it goes to whom the rulebook names instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.network.look_ups import Accused
from hotline.procedure import engine
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from hotline.surfaces.workbench.shaping.timeline import facts_of
from support import line

OPERATOR, DISPATCHER = line.actor("operator"), line.actor("dispatcher")
INSPECTOR = replace(line.actor("shift_leader", 700), unit_id=line.CENTRE.id)
DEPUTY, CLERK = line.actor("deputy"), line.actor("clerk")


def named(book: Rulebook, dossier: MatterDossier, target: str = "unit", unit: Any = line.UNIT,
          accused: tuple[Accused, ...] = ()) -> Any:  # fmt: skip
    """The office writes down whom the matter is about."""
    ids = line.Counter(10_000 + 1000 * (dossier.head.seq + 1))
    kit = line.tools(ids=ids, unit=line.Receiving(unit), accused=list(accused))
    form = {"target": target, "unit": str(unit.id), "name": "某人" if accused else "", "reason": "说的就是他们"}
    return line.act(dossier, "name_target", OPERATOR, form, line.NOW, book, kit)


def given(book: Rulebook, dossier: MatterDossier, unit: Any, who: Actor = DISPATCHER) -> list[tuple[str, str]]:
    """Dispatch to a unit: what is wrong with it; nothing where it was done."""
    kit, form = line.tools(unit=line.Receiving(unit)), {**line.forms(book)["dispatch"], "unit": str(unit.id)}
    try:
        line.act(line.copy(dossier), "dispatch", who, form, line.NOW, book, kit)
    except engine.FormErrors as wrong:
        return [(p.clause, p.because) for p in wrong.problems]
    return []


def instructed(book: Rulebook, dossier: MatterDossier) -> None:
    """A leader says what is to be done."""
    line.act(dossier, "submit", DISPATCHER, line.forms(book)["submit"], line.NOW, book)
    line.act(dossier, "instruct", line.actor("leader"), line.forms(book)["instruct"], line.NOW, book)


def may(book: Rulebook, dossier: MatterDossier, unit: Any, who: Actor = DISPATCHER) -> bool:
    return not given(book, dossier, unit, who)


@pytest.mark.clause("二段2i", "R-21")
def test_who_handles_it_instead(book: Rulebook) -> None:
    clause = book.provision("complaint_against").clause
    units = (line.UNIT, line.OTHER, line.BELOW, line.CENTRE)
    of_level_3 = line.lived(book, "accept")
    named(book, of_level_3, unit=line.BELOW)
    assert [may(book, of_level_3, one) for one in units] == [True, False, False, False]
    of_level_2 = line.lived(book, "accept")
    named(book, of_level_2, unit=line.UNIT)
    assert [may(book, of_level_2, one) for one in units] == here(book, suzhou=[False, False, False, True],
                                                                 example=[False] * 4)  # fmt: skip
    said = given(book, of_level_2, line.UNIT)
    assert [one for one, _ in said] == [clause]
    assert here(book, suzhou="监察中心", example="市领导") in said[0][1]
    assert "反映的就是这个单位" in said[0][1]
    instructed(book, of_level_2)
    assert [may(book, of_level_2, one) for one in units[:3]] == here(book, suzhou=[False] * 3,
                                                                     example=[False, True, False])  # fmt: skip


def test_a_complaint_about_the_centre_that_inspects_goes_to_a_leader(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    named(book, dossier, "centre")
    assert not dossier.within(Reach.CITY, dossier.matter, INSPECTOR)
    assert "市领导" in given(book, dossier, line.OTHER)[0][1]
    instructed(book, dossier)
    assert may(book, dossier, line.OTHER)


def test_a_complaint_about_the_hotline_is_kept_from_all_its_desks_but_one(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    named(book, dossier, "hotline")
    assert dossier.matter.goes_to_unit_id == line.CENTRE.id
    for role in ("operator", "dispatcher", "reviewer", "follow_up", "supervisor", "inspector", "shift_leader"):
        assert engine.offers(dossier, line.actor(role), line.NOW, book, line.tools()) == []
    assert may(book, dossier, line.CENTRE, INSPECTOR) is here(book, suzhou=True, example=False)
    assert not may(book, dossier, line.OTHER, INSPECTOR)
    no = line.refused(dossier, "dispatch", DISPATCHER, line.forms(book)["dispatch"], line.NOW, book)
    assert no.step == "reach"


@pytest.mark.clause("二段2i", "R-21")
@pytest.mark.parametrize("unit", [line.UNIT, line.BELOW])
def test_the_target_does_not_reach_it(book: Rulebook, unit: Any) -> None:
    """Found out later: taken from it, be it filed or designated, and dispatched anew (R-05)."""
    dossier = line.lived(book, "dispatch", kit=line.tools(unit=line.Receiving(unit)))
    clerk = line.actor("clerk", unit=unit.id)
    line.act(dossier, "sign_for", clerk, {}, line.NOW, book)
    line.act(dossier, "request_return", clerk, line.forms(book)["request_return"], line.NOW, book)
    promised = dossier.matter.promised_at
    out = named(book, dossier, unit=unit)
    order = dossier.orders[0]
    assert (order.status, order.ended_at, order.return_asked_at) == ("recalled", line.NOW, None)
    assert (dossier.matter.status, dossier.matter.promised_at) == ("accepted", promised)
    assert [m.template for m in out.messages] == ["recalled", "unit_changes"]
    assert engine.offers(dossier, clerk, line.NOW, book, line.tools()) == []
    rule = book.provision("complaint_against")
    for one in out.lines[:2]:
        assert {rule.clause, *rule.readings} <= set(read(one.text).clauses)
    assert facts_of(read(out.lines[0].text))["unit_id"] == unit.id
    assert [line_.kind for line_ in out.lines] == ["target_named", "taken_from_target", "came_back"]


def test_a_signer_stands_for_the_unit_and_a_clerk_for_nobody_else(book: Rulebook) -> None:
    signer = Accused(DEPUTY.person_id or 0, frozenset(("deputy",)))
    dossier = line.lived(book, "draft_reply")
    named(book, dossier, "person", accused=(signer,))
    assert dossier.orders[0].status == "recalled"
    assert not may(book, dossier, line.UNIT)
    clerk = Accused(CLERK.person_id or 0, frozenset(("clerk",)))
    other = line.lived(book, "sign_for")
    named(book, other, "person", accused=(clerk,))
    assert other.orders[0].status == "signed", "the unit can do without this clerk"
    form = line.forms(book)["record_contact"]
    assert line.refused(other, "record_contact", CLERK, form, line.NOW, book).step == "reach"
    line.act(other, "record_contact", line.actor("clerk", 901), form, line.NOW, book)


@pytest.mark.parametrize(("role", "verb", "until"), [
    ("operator", "accept", "register"), ("reviewer", "approve", "file"), ("dispatcher", "dispatch", "accept"),
])  # fmt: skip
def test_neither_the_person_nor_whoever_acts_for_them(book: Rulebook, role: str, verb: str, until: str) -> None:
    dossier, who = line.lived(book, until), line.actor(role, 800)
    named(book, dossier, "staff", accused=(Accused(800, frozenset((role,))),))
    for one in (who, line.actor(role, 801), replace(line.actor(role, 801), for_person_id=800)):
        there = [o for o in engine.offers(dossier, one, line.NOW, book, line.tools()) if o.card.name() == verb]
        assert bool(there) is (one.persons() == {801})
    stand_in = replace(line.actor(role, 801), for_person_id=800)
    assert line.refused(dossier, verb, stand_in, line.forms(book)[verb], line.NOW, book).step == "reach"


def test_a_name_must_mean_one_person(book: Rulebook) -> None:
    dossier, clause = line.lived(book, "accept"), book.provision("complaint_against").clause
    for accused in ((), (Accused(1, frozenset()), Accused(2, frozenset()))):
        kit = line.tools(accused=list(accused))
        form = {"target": "person", "unit": str(line.UNIT.id), "name": "张三"}
        found = line.problems(dossier, "name_target", OPERATOR, form, line.NOW, book, kit)
        assert line.said(found) == [("name", clause)]
    kit = line.tools(unit=line.Receiving(line.OFFICE_UNIT))
    found = line.problems(dossier, "name_target", OPERATOR, {"target": "unit", "unit": "1"}, line.NOW, book, kit)
    assert line.said(found) == [("unit", clause)]


def test_what_was_written_by_mistake_is_taken_back(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    named(book, dossier)
    assert not may(book, dossier, line.OTHER)
    named(book, dossier, "none")
    assert dossier.matter.against_unit_id is dossier.matter.goes_to_unit_id is None
    assert may(book, dossier, line.OTHER)


def test_a_leader_may_designate_anybody_but_the_target(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    named(book, dossier)
    propose = {"unit": str(line.UNIT.id), "opinion": "仍由它办"}
    (problem,) = line.problems(dossier, "propose_designation", DISPATCHER, propose, line.NOW, book)
    assert problem.clause == book.provision("complaint_against").clause
    kit = line.tools(unit=line.Receiving(line.OTHER))
    line.act(dossier, "propose_designation", DISPATCHER, {**propose, "unit": "7002"}, line.NOW, book, kit)
    line.act(dossier, "designate", line.actor("leader"), {"unit": "7002", "document": "某政办〔2026〕3号"}, line.NOW, book,
             kit)  # fmt: skip
    assert dossier.orders[-1].unit_id == line.OTHER.id


def test_the_target_does_not_do_it_again_for_a_citizen_who_is_not_content(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up", follow_up={"solved": "no"}, dispatch={"major": "1"})
    redo = line.forms(book)["order_redo"]
    named(book, dossier)
    no = line.refused(dossier, "order_redo", line.actor("follow_up"), redo, line.NOW, book)
    assert no.verdict.clause == book.provision("complaint_against").clause


@pytest.mark.clause("R-21")
def test_nor_does_the_target_assist_or_get_it_from_above(book: Rulebook) -> None:
    """Its level 2 handles it, and hands it down to any unit but the target; the target is no assisting unit either."""
    clause = book.provision("complaint_against").clause
    dossier = line.lived(book, "accept")
    named(book, dossier, unit=line.BELOW)
    kit = line.tools(assisting={line.BELOW.short: line.Receiving(line.BELOW)})
    form = {**line.forms(book)["dispatch"], "assisting": line.BELOW.short}
    found = line.problems(dossier, "dispatch", DISPATCHER, form, line.NOW, book, kit)
    assert line.said(found) == [("assisting", clause)]
    line.act(dossier, "dispatch", DISPATCHER, line.forms(book)["dispatch"], line.NOW, book)
    line.act(dossier, "sign_for", CLERK, {}, line.NOW, book)
    for verb, who in (("hand_down", CLERK), ("add_unit", DISPATCHER)):
        kit = line.tools(unit=line.Receiving(line.BELOW))
        wrong = line.problems(dossier, verb, who, line.forms(book)[verb], line.NOW, book, kit)
        assert ("unit", clause) in line.said(wrong)
