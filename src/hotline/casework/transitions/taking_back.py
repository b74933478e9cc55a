"""收回 (taking back): the office decides on a return that a unit asked for, or recalls an order of its own accord; the
matter is then dispatched anew (五（六）, R-04, R-05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.assisting import shares_end
from hotline.casework.transitions.base import (
    MatterCard,
    OrderCase,
    clauses_of,
    dated,
    foreseen,
    not_handed_down,
    parts_moved,
    write_text,
)
from hotline.casework.transitions.leaving import DESK, let_go, taken_away, tell_of_change
from hotline.casework.transitions.ordering import back_to_desk
from hotline.casework.transitions.returning import (
    RETURNABLE,
    AgreeToReturn,
    RequestReturn,
    ReturnCard,
    contact_resumed,
)
from hotline.procedure.actor import Reach
from hotline.procedure.card import EXTENDS, STOPS, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import dating, doors
from hotline.rules.verdicts import Due, Verdict

WHY = Field("because", "理由", "textarea", max_length=1000, hint="申请单位会看到")


class OfficeDecides(ReturnCard, abstract=True):
    """A card of the office on a request that is before it."""

    by = DESK
    not_by = (RequestReturn, AgreeToReturn)
    reach = Reach.CITY

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The request is before the office."""
        if (no := not_handed_down(case)) is not None:
            return no
        return None if case.subject.return_filed_at is not None else cls.no(case, "没有待决的退回申请。")

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """The end of the office's own time; it may decide later, but that counts against it."""
        at, rule = case.subject.return_decide_until, case.book.provision("office_dates")
        return () if at is None else (Effect("决定期限", Due(at, rule.clause, rule.readings)),)

    @classmethod
    def _in_time(cls, case: OrderCase) -> bool:
        until = case.subject.return_decide_until
        return until is None or case.now < until

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """The door, and the office's own date for deciding."""
        return clauses_of(case, "return_of_orders", "office_dates")


class TakeBack(OfficeDecides):
    """同意退回: the office takes the order back and will dispatch the matter anew (五（六）, R-05)."""

    term = "同意退回"
    moves = moves(Order, RETURNABLE, S.RETURNED)
    form = (Field("because", "意见", "textarea", required=False, max_length=1000, hint="申请单位会看到"),)
    deadline = STOPS
    ledger = Line("return_granted", ("request_id", "because_id", "in_time"))

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Returned before: no third unit, the government says who handles it (R-20)."""
        if not case.subject.lead or not doors.designates(case.book, case.dossier.matter.times_returned + 1):
            return None
        rule = case.book.provision("designation")
        return Verdict(False, rule.clause, "这件事以前退回过，再次退回须提请指定。", rule.readings)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The unit is rid of it; its dates stay as they were."""
        facts = cls.ended(case, "granted", return_decided_at=case.now)
        case.update(case.subject, **let_go(case, case.subject))
        return {**facts, "in_time": cls._in_time(case)}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told, and the citizen, that another one will be found."""
        case.tell("return_granted", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
        tell_of_change(case)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is at the desk again."""
        return [*shares_end(case), *back_to_desk(case)]


class RefuseReturn(OfficeDecides):
    """不同意退回: the unit keeps the order; what the office took beyond its own time is added to the unit's (R-04)."""

    term = "不同意退回"
    moves = moves(Order, RETURNABLE)
    form = (WHY,)
    deadline = EXTENDS
    ledger = Line("return_refused", ("request_id", "because_id", "in_time", "due_at", "due_clause", "provisional",
                                     "parts"))  # fmt: skip

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """And the unit's date as it would be."""
        filed = case.subject.return_filed_at
        due = foreseen(case, case.subject, dating.excess(filed, case.now)) if filed else None
        return (*super().effects(case), *((Effect("办理期限", due),) if due else ()))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The date moves only by the office's excess."""
        order, in_time = case.subject, cls._in_time(case)
        facts = cls.ended(case, "refused", return_decided_at=case.now)
        assert order.return_filed_at is not None, "it pertains to a request before the office"
        due = dated(case, order, dating.excess(order.return_filed_at, case.now), **contact_resumed(case, order))
        return {**facts, "in_time": in_time, "due_at": due.at if due else None,
                "due_clause": due.clause if due else None, "provisional": bool(due and due.provisional),
                "parts": parts_moved(case, order)}  # fmt: skip

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """The door, the office's own date, and the clause of the unit's."""
        due = case.subject.due_clause
        return tuple(dict.fromkeys((*super().clauses(case), *((due,) if due else ()))))

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("return_refused", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class Recall(MatterCard):
    """收回改派: the office takes an order from its unit of its own accord, and will dispatch the matter anew (R-05). From
    the one complained about it is taken by naming the target (`avoiding.NameTarget`, R-21)."""

    term = "收回改派"
    rests_on = "way:dispatch"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS, S.RECALLED)
    form = (Field("because", "理由", "textarea", max_length=1000, hint="收回以后，这个单位不再看到这件事"),)
    deadline = STOPS
    ledger = Line("recalled", ("because_id",))

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """What the government designated is undone by another designation alone (R-20), or since the unit is the target
        of the complaint (R-21)."""
        if not case.subject.designated:
            return ()
        said = "这张工单由政府指定承办，要换单位请再次提请指定。"
        return [Problem("", said, case.book.provision("designation").clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whatever the unit had asked for is void; its dates stay as they were."""
        taken_away(case)
        return {"because_id": write_text(case, "recall_because", case.form["because"])}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told, and the citizen, that another one will be found."""
        case.tell("recalled", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
        tell_of_change(case)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is at the desk again."""
        return [*shares_end(case), *back_to_desk(case)]
