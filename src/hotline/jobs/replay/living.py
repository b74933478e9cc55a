"""回放本身 (living): the good rows of a sheet lived through the line, in a city born before the first of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from hotline.jobs.replay import figures, queue, staff
from hotline.jobs.replay.days import Days
from hotline.jobs.replay.figures import Figures
from hotline.jobs.replay.kinds import kind_of
from hotline.jobs.replay.life import Life
from hotline.jobs.replay.plan import plan
from hotline.jobs.replay.reader import ANSWERED, ASKED, Message, Refusal, Sheet
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear


@dataclass(slots=True)
class Outcome:
    """结果: rows read, lived and refused, what the ledger says, and how long the living took."""

    rows: int
    lived: int = 0
    refused: list[Refusal] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    seconds: float = 0.0


def live(book: Rulebook, sheet: Sheet, seals: Path, kind: str | None = None,
         lived: Callable[[], object] = lambda: None) -> Outcome:  # fmt: skip
    """Live a sheet in the city at hand; `kind` overrides the rule of words, `lived` hears of each life's end."""
    began = monotonic()
    outcome = Outcome(sheet.rows, refused=list(sheet.refused))
    lives = _lives(book, sheet.messages, kind, outcome.refused)
    days = Days(book.calendar, seals)

    def ended(life: Life) -> None:
        outcome.lived += 1
        lived()

    outcome.refused += queue.run(lives, days, ended)
    outcome.refused.sort(key=lambda refusal: refusal.row)
    days.close()
    outcome.seconds = monotonic() - began
    outcome.figures = figures.count(book)
    return outcome


def _lives(book: Rulebook, messages: Iterable[Message], kind: str | None, refused: list[Refusal]) -> list[Life]:
    """A life for each message; one whose years no calendar covers is refused beforehand."""
    people, lives = staff.find(book), []
    for message in messages:
        try:
            mine = plan(book, message)
        except UncoveredYear as error:
            column = ASKED if book.calendar.day_of(message.asked).year == error.year else ANSWERED
            refused.append(Refusal(message.row, message.id, column, str(error)))
            continue
        lives.append(Life(message, kind or kind_of(message.subject, message.body), mine, people, book))
    return lives
