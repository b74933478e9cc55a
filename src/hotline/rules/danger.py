"""险情：words of danger to life in what citizens write, and how often the shift leader is told of them until somebody
takes it (R-41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due


def words(book: Rulebook) -> tuple[str, ...]:
    """The rulebook's own, which no city takes away."""
    return tuple(book.provision("danger").values["words"])


def covered(book: Rulebook, word: str, own: Iterable[str] = ()) -> str:
    """The word, of the rulebook's or the city's own, that is found already wherever this one stands; empty for none."""
    return next((one for one in (*words(book), *own) if one in word), "")


def found(book: Rulebook, texts: Iterable[str], own: Iterable[str] = ()) -> tuple[str, ...]:
    """Which of the rulebook's words, and of those that the city added of its `own`, stand in what was written, however
    it is spaced. "不要自杀" is found too: to look once too often costs a minute, not to look may cost a life."""
    written = "\n".join("".join(text.split()) for text in texts)
    return tuple(dict.fromkeys(word for word in (*words(book), *own) if word in written))


def again_at(book: Rulebook, since: datetime, now: datetime) -> Due:
    """When the shift leader is told again of what has stood `since`: at the first of the instants so many minutes apart
    that lies after `now`, so that a clock that comes late tells once, not once for each that it missed."""
    rule = book.provision("danger")
    step, start = timedelta(minutes=rule.values["minutes"]), since.astimezone(UTC)
    passed = max(now - start, timedelta(0)) // step
    return Due(start + (passed + 1) * step, rule.clause, rule.readings)
