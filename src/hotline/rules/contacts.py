"""联系诉求人：whether enough was done to reach the citizen before a letter is filed (R-18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

AN_HOUR = timedelta(hours=1)  # what two hours of the day are apart


@dataclass(frozen=True, slots=True)
class Attempt:
    """一次联系：when, whether the citizen was reached, and what shows it (a recording, a call record)."""

    at: datetime
    reached: bool
    evidence: str


def waivers(book: Rulebook) -> dict[str, str]:
    """The reasons for which nobody need be contacted, by id, each with its Chinese term."""
    return dict(book.provision("first_contact").values["waivers"])


def may_file(book: Rulebook, attempts: Sequence[Attempt], waiver: str | None) -> Verdict:
    """Whether a letter may be filed: a contact, enough evidenced tries at different hours, or a waiver (its id)."""
    rule = book.provision("first_contact")
    if any(attempt.reached for attempt in attempts):
        return Verdict(True, rule.clause, "已与诉求人取得联系", rule.readings)
    if waiver in waivers(book):
        return Verdict(True, rule.clause, f"免予联系：{waivers(book)[waiver]}", rule.readings)
    tried, needed = different_hours(book, attempts), rule.values["tries"]
    if tried >= needed:
        return Verdict(True, rule.clause, f"已在不同钟点尝试联系 {tried} 次，未能接通", rule.readings)
    because = f"还没有与诉求人取得联系（不同钟点且有凭据的尝试 {tried} 次，需要 {needed} 次），也没有免予联系的理由"
    return Verdict(False, rule.clause, because, rule.readings)


def different_hours(book: Rulebook, attempts: Sequence[Attempt]) -> int:
    """How many tries count: those with evidence, one for each local hour of the day, each at least an hour after the
    last that counts, to the minute: a minute to the hour and the hour are no two tries."""
    hours, last = set[int](), None
    minutes = (attempt.at.replace(second=0, microsecond=0) for attempt in attempts if attempt.evidence.strip())
    for at in sorted(minutes):
        hour = book.calendar.local(at).hour
        if hour not in hours and (last is None or at - last >= AN_HOUR):
            hours.add(hour)
            last = at
    return len(hours)
