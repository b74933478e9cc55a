"""顺延 (shifting): an outage shifts the dates that it ran into, by order of whom the rulebook names; and whatever was
said of a unit by a date that so proves wrong (R-24, ADR 0013)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hotline.casework.records import Mark, Order
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.casework.transitions.base import MatterCard, OrderCase, judged, redated, tell_citizen, write_text
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RECOMPUTES, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import dating, outages, shifts
from hotline.rules.dating import Step
from hotline.rules.verdicts import Due, Verdict

OFFICE_LEVEL = 1
UNANSWERED = (MatterStatus.ACCEPTED, MatterStatus.SUBMITTED, MatterStatus.IN_HAND)


def shift_id(form: Mapping[str, Any]) -> int:
    """The number by which a shift is known again, so that it moves an order once however often it is ordered."""
    said = "\0".join(str(form[name]) for name in ("first_on", "last_on", "document"))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:6], "big")


class ShiftDates(MatterCard):
    """顺延: dates that an outage or force majeure ran into are shifted by its working days, by order of whom the
    rulebook names, with a document; on each order touched it stands in the ledger (R-24). So are those of orders
    approved or taken from their unit since; timeliness is judged anew, cards for a date that proves wrong are lifted
    with the document as the reason, and the citizen's promise follows."""

    term = "顺延"
    rests_on = "date_shift"
    by = (Role.HEAD, Role.LEADER)
    not_by = ()
    reach = Reach.ALL
    moves = moves(Order, tuple(OrderStatus))
    form = (
        Field("first_on", "停机的第一天", "date", max_length=10),
        Field("last_on", "停机的最后一天", "date", max_length=10),
        Field("document", "文件", max_length=200, hint="名称和文号"),
        Field("reason", "事由", "textarea", max_length=2000),
    )
    deadline = RECOMPUTES
    ledger = Line("dates_shifted", ("shift_id", "first_on", "last_on", "working_days", "old_due_at", "due_at",
                                    "document_id", "reason_id", "on_time", "lifted", "promised_at"))  # fmt: skip
    needs = ("own_unit",)

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """Only the platform's own, with a date to shift, while the file is not put away."""
        own, order = case.tools.extra.get("own_unit"), case.subject
        ours = own is not None and own.level == OFFICE_LEVEL and own.id == case.actor.unit_id
        frozen = case.dossier.matter.status == MatterStatus.ARCHIVED
        if ours and order.due_at is not None and order.due_basis and not frozen:
            return None
        return cls.no(case, "顺延由规定的负责人对有期限、没有归档的工单决定。")

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """The role that the rulebook names, at the office that it names."""
        own = case.tools.extra.get("own_unit")
        return shifts.may_order(case.book, case.actor.role, own.desk if own else "")

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """Days with work among them, a document, a date that the outage ran into while the work was owed, and not this
        shift already."""
        form, order, clause = case.form, case.subject, cls.provision(case.book).clause
        first_on, last_on = form["first_on"], form["last_on"]
        if problem := shifts.lacks(case.book, first_on, last_on, form["document"], case.now):
            return [Problem(*problem, clause)]
        if shift_id(form) in _refs(order.due_basis):
            return [Problem("document", "这张工单已经按这份文件顺延过。", clause)]
        began, ended = _span(case, first_on, last_on)
        done = order.ended_at or (order.filed_at if order.status == OrderStatus.APPROVED else None)
        before = done is not None and done <= began
        if order.due_at is None or order.due_at <= began or order.received_at >= ended or before:
            return [Problem("first_on", "这张工单的期限没有受影响。", clause)]
        return ()

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The date, and all that was said by it."""
        form, order = case.form, case.subject
        working_days, number = shifts.working_days(case.book, form["first_on"], form["last_on"]), shift_id(form)
        step = dating.shifted(working_days, number, *_span(case, form["first_on"], form["last_on"]))
        steps = outages.placed(dating.read(order.due_basis), step)
        due, settled = dating.fold(case.book, steps), _settled(case, order, step)
        columns = {"settled": settled, **judged(replace(order, settled=settled), due.at if due else None)}
        redated(case, order, steps, **columns)
        document, reason = (write_text(case, name, form[name]) for name in ("document", "reason"))
        lifted = [cls._lifted(case, mark, document) for mark in _proved_wrong(case, order, step, due)]
        return {"shift_id": number, "first_on": form["first_on"].isoformat(), "last_on": form["last_on"].isoformat(),
                "working_days": working_days, "old_due_at": order.due_at, "due_at": due.at if due else None,
                "document_id": document, "reason_id": reason, "on_time": columns.get("on_time", order.on_time),
                "lifted": lifted, "promised_at": _promised(case, step)}  # fmt: skip

    @staticmethod
    def _lifted(case: OrderCase, mark: Mark, document: int) -> list[Any]:
        """The card stays, with the instant of its lifting and the document as the reason; the line says which."""
        case.update(mark, lifted_at=case.now, lift_reason_id=document)
        return [mark.id, mark.colour, mark.cause, mark.round]

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told, and of a card lifted; the citizen, where the work goes on and the promise has moved to a
        date that lies ahead."""
        before, matter_id = case.subject, case.dossier.chain.id
        if before.ended_at is None and case.dossier.fresh(before).due_at != before.due_at:
            case.tell("due_changed", "unit", before.unit_id, matter_id=matter_id)
        if any(record is Mark for record, _ in case.out.updates):
            case.tell("card_lifted", "unit", before.unit_id, matter_id=matter_id)
        promised, answered = case.dossier.matter.promised_at, case.dossier.matter.status not in UNANSWERED
        moved = any("promise_basis" in columns for columns in case.out.updates.values())
        if moved and not answered and promised is not None and promised > case.now:
            tell_citizen(case, "promise_shifted")


