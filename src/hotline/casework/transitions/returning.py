"""退回 (returning): a unit that thinks an order is not its own asks to be rid of it, in time and with its basis
(五（六）, R-04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Order, ReturnRequest
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import (
    AnyCase,
    MatterCard,
    OrderCase,
    awaits_acceptance,
    clauses_of,
    write_text,
)
from hotline.casework.transitions.handling import contact_counted
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.network.roles import TERMS, UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import doors
from hotline.rules.verdicts import Due, Verdict

# Handling may have begun; once a letter was filed, the unit has taken the matter for its own.
RETURNABLE = (S.DISPATCHED, S.SIGNED, S.DRAFTED, S.SIGNED_OFF)
REASON = Field("reason", "理由", "textarea", max_length=2000, hint="为什么不属于本单位职责")
BASIS = Field("basis", "法规政策依据", "textarea", max_length=2000, hint="写明名称和文号、条款")


def door_end(case: OrderCase) -> Due | None:
    """Until when the door stands open; None where there is none."""
    rule, order = case.book.provision("return_of_orders"), case.subject
    return None if order.designated else Due(order.return_until, rule.clause, rule.readings)


def contact_stopped(case: OrderCase) -> dict[str, Any]:
    """Where the first contact runs from acceptance and nobody signed, it runs no more while the return is undecided."""
    waits = awaits_acceptance(case.book, case.dossier.matter.kind, case.subject)
    return {"contact_until": None} if waits else {}


def contact_resumed(case: AnyCase, order: Order) -> dict[str, Any]:
    """And from deemed acceptance once it is: at the door's end, or now where that has passed (R-04)."""
    if order.signed_at is not None or order.deemed_at is not None:
        return {}
    return {"contact_until": contact_counted(case, order, deemed=case.now if case.now >= order.return_until else None)}


def settle_request(case: AnyCase, order: Order, outcome: str) -> None:
    """What becomes of a request that still waits for somebody when its order goes another way."""
    request = case.dossier.request_of(order)
    if request is not None and (order.return_asked_at is not None or order.return_filed_at is not None):
        case.update(request, outcome=outcome, decided_at=case.now)


def request_in_hand(case: OrderCase) -> ReturnRequest:
    """The request that waits for somebody. Raises LookupError where none does."""
    request = case.dossier.request_of(case.subject)
    if request is None or request.outcome:
        raise LookupError("no return was asked for")
    return request


class ReturnCard(MatterCard, abstract=True):
    """A card on the door of returns."""

    rests_on = "return_of_orders"
    reach = Reach.HOLDS
    deadline = UNCHANGED

    @classmethod
    def ended(cls, case: OrderCase, outcome: str, **order: Any) -> Mapping[str, Any]:
        """The request has its end, with the words that say why."""
        request, because = request_in_hand(case), write_text(case, "return_because", case.form["because"])
        case.update(request, outcome=outcome, decided_at=case.now, because_id=because)
        case.update(case.subject, return_asked_at=None, return_filed_at=None, **order)
        return {"request_id": request.id, "because_id": because}


def _lines_of_request(case: OrderCase) -> tuple[int, int]:
    return write_text(case, "return_reason", case.form["reason"]), write_text(case, "return_basis", case.form["basis"])


