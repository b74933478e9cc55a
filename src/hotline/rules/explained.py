"""已解释、未解决：closing what cannot be solved now (R-11)."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from datetime import date, datetime

from hotline.rules import spoken
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Missing, Verdict


def latest_review_on(book: Rulebook, now: datetime) -> date:
    """The last day on which the review of a matter closed at `now` may be set."""
    today = book.calendar.day_of(now)
    count = today.month - 1 + int(book.provision("explained").values["review_months"])
    year, month = today.year + count // 12, count % 12 + 1
    return date(year, month, min(today.day, months.monthrange(year, month)[1]))


def needs(book: Rulebook) -> dict[str, str]:
    """What such an end needs, by id, each with its Chinese term."""
    return dict(book.provision("explained").values["needs"])


def lacks(book: Rulebook, form: Mapping[str, str]) -> list[Missing]:
    """What `form` lacks: the contact, whether understanding was gained, the review date."""
    rule, wanted = book.provision("explained"), needs(book).items()
    return [Missing(f, rule.clause, f"须写明{term}") for f, term in wanted if not form.get(f, "").strip()]


def may_review_on(book: Rulebook, on: date, now: datetime) -> Verdict:
    """Whether `on` may be the review date of a matter closed at `now`: after today, not too far ahead."""
    rule, last = book.provision("explained"), latest_review_on(book, now)
    ok = book.calendar.day_of(now) < on <= last
    because = "复查日期有效" if ok else f"复查日期须在明天至 {spoken.day_and_weekday(last, now.astimezone(book.tz).date())}之间"
    return Verdict(ok, rule.clause, because, rule.readings)
