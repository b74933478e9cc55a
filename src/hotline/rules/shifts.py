"""顺延：dates moved for an outage or force majeure, by whom the rulebook names, with a document (R-24)."""

from __future__ import annotations

from datetime import date, datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict
from hotline.rules.worktime import ONE_DAY


def shifted(book: Rulebook, due: Due, working_days: int, *, urgent: bool = False) -> Due:
    """The date so many working days later; a date in calendar time, so many calendar days."""
    rule, calendar = book.provision("date_shift"), book.calendar
    readings = tuple(dict.fromkeys((*due.readings, *rule.readings)))
    if not urgent and calendar.at_midnight(due.at):
        at, provisional = calendar.end_of_working_day(calendar.day_ended_by(due.at), working_days)
        return Due(at, due.clause, readings, provisional)
    day, local = calendar.day_of(due.at), calendar.local(due.at)
    at, provisional = calendar.end_of_calendar_day(day, working_days - 1)
    moved = at.replace(hour=local.hour, minute=local.minute, second=local.second, microsecond=local.microsecond)
    return Due(moved, due.clause, readings, provisional)


ANYWHERE = "none"  # of whichever centre, since the role is at none


def may_order(book: Rulebook, role: str, desk: str) -> Verdict:
    """Whether `role` at a centre with this `desk` is the one by whose order dates are shifted."""
    rule = book.provision("date_shift")
    ok = role == rule.values["ordered_by"] and rule.values["ordered_at"] in (ANYWHERE, desk)
    return Verdict(ok, rule.clause, "可以顺延" if ok else "顺延须由规则规定的负责人决定。", rule.readings)


def working_days(book: Rulebook, first_on: date, last_on: date) -> int:
    """How many working days an outage took, its first and its last day counted."""
    return book.calendar.working_days_between(first_on - ONE_DAY, last_on)


def lacks(book: Rulebook, first_on: date, last_on: date, document: str, now: datetime) -> tuple[str, str] | None:
    """What is wrong with the order to shift dates: the field and why; None when nothing is."""
    if book.provision("date_shift").values["document_required"] and not document.strip():
        return "document", "顺延须凭文件，请写明文件名称和文号。"
    if last_on < first_on:
        return "last_on", "最后一天不能早于第一天。"
    if first_on > book.calendar.day_of(now):
        return "first_on", "还没有发生的不能顺延。"
    if working_days(book, first_on, last_on) < 1:
        return "last_on", "这几天都不上班，没有可以顺延的。"
    return None
