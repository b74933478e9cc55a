"""回访：whom to follow up, how long the rating stays open, when somebody counts as not reached (R-12)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from hotline.rules import checks
from hotline.rules.book import Rulebook
from hotline.rules.contacts import Attempt, different_hours
from hotline.rules.verdicts import Due, Verdict

# What may be graded at all; the rulebook says which of it is, and by what name. The result is always among it.
ASPECTS = checks.ASPECTS
RESULT = checks.RESULT


def drawn(book: Rulebook, seed: str, matter_number: str, facts: Mapping[str, bool]) -> Verdict:
    """Whether the matter is followed up by phone, and why: a fact that always calls for it, or the draw.

    The draw depends on `seed` and `matter_number` alone, so that anybody can repeat it.
    """
    rule = book.provision("follow_up")
    always = [term for fact, term in rule.values["always"].items() if facts.get(fact)]
    if always:
        return Verdict(True, rule.clause, "必须回访：" + "、".join(always), rule.readings)
    share = rule.values["share"]
    ok = lot(seed, matter_number) < share
    because = f"{'抽中' if ok else '未抽中'}随机回访（比例 {share:.0%}，种子 {seed}）"
    return Verdict(ok, rule.clause, because, rule.readings)


def rating_until(book: Rulebook, approved: datetime) -> Due:
    """Until when the citizen may rate a matter whose letter was approved at `approved`."""
    rule = book.provision("follow_up")
    at, provisional = book.calendar.end_of_calendar_day(approved, rule.values["rating_calendar_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def not_reached(book: Rulebook, attempts: Sequence[Attempt]) -> Verdict:
    """Whether the tries suffice to record the citizen as not reached, leaving the matter out of the denominator."""
    rule = book.provision("follow_up")
    tried, needed = different_hours(book, attempts), rule.values["tries"]
    ok = tried >= needed and not any(attempt.reached for attempt in attempts)
    because = f"已在不同钟点电话回访 {tried} 次" + ("，未能接通" if ok else f"，需要 {needed} 次均未接通")
    return Verdict(ok, rule.clause, because, rule.readings)


def may_redo(book: Rulebook, redos: int) -> Verdict:
    """Whether mere dissatisfaction may open a new round once more without a second person deciding."""
    rule = book.provision("follow_up")
    ok = redos < rule.values["redos"]
    return Verdict(ok, rule.clause, "可以重办一次" if ok else "再次重办须由另一人决定", rule.readings)


def grades(book: Rulebook) -> tuple[str, ...]:
    """The grades of satisfaction, best first."""
    return tuple(book.provision("follow_up").values["grades"])


def aspects(book: Rulebook) -> dict[str, str]:
    """What is graded, by id, each with its Chinese term."""
    return dict(book.provision("follow_up").values["aspects"])


def lot(seed: str, matter_number: str) -> float:
    """The lot of a matter, from 0 to below 1: drawn is whose lot lies below the share."""
    return int(digest(seed, matter_number), 16) / 2**64


def digest(seed: str, matter_number: str) -> str:
    """From what the lot is made: the first 16 hexadecimal digits, as any other tool says them too."""
    return hashlib.sha256(f"{seed}\0{matter_number}".encode()).hexdigest()[:16]
