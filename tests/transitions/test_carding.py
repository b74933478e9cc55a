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
    lift(book, dossier, line.NOW)


@pytest.mark.clause("R-09")
def test_nobody_lifts_a_card_of_a_unit_in_which_they_hold_a_post(book: Rulebook) -> None:
    """Somebody of that unit, new to the order, acts for a supervisor; or the supervisor holds a post there too."""
    dossier = carded(book)
    now, form = dossier.orders[0].sign_until, {"mark": str(dossier.all(Mark)[0].id), "reason": WHY}
    acting = replace(SUPERVISOR, person_id=990, for_person_id=SUPERVISOR.person_id, elsewhere=frozenset({line.UNIT.id}))
    both = replace(SUPERVISOR, elsewhere=frozenset({line.UNIT.id, line.OFFICE_UNIT.id}))
    for who in (acting, both):
        no = line.refused(dossier, "lift_card", who, form, now, book)
        assert (no.step, no.verdict.because) == ("guard", "牌是您的单位得的，须由别的单位的人撤。")
    lift(book, dossier, now, replace(acting, elsewhere=frozenset({line.OTHER.id})))


@pytest.mark.clause("R-09")
def test_whoever_had_a_part_in_the_order_lifts_no_card_on_it(book: Rulebook) -> None:
    """Investigating, asking for the return or for more time, agreeing to either: as much as signing for it."""
    unsigned, now = line.marked(line.lived(book, "dispatch")), line.NOW
    for verbs in (("request_return", "agree_to_return"), ("sign_for", "record_investigation"),
                  ("sign_for", "record_contact", "request_extension", "agree_to_extension")):  # fmt: skip
        dossier = line.copy(unsigned)
        for person, verb in enumerate(verbs, 900):
            role = "clerk" if not verb.startswith("agree") else here(book, suzhou="deputy", example="head")
            line.act(dossier, verb, line.actor(role, person), line.forms(book)[verb], now, book)
            form = {"mark": str(dossier.all(Mark)[0].id), "reason": WHY}
            for who in (line.actor("supervisor", person), replace(SUPERVISOR, for_person_id=person)):
                assert line.refused(dossier, "lift_card", who, form, now, book).step == "not_by", verb
        lift(book, dossier, now)


@pytest.mark.clause("四（四）段1b", "R-09")
def test_whoever_gave_the_card_by_a_check_on_site_does_not_lift_it(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    untrue = {**line.forms(book)["check_on_site"], "as_it_is": "no"}
    line.act(dossier, "check_on_site", INSPECTOR, untrue, line.NOW, book)
    (mark,) = dossier.all(Mark)
    assert (mark.colour, mark.cause) == ("red", "false_reply")
    no = line.refused(dossier, "lift_card", INSPECTOR, {"mark": str(mark.id), "reason": WHY}, line.NOW, book)
    assert no.step == "not_by"
    assert no.verdict.because.startswith("“抽查核实”是您经手的"), "only what they did is named"
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
