"""指定 (designating): duties overlap or are nobody's: the office proposes, the government says who handles it, with a
document (四（二）3, R-20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hotline.casework.records import Designation, Matter, Order
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.assisting import shares_end
from hotline.casework.transitions.base import (
    MatterCard,
    MatterCase,
    OrderCase,
    dated,
    tell_citizen,
    unfit,
    write_text,
)
from hotline.casework.transitions.leaving import DESK, taken_away
from hotline.casework.transitions.ordering import new_order, promised_by
from hotline.casework.transitions.returning import RETURNABLE, contact_resumed, settle_request
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import EXTENDS, STARTS, STOPS, UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import dating, doors, office
from hotline.rules.verdicts import Verdict

DISPUTED = (S.ACCEPTED, S.IN_HAND)


def holder(case: MatterCase) -> Order | None:
    """The order of the unit that answers for the matter now, if there is one."""
    return next((order for order in case.dossier.open_orders() if order.lead), None)


def _assists(case: MatterCase) -> list[Problem]:
    """Whoever assists gives its order back before it leads."""
    found = case.tools.extra["unit"]
    helps = found is not None and any(o.unit_id == found.unit.id and not o.lead for o in case.dossier.open_orders())
    said = "这个单位正在协办，先收回它的协办工单。"
    return [Problem("unit", said, case.book.provision("assisting").clause)] if helps else []


class DesignationCard(MatterCard, abstract=True):
    """A card on who shall handle a disputed matter."""

    rests_on = "designation"
    not_by = ()
    reach = Reach.CITY
    needs = ("unit",)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """The unit may be given an order; the government may name any but the target of the complaint (R-21)."""
        return [*unfit(case, "unit", strictly=False), *_assists(case)]


class ProposeDesignation(DesignationCard):
    """提请指定: the office's opinion on who should handle it goes to the city's leaders. Whoever holds it now keeps it
    meanwhile; a return that was pending has its answer in this, and what the office took for it beyond its own time is
    added to the unit's (R-04). Where it lies at the desk, the office's date for dispatching waits: what runs is the
    date after which the leaders are reminded."""

    term = "提请指定"
    by = DESK
    moves = moves(Matter, DISPUTED)
    form = (
        Field("unit", "建议的承办单位", "unit"),
        Field("opinion", "意见和理由", "textarea", max_length=4000, hint="职责怎样交叉，为什么建议这个单位"),
    )
    deadline = EXTENDS
    ledger = Line("designation_proposed", ("designation_id", "unit_id", "holder_id", "opinion_id", "until", "due_at"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """One proposal at a time."""
        return None if case.subject.designate_until is None else cls.no(case, "已经提请指定，正等决定。")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row per proposal; the matter waits for the leaders, by a date after which it is escalated."""
        unit, now = case.tools.extra["unit"].unit, holder(case)
        opinion = write_text(case, "designation_opinion", case.form["opinion"])
        until = office.designation_until(case.book, case.now).at
        row = Designation(case.tools.ids.next(), case.subject.id, now.id if now else None, case.now, opinion, unit.id)
        case.insert(row)
        waits = {} if now is not None else {"dispatch_until": None}  # the office has done its part
        case.update(case.subject, designate_until=until, designation_noted_at=None, **waits)
        return {"designation_id": row.id, "unit_id": unit.id, "holder_id": now.id if now else None,
                "opinion_id": opinion, "until": until,
                "due_at": cls._answer_return(case, now) if now is not None else None}  # fmt: skip

    @staticmethod
    def _answer_return(case: MatterCase, order: Order) -> datetime | None:
        """Where one is pending, here or with the unit's own leader; returns the holder's date as it then is."""
        if (order.return_filed_at or order.return_asked_at) is None:
            return order.due_at
        settle_request(case, order, "proposed")
        case.update(order, return_asked_at=None, return_filed_at=None, return_decided_at=case.now)
        if order.return_filed_at is None:
            return order.due_at
        due = dated(case, order, dating.excess(order.return_filed_at, case.now))
        return due.at if due else None

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The unit that keeps it meanwhile is told."""
        now = holder(case)
        if now is not None:
            case.tell("designation_proposed", "unit", now.unit_id, matter_id=case.dossier.chain.id)


class WithdrawDesignation(MatterCard):
    """撤回提请: the office needs no designation any more. A return that the proposal had answered lies before the office
    again, and its date for dispatching, where no unit holds the matter, begins anew."""

    term = "撤回提请"
    rests_on = "designation"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, DISPUTED)
    form = (Field("because", "理由", "textarea", max_length=1000, hint="市领导和现在的承办单位会看到"),)
    deadline = UNCHANGED
    ledger = Line("designation_withdrawn", ("designation_id", "holder_id", "because_id", "dispatch_until"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One is pending."""
        return cls.no(case, "没有提请指定可以撤回。") if case.subject.designate_until is None else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """As if it had not been proposed, from now on; but it stays on file."""
        row, now, matter = case.dossier.all(Designation)[-1], holder(case), case.subject
        because = write_text(case, "designation_because", case.form["because"])
        case.update(row, decided_at=case.now, because_id=because)
        columns: dict[str, Any] = {"designate_until": None}
        if now is None:
            columns["dispatch_until"] = office.dispatch_until(case.book, case.now, matter.channel,
                                                              urgent=matter.urgent).at  # fmt: skip
        else:
            _before_the_office_again(case, now)
        case.update(matter, **columns)
        return {"designation_id": row.id, "holder_id": now.id if now else None, "because_id": because,
                "dispatch_until": columns.get("dispatch_until")}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The leaders and the unit that keeps it are told."""
        matter_id, now = case.dossier.chain.id, holder(case)
        case.tell("designation_withdrawn", "leaders", matter_id, matter_id=matter_id)
        if now is not None:
            case.tell("designation_withdrawn", "unit", now.unit_id, matter_id=matter_id)


def _before_the_office_again(case: MatterCase, order: Order) -> None:
    """A request that a proposal to designate had answered waits again, as long as the order can be taken back: for the
    office, by a date that begins now, or for the unit's own leader, while its door is open."""
    request = case.dossier.request_of(order)
    if request is None or request.outcome != "proposed":
        return
    if order.status not in RETURNABLE:
        case.update(request, outcome="void")
        return
    case.update(request, outcome="", decided_at=None)
    if request.agreed_at is None:
        case.update(order, return_asked_at=request.asked_at, return_decided_at=None)
        return
    until = doors.decide_return_until(case.book, case.now, urgent=order.urgent).at
    case.update(order, return_filed_at=case.now, return_decide_until=until, return_decided_at=None)


