"""牵头与协办 (assisting): several units: one leads and answers for all, the others answer to it within a limit of their own
(四（二）3, R-15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hotline.casework import sharing, submissions
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, OrderCase, unfit_unit, write_text
from hotline.casework.transitions.leaving import DESK, taken_away
from hotline.casework.transitions.ordering import new_order
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import STARTS, STOPS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import dating
from hotline.rules.verdicts import Verdict


def holds_already(case: AnyCase, field: str, found: Any) -> list[Problem]:
    """A unit has one order of a matter at a time."""
    if found is None or not sharing.unit_has_one(case.dossier, found.unit.id):
        return []
    said = f"“{found.unit.short}”手上已经有这件事的工单。"
    return [Problem(field, said, case.book.provision("assisting").clause)]


def shares_unfit(case: AnyCase) -> list[Problem]:
    """Why the units of a dispatch cannot work together: an assisting one may not be given an order, leads itself, or
    one of them has an order already."""
    lead, named = case.tools.extra["unit"], case.tools.extra.get("assisting", {})
    wrong = holds_already(case, "unit", lead)
    for said, found in named.items():
        if found is None:
            clause = case.book.provision("assisting").clause
            return [*wrong, Problem("assisting", f"没有找到“{said}”，或者不止一个；可以写全称或编码。", clause)]
        if lead is not None and found.unit.id == lead.unit.id:
            wrong.append(Problem("assisting", "牵头单位不能同时协办。", case.book.provision("assisting").clause))
        wrong += [*unfit_unit(case, "assisting", found, strictly=False), *holds_already(case, "assisting", found)]
    return wrong


def assign(case: AnyCase, lead: Order, units: Iterable[Any]) -> list[Order]:
    """An order for each assisting unit, with a date before the lead's; they are told."""
    matter, orders = case.dossier.matter, []
    for receiving in units:
        basis = (dating.assisting(case.now, dating.read(lead.due_basis), urgent=lead.urgent),)
        order = new_order(case, receiving, basis, kind=matter.kind, urgent=lead.urgent, lead=False)
        case.insert(order)
        orders.append(order)
    return orders


class AssignShares(MatterCard):
    """派给协办: the consequence of a dispatch that names assisting units beside the lead."""

    term = "派给协办"
    rests_on = "assisting"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.IN_HAND,))
    form = ()
    deadline = STARTS
    ledger = Line("shares_assigned", ("order_ids", "unit_ids", "due_at"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """All of them have the same date."""
        lead = case.dossier.lead()
        assert lead is not None, "the lead was given its order in the same breath"
        orders = assign(case, lead, case.tools.extra.get("assisting", {}).values())
        return {"order_ids": [o.id for o in orders], "unit_ids": [o.unit_id for o in orders],
                "due_at": orders[0].due_at if orders else None}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """They are told."""
        for receiving in case.tools.extra.get("assisting", {}).values():
            case.tell("share_delivered", "unit", receiving.unit.id, matter_id=case.dossier.chain.id)


class AddUnit(MatterCard):
    """加派协办: the office names one more assisting unit while the lead is at work."""

    term = "加派协办"
    rests_on = "assisting"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.IN_HAND,))
    form = (
        Field("unit", "协办单位", "unit"),
        Field("words", "要它做什么", "textarea", max_length=2000, hint="牵头单位和协办单位都会看到"),
    )
    deadline = STARTS
    ledger = Line("unit_added", ("order_id", "unit_id", "due_at", "due_clause", "words_id"))
    needs = ("unit",)

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """The lead has not filed yet, and has time left: what comes later could not go into its letter."""
        lead = case.dossier.lead()
        if lead is None or lead.status == OrderStatus.FILED:
            return cls.no(case, "牵头单位已经报送，现在不能加派。")
        over = lead.due_at is not None and case.now >= lead.due_at
        return cls.no(case, "牵头单位的期限已经过了，协办没有时间可给。") if over else None

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """The unit may be given an order, and has none of this matter."""
        found = case.tools.extra["unit"]
        return [*unfit_unit(case, "unit", found, strictly=False), *holds_already(case, "unit", found)]

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """By when it is to answer to the lead."""
        lead = case.dossier.lead()
        steps = dating.read(lead.due_basis) if lead else ()
        due = dating.fold(case.book, (dating.assisting(case.now, steps, urgent=lead.urgent),)) if lead else None
        return [Effect("协办的期限", due)] if due else []

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """One more order; the lead's date stays."""
        lead = case.dossier.lead()
        assert lead is not None, "the guard has seen it"
        (order,) = assign(case, lead, [case.tools.extra["unit"]])
        if submissions.carried_out(case.dossier, submissions.wanted(case.dossier), order.unit_id):
            case.update(case.subject, carry_out_at=None)
        return {"order_id": order.id, "unit_id": order.unit_id, "due_at": order.due_at, "due_clause": order.due_clause,
                "words_id": write_text(case, "share_words", case.form["words"])}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The unit and the lead are told."""
        case.tell("share_delivered", "unit", case.tools.extra["unit"].unit.id, matter_id=case.dossier.chain.id)
        lead = case.dossier.lead()
        if lead is not None:
            case.tell("unit_added", "unit", lead.unit_id, matter_id=case.dossier.chain.id)


class HandToLead(MatterCard):
    """协办材料交牵头: the consequence of an assisting unit's filing: the lead has its letter, and whoever leads next will
    (R-15). Nobody reviews it but the lead, in what it replies for all."""

    term = "协办材料交牵头"
    rests_on = "assisting"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, (OrderStatus.FILED,), OrderStatus.APPROVED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("share_handed_in", ("letter_id", "lead_unit_id"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The share is done; its timeliness stands."""
        letter, lead = case.dossier.letter_of(case.subject), case.dossier.lead()
        assert letter is not None, "it was filed in the same breath"
        case.update(letter, approved_at=case.now)
        case.update(case.subject, approved_at=case.now, supervise_until=None, relay_asked_at=None)
        return {"letter_id": letter.id, "lead_unit_id": lead.unit_id if lead else None}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The lead is told."""
        lead = case.dossier.lead()
        if lead is not None:
            case.tell("share_handed_in", "unit", lead.unit_id, matter_id=case.dossier.chain.id)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """What was handed down of it has no purpose any more."""
        return shares_end(case)


class EndShare(MatterCard):
    """协办终止: the lead's letter was approved without a late assistant, who keeps the card it was given (R-15); what was
    handed down has no purpose any more (R-16); or the unit has inherited another order of the same matter."""

    term = "协办终止"
    rests_on = "assisting"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS, OrderStatus.RECALLED)
    form = ()
    deadline = STOPS
    ledger = Line("share_ended")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whatever the unit had asked for is void."""
        taken_away(case)
        return {}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("recalled", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


def shares_end(case: OrderCase) -> list[tuple[type[Card], Record]]:
    """What still hangs on an order that is done or gone: all that was handed down of it, and where the lead is done the
    assisting units' orders too."""
    order, dossier = case.dossier.fresh(case.subject), case.dossier
    done = order.lead and order.status == OrderStatus.APPROVED
    hang = [o for o in dossier.open_orders() if o.parent_id == order.id or (done and not o.lead)]
    return [(EndShare, one) for one in hang]
