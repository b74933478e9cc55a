"""退回与延期：until when a unit may ask, whether what it asks may be granted, and what comes of it."""

from __future__ import annotations

import re
from datetime import datetime

from hotline.rules import spoken
from hotline.rules.book import Provision, Rulebook
from hotline.rules.verdicts import Due, Verdict
from hotline.rules.worktime import plus_minutes

CLOSED = "退回的期限已于 {} 届满，视同已接受，不再予以退回"


def return_until(book: Rulebook, received: datetime, *, urgent: bool = False) -> Due:
    """退回的门：until when an order delivered at `received` may be asked to be taken back.

    The regulation gives urgent orders the same door; only the decision on them is quicker (`decide_return_until`).
    """
    rule = book.provision("return_of_orders")
    at, provisional = book.calendar.end_of_working_day(received, rule.values["working_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def return_door(book: Rulebook, until: datetime, now: datetime, *, designated: bool) -> Verdict:
    """退回的门：whether an order whose door closes at `until` may still be asked to be taken back at `now`."""
    if designated:
        designation = book.provision("designation")
        return Verdict(False, designation.clause, "该工单由政府指定承办，不能退回", designation.readings)
    rule = book.provision("return_of_orders")
    because = CLOSED.format(spoken.limit(until, book.tz)) if now >= until else "可以申请退回"
    return Verdict(now < until, rule.clause, because, rule.readings)


def basis_holds(book: Rulebook, basis: str) -> Verdict:
    """Whether the legal basis for a return names a document or an article."""
    rule = book.provision("return_of_orders")
    ok = re.search(rule.values["document_mark"], basis) is not None
    return Verdict(ok, rule.clause, "依据齐全" if ok else "法规政策依据须写明文号或条款号", rule.readings)


def may_approve_return(book: Rulebook, role: str) -> bool:
    """Whether `role` may approve, within the unit, that an order is asked to be taken back."""
    return role in book.provision("return_of_orders").values["approved_by"]


def may_agree_to_extension(book: Rulebook, role: str) -> bool:
    """Whether `role` may agree, within the unit, to an extension."""
    return role in book.provision("extension").values["agreed_by"]


def designates(book: Rulebook, times_returned: int) -> bool:
    """Whether a matter returned this often goes to designation by the government instead of to a third unit."""
    return times_returned >= int(book.provision("return_of_orders").values["designate_from"])


def decide_return_until(book: Rulebook, asked: datetime, *, urgent: bool = False) -> Due:
    """Until when the office is to decide on a return asked for at `asked`; its excess is added to the unit's date."""
    rule = book.provision("office_dates")
    if urgent:
        at = plus_minutes(book.calendar.local(asked), rule.values["urgent_return_minutes"], book.tz)
        return Due(at, rule.clause, rule.readings)
    at, provisional = book.calendar.end_of_working_day(asked, rule.values["return_working_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def with_office_excess(book: Rulebook, due: Due, asked: datetime, decided: datetime, *, urgent: bool = False) -> Due:
    """The unit's date after its return was refused: what the office took beyond its own limit is added (R-04).

    Excess is counted in working days, for urgent orders in calendar time; a quick decision leaves `due` as it is.
    """
    until = decide_return_until(book, asked, urgent=urgent)
    if decided < until.at:
        return due
    rule, calendar = book.provision("return_of_orders"), book.calendar
    if urgent or not calendar.at_midnight(due.at):
        minutes = int((decided - until.at).total_seconds() // 60)
        return Due(plus_minutes(due.at, minutes, book.tz), due.clause, _both(due, rule), due.provisional)
    excess = calendar.working_days_between(calendar.day_ended_by(until.at), decided)
    if not excess:
        return due
    at, provisional = calendar.end_of_working_day(calendar.day_ended_by(due.at), excess)
    return Due(at, due.clause, _both(due, rule), provisional)


def _both(due: Due, rule: Provision) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*due.readings, *rule.readings)))


def extension_ask_until(
    book: Rulebook, due: Due, *, urgent: bool = False, kind: str | None = None, received: datetime | None = None
) -> Due | None:
    """延期报备：until when an extension of `due` must be filed; None where there is none to be had.

    None for urgent orders, for limits in minutes (give `kind`, or `due` not at 24:00), and, where `received` is given,
    when the last moment to ask lies before delivery.
    """
    calendar, rule = book.calendar, book.provision("extension")
    in_minutes = kind is not None and book.kind(kind).working_days is None
    if urgent or in_minutes or not calendar.at_midnight(due.at):
        return None
    last = calendar.workday_before(calendar.day_ended_by(due.at), rule.values["working_days_before"])
    at, provisional = calendar.end_of_day(last)
    if received is not None and at <= received:
        return None
    return Due(at, rule.clause, rule.readings, provisional or due.provisional)


def cap(book: Rulebook, kind: str) -> int:
    """How many working days the extensions of a matter of `kind` may come to in all; 0 where it knows none."""
    working_days = book.kind(kind).working_days or 0
    return working_days * int(book.provision("extension").values["limits_in_all"])


def may_extend(
    book: Rulebook,
    kind: str,
    received: datetime,
    due: Due,
    now: datetime,
    *,
    urgent: bool,
    working_days: int,
    already: int,
    reason: str,
    agreed: bool,
) -> Verdict:
    """申请延期：whether `working_days` more may be filed at `now`, `already` having been granted before.

    `agreed` says that a head or deputy of the unit agreed. The office may refuse only what this refuses (R-07).
    """
    rule = book.provision("extension")
    if urgent:
        urgency = book.provision("urgent")
        return Verdict(False, urgency.clause, "紧急事项不得延期", urgency.readings)
    until = extension_ask_until(book, due, kind=kind, received=received)
    if until is None:
        return Verdict(False, rule.clause, "该事项没有可以延长的工作日时限", rule.readings)
    left = cap(book, kind) - already
    checks = [
        (now < until.at, f"延期须在 {spoken.limit(until.at, book.tz)} 之前报备，现已逾时"),
        (bool(reason.strip()), "请书面说明难以按时办结的具体原因"),
        (agreed, "延期须经单位负责同志同意"),
        (working_days >= 1, "延长的工作日数至少为 1"),
        (working_days <= left, f"各次延长合计不得超过上限，最多还能延长 {max(left, 0)} 个工作日"),
    ]
    refused = next((because for ok, because in checks if not ok), None)
    return Verdict(refused is None, rule.clause, refused or "可以报备延期", rule.readings)


def extended(book: Rulebook, due: Due, working_days: int) -> Due:
    """The date after an extension: 24:00 of the `working_days`-th working day after the old due day."""
    rule = book.provision("extension")
    at, provisional = book.calendar.end_of_working_day(book.calendar.day_ended_by(due.at), working_days)
    return Due(at, rule.clause, rule.readings, provisional)


def explanation_counts(book: Rulebook, old_due: datetime, explained: datetime | None) -> Verdict:
    """Whether an extension stands: the citizen must have been told why before the old due instant, else it is void."""
    rule = book.provision("extension")
    ok = explained is not None and explained < old_due
    because = "已向诉求人作出解释说明" if ok else "原期限届满前没有向诉求人作出解释说明，延期无效"
    return Verdict(ok, rule.clause, because, rule.readings)
