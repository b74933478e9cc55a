"""拟不受理: one proposes, the shift leader decides; the citizen may ask for a review, which a third decides (R-26)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import MINUTE, at, here
from hotline.casework.dossier import MatterDossier
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.rules import limits, office
from hotline.rules.book import Rulebook
from support import line

OPERATOR, LEADER, CITIZEN = (line.actor(role) for role in ("operator", "shift_leader", "citizen"))
OTHER = line.actor("shift_leader", 777)
DAY = timedelta(days=1)


def act(book: Rulebook, dossier: MatterDossier, verb: str, who: Any, now: datetime = line.NOW, **fields: str) -> Any:
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **fields}, now, book)


def proposed(book: Rulebook, now: datetime = line.NOW, **register: str) -> MatterDossier:
    dossier = line.lived(book, "register", now, register=register)
    act(book, dossier, "propose_refusal", OPERATOR, now)
    return dossier


def refused(book: Rulebook, now: datetime = line.NOW) -> MatterDossier:
    dossier = proposed(book, now)
    act(book, dossier, "approve_refusal", LEADER, now)
    return dossier


def under_review(book: Rulebook, now: datetime = line.NOW) -> MatterDossier:
    dossier = refused(book, now)
    act(book, dossier, "ask_for_review", CITIZEN, now)
    return dossier


def clause(book: Rulebook) -> str:
    return here(book, suzhou="三（二）7", example="第9条第7款")


@pytest.mark.clause("三（二）6", "R-26")
def test_proposing_refuses_nothing_and_promises_stand(book: Rulebook) -> None:
    before = line.lived(book, "register").matter
    dossier = proposed(book)
    matter = dossier.matter
    assert (matter.status, matter.refusal, matter.told_id) == ("refusal_proposed", None, None)
    assert (matter.promised_at, matter.promise_basis) == (before.promised_at, before.promise_basis)
    assert matter.decide_until == at(book, here(book, suzhou="2026-09-18T00:00", example="2026-09-21T00:00"))
    assert matter.next_decision_at == matter.decide_until
    written = dossier.lines[-1].read()
    assert (written.clauses[0], written.facts[1]) == (line.approved_refusal(book), line.approved_refusal(book))


@pytest.mark.clause("三（二）1", "三（二）6", "三（二）7", "R-26")
@pytest.mark.parametrize("verb", ["approve_refusal", "reject_refusal"])
def test_who_proposed_does_not_decide_acting_for_included(book: Rulebook, verb: str) -> None:
    dossier = line.lived(book, "register")
    act(book, dossier, "propose_refusal", LEADER)
    form = line.forms(book)[verb]
    assert line.refused(dossier, verb, LEADER, form, line.NOW, book).step == "not_by"
    deputising = replace(OTHER, for_person_id=LEADER.person_id)
    assert line.refused(dossier, verb, deputising, form, line.NOW, book).step == "not_by"
    act(book, dossier, verb, OTHER)
    assert dossier.matter.status == {"approve_refusal": "declined", "reject_refusal": "registered"}[verb]


@pytest.mark.clause("三（二）6", "三（二）7", "R-26")
def test_approved_the_citizen_is_told_and_may_ask_for_a_review(book: Rulebook) -> None:
    dossier = proposed(book)
    out = act(book, dossier, "approve_refusal", LEADER, because="同意")
    matter, ground = dossier.matter, line.approved_refusal(book)
    assert (matter.status, matter.refusal, matter.decide_until) == ("declined", ground, None)
    assert "问过三次，说不清是哪里" in dossier.body(matter.told_id)
    assert "同意" not in dossier.body(matter.told_id)
    assert matter.review_until == at(book, here(book, suzhou="2026-10-02T00:00", example="2026-10-07T00:00"))
    assert (matter.promised_at, matter.dispatch_until, matter.next_decision_at) == (None, None, None)
    assert [(m.template, m.to_kind) for m in out.messages] == [("refused", "citizen")]


@pytest.mark.clause("三（二）6", "R-26")
def test_not_approved_it_waits_to_be_looked_at_with_the_promise_it_had(book: Rulebook) -> None:
    dossier = proposed(book)
    before = dossier.matter
    act(book, dossier, "reject_refusal", LEADER, line.NOW + DAY)
    matter = dossier.matter
    assert (matter.status, matter.decide_until, matter.refusal) == ("registered", None, None)
    assert (matter.promised_at, matter.promise_basis) == (before.promised_at, before.promise_basis)


@pytest.mark.clause("三（二）1", "R-26", "R-27")
@pytest.mark.parametrize("urgent", [False, True])
def test_what_waited_for_facts_is_promised_anew_when_it_is_not_refused(book: Rulebook, urgent: bool) -> None:
    fields = {"urgent": "1", "urgent_reason": "漏气"} if urgent else {}
    dossier = line.lived(book, "register", register=fields)
    act(book, dossier, "ask_for_facts", OPERATOR, outcome="nothing_more")
    ground = here(book, suzhou="三（二）1", example="第9条第1款")
    act(book, dossier, "propose_refusal", OPERATOR, refusal=ground)
    assert (dossier.matter.promised_at, dossier.matter.dispatch_until) == (None, None)
    later = line.NOW + DAY
    act(book, dossier, "reject_refusal", LEADER, later)
    fresh = line.lived(book, "register", later, register=fields).matter
    for name in ("status", "promised_at", "promised_clause", "promise_basis", "dispatch_until"):
        assert getattr(dossier.matter, name) == getattr(fresh, name), name


@pytest.mark.clause("三（二）7", "R-26")
def test_silence_refuses_nothing_and_is_noted_once(book: Rulebook) -> None:
    dossier = proposed(book)
    until = dossier.matter.decide_until
    assert until is not None
    clock, form = line.actor("clock"), line.forms(book)["note_decision_late"]
    assert line.refused(dossier, "note_decision_late", clock, form, until - MINUTE, book).step == "guard"
    out = line.act(dossier, "note_decision_late", clock, form, until, book)
    assert [(m.template, m.to_kind) for m in out.messages] == [("decision_late", "matter")]
    assert (dossier.matter.status, dossier.matter.next_decision_at) == ("refusal_proposed", None)
    assert line.refused(dossier, "note_decision_late", clock, form, until, book).step == "guard"
    act(book, dossier, "approve_refusal", LEADER, until)
    in_time = REGISTRY["approve_refusal"].ledger.facts.index("in_time")
    assert dossier.lines[-1].read().facts[in_time] is False


@pytest.mark.clause("三（二）7", "R-26")
def test_a_review_a_minute_before_at_and_after_its_time(book: Rulebook) -> None:
    until = refused(book).matter.review_until
    assert until is not None
    for now, ok in ((until - MINUTE, True), (until, False), (until + MINUTE, False)):
        dossier = refused(book)
        if ok:
            act(book, dossier, "ask_for_review", CITIZEN, now)
            assert dossier.matter.status == "under_review"
        else:
            no = line.refused(dossier, "ask_for_review", CITIZEN, {"words": "不对"}, now, book)
            assert (no.step, no.verdict.clause) == ("guard", clause(book))


def test_what_the_desk_declined_alone_is_not_reviewed(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    act(book, dossier, "decline", OPERATOR)
    assert line.refused(dossier, "ask_for_review", CITIZEN, {"words": "不对"}, line.NOW, book).step == "status"


@pytest.mark.clause("三（二）7", "R-26")
@pytest.mark.parametrize("verb", ["uphold_refusal", "accept_after_all"])
def test_the_review_is_decided_by_somebody_who_had_no_part_in_it(book: Rulebook, verb: str) -> None:
    form = line.forms(book)[verb]
    assert line.refused(under_review(book), verb, LEADER, form, line.NOW, book).step == "not_by"
    dossier = line.lived(book, "register")
    act(book, dossier, "propose_refusal", OTHER)
    act(book, dossier, "approve_refusal", LEADER)
    act(book, dossier, "ask_for_review", OPERATOR)
    assert line.refused(dossier, verb, OTHER, form, line.NOW, book).step == "not_by"
    act(book, dossier, verb, line.actor("shift_leader", 778))


@pytest.mark.clause("三（二）7", "R-26")
def test_upheld_it_is_told_and_not_reviewed_twice(book: Rulebook) -> None:
    dossier = under_review(book)
    assert dossier.matter.decide_until == at(book, here(book, suzhou="2026-09-21T00:00", example="2026-09-24T00:00"))
    out = act(book, dossier, "uphold_refusal", OTHER)
    assert [(m.template, m.to_kind) for m in out.messages] == [("refusal_upheld", "citizen")]
    assert (dossier.matter.status, dossier.matter.review_until) == ("declined", None)
    assert dossier.matter.refusal == line.approved_refusal(book)
    assert line.refused(dossier, "ask_for_review", CITIZEN, {"words": "不对"}, line.NOW, book).step == "status"
    act(book, dossier, "archive", line.actor("reviewer"))


@pytest.mark.clause("三（二）7", "R-26")
@pytest.mark.parametrize("urgent", [False, True])
def test_taken_after_all_every_date_counts_from_here(book: Rulebook, urgent: bool) -> None:
    fields = {"urgent": "1", "urgent_reason": "漏气"} if urgent else {}
    dossier, later = under_review(book), line.NOW + 9 * DAY
    out = act(book, dossier, "accept_after_all", OTHER, later, **fields)
    matter = dossier.matter
    assert (matter.status, matter.refusal, matter.told_id, matter.review_until) == ("accepted", None, None, None)
    assert matter.dispatch_until == office.dispatch_until(book, later, "phone", urgent=urgent).at
    fresh = line.lived(book, "register", later).matter
    assert (matter.promised_at, matter.promise_basis) == (fresh.promised_at, fresh.promise_basis)
    assert [(m.template, m.to_kind) for m in out.messages] == [("accepted_after_all", "citizen")]
    line.act(dossier, "dispatch", line.actor("dispatcher"), {**line.forms(book)["dispatch"], **fields}, later, book)
    due = limits.due(book, "complaint", later, urgent=urgent)
    assert due is not None
    assert dossier.orders[0].due_at == due.at


@pytest.mark.clause("R-26")
def test_nothing_is_archived_while_a_review_may_be_asked_for(book: Rulebook) -> None:
    dossier, reviewer = refused(book), line.actor("reviewer")
    until = dossier.matter.review_until
    assert until is not None
    no = line.refused(dossier, "archive", reviewer, {}, until - MINUTE, book)
    assert (no.step, no.verdict.clause) == ("guard", clause(book))
    act(book, dossier, "archive", reviewer, until)
    assert dossier.matter.status == "archived"


def test_the_list_of_grounds_is_parted_between_the_two_verbs(book: Rulebook) -> None:
    dossier = line.lived(book, "register")

    def grounds(verb: str) -> list[str]:
        case: Case[Any, Any] = Case(REGISTRY[verb], dossier, dossier.matter, OPERATOR, line.NOW, book, line.tools())
        return [value for value, _ in REGISTRY[verb].fields(book)[0].options(case)]

    every = here(book, suzhou=[f"三（二）{n}" for n in range(1, 8)], example=[f"第9条第{n}款" for n in range(1, 8)])
    assert grounds("propose_refusal") == [every[0], every[5], every[6]]
    assert grounds("decline") == every[1:5]


def test_the_shift_leader_is_offered_the_decision_and_nobody_else(book: Rulebook) -> None:
    dossier = proposed(book)
    for who, verbs in ((LEADER, {"approve_refusal", "reject_refusal"}), (OPERATOR, set())):
        found = {o.card.name() for o in engine.offers(dossier, who, line.NOW, book, line.tools()) if o.verdict.ok}
        assert found & {"approve_refusal", "reject_refusal"} == verbs
