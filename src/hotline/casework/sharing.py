"""分担的事实 (sharing): which orders are a part of another one: those of assisting units (R-15), and those that level 2
handed down (R-16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hotline.casework.records import Order
from hotline.rules import dating, shares
from hotline.rules.book import Rulebook

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


def following(book: Rulebook, dossier: MatterDossier, order: Order, steps: Sequence[dating.Step], at: datetime
              ) -> Iterator[tuple[Order, tuple[dating.Step, ...]]]:  # fmt: skip
    """The open orders whose dates hang on this one's, with their own steps once it has `steps`, from `at` on: a later
    date gives them time, an earlier one takes them with it (R-15, R-16); none goes the other way."""
    old, new = order.due_at, dating.fold(book, steps)
    if old is None or new is None or new.at == old:
        return
    for one in dossier.open_orders():
        if one.due_at is None or not (one.parent_id == order.id or (order.lead and assists(one))):
            continue
        its = shares.under(dating.read(one.due_basis), steps, at)
        due = dating.fold(book, its)
        if due is not None and due.at != one.due_at and (due.at > one.due_at) == (new.at > old):
            yield one, its


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
