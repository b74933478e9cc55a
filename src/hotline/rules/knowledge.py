"""知识库规定：which sorts of entries there are, how soon one is confirmed, for how long it is good, and how long before its
end whoever proposed it is asked again. The regulation asks for right answers and says nothing of that; a reading does
(R-38)."""

from __future__ import annotations

from datetime import date, datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict
from hotline.rules.worktime import ONE_DAY, local_midnight


def sorts(book: Rulebook) -> dict[str, str]:
    """What an entry may be."""
    return dict(book.provision("knowledge").values["sorts"])


def proposing_kinds(book: Rulebook) -> frozenset[str]:
    """The kinds of matters whose answer is worth an entry where there is none."""
    return frozenset(book.provision("knowledge").values["kinds"])


def decide_until(book: Rulebook, proposed: datetime) -> Due:
    """Until when what was proposed at `proposed` is to be confirmed or sent back; the office's own date."""
    rule = book.provision("knowledge")
    at, provisional = book.calendar.end_of_working_day(proposed, rule.values["decide_working_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def last_day(book: Rulebook, now: datetime) -> date:
    """The last day on which what is confirmed now may be good."""
    days: int = book.provision("knowledge").values["longest_calendar_days"]
    return book.calendar.day_of(now) + days * ONE_DAY


def through(book: Rulebook, last: date) -> datetime:
    """24:00 of a day, however far off: no calendar of working days is needed for that."""
    return local_midnight(last + ONE_DAY, book.tz)


def may_be_good(book: Rulebook, last: date, now: datetime) -> Verdict:
    """Whether an entry may be good through that day, seen from now."""
    rule, days = book.provision("knowledge"), book.provision("knowledge").values["longest_calendar_days"]
    ok = now < through(book, last) and last <= last_day(book, now)
    because = "" if ok else f"有效期到今天或以后的一天，最长 {days} 天。"
    return Verdict(ok, rule.clause, because, rule.readings)


def ask_at(book: Rulebook, until: datetime) -> datetime:
    """From when on whoever proposed an entry is asked whether it still holds: 00:00, so many days before its end."""
    days = book.provision("knowledge").values["ask_calendar_days"]
    return local_midnight(book.calendar.day_of(until) - days * ONE_DAY, book.tz)
