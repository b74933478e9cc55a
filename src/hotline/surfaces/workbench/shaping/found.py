"""查到的成形: a page of what was found, as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from hotline.casework.searching import BEFORE_LEADER, Cursor, Found, Hit
from hotline.casework.seeking import FIELDS
from hotline.casework.statuses import MatterStatus, stage
from hotline.network import desks as network
from hotline.network.roles import UNIT
from hotline.procedure.actor import Actor
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import DueMark, FoundPlace, FoundRow, Link
from hotline.surfaces.workbench.shaping.desk import card_mark, cursor_read, due_mark

_NUMBER = re.compile(r"\d{8}-\d{4,9}-\d")


@dataclass(frozen=True, slots=True)
class More:
    """接着: where the search goes on, and what is said of how far it has come."""

    link: Link | None
    said: str


def rows(
    book: Rulebook, hits: Sequence[Hit], actor: Actor, now: datetime, *, by_order: bool = False
) -> tuple[FoundRow, ...]:
    """The hits of a page, each with an anchor of its own though a unit may hold two orders of one matter; `by_order`:
    they are sorted by when each order was given."""
    return tuple(_rows(book, hits, actor, now, by_order))


def _rows(book: Rulebook, hits: Sequence[Hit], actor: Actor, now: datetime, by_order: bool) -> Iterator[FoundRow]:
    today, seen = now.astimezone(book.tz).date(), dict[str, int]()
    for hit in hits:
        row = hit.row
        seen[row.number] = times = seen.get(row.number, 0) + 1
        at = row.received_at if by_order else hit.registered_at
        yield FoundRow(
            row.number if times == 1 else f"{row.number}-{times}", row.number, said.short_number(row.number), row.gist,
            book.kind(row.kind).term, network.name(row.unit_id), status_said(hit, actor), f"/staff/m/{row.number}/",
            said.day(at.astimezone(book.tz).date(), today), _due(book, hit, now),
            card_mark(book, row.colour) if row.colour else None, tuple(_places(hit)),
        )  # fmt: skip


def status_said(hit: Hit, actor: Actor) -> str:
    """A unit reads where its order is; others where the matter is, while units handle it where the order is."""
    of_order = actor.role in UNIT or hit.matter_status == MatterStatus.IN_HAND
    told = hit.row.unit_id is not None and of_order
    return ("紧急 · " if hit.row.urgent else "") + stage(hit.matter_status, [hit.row.status] if told else ())


def _due(book: Rulebook, hit: Hit, now: datetime) -> DueMark | None:
    row = hit.row
    if row.due_at is None or row.due_clause is None:
        return None
    due = Due(row.due_at, row.due_clause, (), row.provisional)
    return due_mark(book, due, row.received_at, now, urgent=row.urgent, short=True, settled_at=row.filed_at,
                    reminded=row.reminded)  # fmt: skip


def _places(hit: Hit) -> Iterator[FoundPlace]:
    yield from (FoundPlace(FIELDS[one.field], one.before, one.word, one.after) for one in hit.said)


def more(found: Found, query: Mapping[str, str], url: str, book: Rulebook, today: date) -> More:
    """The link that leads on: to the next page, or farther back where only so much was looked through."""
    cut = f"只查了最近呈报的 {BEFORE_LEADER} 件" if found.cut else ""
    if found.following is None:
        return More(None, cut)
    link = f"{url}?{urlencode({**query, 'after': cursor_said(found.following)})}"
    if found.looked_back_to is None:
        return More(Link("下一页", link), cut)
    day = said.day(found.looked_back_to.astimezone(book.tz).date(), today)
    return More(Link("接着往前查", link), f"查到 {day} 登记的，更早的还没有查")


def cursor_said(cursor: Cursor) -> str:
    """A cursor for the address: a number, or an order's instant and number."""
    at, row_id = cursor
    return at if isinstance(at, str) else f"{at.timestamp()!r}_{row_id}"


def cursor_of(text: str, by_order: bool) -> Cursor | None:
    """The reverse of `cursor_said`; nothing for anything else."""
    if not by_order:
        return (text, 0) if _NUMBER.fullmatch(text) else None
    found = cursor_read(text)
    return (found[0], found[1]) if found and found[0] else None
