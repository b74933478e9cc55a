"""恶意与骚扰来电：a mark on the caller, for a time; it warns, and closes no door (R-33)."""

from __future__ import annotations

from datetime import date, datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict


def sorts(book: Rulebook) -> dict[str, str]:
    """What a caller may be marked for."""
    return dict(book.provision("abuse").values["sorts"])


def decide_until(book: Rulebook, proposed: datetime) -> Due:
    """Until when a mark proposed at `proposed` is to be approved or not; the office's own date."""
    rule = book.provision("abuse")
    at, provisional = book.calendar.end_of_working_day(proposed, rule.values["decide_working_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def longest(book: Rulebook, now: datetime) -> Due:
    """Until when a mark may stand at most."""
    rule = book.provision("abuse")
    at, provisional = book.calendar.end_of_calendar_day(now, rule.values["longest_calendar_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def may_stand(book: Rulebook, last_day: date, now: datetime) -> Verdict:
    """Whether a mark set at `now` may stand through `last_day`."""
    rule, end = book.provision("abuse"), ends(book, last_day)
    most = longest(book, now).at
    ok = now < end <= most
    because = "" if ok else f"标记要有到期日，最长 {rule.values['longest_calendar_days']} 天。"
    return Verdict(ok, rule.clause, because, rule.readings)


def ends(book: Rulebook, last_day: date) -> datetime:
    """The instant at which a mark through `last_day` is over."""
    return book.calendar.end_of_day(last_day)[0]
