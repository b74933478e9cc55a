"""险情：words of danger to life in what citizens write, and how often the shift leader is told of them until somebody
takes it (R-41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due


def found(book: Rulebook, texts: Iterable[str]) -> tuple[str, ...]:
    """Which of the rulebook's words stand in what was written, however it is spaced. "不要自杀" is found too: to look once
    too often costs a minute, not to look may cost a life."""
    written = "\n".join("".join(text.split()) for text in texts)
    return tuple(word for word in book.provision("danger").values["words"] if word in written)


def again_at(book: Rulebook, since: datetime, now: datetime) -> Due:
    """When the shift leader is told again of what has stood `since`: at the first of the instants so many minutes apart
    that lies after `now`, so that a clock that comes late tells once, not once for each that it missed."""
    rule = book.provision("danger")
    step, start = timedelta(minutes=rule.values["minutes"]), since.astimezone(UTC)
    passed = max(now - start, timedelta(0)) // step
    return Due(start + (passed + 1) * step, rule.clause, rule.readings)
