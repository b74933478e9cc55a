"""勾选的件 (rows to tick): the rows of a list as the boxes of a form by which several are done at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from hotline.casework import desks
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Choice


def choices(rows: Sequence[desks.Row], ticked: Collection[str], tz: ZoneInfo) -> tuple[Choice, ...]:
    """A box for each, with until when it is to be answered, by which clause."""
    return tuple(
        Choice(row.number, f"{said.short_number(row.number)}  {row.gist}", _hint(row, tz), row.number in ticked)
        for row in rows
    )


def _hint(row: desks.Row, tz: ZoneInfo) -> str:
    due = f"{said.limit(row.own_at, tz)} 到期 · {row.own_clause}" if row.own_at else ""
    return " · ".join(part for part in ("紧急" if row.urgent else "", due) if part)