class Designate(DesignationCard):
    """指定承办单位: a city leader, or whom the leader has charged, names the unit by a document. It has a full limit of
    its own and no door to return by; whoever held the matter gives way."""

    term = "指定承办单位"
    by = (Role.LEADER,)
    moves = moves(Matter, DISPUTED, S.IN_HAND)
    form = (
        Field("unit", "承办单位", "unit"),
        Field("document", "文件", max_length=200, hint="名称和文号，受委托指定的写明委托"),
    )
    deadline = STARTS
    ledger = Line("designated", ("designation_id", "unit_id", "order_id", "document_id", "due_at", "due_clause"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """The office has proposed."""
        return cls.no(case, "热线办没有提请指定。") if case.subject.designate_until is None else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The holder designated keeps its order and dates, and has no door any more; else a new order."""
        receiving, now = case.tools.extra["unit"], holder(case)
        document = write_text(case, "designation_document", case.form["document"])
        row = case.dossier.all(Designation)[-1]
        case.update(row, decided_at=case.now, designated_unit_id=receiving.unit.id, document_id=document)
        if now is not None and now.unit_id == receiving.unit.id:
            order = now
            settle_request(case, now, "void")
            case.update(now, designated=True, return_asked_at=None, return_filed_at=None, **_accepted(case, now))
            case.update(case.subject, designate_until=None)
        else:
            order = cls._order(case, receiving)
        case.figures = {"unit_id": order.unit_id, "kind_of": case.subject.kind, "due_at": order.due_at,
                        "round": order.round}  # fmt: skip
        return {"designation_id": row.id, "unit_id": receiving.unit.id, "order_id": order.id, "document_id": document,
                "due_at": order.due_at, "due_clause": order.due_clause}  # fmt: skip

    @staticmethod
    def _order(case: MatterCase, receiving: Any) -> Order:
        matter = case.subject
        basis = (dating.delivered(matter.kind, case.now, urgent=matter.urgent),)
        order = new_order(case, receiving, basis, kind=matter.kind, urgent=matter.urgent, designated=True)
        case.insert(order)
        case.update(matter, designate_until=None, **promised_by(case, order))
        return order

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The unit designated is told; the citizen, too, where it is another."""
        unit_id = case.tools.extra["unit"].unit.id
        case.tell("designated", "unit", unit_id, matter_id=case.dossier.chain.id)
        held = [order.unit_id for order in case.dossier.orders if order.lead and order.dispatched_at != case.now]
        if unit_id not in held[-1:]:
            tell_citizen(case, "unit_changed" if held else "dispatched")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Whoever held it before gives way."""
        named = case.dossier.all(Designation)[-1].designated_unit_id
        return [(GiveWay, order) for order in case.dossier.open_orders() if order.lead and order.unit_id != named]


def _accepted(case: MatterCase, order: Order) -> dict[str, Any]:
    """An order nobody signed, whose return was disputed, counts as accepted from the designation on."""
    disputed = order.return_decided_at is not None or order.return_filed_at is not None
    return {"return_decided_at": case.now, **contact_resumed(case, order)} if disputed else {}


class GiveWay(MatterCard):
    """让出: the consequence of a designation for the unit that held the matter; its dates stay as they were."""

    term = "让出工单"
    rests_on = "designation"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS, OrderStatus.RECALLED)
    form = ()
    deadline = STOPS
    ledger = Line("gave_way")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whatever the unit had asked for is void."""
        taken_away(case)
        return {}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("recalled", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """So does whoever it was handed down to."""
        return shares_end(case)


class NoteDesignationLate(ClockCard):
    """指定超时上报: the leaders have not designated in time; the matter goes up on their list, and on record (R-20)."""

    term = "指定超时上报"
    rests_on = "designation"
    moves = moves(Matter, DISPUTED)
    form = ()
    ledger = Line("designation_late", ("fell_at",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Once for each proposal."""
        fell_at = when_due(case)
        case.update(case.subject, designation_noted_at=case.now)
        return {"fell_at": fell_at}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The leaders and the office are told."""
        for kind in ("leaders", "office"):
            case.tell("designation_late", kind, case.subject.id, matter_id=case.dossier.chain.id)
