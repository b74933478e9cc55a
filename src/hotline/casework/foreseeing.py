"""预见 (foreseeing): how many open dates would come out otherwise under other calendar years, counted without a lock and
without changing anything; nothing of any matter is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.casework.statuses import OPEN_SQL
from hotline.procedure.perform import raw
from hotline.procedure.world import current
from hotline.rules import dating
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear
from hotline.rules.worktime import Year

MOST = 5_000  # orders that one look goes through
LATER, EARLIER, ALIKE, UNKNOWN = "later", "earlier", "alike", "unknown"
_OPEN = f"""
SELECT m.rulebook, o.due_basis, o.due_at FROM casework_order o JOIN casework_matter m ON m.id = o.matter_id
WHERE o.status IN {OPEN_SQL} AND o.due_at IS NOT NULL AND o.due_basis <> '' LIMIT {MOST + 1}
"""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """预见的: how many open orders were looked at, whether that is all of them, and how many of their dates would be
    later, earlier, or could not be worked out."""

    looked: int
    whole: bool
    later: int
    earlier: int
    unknown: int


def foreseen(year: Year) -> Foreseen:
    """What publishing this year in place of what stands would do to the dates of open orders."""
    with raw().cursor() as cur:
        rows: list[Any] = cur.execute(_OPEN).fetchall()
    books = {name: _with(book, year) for name, book in current().books.items()}
    found = Counter(_each(rows[:MOST], books))
    return Foreseen(min(len(rows), MOST), len(rows) <= MOST, found[LATER], found[EARLIER], found[UNKNOWN])


def _with(book: Rulebook, year: Year) -> Rulebook:
    calendar = replace(book.calendar, years={**book.calendar.years, year.year: year})
    return replace(book, calendar=calendar)


def _each(rows: list[Any], books: Mapping[str, Rulebook]) -> Iterator[str]:
    for rulebook, basis, due_at in rows:
        book = books.get(rulebook)
        yield _one(book, basis, due_at) if book else UNKNOWN


def _one(book: Rulebook, basis: str, due_at: datetime) -> str:
    try:
        due = dating.fold(book, dating.read(basis))
    except UncoveredYear:
        return UNKNOWN
    if due is None or due.at == due_at:
        return ALIKE
    return LATER if due.at > due_at else EARLIER
