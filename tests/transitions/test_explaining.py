"""已解释、未解决: proposed, agreed to, kept open, looked at again on its day, under both rulebooks (五（二）段2, R-11)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from clauses.cities import MINUTE, at, here
from hotline.casework.clock import Glance
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Letter, Order
from hotline.network.roles import Role
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line
from transitions.test_ticking import tick

CLERK, REVIEWER = line.actor("clerk"), line.actor("reviewer")
CLAUSE = {"suzhou": "五（二）段2", "example": "第23条"}
STARTED = "2026-09-16T16:05"
# 宿州、虚构城市各自的复查日 → 按投诉的时限从复查日起算的新期限（24:00），照各自的日历数出来
DAYS = {
    "a working day": (("2026-11-11", "2026-12-03"), ("2026-11-11", "2026-12-10")),
    "before rest days": (("2026-11-20", "2026-12-12"), ("2026-11-19", "2026-12-18")),
    "before a make-up workday": (("2026-10-09", "2026-10-30"), ("2026-10-08", "2026-11-05")),
    "across New Year": (("2026-12-15", "2027-01-07"), ("2026-12-15", "2027-01-15")),
}


def form(book: Rulebook, review_on: str = "2026-11-11", **changed: str) -> dict[str, Any]:
    """A letter that proposes to end with an explanation."""
    proposal = {"solved": "no", "understanding": "gained", "review_on": review_on}
    return {**line.forms(book)["draft_reply"], **proposal, **changed}


def filed(book: Rulebook, review_on: str = "2026-11-11", kind: str = "complaint", **changed: str) -> MatterDossier:
    """Such a letter, filed at once."""
    return line.lived(book, "file", at(book, STARTED), kind=kind, draft_reply=form(book, review_on, **changed))


def closed(book: Rulebook, review_on: str = "2026-11-11", kind: str = "complaint") -> MatterDossier:
    """Agreed to by the office, followed up, closed."""
    dossier, now = filed(book, review_on, kind), at(book, STARTED)
    line.act(dossier, "approve_explained", REVIEWER, {}, now, book)
    if dossier.matter.status == "replied":
        line.act(dossier, "follow_up", line.actor("follow_up"), line.forms(book)["follow_up"], now, book)
    assert dossier.matter.status == "closed"
    return dossier


def order(dossier: MatterDossier) -> Order:
    return dossier.orders[0]


@pytest.mark.clause("五（二）段2", "R-11")
def test_the_office_agrees_and_the_matter_is_followed_up(book: Rulebook) -> None:
    dossier = filed(book)
    line.act(dossier, "approve_explained", REVIEWER, {"remarks": "属实"}, at(book, STARTED), book)
    assert (order(dossier).status, order(dossier).explained_review_at) == ("approved", at(book, "2026-11-11T00:00"))
    always = here(book, suzhou="必须回访：已解释未解决", example=dossier.matter.drawn_because)
    assert dossier.matter.drawn_because == always
    (letter,) = dossier.all(Letter)
    assert letter.understanding == here(book, suzhou="gained", example="")
    assert letter.review_on == date(2026, 11, 11)


@pytest.mark.clause("五（二）段2", "R-11")
@pytest.mark.parametrize(("changed", "fields"), [
    ({"review_on": ""}, {"review_on"}), ({"understanding": ""}, {"understanding"}), ({}, set()),
])  # fmt: skip
def test_what_it_needs_stands_in_the_letter_before_it_is_signed(
    book: Rulebook, changed: dict[str, str], fields: set[str]
) -> None:
    """The draft names it, signing and filing are refused; where the city does not ask, it is not missing."""
    dossier = line.lived(book, "draft_reply", at(book, STARTED), draft_reply=form(book, **changed))
    asked = here(book, suzhou=fields, example=set())
    assert set(read(dossier.lines[-1].text).facts[2]) == asked
    if asked:
        no = line.refused(dossier, "sign_off", line.actor("head"), {}, at(book, STARTED), book)
        assert (no.step, no.verdict.clause) == ("guard", "五（二）段2")
    else:
        line.act(dossier, "answer_citizen", CLERK, {"means": "phone"}, at(book, STARTED), book)
        line.act(dossier, "sign_off", line.actor("deputy"), {}, at(book, STARTED), book)


@pytest.mark.clause("五（二）段2")
def test_the_citizen_must_have_been_reached(book: Rulebook) -> None:
    tried = {"outcome": "tried"}
    dossier = line.lived(book, "draft_reply", at(book, STARTED), record_contact=tried, draft_reply=form(book))
    assert "contact" in read(dossier.lines[-1].text).facts[2]
    assert line.refused(dossier, "sign_off", line.actor("head"), {}, at(book, STARTED), book).step == "guard"


@pytest.mark.clause("五（二）段2", "R-11")
def test_the_review_day_is_neither_past_nor_too_far(book: Rulebook) -> None:
    last = here(book, suzhou="2027-03-16", example="2026-12-16")
    beyond = here(book, suzhou="2027-03-17", example="2026-12-17")
    dossier, now = line.lived(book, "record_contact", at(book, STARTED)), at(book, STARTED)
    for day in ("2026-09-16", "2026-09-15", beyond):
        found = line.problems(dossier, "draft_reply", CLERK, form(book, day), now, book)
        assert line.said(found) == [("review_on", here(book, **CLAUSE))]
    assert line.problems(dossier, "draft_reply", CLERK, form(book, "2026-02-30"), now, book)[0].field == "review_on"
    for day in ("2026-09-17", last):
        line.act(line.copy(dossier), "draft_reply", CLERK, form(book, day), now, book)


def test_what_is_solved_is_not_looked_at_again(book: Rulebook) -> None:
    dossier = line.lived(book, "record_contact", at(book, STARTED))
    found = line.problems(dossier, "draft_reply", CLERK, form(book, solved="yes"), at(book, STARTED), book)
    assert line.said(found) == [("solved", here(book, **CLAUSE))]


@pytest.mark.clause("R-11")
@pytest.mark.parametrize("day", DAYS)
def test_the_day_must_still_lie_ahead_when_the_office_agrees(book: Rulebook, day: str) -> None:
    review_on = here(book, suzhou=DAYS[day][0][0], example=DAYS[day][1][0])
    dossier, begins = filed(book, review_on), at(book, f"{review_on}T00:00")
    for now in (begins, begins + MINUTE):
        no = line.refused(dossier, "approve_explained", REVIEWER, {}, now, book)
        assert (no.step, no.verdict.clause) == ("guard", here(book, **CLAUSE))
    line.act(dossier, "approve_explained", REVIEWER, {}, begins - MINUTE, book)


def test_no_other_approval_drops_the_review_and_none_invents_one(book: Rulebook) -> None:
    now = at(book, STARTED)
    no = line.refused(filed(book), "approve", REVIEWER, {}, now, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, **CLAUSE))
    urgent = {"urgent": "1", "urgent_reason": "漏气"}
    part = line.lived(book, "file", now, dispatch=urgent, draft_reply=form(book))
    no = line.refused(part, "approve_in_part", REVIEWER, {"rest": "余下的"}, now, book)
    assert no.verdict.clause == here(book, **CLAUSE)
    plain = line.lived(book, "file", now, draft_reply={"solved": "no"})
    assert line.refused(plain, "approve_explained", REVIEWER, {}, now, book).step == "status"
    line.act(plain, "approve", REVIEWER, {}, now, book)
    assert order(plain).explained_review_at is None


@pytest.mark.clause("R-11", "R-12")
def test_the_file_stays_open_until_the_review(book: Rulebook) -> None:
    dossier = closed(book, "2026-11-11")
    long_after = at(book, "2026-11-10T23:59")
    assert tick(dossier, book, long_after) == []
    no = line.refused(dossier, "archive", REVIEWER, {}, long_after, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, **CLAUSE))


@pytest.mark.clause("五（二）段2", "R-11")
@pytest.mark.parametrize("day", DAYS)
def test_on_its_day_the_unit_is_called_again(book: Rulebook, day: str) -> None:
    on, limit = here(book, suzhou=DAYS[day][0], example=DAYS[day][1])
    review, due = at(book, f"{on}T00:00"), at(book, f"{limit}T00:00")
    fresh = closed(book, on)
    for late, called in ((-MINUTE, False), (timedelta(0), True), (MINUTE, True), (timedelta(days=3), True)):
        dossier = line.copy(fresh)
        done = tick(dossier, book, review + late)
        assert ("call_again" in done) is called
        if called:
            assert (order(dossier).status, dossier.matter.status) == ("reopened", "in_hand")
            assert (order(dossier).due_at, order(dossier).round) == (due, 2)
            matter = dossier.matter
            assert (matter.closed_at, matter.satisfied, matter.rating_until) == (None, None, None)
            assert tick(dossier, book, review + late) == []


@pytest.mark.clause("R-11")
def test_a_kind_without_limit_gets_none(book: Rulebook) -> None:
    dossier = closed(book, kind="praise")
    assert "call_again" in tick(dossier, book, at(book, "2026-11-11T00:00"))
    assert (order(dossier).status, order(dossier).due_at) == ("reopened", None)


@pytest.mark.parametrize(("on_time", "settled"), [(True, None), (False, False), (None, None)])
def test_what_was_late_stays_late_and_the_rest_is_judged_by_its_own_date(
    book: Rulebook, on_time: bool | None, settled: bool | None
) -> None:
    dossier = closed(book)
    dossier = line.changed(dossier, order(dossier), on_time=on_time, settled=True, extended_by=3, urgent=True)
    tick(dossier, book, at(book, "2026-11-11T00:00"))
    assert (order(dossier).settled, order(dossier).extended_by, order(dossier).urgent) == (settled, 0, False)


def test_it_may_be_explained_once_more_or_solved(book: Rulebook) -> None:
    """The second time it takes another talk with the citizen, another answer, another day."""
    dossier, now = closed(book), at(book, "2026-11-11T09:00")
    tick(dossier, book, now)
    line.act(dossier, "draft_reply", CLERK, form(book, "2027-02-01"), now, book)
    assert "contact" in read(dossier.lines[-1].text).facts[2]
    line.act(dossier, "record_contact", CLERK, line.forms(book)["record_contact"], now, book)
    for verb, who in (("answer_citizen", CLERK), ("sign_off", line.actor("head")), ("file", CLERK)):
        line.act(dossier, verb, who, line.forms(book)[verb], now, book)
    solved = line.copy(dossier)
    line.act(dossier, "approve_explained", REVIEWER, {}, now, book)
    assert order(dossier).explained_review_at == at(book, "2027-02-01T00:00")
    letter = solved.letter_of(order(solved))
    solved = line.changed(solved, letter, solved=True, understanding="", review_on=None)
    line.act(solved, "approve", REVIEWER, {}, now, book)
    assert order(solved).explained_review_at is None


def test_who_is_told(book: Rulebook) -> None:
    dossier = closed(book)
    case_now = at(book, "2026-11-11T00:00")
    out = line.act(dossier, "call_again", line.actor(Role.CLOCK), {}, case_now, book)
    assert {(m.template, m.to_kind) for m in out.messages} == {("called_again", "unit"), ("looked_at_again", "matter")}


def test_the_clocks_glance_calls_again(book: Rulebook) -> None:
    full, end = closed(book), at(book, "2027-03-01T00:00")
    glance = Glance(full.chain, full.head, [r for r in line.rows(full) if type(r) in Glance.RECORDS])
    assert tick(glance, book, end) == tick(full, book, end)


@pytest.mark.clause("R-19", "二段2c")
def test_leaders_are_reminded_once_for_each_submission(book: Rulebook) -> None:
    now = at(book, "2026-09-16T16:05")
    fresh, leader, good = line.lived(book, "accept", now), line.actor("leader"), line.forms(book)
    line.act(fresh, "submit", line.actor("dispatcher"), good["submit"], now, book)
    fell = at(book, here(book, suzhou="2026-09-19T00:00", example="2026-09-18T00:00"))
    for late, done in ((-MINUTE, []), (timedelta(0), ["remind_leader"]), (MINUTE, ["remind_leader"])):
        dossier = line.copy(fresh)
        assert [one for one in tick(dossier, book, fell + late) if one == "remind_leader"] == done
    assert tick(dossier, book, fell + timedelta(days=40)) == []
    again = fell + timedelta(days=41)
    line.act(dossier, "instruct", leader, good["instruct"], again, book)
    assert "remind_leader" not in tick(dossier, book, again + timedelta(days=9))
    line.act(dossier, "submit", line.actor("dispatcher"), good["submit"], again + timedelta(days=9), book)
    assert "remind_leader" in tick(dossier, book, again + timedelta(days=30))


def test_instructed_in_time_nobody_is_reminded(book: Rulebook) -> None:
    now = at(book, "2026-09-16T16:05")
    dossier = line.lived(book, "accept", now)
    line.act(dossier, "submit", line.actor("dispatcher"), line.forms(book)["submit"], now, book)
    line.act(dossier, "instruct", line.actor("leader"), line.forms(book)["instruct"], now + MINUTE, book)
    assert "remind_leader" not in tick(dossier, book, datetime.fromisoformat("2026-12-01T00:00+08:00"))
