"""不满意以后: redo, or recorded acceptance by a second person; the citizen's word of each round apart (四（四）段1, R-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, at, begins, ends, here, rating_ends
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Mark, Revisit
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line
from transitions.test_following_up import AGENT, CITIZEN, RATED, call, replied
from transitions.test_ticking import tick

LEADER, REVIEWER, CLERK, HEAD = (line.actor(role) for role in ("shift_leader", "reviewer", "clerk", "head"))
REDO = {"reason": "灯还是不亮"}
LEFT = {"reason": "已经办到头了"}
REMINDED = {  # 宿州 0:00 of the working day before the due day; the other city two working days before
    "a working day": ("2026-09-18", "2026-09-20"),
    "before rest days": ("2026-11-10", "2026-11-09"),
    "before a make-up workday": ("2026-09-21", "2026-09-27"),
    "across New Year": ("2027-01-04", "2027-01-04"),
}


def unhappy(book: Rulebook, now: Any = line.NOW, who: Any = CITIZEN) -> MatterDossier:
    dossier = replied(book, now)
    call(book, dossier, now, who, solved="no")
    return dossier


def redo(book: Rulebook, dossier: MatterDossier, now: Any, who: Any = AGENT) -> None:
    line.act(dossier, "order_redo", who, REDO, now, book)


def worked(book: Rulebook, dossier: MatterDossier, now: Any, answer: str = "又修了一次，亮了。") -> None:
    """The new round, up to the approval."""
    good = line.forms(book)
    for verb, who in (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", HEAD), ("file", CLERK),
                      ("approve", REVIEWER)):  # fmt: skip
        form = {**good[verb], "answer": answer} if verb == "draft_reply" else good[verb]
        line.act(dossier, verb, who, form, now, book)


@pytest.mark.clause("四（四）段1c", "R-12")
@pytest.mark.parametrize("day", DAYS)
def test_a_new_round_of_its_own_days(book: Rulebook, day: str) -> None:
    now = begins(book, day)
    dossier = unhappy(book, now)
    redo(book, dossier, now)
    order, matter = dossier.orders[0], dossier.matter
    assert order.due_at == ends(book, day, suzhou=3, example=4)
    assert (order.status, order.round, matter.status, matter.redos) == ("reopened", 2, "in_hand", 1)
    assert (matter.satisfied, matter.rating_until, matter.closed_at) == (None, None, None)
    assert order.due_clause == here(book, suzhou="四（四）段1", example="第14条")


@pytest.mark.clause("四（四）段1c", "R-09", "R-12")
@pytest.mark.parametrize("day", DAYS)
def test_the_round_a_minute_before_its_date_at_it_and_after(book: Rulebook, day: str) -> None:
    """Reminded of once; by its end no card falls, and the timeliness earned stands."""
    until = ends(book, day, suzhou=3, example=4)
    reminder = at(book, f"{here(book, suzhou=REMINDED[day][0], example=REMINDED[day][1])}T00:00")
    fresh = unhappy(book, begins(book, day))
    redo(book, fresh, begins(book, day))
    for late, early in BEFORE_AT_AFTER:
        waiting, dossier = line.copy(fresh), line.copy(fresh)
        assert tick(waiting, book, reminder + late) == ([] if early else ["remind"])
        assert tick(waiting, book, until + late) == (["remind"] if early else [])
        worked(book, dossier, until + late)
        order = dossier.orders[0]
        assert (order.due_at, order.filed_at, order.on_time, order.settled) == (until, until + late, True, True)


@pytest.mark.clause("R-12")
@pytest.mark.parametrize(("late", "on_time"), [(-MINUTE, True), (timedelta(0), False), (MINUTE, False)])
def test_no_send_back_no_card_and_the_timeliness_earned_stands(
    book: Rulebook, late: timedelta, on_time: bool
) -> None:
    """However late or early the new round ends."""
    dossier = line.lived(book, "sign_off", dispatch={"major": "1"})
    due = dossier.orders[0].due_at
    assert due is not None
    line.act(dossier, "file", CLERK, {}, due + late, book)
    line.act(dossier, "approve", REVIEWER, {}, due + MINUTE, book)
    call(book, dossier, due + MINUTE, CITIZEN, solved="no")
    before = [m.cause for m in dossier.all(Mark)]
    redo(book, dossier, due + MINUTE)
    assert (dossier.orders[0].send_backs, dossier.orders[0].sent_back_at) == (0, None)
    assert [m.cause for m in dossier.all(Mark)] == before
    for later in (timedelta(days=1), timedelta(days=90)):
        mine = line.copy(dossier)
        worked(book, mine, due + later)
        assert mine.orders[0].on_time is on_time
        assert mine.orders[0].settled is on_time


@pytest.mark.clause("R-12", "四（四）段1a")
def test_after_a_redo_the_citizen_is_asked_again_and_always_called(book: Rulebook) -> None:
    dossier = unhappy(book)
    redo(book, dossier, line.NOW)
    worked(book, dossier, line.NOW + timedelta(days=1))
    assert dossier.matter.status == "replied"
    assert "不满意" in (dossier.matter.drawn_because or "")
    call(book, dossier, line.NOW + timedelta(days=1), CITIZEN)
    assert (dossier.matter.status, dossier.matter.satisfied) == ("closed", True)
    assert [r.solved for r in dossier.all(Revisit)] == [False, True]


@pytest.mark.clause("R-12")
def test_the_tries_of_an_earlier_round_do_not_count_in_this_one(book: Rulebook) -> None:
    now = at(book, "2026-09-16T08:00")
    dossier = unhappy(book, now)
    redo(book, dossier, now)
    worked(book, dossier, now + timedelta(days=1))
    tries = here(book, suzhou=3, example=4)
    for n in range(1, tries + 1):
        assert dossier.matter.status == "replied"
        call(book, dossier, at(book, f"2026-09-{17 + n}T{8 + n:02d}:30"), reached="", solved="", result="")
    assert (dossier.matter.status, dossier.matter.satisfied) == ("closed", None)


def test_a_new_round_wants_an_answer_of_its_own(book: Rulebook) -> None:
    dossier, good = unhappy(book), line.forms(book)
    redo(book, dossier, line.NOW)
    line.act(dossier, "draft_reply", CLERK, good["draft_reply"], line.NOW, book)
    line.act(dossier, "sign_off", HEAD, {}, line.NOW, book)
    assert "答复" in line.refused(dossier, "file", CLERK, {}, line.NOW, book).verdict.because


@pytest.mark.clause("四（四）段1c", "R-12")
def test_once_the_number_is_used_up_another_person_decides(book: Rulebook) -> None:
    """Also when one acts for another."""
    dossier, now = unhappy(book), line.NOW
    for _ in range(here(book, suzhou=1, example=2)):
        redo(book, dossier, now)
        now += MINUTE
        worked(book, dossier, now)
        call(book, dossier, now, CITIZEN, solved="no")
    clause = here(book, suzhou="四（四）段1", example="第14条")
    acting = replace(LEADER, for_person_id=AGENT.person_id)
    for who in (AGENT, acting):
        no = line.refused(dossier, "order_redo", who, REDO, now, book)
        assert (no.step, no.verdict.clause) == ("guard", clause)
    redo(book, dossier, now, LEADER)
    assert dossier.matter.redos == here(book, suzhou=2, example=3)


@pytest.mark.clause("R-12")
def test_a_redo_is_for_who_is_not_content(book: Rulebook) -> None:
    assert line.refused(replied(book), "order_redo", AGENT, REDO, line.NOW, book).step == "status"
    content = replied(book)
    call(book, content)
    assert line.refused(content, "order_redo", AGENT, REDO, line.NOW, book).step == "status"


@pytest.mark.clause("四（四）段1c", "R-12")
def test_what_was_rated_badly_is_asked_after_before_it_is_left_at_that(book: Rulebook) -> None:
    """A rating has no person behind it: whoever leaves it at that must be the second to look, not the only one."""
    dossier = unhappy(book)
    no = line.refused(dossier, "accept_dissatisfaction", LEADER, LEFT, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="四（四）段1", example="第14条"))
    line.act(dossier, "follow_up", AGENT, {"means": "phone"}, line.NOW, book)  # not reached
    assert line.refused(dossier, "accept_dissatisfaction", AGENT, LEFT, line.NOW, book).step == "not_by"
    line.act(dossier, "accept_dissatisfaction", LEADER, LEFT, line.NOW, book)
    assert dossier.matter.status == "closed"


@pytest.mark.clause("四（四）段1c", "R-12")
def test_a_second_person_leaves_it_at_that(book: Rulebook) -> None:
    dossier = unhappy(book, who=AGENT)
    for who in (AGENT, replace(LEADER, for_person_id=AGENT.person_id)):
        assert line.refused(dossier, "accept_dissatisfaction", who, LEFT, line.NOW, book).step == "not_by"
    line.act(dossier, "accept_dissatisfaction", LEADER, LEFT, line.NOW, book)
    assert (dossier.matter.status, dossier.matter.satisfied) == ("closed", False)
    written = next(read(li.text) for li in dossier.lines if li.kind == "dissatisfaction_accepted")
    assert dossier.body(written.facts[0]) == LEFT["reason"]
    until = dossier.matter.rating_until
    assert until is not None
    assert tick(dossier, book, until) == ["archive"], "a person has decided; nothing waits any more"


@pytest.mark.clause("R-12")
def test_an_answer_is_rated_once_and_each_answer_anew(book: Rulebook) -> None:
    dossier = unhappy(book)
    no = line.refused(dossier, "follow_up", CITIZEN, RATED, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="四（四）段1", example="第14条"))
    redo(book, dossier, line.NOW)
    worked(book, dossier, line.NOW + MINUTE)
    call(book, dossier, line.NOW + MINUTE, CITIZEN)


@pytest.mark.clause("R-12")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("late", "step"), [(-MINUTE, ""), (timedelta(0), "guard"), (MINUTE, "guard")])
def test_a_late_bad_rating_opens_the_follow_up_while_the_period_lasts(
    book: Rulebook, day: str, late: timedelta, step: str
) -> None:
    fresh, until = replied(book, begins(book, day)), rating_ends(book, day)
    dossier = line.changed(fresh, fresh.matter, status="closed", drawn=False, closed_at=begins(book, day))
    bad = {**RATED, "solved": "no"}
    if step:
        assert line.refused(dossier, "follow_up", CITIZEN, bad, until + late, book).step == step
        return
    line.act(dossier, "follow_up", CITIZEN, bad, until + late, book)
    assert (dossier.matter.status, dossier.matter.drawn) == ("replied", True)
    assert tick(dossier, book, until) == [], "it is not archived over a person's head"
    redo(book, dossier, until)
    assert dossier.matter.status == "in_hand"


@pytest.mark.clause("四（四）段1a", "R-12")
@pytest.mark.parametrize("fact", ["redos", "sent_back_at", "explained_review_at"])
def test_who_is_always_followed_up(book: Rulebook, fact: str) -> None:
    dossier = line.lived(book, "file")
    if fact == "redos":
        dossier = line.changed(dossier, dossier.matter, redos=1)
    elif fact == "sent_back_at":
        dossier = line.changed(dossier, dossier.orders[0], sent_back_at=line.NOW)
    else:
        dossier = line.explained(dossier)
    verb = "approve_explained" if fact == "explained_review_at" else "approve"
    line.act(dossier, verb, REVIEWER, {}, line.NOW, book)
    terms = {"redos": ("诉求人不满意", "不满意"), "sent_back_at": ("曾退回重办", ""), "explained_review_at": ("已解释未解决", "")}
    term = here(book, suzhou=terms[fact][0], example=terms[fact][1])
    always = (dossier.matter.drawn_because or "").startswith("必须回访")
    assert always is bool(term)
    assert term in (dossier.matter.drawn_because or "")
