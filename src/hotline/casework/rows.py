"""清单的行 (rows): what is read of a row of a list, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from hotline.casework.lists import FIRST, DeskSpec
from hotline.casework.models import Mark, Order
from hotline.casework.statuses import OrderStatus

LOCKED = "（文字已封存）"


@dataclass(frozen=True, slots=True)
class Row:
    """清单的一行: its date is the one that the list goes by; `own_at` its order's own, by `own_clause`;
    `because`: why a matter is on it, where the list tells; `matter_status` of an order's matter; `unit_id` of a matter:
    who has it now, or had it last."""

    id: int
    matter_id: int
    number: str
    gist: str
    kind: str
    unit_id: int | None
    status: str
    at: datetime | None
    due_at: datetime | None
    due_clause: str | None
    provisional: bool
    urgent: bool
    received_at: datetime
    colour: str | None
    send_backs: int | None
    filed_at: datetime | None
    reminded: bool
    inner_at: datetime | None = None
    own_at: datetime | None = None
    own_clause: str | None = None
    because: str | None = None
    matter_status: str | None = None


_ORDER_COLUMNS = ("id", "matter_id", "matter__number", "said", "matter__kind", "unit_id", "status",
                  "due_at", "due_at", "due_clause", "due_provisional", "urgent", "received_at",
                  "colour", "send_backs", "filed_at", "reminded",
                  "inner_at", "due_at", "due_clause", None, "matter__status", "matter__locked")  # fmt: skip
_MATTER_COLUMNS = ("id", "id", "number", "said", "kind", "holder", "status", "registered_at", None, None, None,
                   "urgent", "registered_at", *[None] * 9, "locked")  # fmt: skip


def marked(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With the colour of the gravest card that stands on an order ("red" first), and whether it was reminded of."""
    standing = Mark.objects.filter(matter=OuterRef("matter"), order_id=OuterRef("id"), lifted_at__isnull=True)
    reminded = ExpressionWrapper(Q(reminded_round=F("round")), BooleanField())
    colour = Subquery(standing.order_by("colour").values("colour")[:1])
    found: QuerySet[Any] = rows.annotate(colour=colour, reminded=reminded)
    return found


def handled(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Matters with the unit that leads, or led last; from whom it was recalled is not said (R-21). Not a join: it is
    asked for each row that is shown, by the key."""
    leads = Order.objects.filter(matter_id=OuterRef("id"), lead=True, parent_id__isnull=True)
    last = leads.exclude(status=OrderStatus.RECALLED).order_by("-id").values("unit_id")[:1]
    found: QuerySet[Any] = rows.annotate(holder=Subquery(last))
    return found


def columns(spec: DeskSpec) -> list[str | None]:
    """What is read of a row; another date than the usual one rests on no clause of the order's."""
    names = list[str | None](_ORDER_COLUMNS if spec.orders else _MATTER_COLUMNS)
    if spec.aged:
        names[7:11] = [spec.aged, None, None, None]
    if spec.by:
        names[7:11] = [spec.by, spec.by, None, None]
    if spec.first:
        names[7:11] = [FIRST, FIRST, None, None]
    if spec.beside:
        names[18:20] = spec.beside
    if spec.told:  # in the place of the unit
        names[5], names[20] = None, spec.told
    return names


def wanted(spec: DeskSpec) -> list[str]:
    """The same, each column once."""
    return list(dict.fromkeys(filter(None, columns(spec))))


def row_of(values: Sequence[Any]) -> Row:
    """What stands in these columns; of a matter whose words were locked not what it is about."""
    *most, locked = values
    if locked:
        most[3] = LOCKED
    most[10], most[16] = bool(most[10]), bool(most[16])
    return Row(*most)
