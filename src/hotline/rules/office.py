"""热线办自己的时限：shown and counted like a unit's (R-19)."""

from __future__ import annotations

from datetime import datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.rules.worktime import plus_minutes

PHONE, WEB = "phone", "web"
WRITTEN = (WEB, "letter", "paper")  # what comes on paper is dispatched within the same time as what comes by the web


def dispatch_until(book: Rulebook, accepted: datetime, channel: str, *, urgent: bool = False) -> Due:
    """Until when a matter accepted by telephone or in writing is to be dispatched; for urgent ones `accepted` is
    registration. Raises ValueError for another channel."""
    values = book.provision("office_dates").values
    if urgent:
        return _minutes(book, accepted, values["urgent_dispatch_minutes"])
    if channel == PHONE:
        return _minutes(book, accepted, values["phone_dispatch_minutes"])
    if channel not in WRITTEN:
        raise ValueError(f"没有受理渠道 {channel}")
    return _working_days(book, accepted, values["web_dispatch_working_days"])


def review_until(book: Rulebook, filed: datetime) -> Due:
    """Until when a letter filed at `filed` is to be reviewed."""
    return _working_days(book, filed, book.provision("office_dates").values["review_working_days"])


def leader_reminder_at(book: Rulebook, submitted: datetime) -> Due:
    """When leaders who have not instructed on a matter submitted at `submitted` are reminded."""
    return _working_days(book, submitted, book.provision("office_dates").values["leader_reminder_working_days"])


def designation_until(book: Rulebook, proposed: datetime) -> Due:
    """After when a designation proposed at `proposed` and not yet made is escalated (R-20)."""
    rule = book.provision("designation")
    at, provisional = book.calendar.end_of_working_day(proposed, rule.values["escalate_working_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def _minutes(book: Rulebook, start: datetime, minutes: int) -> Due:
    rule = book.provision("office_dates")
    return Due(plus_minutes(book.calendar.local(start), minutes, book.tz), rule.clause, rule.readings)


def _working_days(book: Rulebook, start: datetime, working_days: int) -> Due:
    rule = book.provision("office_dates")
    at, provisional = book.calendar.end_of_working_day(start, working_days)
    return Due(at, rule.clause, rule.readings, provisional)