class RequestReturn(ReturnCard):
    """申请退回: the order is not within the unit's duties; reason and legal basis with document number (五（六）)."""

    term = "申请退回"
    by = (Role.CLERK,)
    not_by = ()
    moves = moves(Order, RETURNABLE)
    form = (REASON, BASIS)
    ledger = Line("return_requested", ("request_id", "reason_id", "basis_id", "return_until"))

    @classmethod
    def until(cls, case: OrderCase) -> Due | None:
        """Until when it may still be asked, approval by the unit's own leader included."""
        return door_end(case)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """The door is open, and nothing is pending."""
        order = case.subject
        if order.return_asked_at is not None or order.return_filed_at is not None:
            return cls.no(case, "已经申请退回，正等决定。")
        if order.sent_back_at is not None:
            redo = case.book.provision("redo")
            return Verdict(False, redo.clause, "退回重办的工单不能再退回。", redo.readings)
        if any(line.kind == "filed" and line.subject_id == order.id for line in case.dossier.lines):
            return cls.no(case, "您单位报送过反馈件，就是已经承办，不能再退回。")
        if case.dossier.matter.designate_until is not None:
            rule = case.book.provision("designation")
            return Verdict(False, rule.clause, "已经提请政府指定承办单位，指定之前由您单位办理。", rule.readings)
        return doors.return_door(case.book, order.return_until, case.now, designated=order.designated)

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """The basis names a document."""
        verdict = doors.basis_holds(case.book, case.form["basis"])
        return () if verdict.ok else [Problem("basis", f"{verdict.because}。", verdict.clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row per request; the order waits for the unit's own leader."""
        order, (reason, basis) = case.subject, _lines_of_request(case)
        request = ReturnRequest(case.tools.ids.next(), order.matter_id, order.id, case.now, reason, basis)
        case.insert(request)
        case.update(order, return_asked_at=case.now)
        return {"request_id": request.id, "reason_id": reason, "basis_id": basis, "return_until": order.return_until}


class OwnLeaderDecides(ReturnCard, abstract=True):
    """A card of the unit's own leader on a request of the unit's clerk."""

    by = (Role.DEPUTY, Role.HEAD)
    not_by = (RequestReturn,)
    moves = moves(Order, RETURNABLE)

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """A clerk has asked."""
        return None if case.subject.return_asked_at is not None else cls.no(case, "没有等您同意的退回申请。")


class AgreeToReturn(OwnLeaderDecides):
    """同意申请退回: the unit's deputy head agrees, inside the door; so the request is before the office (五（六）)."""

    term = "同意申请退回"
    form = ()
    ledger = Line("return_agreed", ("request_id", "decide_until"))

    @classmethod
    def until(cls, case: OrderCase) -> Due | None:
        """Until when it may still be agreed to."""
        return door_end(case)

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """The door, and the office's own date for deciding."""
        return clauses_of(case, "return_of_orders", "office_dates")

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Who may approve it, and the door is still open."""
        order = case.subject
        if not doors.may_approve_return(case.book, case.actor.role):
            ranks = case.book.provision("return_of_orders").values["approved_by"]
            return cls.no(case, f"退回须由{'或'.join(TERMS[Role(rank)] for rank in ranks)}同意。")
        return doors.return_door(case.book, order.return_until, case.now, designated=order.designated)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """From now on the office's time runs; the unit's own runs on."""
        order, request = case.subject, request_in_hand(case)
        until = doors.decide_return_until(case.book, case.now, urgent=order.urgent).at
        case.update(request, agreed_at=case.now)
        case.update(order, return_asked_at=None, return_filed_at=case.now, return_decide_until=until,
                    return_decided_at=None, **contact_stopped(case))  # fmt: skip
        return {"request_id": request.id, "decide_until": until}


class DisagreeWithReturn(OwnLeaderDecides):
    """不同意申请退回: the unit's own leader keeps the order."""

    term = "不同意申请退回"
    form = (Field("because", "理由", "textarea", max_length=1000, hint="承办人会看到"),)
    ledger = Line("return_disagreed", ("request_id", "because_id"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The request ends within the unit."""
        return cls.ended(case, "disagreed")


class WithdrawReturn(ReturnCard):
    """撤回退回申请: the unit will handle the matter after all."""

    term = "撤回退回申请"
    by = UNIT
    not_by = ()
    moves = moves(Order, RETURNABLE)
    form = (Field("because", "理由", "textarea", max_length=1000),)
    ledger = Line("return_withdrawn", ("request_id", "because_id"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """Something is pending."""
        order = case.subject
        pending = order.return_asked_at is not None or order.return_filed_at is not None
        return None if pending else cls.no(case, "没有退回申请可以撤回。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """As if nothing had been asked, but it stays on file; deemed acceptance runs from here."""
        return cls.ended(case, "withdrawn", return_decided_at=case.now, **contact_resumed(case, case.subject))


class RecordLateReturn(ReturnCard):
    """记逾期退回: asked for after the door has closed: recorded once, refused at once, and evidence; it moves
    nothing (五（六）, R-04)."""

    term = "记逾期退回"
    by = UNIT
    not_by = ()
    moves = moves(Order, tuple(s for s in OPEN_ORDERS if s != S.FILED))
    form = (REASON, BASIS)
    ledger = Line("late_return_recorded", ("request_id", "reason_id", "basis_id", "return_until"))
    disturbs = False

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """While the door is open, one asks; what was asked in time is decided by the office; once is enough."""
        order = case.subject
        if case.now < order.return_until:
            return cls.no(case, "还没有到退回的期限，请申请退回。")
        if order.return_filed_at is not None or order.return_asked_at is not None:
            return cls.no(case, "期内的退回申请正等决定。")
        recorded = any(r.outcome == "late" and r.order_id == order.id for r in case.dossier.all(ReturnRequest))
        return cls.no(case, "这张工单已经记过逾期退回。") if recorded else None

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """What the government has designated is not asked back, in time or late."""
        order = case.subject
        return doors.return_door(case.book, order.return_until, case.now, designated=True) if order.designated else None

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A request that was over when it was made."""
        order, (reason, basis) = case.subject, _lines_of_request(case)
        request = ReturnRequest(case.tools.ids.next(), order.matter_id, order.id, case.now, reason, basis,
                                outcome="late", decided_at=case.now)  # fmt: skip
        case.insert(request)
        return {"request_id": request.id, "reason_id": reason, "basis_id": basis, "return_until": order.return_until}


class LapseReturn(ClockCard):
    """退回申请失效: the door has closed before the unit's own leader agreed; nothing came before the office (R-04)."""

    term = "退回申请失效"
    rests_on = "return_of_orders"
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    ledger = Line("return_lapsed", ("fell_at",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Nothing waits for the leader any more. The clock looks at few tables: the request itself says in its instants
        that it was never agreed to."""
        fell_at = when_due(case)
        case.update(case.subject, return_asked_at=None)
        return {"fell_at": fell_at}


class NoteReturnLate(ClockCard):
    """记退回决定超时: the office did not decide on a return in its own time (R-19)."""

    term = "记退回决定超时"
    rests_on = "office_dates"
    moves = moves(Order, tuple(S))
    form = ()
    ledger = Line("return_decision_late", ("fell_at",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Once for each date."""
        fell_at = when_due(case)
        case.update(case.subject, office_noted_at=case.now)
        return {"fell_at": fell_at}
