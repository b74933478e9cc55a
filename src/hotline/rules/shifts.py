"""顺延：dates moved for an outage or force majeure, by whom the rulebook names, with a document (R-24)."""

from __future__ import annotations

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict


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


def may_shift(book: Rulebook, role: str, document: str) -> Verdict:
    """Whether dates may be shifted by `role` on this document."""
    rule = book.provision("date_shift")
    if role != rule.values["ordered_by"]:
        return Verdict(False, rule.clause, "顺延由规定的负责人决定。", rule.readings)
    if rule.values["document_required"] and not document.strip():
        return Verdict(False, rule.clause, "顺延须凭文件，请写明文件名称和文号。", rule.readings)
    return Verdict(True, rule.clause, "可以顺延", rule.readings)
