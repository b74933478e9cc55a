"""承接 (inheriting): the orders of a unit that has ended go on with its successor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.transitions.base import MatterCard, OrderCase
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
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
