"""协办与下派：the dates of those who do a part of an order: assisting units (R-15) and the level below (R-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hotline.rules import spoken, ways
from hotline.rules.book import Rulebook
from hotline.rules.steps import SHIFTED, Step, written
from hotline.rules.verdicts import Due
from hotline.rules.worktime import ONE_DAY, local_midnight

OWED = "excess"  # what the office took too long for


def under(own: Sequence[Step], upper: Sequence[Step], at: datetime) -> tuple[Step, ...]:
    """随着改期：the steps of a date that depends on another's, once the other's are `upper`: begun anew below it at that
    instant, so that nobody is late by a date they never had (R-15, R-16). What was granted within the old date is in
    the new one; what the office owes, and outages that the other did not see, go on."""
    base = max(i for i, step in enumerate(own) if not i or step.of)
    seen = {step.ref for step in upper if step.how == SHIFTED}
    kept = (step for step in own[base:] if step.how == OWED or (step.how == SHIFTED and step.ref not in seen))
    return (*own, replace(own[0], at=at, of=written(upper)), *kept)


def assisting_due(book: Rulebook, lead: Due, received: datetime, *, urgent: bool = False) -> Due:
    """协办：some working days before the lead's date, with a least span of its own, never after the lead's."""
    rule, calendar = book.provision("assisting"), book.calendar
    if urgent or not calendar.at_midnight(lead.at):
        return Due(lead.at, rule.clause, rule.readings, lead.provisional)
    last = calendar.workday_before(calendar.day_ended_by(lead.at), rule.values["working_days_before_lead"])
    least, _ = calendar.end_of_working_day(received, rule.values["least_working_days"])
    at = min(max(local_midnight(last + ONE_DAY, book.tz), least), lead.at)
    return Due(at, rule.clause, rule.readings, lead.provisional)


def inner_lacks(book: Rulebook, wanted: datetime, until: datetime | None, now: datetime) -> str:
    """Why level 2 cannot want a thing from below by this instant, said to a person; nothing where it can."""
    if wanted <= now:
        return "内部期限须在现在以后。"
    if until is not None and wanted > until:
        return f"内部期限不能晚于下级自己的办理期限，最晚 {spoken.limit(until, book.tz)}。"
    return "" if ways.at_work(book, wanted) else "内部期限须是工作日上班时间里的一个时刻。"


def inner_due(book: Rulebook, outer: Due, handed_down: datetime) -> Due:
    """下派：the date of the level below, so long before that of the level which stays answerable.

    Where too little is left for that, the outer date itself: the review is then on the upper level's time.
    """
    rule, calendar = book.provision("handed_down"), book.calendar
    if not calendar.at_midnight(outer.at):
        return Due(outer.at, rule.clause, rule.readings, outer.provisional)
    last = calendar.workday_before(calendar.day_ended_by(outer.at), rule.values["working_days_before_parent"])
    at = local_midnight(last + ONE_DAY, book.tz)
    return Due(at if at > handed_down else outer.at, rule.clause, rule.readings, outer.provisional)