def _span(case: OrderCase, first_on: date, last_on: date) -> tuple[datetime, datetime]:
    """The outage from the beginning of its first day to the end of its last."""
    calendar = case.book.calendar
    return calendar.end_of_day(first_on - timedelta(1))[0], calendar.end_of_day(last_on)[0]


def _refs(basis: str) -> set[int]:
    """The shifts that a date has seen already."""
    return {step.ref for step in dating.read(basis) if step.how == dating.SHIFTED}


def _filed(case: OrderCase, order: Order) -> list[datetime]:
    """When letters on the order were filed, oldest first."""
    return [li.at for li in case.dossier.lines if li.kind == "filed" and li.subject_id == order.id]


def _settled(case: OrderCase, order: Order, step: Step) -> bool | None:
    """What was settled as late by a date that proves wrong is healed: no failure of the system is a unit's."""
    if order.settled is not False:
        return order.settled
    steps, filed = dating.read(order.due_basis), _filed(case, order)
    if outages.settled(case.book, steps, filed) is not False:
        return order.settled
    return outages.settled(case.book, steps, filed, step)


def _proved_wrong(case: OrderCase, order: Order, step: Step, due: Due | None) -> list[Mark]:
    """The cards that stand by a date which the outage has moved: all of the present date, since for the new one they
    may fall anew; of an earlier one, what would not have fallen."""
    moved = due is not None and due.at != order.due_at
    standing = [m for m in case.dossier.marks_of(order) if m.lifted_at is None and m.cause in outages.BY_DATE]
    return [m for m in standing
            if (moved if m.round == order.round else _earlier(case, order, step, m))]  # fmt: skip


def _earlier(case: OrderCase, order: Order, step: Step, mark: Mark) -> bool:
    facts = (li.read().facts for li in case.dossier.lines if li.kind in ("yellow_given", "red_given"))
    fell = next((datetime.fromisoformat(given[3]) for given in facts if given[0] == mark.id), None)
    if fell is None:
        return False
    done = next((at for at in _filed(case, order) if at >= fell), case.now)
    return outages.proves_wrong(case.book, dating.read(order.due_basis), step, mark.cause, fell, done)


def _promised(case: OrderCase, step: Step) -> datetime | None:
    """What the citizen was promised follows, once for each outage, where it ran into that date; returns it."""
    matter = case.dossier.matter
    steps, promised = dating.read(matter.promise_basis), matter.promised_at
    if not steps or promised is None or step.ref in _refs(matter.promise_basis):
        return promised
    assert step.at is not None
    assert step.until is not None
    if promised <= step.at or (steps[0].at is not None and steps[0].at >= step.until):
        return promised
    after = outages.placed(steps, step)
    due = dating.fold(case.book, after)
    if due is None:
        return promised
    at = max(promised, due.at)
    case.update(matter, promised_at=at, promised_clause=due.clause, promise_basis=dating.written(after))
    return at
