"""退回重办与退单: reasons, dates, counts and cards; what was late stays late (五（三）, 五（四）, R-06, R-17)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, at, begins, ends, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Letter, Mark
from hotline.casework.transitions.base import due_columns
from hotline.network.roles import Role
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY, Effect
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules import dating
from hotline.rules.book import Rulebook
from support import line
from transitions.test_ticking import tick

REVIEWER, CLERK, DEPUTY = line.actor("reviewer"), line.actor("clerk"), line.actor("deputy")
BACK = {"because_reply": "1", "words": "没有写怎么修的"}
SENT = {"suzhou": 3, "example": 2}  # how many working days after the letter went back, as each text says
BOUNCED = {"suzhou": 1, "example": 2}
URGENT = {  # 24:00 of the next calendar day, of the second in the other city
    "a working day": ("2026-09-18", "2026-09-19"),
    "before rest days": ("2026-11-08", "2026-11-08"),
    "before a make-up workday": ("2026-09-20", "2026-09-27"),
    "across New Year": ("2027-01-01", "2027-01-01"),
}


def filed(book: Rulebook, day: str = "a working day", **changed: Any) -> MatterDossier:
    return line.lived(book, "file", begins(book, day), **changed)


def back(book: Rulebook, dossier: MatterDossier, now: Any, verb: str = "send_back", **form: str) -> Any:
    good = BACK if verb == "send_back" else {"because_responsible_name": "1", "words": "没有写责任人"}
    return line.act(dossier, verb, REVIEWER, {**good, **form}, now, book)


def again(book: Rulebook, dossier: MatterDossier, now: Any) -> None:
    """The unit writes the same letter again and files it."""
    for verb, who in (("draft_reply", CLERK), ("sign_off", DEPUTY), ("file", CLERK)):
        line.act(dossier, verb, who, line.forms(book)[verb], now, book)


def judged(book: Rulebook, fresh: MatterDossier, until: datetime) -> None:
    """By the new date: a letter filed again, and the card for one that is not."""
    for late, in_time in BEFORE_AT_AFTER:
        dossier, waiting = line.copy(fresh), line.copy(fresh)
        again(book, dossier, until + late)
        assert (dossier.orders[0].on_time, dossier.orders[0].due_at) == (in_time, until)
        assert ("give_red overdue" in tick(waiting, book, until + late)) is not in_time
        assert ("give_red overdue" in tick(dossier, book, until + timedelta(days=30))) is not in_time


@pytest.mark.clause("五（三）b", "五（四）d", "R-06", "R-17")
@pytest.mark.parametrize(("verb", "dates"), [("send_back", SENT), ("bounce", BOUNCED)])
@pytest.mark.parametrize("day", DAYS)
def test_the_new_date_counts_from_the_day_it_went_back(
    book: Rulebook, verb: str, dates: dict[str, int], day: str
) -> None:
    """An order delivered two months before; rest days and New Year's Day are not counted. Filed again a minute before
    that date, at it and after; or not at all."""
    now = begins(book, day)
    dossier = filed(book, day)
    basis = dating.delivered("complaint", now - timedelta(days=60))
    dossier = line.changed(dossier, dossier.orders[0], **due_columns(book, [basis]))
    back(book, dossier, now, verb)
    until = ends(book, day, **dates)
    assert (dossier.orders[0].due_at, dossier.orders[0].round) == (until, 2)
    judged(book, dossier, until)


@pytest.mark.clause("五（三）b", "R-06")
@pytest.mark.parametrize("kind", ["complaint", "suggestion", "help"])
def test_the_later_of_the_old_date_and_the_new_one(book: Rulebook, kind: str) -> None:
    """Sent back early the date stays and so does the round; sent back at its end it moves, and a new round begins."""
    dossier = filed(book, dispatch={"kind": kind})
    old = dossier.orders[0].due_at
    assert old is not None
    early = line.copy(dossier)
    back(book, early, line.NOW + MINUTE)
    stays = old >= at(book, f"{here(book, suzhou='2026-09-22', example='2026-09-19')}T00:00")
    assert (early.orders[0].due_at == old) == stays == (early.orders[0].round == 1)
    late = line.copy(dossier)
    back(book, late, old - MINUTE)
    assert late.orders[0].due_at > old
    assert (late.orders[0].round, late.orders[0].due_clause) == (2, here(book, suzhou="五（三）", example="第24条"))


@pytest.mark.clause("五（三）b")
def test_the_line_says_for_what_and_cites_each_clause(book: Rulebook) -> None:
    dossier = filed(book)
    due, letter = dossier.orders[0].due_at, dossier.all(Letter)[0]
    merit = here(book, suzhou="thin", example="vague")
    back(book, dossier, line.NOW + MINUTE, because_handler_phone="1", **{f"because_{merit}": "1"})
    written = next(read(li.text) for li in dossier.lines if li.kind == "sent_back")
    letter_id, reasons, words, old, new, clause, provisional, late, count, parts = written.facts
    assert (letter_id, reasons, count) == (letter.id, ["reply", "handler_phone", merit], 1)
    assert (late, provisional, parts) == (False, False, [])
    assert dossier.body(words) == "没有写怎么修的"
    assert "没有写怎么修的" not in dossier.lines[-1].text
    assert datetime.fromisoformat(old) == datetime.fromisoformat(new) == due
    assert set(here(book, suzhou=("五（三）", "五（五）", "R-06"), example=("第24条", "第26条"))) <= set(written.clauses)
    assert clause in written.clauses


@pytest.mark.clause("五（三）b")
def test_words_alone_are_no_reason_and_a_reason_needs_words(book: Rulebook) -> None:
    clause = here(book, suzhou="五（三）", example="第24条")
    none = line.problems(filed(book), "send_back", REVIEWER, {"words": "不好"}, line.NOW, book)
    assert line.said(none) == [("because_reply", clause)]
    silent = line.problems(filed(book), "send_back", REVIEWER, {**BACK, "words": ""}, line.NOW, book)
    assert [problem.field for problem in silent] == ["words"]
    other = line.problems(filed(book), "bounce", REVIEWER, {"because_reply": "1", "words": "不好"}, line.NOW, book)
    assert line.said(other) == [("because_responsible_unit", here(book, suzhou="五（四）", example="第25条"))]


@pytest.mark.clause("五（四）d")
def test_a_bounce_is_for_what_the_rulebook_says_and_for_the_sign_off(book: Rulebook) -> None:
    asked = [f.name for f in REGISTRY["bounce"].fields(book)]
    wanted = here(book, suzhou=["responsible_unit", "responsible_name"],
                  example=["responsible_unit", "responsible_name", "responsible_phone"])  # fmt: skip
    assert asked == [f"because_{name}" for name in (*wanted, "sign_off")] + ["words"]
    assert not {f.name for f in REGISTRY["send_back"].fields(book)} & set(asked[:-1])


@pytest.mark.clause("五（四）d", "R-17")
def test_a_bounced_letter_was_never_filed_and_brings_no_card(book: Rulebook) -> None:
    dossier = filed(book)
    back(book, dossier, line.NOW + MINUTE, "bounce")
    order = dossier.orders[0]
    assert (order.status, order.filed_at, order.on_time, order.review_until) == ("bounced", None, None, None)
    assert (order.send_backs, order.sent_back_at, dossier.all(Mark)) == (0, None, [])
    assert dossier.letter_of(order) is not None, "the letter stays to be read"
    again(book, dossier, line.NOW + 2 * MINUTE)
    assert (order.round, dossier.orders[0].on_time) == (1, True)


@pytest.mark.clause("五（三）b", "五（四）d", "R-06", "R-17")
@pytest.mark.parametrize("verb", ["send_back", "bounce"])
@pytest.mark.parametrize(("late", "on_time"), [(-MINUTE, True), (timedelta(0), False), (MINUTE, False)])
def test_what_was_late_when_filed_stays_late_and_nothing_else_does(
    book: Rulebook, verb: str, late: timedelta, on_time: bool
) -> None:
    dossier = line.lived(book, "sign_off", begins(book, "a working day"))
    due = dossier.orders[0].due_at
    assert due is not None
    line.act(dossier, "file", CLERK, {}, due + late, book)
    back(book, dossier, due + timedelta(hours=9), verb)
    assert dossier.orders[0].settled is (None if on_time else False)
    new = dossier.orders[0].due_at
    assert new is not None
    assert new > due
    soon_again = line.copy(dossier)
    again(book, soon_again, new - MINUTE)
    assert soon_again.orders[0].on_time is on_time
    again(book, dossier, new)
    assert dossier.orders[0].on_time is False


@pytest.mark.clause("四（五）段1a", "R-09")
def test_consecutive_send_backs_bring_a_yellow_and_then_a_red_card(book: Rulebook) -> None:
    dossier, now, colours = filed(book), line.NOW, []
    for _ in range(4):
        now += MINUTE
        back(book, dossier, now)
        colours.append([m.colour for m in dossier.all(Mark)])
        again(book, dossier, now)
    assert colours == here(
        book,
        suzhou=[["yellow"], ["yellow", "red"], ["yellow", "red"], ["yellow", "red"]],
        example=[[], ["yellow"], ["yellow", "red"], ["yellow", "red"]],
    )
    assert {(m.cause, m.round) for m in dossier.all(Mark)} == {("send_back", 1), ("send_back_again", 1)}


@pytest.mark.clause("R-09")
def test_an_approval_begins_the_count_anew(book: Rulebook) -> None:
    dossier = filed(book, dispatch={"major": "1"})
    back(book, dossier, line.NOW + MINUTE)
    line.act(dossier, "draft_reply", CLERK, line.forms(book)["draft_reply"], line.NOW + MINUTE, book)
    line.act(dossier, "sign_off", line.actor("head"), {}, line.NOW + MINUTE, book)
    line.act(dossier, "file", CLERK, {}, line.NOW + MINUTE, book)
    assert dossier.orders[0].send_backs == 1
    line.act(dossier, "approve", REVIEWER, {}, line.NOW + MINUTE, book)
    assert dossier.orders[0].send_backs == 0
    assert dossier.orders[0].sent_back_at == line.NOW + MINUTE


@pytest.mark.clause("R-12")
def test_a_letter_once_sent_back_is_always_followed_up_where_the_rulebook_says_so(book: Rulebook) -> None:
    dossier = filed(book)
    back(book, dossier, line.NOW + MINUTE)
    again(book, dossier, line.NOW + MINUTE)
    line.act(dossier, "approve", REVIEWER, {}, line.NOW + MINUTE, book)
    assert (dossier.matter.drawn_because == "必须回访：曾退回重办") is here(book, suzhou=True, example=False)


@pytest.mark.clause("R-06", "五（二）5")
@pytest.mark.parametrize("day", DAYS)
def test_an_urgent_letter_is_due_at_the_end_of_a_calendar_day(book: Rulebook, day: str) -> None:
    dossier = filed(book, day, dispatch={"urgent": "1", "urgent_reason": "漏气"})
    back(book, dossier, begins(book, day, "17:00"))
    until = at(book, f"{here(book, suzhou=URGENT[day][0], example=URGENT[day][1])}T00:00")
    assert dossier.orders[0].due_at == until
    judged(book, dossier, until)


@pytest.mark.clause("R-19")
def test_that_the_office_was_late_is_not_lost(book: Rulebook) -> None:
    """The clock's due acts come first; afterwards the new filing has a date of its own, that may be missed again."""
    dossier = filed(book)
    until = dossier.orders[0].review_until
    assert until is not None
    assert tick(dossier, book, until) == ["note_review_late"]
    back(book, dossier, until + MINUTE)
    again(book, dossier, until + 2 * MINUTE)
    second = dossier.orders[0].review_until
    assert second is not None
    assert second > until
    assert "note_review_late" in tick(dossier, book, second)


