"""查实反馈不实与撤牌: a red card by a person, and the lifting of cards by another (四（五）段1, R-09)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clauses.cities import MINUTE, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Mark
from hotline.procedure import engine
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line
from transitions.test_ticking import tick

SUPERVISOR, INSPECTOR, CLERK = (line.actor(role) for role in ("supervisor", "inspector", "clerk"))
PROOF, WHY = {"evidence": "现场没有修，照片为证"}, "牌亮错了"


def carded(book: Rulebook) -> MatterDossier:
    """Nobody signed: a yellow card."""
    dossier = line.lived(book, "dispatch")
    tick(dossier, book, dossier.orders[0].sign_until)
    return dossier


def lift(book: Rulebook, dossier: MatterDossier, now: Any, who: Any = SUPERVISOR) -> None:
    mark = next(m for m in dossier.all(Mark) if m.lifted_at is None)
    line.act(dossier, "lift_card", who, {"mark": str(mark.id), "reason": WHY}, now, book)


@pytest.mark.clause("四（五）段1a", "R-09")
def test_a_lifted_card_stays_with_its_reason_and_never_falls_again(book: Rulebook) -> None:
    dossier = carded(book)
    now = dossier.orders[0].sign_until + MINUTE
    (mark,) = dossier.all(Mark)
    lift(book, dossier, now)
    (lifted,) = dossier.all(Mark)
    assert (lifted.id, lifted.given_at, lifted.lifted_at) == (mark.id, mark.given_at, now)
    assert dossier.body(lifted.lift_reason_id) == WHY
    assert WHY not in dossier.lines[-1].text
    assert read(dossier.lines[-1].text).facts[:3] == (mark.id, "yellow", "unsigned")
    assert "give_yellow unsigned" not in tick(dossier, book, now)
    offered = [o.card.name() for o in engine.offers(dossier, SUPERVISOR, now, book, line.tools())]
    assert "lift_card" not in offered, "nothing stands any more, so the verb is not even shown"


@pytest.mark.clause("R-09")
def test_the_verb_says_which_card(book: Rulebook) -> None:
    dossier = carded(book)
    found = line.problems(dossier, "lift_card", SUPERVISOR, {"mark": "12345", "reason": WHY}, line.NOW, book)
    assert [p.field for p in found] == ["mark"]
    none = line.problems(dossier, "lift_card", SUPERVISOR, {"mark": "", "reason": ""}, line.NOW, book)
    assert [p.field for p in none] == ["mark", "reason"]


@pytest.mark.clause("R-09")
def test_nobody_lifts_a_card_of_an_order_they_worked_on_or_gave_it_on(book: Rulebook) -> None:
    """Acting for somebody included: the same person in another post, and a supervisor in a clerk's stead."""
    dossier = line.marked(line.lived(book, "file"))
    form = {"mark": str(line.MARK), "reason": WHY}
    same = replace(SUPERVISOR, person_id=CLERK.person_id)
    acting = replace(SUPERVISOR, for_person_id=CLERK.person_id)
    for who in (same, acting):
        assert line.refused(dossier, "lift_card", who, form, line.NOW, book).step == "not_by"
    line.act(dossier, "give_red_for_false_reply", INSPECTOR, PROOF, line.NOW, book)
    assert line.refused(dossier, "lift_card", INSPECTOR, form, line.NOW, book).step == "not_by"
    own = replace(SUPERVISOR, unit_id=line.UNIT.id)
    assert line.refused(dossier, "lift_card", own, form, line.NOW, book).step == "guard"
    lift(book, dossier, line.NOW)


@pytest.mark.clause("四（五）段1a", "R-09")
def test_a_proved_false_reply_is_red_once_for_each_date(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    line.act(dossier, "give_red_for_false_reply", INSPECTOR, PROOF, line.NOW, book)
    (mark,) = dossier.all(Mark)
    assert (mark.colour, mark.cause, mark.round, mark.unit_id) == ("red", "false_reply", 1, line.UNIT.id)
    written = read(dossier.lines[-1].text)
    assert dossier.body(written.facts[-1]) == PROOF["evidence"]
    assert written.clauses[0] == here(book, suzhou="四（五）段1", example="第15条")
    no = line.refused(dossier, "give_red_for_false_reply", SUPERVISOR, PROOF, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="四（五）段1", example="第15条"))
    other = line.changed(dossier, dossier.orders[0], round=2)
    line.act(other, "give_red_for_false_reply", SUPERVISOR, PROOF, line.NOW, book)
    assert [m.round for m in other.all(Mark)] == [1, 2]


def test_an_archived_file_takes_no_more_of_either(book: Rulebook) -> None:
    dossier = line.marked(line.lived(book, "archive", dispatch={"major": "1"}))
    for verb, form in (("give_red_for_false_reply", PROOF), ("lift_card", {"mark": str(line.MARK), "reason": WHY})):
        assert line.refused(dossier, verb, SUPERVISOR, form, line.NOW, book).step == "status"
