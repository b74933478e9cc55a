"""分担的事实 (sharing): which orders are a part of another one: those of assisting units (R-15), and those that level 2
handed down (R-16)."""

from __future__ import annotations

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


def unit_has_one(dossier: MatterDossier, unit_id: int) -> bool:
    """Whether a unit holds an open order of this matter already."""
    return any(order.unit_id == unit_id for order in dossier.open_orders())


def led(dossier: MatterDossier) -> bool:
    """Whether an open order answers for the whole."""
    return any(order.lead for order in dossier.open_orders())
