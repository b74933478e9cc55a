"""查找 (searching): by words and by what a matter is, within what a post may see, the newest first.

However large the city, an asking looks at no more than it says here. A word that most matters have is found by walking
back from the newest; a rare one by the index over the texts (`casework_grams`), which says all that have it; of what is
neither, so much is walked as may be, and the answer says from where to go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.tuple_lookups import TupleLessThan

from hotline.casework import alike, desks, seeking
from hotline.casework.barring import about
from hotline.casework.models import Contact, Matter, Order
from hotline.casework.rows import LOCKED, Row
from hotline.casework.seeking import Wanted
from hotline.network.records import Unit
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Actor

PAGE = 20
GLANCE, WALK = 400, 5_000  # rows of the newest that are looked through for a word
RARE = 8_000  # texts that have a word of which the index may still tell all
BEFORE_LEADER = 3_000  # the newest that were put before a leader: no older ones are searched there
CONTEXT = 32  # letters on either side of a word that is shown
GIVEN_BELOW = ~Q(unit_id=F("level2_unit_id"))  # true of every order of a unit of level 3: what its index holds

ROUNDS = 25  # askings that one export may take

Cursor = tuple[datetime | str, int]


class TooMany(Exception):
    """太多: more was found than may be handed out at once."""


class TooFar(Exception):
    """太远: so much was looked through that nothing more is; `back_to`: how far back that was."""

    def __init__(self, back_to: datetime | None):
        super().__init__(back_to)
        self.back_to = back_to


@dataclass(frozen=True, slots=True)
class Said:
    """查到的一处: in which sort of text, and what stands before, the word, what stands behind."""

    field: str
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """查到的一件: a matter, or a unit's order of it, as a list would show it; when it was registered; where the words
    stand."""

    row: Row
    registered_at: datetime
    matter_status: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """查找的结果: a page of hits; from where the next one goes on; and, where not everything was looked through yet,
    how far back it was. `cut`: only the newest that were put before a leader."""

    hits: tuple[Hit, ...]
    following: Cursor | None = None
    looked_back_to: datetime | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Asking:
    """One asking: who, what for, behind which row, and among which matters alone, where these are known."""

    actor: Actor
    unit: Unit | None
    wanted: Wanted
    cursor: Cursor | None
    among: Sequence[int] | None = None
    indexed: str = ""  # the word by which they were found

    @property
    def by_order(self) -> bool:
        """Whether it is a unit's orders that are looked through."""
        return self.actor.role in UNIT or bool(self.wanted.unit_id)

    def base(self, bound: int | None) -> seeking.Part:
        """The rows to be looked through, narrowed by the post's desk, the newest first."""
        rows = self._orders() if self.by_order else self._matters()
        if self.among is not None:
            column = "casework_order.matter_id" if self.by_order else "casework_matter.id"
            there = RawSQL(f"{column} = ANY(%s::int8[])", [list(self.among)], output_field=BooleanField())
            rows = rows.alias(there=there).filter(there=True)
        return alike.settled((rows if bound is None else rows[:bound]).query.sql_with_params())

    def _orders(self) -> QuerySet[Any, Any]:
        rows: QuerySet[Order, Any] = desks.orders(self.actor, self.unit)
        if self.wanted.unit_id:
            level2 = self.wanted.unit_level == 2
            rows = rows.filter(**{"level2_unit_id" if level2 else "unit_id": self.wanted.unit_id})
            rows = rows if level2 else rows.filter(GIVEN_BELOW)
        elif self.unit is not None and self.unit.level != 2:
            rows = rows.filter(GIVEN_BELOW)
        if self.wanted.since:  # nothing is given to a unit before it is registered
            rows = rows.filter(dispatched_at__gte=self.wanted.since)
        if self.cursor:
            rows = rows.filter(TupleLessThan(("dispatched_at", "id"), self.cursor))
        return rows.order_by("-dispatched_at", "-id").values_list("matter_id", "id", "dispatched_at")

    def _matters(self) -> QuerySet[Any, Any]:
        # What was put before a leader is known already, by `_among`: to ask once more reads all that was put anywhere.
        leader = self.actor.role == Role.LEADER
        rows = Matter.objects.exclude(about(self.actor)) if leader else desks.matters(self.actor, self.unit)
        if self.wanted.since_day:
            rows = rows.filter(number__gte=alike.Typed(self.wanted.since_day))
        if self.wanted.until_day:
            rows = rows.filter(number__lt=alike.Typed(self.wanted.until_day))
        if self.cursor:
            rows = rows.filter(number__lt=alike.Typed(self.cursor[0]))
        return rows.order_by("-number").values_list("id", "id", "number")


def search(actor: Actor, unit: Unit | None, wanted: Wanted, cursor: Cursor | None = None) -> Found:
    """One page of what was asked for, of what this post may see."""
    found = _search(actor, unit, wanted, cursor, PAGE)
    return replace(found, hits=_with_words(found.hits, wanted.words))


def every(actor: Actor, unit: Unit | None, wanted: Wanted, most: int) -> list[Hit]:
    """All that was asked for, of what this post may see, in one list. Raises TooMany, TooFar."""
    hits, cursor, back_to = list[Hit](), None, None
    for _ in range(ROUNDS):
        found = _search(actor, unit, wanted, cursor, most + 1 - len(hits))
        hits += found.hits
        if len(hits) > most:
            raise TooMany(most)
        if found.following is None:
            return hits
        cursor, back_to = found.following, found.looked_back_to
    raise TooFar(back_to)


