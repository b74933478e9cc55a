"""待补充：missing facts are asked for before a matter is declined for lack of them."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.rules.book import Rulebook
from hotline.rules.contacts import Attempt, different_hours
from hotline.rules.verdicts import Verdict


def asked_enough(book: Rulebook, tries: Sequence[Attempt]) -> Verdict:
    """Whether the citizen was asked often enough, at different hours and with something to show for it, for a matter
    without facts to be declined though nothing was answered."""
    rule = book.provision("missing_facts")
    tried, needed = different_hours(book, tries), rule.values["tries"]
    because = f"不同钟点请诉求人补充 {tried} 次，需要 {needed} 次"
    return Verdict(tried >= needed, rule.clause, because, rule.readings)
