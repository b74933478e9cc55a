"""承接 (inheriting): the orders of a unit that has ended go on with its successor, or come back to the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import conflicts
from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.casework.transitions.assisting import EndShare, shares_end
from hotline.casework.transitions.base import MatterCard, OrderCase
from hotline.casework.transitions.leaving import taken_away, tell_of_change
from hotline.casework.transitions.ordering import back_to_desk
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import STOPS, UNCHANGED, Card, Line, moves
from hotline.procedure.records import Record
from hotline.rules.verdicts import Verdict


def has_ended(case: OrderCase) -> bool:
    """Whether the unit of the order is there no longer: it has no heir, or another one."""
    heir = case.tools.extra.get("heir")
    return heir is None or heir.unit.id != case.subject.unit_id


def may_go_on(case: OrderCase) -> bool:
    """Whether there is an heir that may have the order: not whom the matter is about, nor a unit below it (R-21); and
    of what was handed down, one below the unit that answers for it, which alone decides on it (R-16)."""
    heir, upper = case.tools.extra.get("heir"), case.dossier.find(Order, case.subject.parent_id)
    if heir is None or (upper is not None and upper.unit_id != heir.level2_id):
        return False
    matter = case.dossier.matter
    return conflicts.may_get(case.book, matter, heir.unit.id, heir.level2_id, strictly=False).ok


class InheritOrder(MatterCard):
    """承接工单: the unit has ended and its successor carries on; status, round and every date stay as they were. What
    the old unit was given for its lateness stays with the old unit; while the work is owed, the heir answers for the
    date too, with cards of its own (R-09). Of two orders of a matter that are one unit's now, one stays (R-15)."""

    term = "承接工单"
    rests_on = "levels"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    deadline = UNCHANGED
    ledger = Line("order_inherited", ("from_unit_id", "from_level2_unit_id", "unit_id", "level2_unit_id"))
    needs = ("heir",)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """There is a unit that may carry on, and it is another: so that twice is harmless."""
        if has_ended(case) and may_go_on(case):
            return None
        return cls.no(case, "承办单位没有撤销，或者没有可以承接的单位。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The order is the heir's from now on, and the line says whose it was."""
        order, heir = case.subject, case.tools.extra["heir"]
        case.update(order, unit_id=heir.unit.id, level2_unit_id=heir.level2_id)
        return {"from_unit_id": order.unit_id, "from_level2_unit_id": order.level2_unit_id, "unit_id": heir.unit.id,
                "level2_unit_id": heir.level2_id}  # fmt: skip

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The lead's order stays, else the one that the heir had already; whatever hangs on the other ends with it."""
        opened = case.dossier.open_orders()
        mine = [order for order in opened if order.unit_id == case.dossier.fresh(case.subject).unit_id]
        _, *ends = sorted(mine, key=lambda order: (not order.lead, order.id == case.subject.id))
        ids = {order.id for order in ends}
        return [(EndShare, order) for order in opened if order.id in ids or order.parent_id in ids]


class TakeFromEnded(MatterCard):
    """撤销收回: the unit has ended and nobody carries on, its order having been opened again afterwards (a redo, new
    facts), or its successor may not have it (R-21, R-16): the matter is dispatched anew (R-05); what was handed down is
    the level-2 unit's own again."""

    term = "撤销收回"
    rests_on = "levels"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS, OrderStatus.RECALLED)
    form = ()
    deadline = STOPS
    ledger = Line("taken_from_ended")
    needs = ("heir",)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Nobody is there who could and may do the work."""
        if has_ended(case) and not may_go_on(case):
            return None
        return cls.no(case, "承办单位没有撤销，或者有承接单位。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whatever was asked for is void; its dates stay as they were."""
        taken_away(case)
        return {}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The citizen is told that another unit will be found, or whoever handed it down that it lies with them."""
        upper = case.dossier.find(Order, case.subject.parent_id)
        if upper is not None:
            case.tell("below_ended", "unit", upper.unit_id, matter_id=case.dossier.chain.id)
        tell_of_change(case)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is at the desk again."""
        return [*shares_end(case), *back_to_desk(case)]
