"""分担的事实 (sharing): which orders are a part of another one: those of assisting units (R-15), and those that level 2
handed down (R-16)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hotline.casework.records import Order

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

# What an assisting unit's letter holds: it speaks to the lead, which answers the citizen for all.
OF_A_SHARE = ("reply", "responsible_unit", "responsible_name", "handler_name", "handler_unit", "handler_phone")


def assists(order: Order) -> bool:
    """Whether the order is an assisting unit's."""
    return not order.lead and order.parent_id is None


def below(dossier: MatterDossier, order: Order) -> list[Order]:
    """What was handed down of an order, oldest first."""
    return [one for one in dossier.orders if one.parent_id == order.id]


def upper(dossier: MatterDossier, order: Order) -> Order | None:
    """Whose date an order's own depends on: the order it was handed down from, or the lead's."""
    return dossier.find(Order, order.parent_id) if order.parent_id is not None else dossier.lead()


def inner_moved(order: Order, due_at: datetime | None) -> dict[str, datetime | None]:
    """By when level 2 wants what it handed down, where the order's own date moves: with that, unless an earlier instant
    was set."""
    inner = order.inner_at
    if order.parent_id is None or due_at == order.due_at:
        return {}
    follows = inner is None or inner == order.due_at or due_at is None or inner > due_at
    return {"inner_at": due_at} if follows else {}


def has_inner(order: Order) -> bool:
    """Whether level 2 set an instant of its own, other than the order's date."""
    return order.inner_at is not None and order.inner_at != order.due_at


def unit_has_one(dossier: MatterDossier, unit_id: int) -> bool:
    """Whether a unit holds an open order of this matter already."""
    return any(order.unit_id == unit_id for order in dossier.open_orders())


def led(dossier: MatterDossier) -> bool:
    """Whether an open order answers for the whole."""
    return any(order.lead for order in dossier.open_orders())
