"""单位的数 (figures of units): how a unit and those below it stand now, and what became of what they were given lately; as
far as whoever asks may see it, by the desks' own question. Each counts all there is: what is open, and what was given
lately, of one unit of level 2 or 3, which an index finds however many matters the city has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from hotline.casework import alike, desks, keyset
from hotline.casework.lists import NOW, TONIGHT
from hotline.casework.models import Mark
from hotline.casework.searching import GIVEN_BELOW
from hotline.casework.statuses import OPEN_ORDERS, WORKING, OrderStatus
from hotline.network.records import Unit
from hotline.procedure.actor import Actor

TOLD = {"card": "card IS NOT NULL"}  # what is no yes or no by itself
SINCE = datetime(1, 1, 4, tzinfo=NOW.tzinfo)  # in the place of the beginning of that time


@dataclass(frozen=True, slots=True)
class Standing:
    """一个单位现在的数: open orders, of these with the unit and overdue, due today, waiting for review, with a card, sent
    back, with an application that waits."""

    unit_id: int
    open: int
    overdue: int
    today: int
    filed: int
    carded: int
    sent_back: int
    asked: int


@dataclass(frozen=True, slots=True)
class Lately:
    """一个单位近来的数: orders given, filed in time, filed late or not filed in time, times sent back in a row."""

    unit_id: int
    given: int
    in_time: int
    late: int
    sent_back: int


def standing(actor: Actor, unit: Unit, now: datetime, tz: ZoneInfo) -> list[Standing]:
    """Each unit that holds open orders, those with the most overdue first."""
    query, params = alike.asked(_standing, actor, unit)
    with connection.cursor() as cur:
        cur.execute(query, keyset.at(params, now, tz))
        found = [Standing(*row) for row in cur.fetchall()]
    return sorted(found, key=lambda one: (-one.overdue, -one.open, one.unit_id))


def lately(actor: Actor, unit: Unit, now: datetime, tz: ZoneInfo, within: timedelta) -> list[Lately]:
    """Each unit that was given orders within that time."""
    query, params = alike.asked(_lately, actor, unit)
    values = [now - within if value == SINCE else value for value in keyset.at(params, now, tz)]
    with connection.cursor() as cur:
        cur.execute(query, values)
        return [Lately(*row) for row in cur.fetchall()]


def _is(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _grouped(rows: QuerySet[Any], sums: Sequence[str]) -> alike.Question:
    """Of each unit how many rows there are, and of how many each of these is so."""
    sql, params = rows.values("unit_id", *sums).query.sql_with_params()
    said = ", ".join(f"count(*) FILTER (WHERE {TOLD.get(one, one)})" for one in sums)
    return alike.settled((f"SELECT unit_id, count(*), {said} FROM ({sql}) q GROUP BY unit_id", params))


def _standing(actor: Actor, unit: Unit | None) -> alike.Question:
    # One card of each order, by its key: whether there is any the server would ask of all cards at once.
    marked = Mark.objects.filter(matter=OuterRef("matter"), order_id=OuterRef("id"), lifted_at__isnull=True).order_by(
        "colour").values("colour")[:1]  # fmt: skip
    asked = Q(return_asked_at__isnull=False) | Q(return_filed_at__isnull=False) | Q(
        extension_asked_at__isnull=False) | Q(extension_filed_at__isnull=False)  # fmt: skip
    rows = desks.orders(actor, unit).filter(status__in=OPEN_ORDERS).order_by().annotate(
        overdue=_is(Q(status__in=WORKING, due_at__lte=NOW)), filed=_is(Q(status=OrderStatus.FILED)),
        today=_is(Q(status__in=WORKING, due_at__gt=NOW, due_at__lte=TONIGHT)), card=Subquery(marked),
        back=_is(Q(send_backs__gt=0)), asked=_is(asked))  # fmt: skip
    return _grouped(rows, ("overdue", "today", "filed", "card", "back", "asked"))


def _lately(actor: Actor, unit: Unit | None) -> alike.Question:
    own = desks.orders(actor, unit).filter(dispatched_at__gt=SINCE)
    if unit is not None and unit.level != 2:
        own = own.filter(GIVEN_BELOW)
    rows = own.order_by().annotate(
        late=_is(Q(on_time=False) | Q(on_time__isnull=True, status__in=WORKING, due_at__lte=NOW)),
        back=_is(Q(send_backs__gt=0)))  # fmt: skip
    return _grouped(rows, ("on_time", "late", "back"))


