"""派单 (ordering): how an order is made, and how a matter comes back to the desk when no unit holds it any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hotline.casework import sharing
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, clauses_of, due_columns
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.records import Record
from hotline.rules import dating, doors, limits, office
from hotline.rules.dating import Step


def new_order(case: AnyCase, receiving: Any, basis: Sequence[Step], *, kind: str, urgent: bool,
              designated: bool = False, lead: bool = True, parent_id: int | None = None,
              received: datetime | None = None) -> Order:  # fmt: skip
    """An order delivered now, or when its paper was `received`, with every date it will be held to; a lead's follows
    the one taken back before it, if one was (R-05). An assisting unit need not speak to the citizen."""
    book, due, at = case.book, dating.fold(case.book, basis), received or case.now
    contact = limits.contact_until(book, kind, at, urgent=urgent, due=due)
    before = [order.id for order in case.dossier.orders if order.lead] if lead else []
    contact = contact if lead or parent_id is not None else None
    return Order(
        case.tools.ids.next(), case.dossier.chain.id, OrderStatus.DISPATCHED, receiving.unit.id,
        receiving.level2_id or receiving.unit.id,
        lead, 1, at, at, limits.sign_until(book, at, urgent=urgent, due=due).at,
        doors.return_until(book, at, urgent=urgent).at, contact_until=contact.at if contact else None,
        urgent=urgent, designated=designated, previous_id=before[-1] if before else None,
        parent_id=parent_id, **due_columns(book, basis),
    )  # fmt: skip


def promised_by(case: AnyCase, order: Order) -> dict[str, Any]:
    """What the citizen is promised by an order: the date of the first one dispatched, and it stays (R-05)."""
    if case.dossier.orders:
        return {}
    return {"promised_at": order.due_at, "promised_clause": order.due_clause, "promise_basis": order.due_basis}


class BackToDesk(MatterCard):
    """回到待派: no unit holds the matter any more; it waits to be dispatched anew, by a date of the office's own, unless
    the government is asked who shall handle it (R-20)."""

    term = "回到待派"
    rests_on = "office_dates"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (MatterStatus.IN_HAND,), MatterStatus.ACCEPTED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("came_back", ("dispatch_until", "times_returned"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """How often units have sent it back is counted: the next time it is for the government to say (R-20)."""
        matter = case.subject
        own = office.dispatch_until(case.book, case.now, matter.channel, urgent=matter.urgent)
        until = own.at if matter.designate_until is None else None
        times = sum(order.lead and order.status == OrderStatus.RETURNED for order in case.dossier.orders)
        case.update(matter, dispatch_until=until, times_returned=times)
        return {"dispatch_until": until, "times_returned": times}

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The office's own dates."""
        return clauses_of(case, "office_dates")


def back_to_desk(case: AnyCase) -> Sequence[tuple[type[Card], Record]]:
    """The consequence of taking an order from its unit, unless one that answers for the whole is still open: assisting
    units keep theirs for whoever leads next (R-15)."""
    held = case.dossier.matter.status != MatterStatus.IN_HAND or sharing.led(case.dossier)
    return [] if held else [(BackToDesk, case.dossier.matter)]
