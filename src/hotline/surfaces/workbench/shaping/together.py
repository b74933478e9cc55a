"""勾选的件 (rows to tick): the rows of a list as the boxes of a form by which several are done at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from hotline.casework import desks
from hotline.rules.book import Rulebook
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Choice


def choices(rows: Sequence[desks.Row], ticked: Collection[str], book: Rulebook, now: datetime) -> tuple[Choice, ...]:
    """A box for each, with until when it is to be answered, how long that is from now, by which clause."""
    return tuple(
        Choice(row.number, f"{said.short_number(row.number)}  {row.gist}", _hint(row, book, now), row.number in ticked)
        for row in rows
    )


def _hint(row: desks.Row, book: Rulebook, now: datetime) -> str:
    return " · ".join(part for part in ("紧急" if row.urgent else "", *_due(row, book, now)) if part)


def _due(row: desks.Row, book: Rulebook, now: datetime) -> tuple[str, ...]:
    if row.own_at is None:
        return ()
    left = said.remaining(row.own_at, now, book.tz, None if row.urgent else book.calendar)
    return f"{said.limit(row.own_at, book.tz)}，{left}", row.own_clause or ""
