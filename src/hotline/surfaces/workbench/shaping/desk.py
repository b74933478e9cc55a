"""清单成形: a desk's rows as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from hotline.casework import desks
from hotline.casework.statuses import MATTER_TERMS, ORDER_TERMS
from hotline.network import desks as network
from hotline.network.records import Unit
from hotline.procedure.actor import Actor
from hotline.rules import marks
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import sure
from hotline.surfaces.ui import marking, said
from hotline.surfaces.ui.shapes import Desk, DeskGroup, DeskRow, DueMark, Filter, FilterGroup, VerbView

TERMS = {str(k): v for k, v in {**MATTER_TERMS, **ORDER_TERMS}.items()}


def due_mark(book: Rulebook, due: Due, received: datetime, now: datetime, *, urgent: bool, short: bool,
             settled_at: datetime | None = None) -> DueMark:  # fmt: skip
    """A due mark; it turns to `soon` when the yellow card would fall."""
    soon = marks.yellow_at(book, due, received, urgent=urgent).at
    calendar = None if urgent else book.calendar
    return marking.due_mark(due, now, book.tz, sure, calendar=calendar, soon_from=soon, settled_at=settled_at, short=short)


def _mark(book: Rulebook, row: desks.Row, now: datetime) -> DueMark | None:
    if row.due_at is None:
        return None
    clause = row.due_clause or book.provision("office_dates").clause
    due = Due(row.due_at, clause, (), row.provisional)
    return due_mark(book, due, row.received_at, now, urgent=row.urgent, short=True)


def _row(book: Rulebook, row: desks.Row, now: datetime) -> DeskRow:
    return DeskRow(
        row.number, said.short_number(row.number), row.gist, book.kind(row.kind).term, network.name(row.unit_id),
        TERMS[row.status], f"/staff/m/{row.number}/", _mark(book, row, now),
    )  # fmt: skip


def _groups(book: Rulebook, rows: Sequence[desks.Row], now: datetime) -> tuple[DeskGroup, ...]:
    pairs = [(row.due_at, _row(book, row, now)) for row in rows]
    groups = marking.due_groups(pairs, now, book.tz)
    return tuple(DeskGroup(f"{title} {len(found)}", tuple(found)) for title, found in groups)


def counted(number: int) -> str:
    """A count as shown: exact up to 1,000, else "1000+"."""
    return f"{desks.MANY}+" if number > desks.MANY else str(number)


def _filters(actor: Actor, unit: Unit | None, chosen: desks.DeskSpec, counts: dict[str, int]) -> FilterGroup:
    rows = [Filter(d.title, counted(counts[d.name]), f"/staff/desk/{d.name}/", d.name == chosen.name)
            for d in desks.desks_of(actor)]  # fmt: skip
    return FilterGroup("要我办", tuple(rows))


def cursor_said(row: desks.Row) -> str:
    """A keyset cursor for the address."""
    return f"{row.at.timestamp()!r}_{row.id}" if row.at else f"_{row.id}"


def cursor_read(text: str) -> tuple[datetime | None, int] | None:
    """The reverse of `cursor_said`; nothing for anything else."""
    from datetime import UTC

    at, _, row_id = text.partition("_")
    try:
        return (datetime.fromtimestamp(float(at), UTC) if at else None, int(row_id))
    except (ValueError, OverflowError, OSError):
        return None


def desk_view(book: Rulebook, actor: Actor, unit: Unit | None, spec: desks.DeskSpec, now: datetime, after: str,
              verbs: tuple[VerbView, ...]) -> tuple[Desk, dict[str, int]]:  # fmt: skip
    """One page of a list with its neighbours' counts."""
    counts = {d.name: desks.count(actor, unit, d) for d in desks.desks_of(actor)}
    rows = desks.page(actor, unit, spec, cursor_read(after))
    shown, url = rows[: desks.PAGE], f"/staff/desk/{spec.name}/"
    more = f"{url}?{urlencode({'after': cursor_said(shown[-1])})}" if len(rows) > desks.PAGE else ""
    page = Desk(
        spec.title, _groups(book, shown, now), (_filters(actor, unit, spec, counts),),
        f"{spec.title} {counted(counts[spec.name])} 件", url if after else "", more, verbs=verbs,
    )  # fmt: skip
    return page, counts