def _search(actor: Actor, unit: Unit | None, wanted: Wanted, cursor: Cursor | None, page: int) -> Found:
    among = _among(actor, wanted)
    asking = _Asking(actor, unit, wanted, cursor, among)
    if among is None and wanted.words:
        glanced = _rows(asking, page, GLANCE)
        if len(glanced) > page:
            return _found(asking, glanced, page, None)
    if wanted.words and (among is None or len(among) > GLANCE):
        asking = _by_index(asking)
    bound = WALK if asking.among is None else None
    found = _found(asking, _rows(asking, page, bound), page, bound)
    cut = actor.role == Role.LEADER and among is not None and len(among) >= BEFORE_LEADER
    return replace(found, cut=True) if cut else found


def _among(actor: Actor, wanted: Wanted) -> list[int] | None:
    """The matters in question, where few are: a caller's, what was put before a leader. None: any."""
    few: set[int] | None = None
    if wanted.callers is not None:
        brought = Contact.objects.filter(citizen_id__in=wanted.callers, forgotten_at__isnull=True)
        few = set(brought.values_list("matter_id", flat=True)[:RARE])
    if actor.role == Role.LEADER:
        before = {matter_id for (matter_id,) in _answered(seeking.before_leader(actor.post_id or 0, BEFORE_LEADER))}
        few = before if few is None else few & before
    return None if few is None else sorted(few)


def _by_index(asking: _Asking) -> _Asking:
    """The same among those matters alone that have the longest word, where the index can tell them all."""
    word = max(asking.wanted.words, key=len)
    if len(word) < seeking.SHORTEST:
        return asking
    matters = [row[0] for row in _answered(seeking.by_index(word, RARE + 1))]
    if len(matters) > RARE:
        return asking
    among = set(matters) if asking.among is None else set(matters).intersection(asking.among)
    return replace(asking, among=sorted(among), indexed=word)


def _rows(asking: _Asking, page: int, bound: int | None) -> list[tuple[Any, ...]]:
    """Up to one row more than a page, of so many looked at."""
    if asking.among is not None and not asking.among:
        return []
    return _answered(seeking.question(asking.base(bound), asking.wanted, asking.by_order, asking.indexed, page + 1))


def _answered(question: seeking.Part) -> list[tuple[Any, ...]]:
    with connection.cursor() as cur:
        cur.execute(*question)
        rows: list[tuple[Any, ...]] = cur.fetchall()
    return rows


def _found(asking: _Asking, rows: list[tuple[Any, ...]], page: int, bound: int | None) -> Found:
    shown = rows[:page]
    hits = tuple(_hit(row) for row in shown)
    if len(rows) > page:
        return Found(hits, _cursor(asking, shown[-1][2], shown[-1][0]))
    end = _end(asking, bound) if bound else None
    if end is None:
        return Found(hits)
    return Found(hits, _cursor(asking, end[2], end[1]), end[3])


def _cursor(asking: _Asking, at: Any, row_id: int) -> Cursor:
    return (at, row_id if asking.by_order else 0)


def _end(asking: _Asking, bound: int) -> tuple[Any, ...] | None:
    """The last row that was looked at, where there may be more behind it, and when its matter was registered."""
    rows = _answered(seeking.end(asking.base(bound + 1), bound - 1))
    return rows[0] if len(rows) > 1 else None


def _hit(values: Sequence[Any]) -> Hit:
    row_id, matter_id, _, *rest = values
    number, gist, locked, kind, unit_id, status, *dates = rest
    due_at, due_clause, provisional, urgent, received_at, colour, send_backs, filed_at, reminded, *matter = dates
    registered_at, matter_status = matter
    row = Row(row_id or matter_id, matter_id, number, LOCKED if locked else gist, kind, unit_id,
              status or matter_status, due_at, due_at, due_clause, bool(provisional), bool(urgent),
              received_at or registered_at, colour, send_backs, filed_at, bool(reminded))  # fmt: skip
    return Hit(row, registered_at, matter_status)


def _with_words(hits: Sequence[Hit], words: Sequence[str]) -> tuple[Hit, ...]:
    """With the places where the words stand, beyond the gist that is shown anyway; one statement for all."""
    ids = sorted({hit.row.matter_id for hit in hits if hit.row.gist != LOCKED})
    if not words or not ids:
        return tuple(hits)
    texts = _answered(seeking.places(words, ids))
    return tuple(Hit(hit.row, hit.registered_at, hit.matter_status, tuple(_places(hit, words, texts))) for hit in hits)


def _places(hit: Hit, words: Sequence[str], texts: Sequence[tuple[Any, ...]]) -> Iterator[Said]:
    """Each word where it is first found; not one that the gist shows."""
    mine = sorted((text for text in texts if text[0] == hit.row.matter_id),
                  key=lambda text: seeking.ORDER.index(text[1]))  # fmt: skip
    for word in words:
        if word in hit.row.gist.lower():
            continue
        where = next(((field, body) for _, field, body in mine if word in body.lower()), None)
        if where is not None:
            yield _said(*where, word)


def _said(field: str, body: str, word: str) -> Said:
    at = body.lower().index(word)
    before, after = body[:at], body[at + len(word) :]
    return Said(field, ("…" if at > CONTEXT else "") + before[-CONTEXT:], body[at : at + len(word)],
                after[:CONTEXT] + ("…" if len(after) > CONTEXT else ""))  # fmt: skip
