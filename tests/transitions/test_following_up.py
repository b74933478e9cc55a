"""回访、办结、归档: the citizen's verdict, and when the file may be put away (四（四）, 四（六）, R-12)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, at, begins, here, rating_ends
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Revisit
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.rules import contacts
from hotline.rules.book import Rulebook
from support import line

AGENT, CITIZEN, REVIEWER, CLOCK = (line.actor(role) for role in ("follow_up", "citizen", "reviewer", "clock"))
GOOD = {"means": "phone", "reached": "1", "solved": "yes", "result": "1"}
GRADED = {"suzhou-2018": ("attitude", "speed", "result"), "example-city": ("attitude", "result")}
RATED = {**GOOD, "means": "rating"}


def replied(book: Rulebook, now: datetime = line.NOW) -> MatterDossier:
    """Approved and drawn for a call."""
    return line.lived(book, "approve", now, dispatch={"major": "1"})


def closed(book: Rulebook) -> MatterDossier:
    """Closed without a follow-up."""
    return line.changed(replied(book), replied(book).matter, status="closed", drawn=False)


def call(book: Rulebook, dossier: MatterDossier, now: datetime = line.NOW, who: Any = AGENT, **form: str) -> WriteSet:
    return line.act(dossier, "follow_up", who, {**(RATED if who == CITIZEN else GOOD), **form}, now, book)


def worst(book: Rulebook) -> int:
    return here(book, suzhou=5, example=3)


# 回访


@pytest.mark.clause("四（四）段1c", "R-12")
def test_a_satisfied_citizen_closes_the_matter(book: Rulebook) -> None:
    dossier = replied(book)
    out = call(book, dossier, opinion="谢谢", attitude="1", speed="2")
    (revisit,) = dossier.all(Revisit)
    assert (revisit.means, revisit.reached, revisit.solved) == ("phone", True, True)
    assert (revisit.attitude, revisit.speed, revisit.result) == (1, here(book, suzhou=2, example=None), 1)
    assert dossier.body(revisit.opinion_id) == "谢谢"
    assert [li.kind for li in out.lines] == ["followed_up", "closed"]
    assert (dossier.matter.status, dossier.matter.satisfied) == ("closed", True)
    assert read(out.lines[0].text).clauses[0] == here(book, suzhou="四（四）段1", example="第14条")
    assert read(out.lines[0].text).facts == ("phone", True, True, 1, here(book, suzhou=2, example=None), 1, True)


@pytest.mark.clause("四（四）段1c", "R-12")
@pytest.mark.parametrize("form", [{"solved": "no"}, {"result": "worst"}, {"attitude": "worst"}, {"speed": "worst"}])
def test_a_dissatisfied_citizen_leaves_it_open(book: Rulebook, form: dict[str, str]) -> None:
    dossier = replied(book)
    if not form.keys() <= {"solved", *GRADED[book.id]}:  # nobody asks for it here, so it says nothing
        call(book, dossier, **dict.fromkeys(form, "3"))
        assert (dossier.matter.satisfied, dossier.all(Revisit)[0].speed) == (True, None)
        return
    out = call(book, dossier, **{name: value.replace("worst", str(worst(book))) for name, value in form.items()})
    assert [li.kind for li in out.lines] == ["followed_up"]
    assert (dossier.matter.status, dossier.matter.satisfied) == ("replied", False)


@pytest.mark.clause("R-12")
def test_the_middle_grade_still_satisfies_the_next_one_does_not(book: Rulebook) -> None:
    middle = here(book, suzhou=3, example=2)
    for grade in range(1, worst(book) + 1):
        dossier = replied(book)
        call(book, dossier, result=str(grade))
        assert dossier.matter.satisfied is (grade <= middle)


@pytest.mark.clause("R-12")
def test_after_dissatisfaction_a_later_better_word_closes(book: Rulebook) -> None:
    dossier = replied(book)
    call(book, dossier, solved="no")
    call(book, dossier, line.NOW + timedelta(days=1))
    assert (dossier.matter.status, dossier.matter.satisfied) == ("closed", True)
    assert len(dossier.all(Revisit)) == 2


@pytest.mark.clause("四（四）段1c", "R-12")
def test_not_reached_at_enough_different_hours_closes_and_stays_out_of_the_denominator(book: Rulebook) -> None:
    dossier, tries = replied(book, at(book, "2026-09-16T08:00")), here(book, suzhou=3, example=4)
    for n in range(1, tries + 1):
        assert dossier.matter.status == "replied"
        call(book, dossier, at(book, f"2026-09-{16 + n}T{8 + n:02d}:30"), reached="", solved="", result="")
    assert dossier.matter.status == "closed"
    assert dossier.matter.satisfied is None
    assert read(dossier.lines[-1].text).facts == (None,)


@pytest.mark.clause("R-12")
def test_calls_at_the_same_hour_of_any_day_are_one_try(book: Rulebook) -> None:
    dossier = replied(book, at(book, "2026-09-16T08:00"))
    for day in range(17, 24):
        call(book, dossier, at(book, f"2026-09-{day}T09:{day}"), reached="", solved="", result="")
    assert dossier.matter.status == "replied"


@pytest.mark.clause("R-12")
def test_short_messages_that_nobody_answers_are_no_tries(book: Rulebook) -> None:
    """Three tries by telephone; a bad word by whatever means keeps it open."""
    dossier = replied(book, at(book, "2026-09-16T08:00"))
    for hour in range(9, 16):
        call(book, dossier, at(book, f"2026-09-16T{hour:02d}:30"), means="sms", reached="", solved="", result="")
    assert dossier.matter.status == "replied"
    unhappy = line.copy(dossier)
    call(book, unhappy, at(book, "2026-09-16T16:00"), CITIZEN, solved="no")
    for hour in range(9, 13):
        for one in (dossier, unhappy):
            if one.matter.status == "replied":
                call(book, one, at(book, f"2026-09-17T{hour:02d}:30"), reached="", solved="", result="")
    assert (dossier.matter.status, unhappy.matter.status) == ("closed", "replied")


@pytest.mark.clause("R-12", "R-18")
def test_a_minute_to_the_hour_and_the_hour_are_one_try(book: Rulebook) -> None:
    times = [contacts.Attempt(at(book, f"2026-09-16T{clock}"), False, "录音") for clock in ("09:59", "10:00", "11:00")]
    assert contacts.different_hours(book, times) == 2
    assert contacts.different_hours(book, times[:2]) == 1
    apart = ("09:59:40", "10:59:10", "11:59")
    calls = [contacts.Attempt(at(book, f"2026-09-16T{clock}"), False, "录音") for clock in apart]
    assert contacts.different_hours(book, calls) == 3, "an hour apart is enough"


@pytest.mark.clause("R-12")
def test_who_once_said_no_is_not_closed_by_not_answering_later(book: Rulebook) -> None:
    dossier = replied(book, at(book, "2026-09-16T08:00"))
    call(book, dossier, at(book, "2026-09-16T08:30"), solved="no")
    for hour in range(9, 15):
        call(book, dossier, at(book, f"2026-09-16T{hour:02d}:30"), reached="", solved="", result="")
    assert (dossier.matter.status, dossier.matter.satisfied) == ("replied", False)


@pytest.mark.clause("四（四）段1c")
@pytest.mark.parametrize("field", ["solved", "result"])
def test_who_was_reached_said_whether_it_is_solved_and_how_it_was(book: Rulebook, field: str) -> None:
    clause = here(book, suzhou="四（四）段1", example="第14条")
    found = line.problems(replied(book), "follow_up", AGENT, {**GOOD, field: ""}, line.NOW, book)
    assert line.said(found) == [(field, clause)]


@pytest.mark.clause("四（四）段1c")
@pytest.mark.parametrize("answer", [{"solved": "yes"}, {"solved": "no"}, {"attitude": "1"}, {"speed": "2"},
                                    {"result": "1"}])  # fmt: skip
def test_who_was_not_reached_said_nothing(book: Rulebook, answer: dict[str, str]) -> None:
    if not answer.keys() <= {"solved", *GRADED[book.id]}:  # nobody asks for it here
        dossier = replied(book)
        line.act(dossier, "follow_up", AGENT, {"means": "phone", **answer}, line.NOW, book)
        assert (dossier.all(Revisit)[0].reached, dossier.all(Revisit)[0].speed) == (False, None)
        return
    clause = here(book, suzhou="四（四）段1", example="第14条")
    found = line.problems(replied(book), "follow_up", AGENT, {"means": "phone", **answer}, line.NOW, book)
    assert line.said(found) == [("reached", clause)]


@pytest.mark.parametrize(("field", "value"), [("result", "0"), ("result", "6"), ("solved", "half"), ("means", "")])
def test_other_answers_there_are_none(book: Rulebook, field: str, value: str) -> None:
    found = line.problems(replied(book), "follow_up", AGENT, {**GOOD, field: value}, line.NOW, book)
    assert line.said(found) == [(field, "")]


# 评价


@pytest.mark.clause("四（四）段1a", "R-12")
def test_a_citizen_rates_without_being_called(book: Rulebook) -> None:
    dossier = replied(book)
    call(book, dossier, who=CITIZEN)
    assert dossier.matter.status == "closed"
    assert dossier.all(Revisit)[0].means == "rating"
    assert dossier.lines[-2].person_id is None


@pytest.mark.clause("R-12")
@pytest.mark.parametrize("form", [{"means": "phone"}, {"means": "sms"}, {"reached": "", "solved": "", "result": ""}])
def test_a_citizen_rates_and_records_no_calls(book: Rulebook, form: dict[str, str]) -> None:
    """Else three empty ratings at different hours would close the matter as not reached."""
    found = line.problems(replied(book), "follow_up", CITIZEN, {**RATED, **form}, line.NOW, book)
    assert line.said(found) == [("means", here(book, suzhou="四（四）段1", example="第14条"))]


@pytest.mark.clause("R-12")
@pytest.mark.parametrize("day", DAYS)
def test_a_citizen_rates_until_the_period_ends_and_the_office_calls_after(book: Rulebook, day: str) -> None:
    """In calendar days from the approval; a minute before the end, at it and after."""
    fresh, until = replied(book, begins(book, day)), rating_ends(book, day)
    assert fresh.matter.rating_until == until
    for late, in_time in BEFORE_AT_AFTER:
        dossier = line.copy(fresh)
        if in_time:
            call(book, dossier, until + late, CITIZEN)
            assert dossier.matter.satisfied
            continue
        no = line.refused(dossier, "follow_up", CITIZEN, RATED, until + late, book)
        assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="四（四）段1", example="第14条"))
        assert "期限" in no.verdict.because
        call(book, dossier, until + late)
        assert dossier.matter.status == "closed"


@pytest.mark.clause("R-12")
def test_a_late_bad_rating_opens_the_follow_up_again(book: Rulebook) -> None:
    dossier = closed(book)
    call(book, dossier, who=CITIZEN, solved="no")
    assert (dossier.matter.status, dossier.matter.satisfied, dossier.matter.closed_at) == ("replied", False, None)
    assert dossier.matter.drawn is True
    assert dossier.matter.drawn_because == here(book, suzhou="必须回访：诉求人不满意", example="必须回访：不满意")
    assert [li.kind for li in dossier.lines[-2:]] == ["followed_up", "follow_up_reopened"]


# 归档


def archive(book: Rulebook, dossier: MatterDossier, now: datetime = line.NOW, who: Any = REVIEWER) -> None:
    line.act(dossier, "archive", who, {}, now, book)
    assert (dossier.matter.status, dossier.matter.archived_at) == ("archived", now)


@pytest.mark.clause("四（六）段1a", "R-12")
def test_the_file_waits_for_rating_follow_up_or_the_end_of_the_period(book: Rulebook) -> None:
    dossier = closed(book)
    until = dossier.matter.rating_until
    assert until is not None
    for who in (REVIEWER, CLOCK):
        no = line.refused(line.copy(dossier), "archive", who, {}, until - timedelta(seconds=1), book)
        assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="四（四）段1", example="第14条"))
    archive(book, line.copy(dossier), until, CLOCK)
    rated = line.copy(dossier)
    call(book, rated, who=CITIZEN)
    archive(book, rated)


@pytest.mark.clause("R-12")
def test_a_call_nobody_answered_does_not_shorten_the_wait(book: Rulebook) -> None:
    dossier = closed(book)
    call(book, dossier, reached="", solved="", result="")
    assert line.refused(dossier, "archive", REVIEWER, {}, line.NOW, book).step == "guard"


@pytest.mark.clause("四（六）段1a")
def test_archiving_says_how_many_lines_the_frozen_ledger_holds(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    before = len(dossier.lines)
    archive(book, dossier)
    written = read(dossier.lines[-1].text)
    assert written.facts[0] == before
    assert written.clauses == (here(book, suzhou="四（六）段1", example="第17条"),)


@pytest.mark.clause("四（六）段1a")
def test_what_was_declined_waits_for_nothing_what_was_answered_at_once_for_its_rating(book: Rulebook) -> None:
    declined, answered = line.lived(book, "register"), line.lived(book, "accept")
    line.act(declined, "decline", line.actor("operator"), line.forms(book)["decline"], line.NOW, book)
    archive(book, declined)
    line.act(answered, "answer_at_once", line.actor("operator"), line.forms(book)["answer_at_once"], line.NOW, book)
    assert line.refused(answered, "archive", REVIEWER, {}, line.NOW, book).step == "guard"
    call(book, answered, who=CITIZEN)
    archive(book, answered)


@pytest.mark.clause("R-12")
def test_nobody_presses_close(book: Rulebook) -> None:
    for role in line.ROLES:
        assert line.refused(replied(book), "close", line.actor(role), {}, line.NOW, book).step == "post"
