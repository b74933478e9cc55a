"""承接 (inheriting): the orders of a unit that has ended go on with its successor, or come back to the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.casework.transitions.assisting import shares_end
from hotline.casework.transitions.base import MatterCard, OrderCase
from hotline.casework.transitions.leaving import taken_away, tell_of_change
from hotline.casework.transitions.ordering import back_to_desk
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import STOPS, UNCHANGED, Card, Line, moves
from hotline.procedure.records import Record
from hotline.rules.verdicts import Verdict


class InheritOrder(MatterCard):
    """承接工单: the unit has ended and its successor carries on; status, round and every date stay as they were. What
    the old unit was given for its lateness stays with the old unit; while the work is owed, the heir answers for the
    date too, with cards of its own (R-09)."""

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
        """There is a unit that carries on, and it is another: so that twice is harmless."""
        heir = case.tools.extra.get("heir")
        if heir is not None and heir.unit.id != case.subject.unit_id:
            return None
        return Verdict(False, cls.provision(case.book).clause, "承办单位没有撤销，或者没有承接单位。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The order is the heir's from now on, and the line says whose it was."""
        order, heir = case.subject, case.tools.extra["heir"]
        case.update(order, unit_id=heir.unit.id, level2_unit_id=heir.level2_id)
        return {"from_unit_id": order.unit_id, "from_level2_unit_id": order.level2_unit_id, "unit_id": heir.unit.id,
                "level2_unit_id": heir.level2_id}  # fmt: skip


class TakeFromEnded(MatterCard):
    """撤销收回: the unit has ended, nobody carries on, and its order was opened again afterwards (a redo, new facts): the
    matter is dispatched anew (R-05)."""

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
        """Nobody is there who could do the work."""
        return None if case.tools.extra.get("heir") is None else cls.no(case, "承办单位没有撤销，或者有承接单位。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whatever was asked for is void; its dates stay as they were."""
        taken_away(case)
        return {}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The citizen is told that another unit will be found."""
        tell_of_change(case)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is at the desk again."""
        return [*shares_end(case), *back_to_desk(case)]