@pytest.mark.clause("R-09")
def test_no_reminder_is_owed_whose_day_has_passed(book: Rulebook) -> None:
    dossier = filed(book)
    due = dossier.orders[0].due_at
    assert due is not None
    back(book, dossier, due - MINUTE, "bounce")
    assert tick(dossier, book, due - MINUTE) == []
    assert dossier.orders[0].round == 2


@pytest.mark.clause("五（三）b", "R-09")
def test_the_form_says_beforehand_what_it_will_do(book: Rulebook) -> None:
    dossier = filed(book)
    due = dossier.orders[0].due_at
    assert due is not None
    now = due - MINUTE
    case: Any = Case(REGISTRY["send_back"], dossier, dossier.orders[0], REVIEWER, now, book, line.tools())
    foretold: dict[str, Any] = {e.label: e.value for e in case.card.effects(case)}
    assert all(isinstance(effect, Effect) for effect in case.card.effects(case))
    engine.live(Case(REGISTRY["send_back"], dossier, dossier.orders[0], REVIEWER, now, book, line.tools()), BACK)
    assert foretold["新的期限"].at == dossier.orders[0].due_at
    (mark,) = dossier.all(Mark) or [None]
    assert (mark is None) is (foretold["亮牌"] == "这一次不亮牌") is here(book, suzhou=False, example=True)
    if mark is not None:
        assert (mark.colour, mark.cause, mark.round) == tuple(
            getattr(foretold["亮牌"], name) for name in ("colour", "cause", "round")
        )


def test_the_reviewer_answers_for_it_and_nobody_else(book: Rulebook) -> None:
    for role in (Role.CLERK, Role.SUPERVISOR, Role.FOLLOW_UP):
        assert line.refused(filed(book), "send_back", line.actor(role), BACK, line.NOW, book).step == "post"


def test_an_answer_already_given_need_not_be_given_again(book: Rulebook) -> None:
    """The same words: the citizen has heard them. Other words: to be told before filing."""
    dossier = filed(book)
    back(book, dossier, line.NOW + MINUTE)
    line.act(dossier, "draft_reply", CLERK, {**line.forms(book)["draft_reply"], "answer": "另一个说法"}, line.NOW + MINUTE,
             book)  # fmt: skip
    line.act(dossier, "sign_off", DEPUTY, {}, line.NOW + MINUTE, book)
    assert "答复" in line.refused(dossier, "file", CLERK, {}, line.NOW + MINUTE, book).verdict.because
