"""延期 (extending): the unit asks in writing, its leader agrees and so files it, the citizen is told why (R-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.casework import extensions, sharing
from hotline.casework.records import Extension, Order
from hotline.casework.statuses import OPEN_ORDERS, WORKING
from hotline.casework.transitions.base import MatterCard, OrderCase, due_of, write_text
from hotline.casework.transitions.handling import taken_up
from hotline.casework.transitions.replying import ANSWER_MEANS
from hotline.network.roles import TERMS, UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import dating, doors
from hotline.rules.dating import Step
from hotline.rules.verdicts import Due, Verdict

LEADERS = (Role.DEPUTY, Role.HEAD)
LONG = 4000


def no(case: OrderCase, because: str) -> Verdict:
    """A no that rests on the provision of extensions."""
    rule = case.book.provision("extension")
    return Verdict(False, rule.clause, because, rule.readings)


def ask_until(case: OrderCase) -> Due | None:
    """Until when an extension of the order's date may be filed; None where there is none to be had."""
    return extensions.door(case.book, case.dossier.matter.kind, case.subject)


def may_extend(case: OrderCase, working_days: int, reason: str = "-", *, agreed: bool = True) -> Verdict:
    """Whether so many working days more may be filed now."""
    order, due = case.subject, due_of(case.subject)
    if due is None:
        return no(case, "这张工单没有办理时限，不用延期。")
    return doors.may_extend(case.book, case.dossier.matter.kind, order.received_at, due, case.now, urgent=order.urgent,
                            working_days=working_days, already=order.extended_by, reason=reason,
                            agreed=agreed)  # fmt: skip


class RequestExtension(MatterCard):
    """申请延期: in writing, with how many working days and for what specific reasons (五（二）段1)."""

    term = "申请延期"
    key = "Y"
    rests_on = "extension"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, WORKING)
    form = (
        Field("working_days", "延长的工作日", "number", max_length=3),
        Field("reason", "具体原因", "textarea", max_length=LONG, hint="为什么按时办不完，还要做什么"),
    )
    deadline = UNCHANGED
    ledger = Line("extension_requested", ("extension_id", "working_days", "due_at", "ask_until"))

    @classmethod
    def until(cls, case: OrderCase) -> Due | None:
        """The end of the door."""
        return ask_until(case)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Taken up, nothing of the kind pending or owed, and the door still open."""
        order = case.subject
        if (first := taken_up(case)) is not None:
            return first
        if sharing.assists(order):
            rule = case.book.provision("assisting")
            return Verdict(False, rule.clause, "协办的期限跟着牵头单位，请与牵头单位商量。", rule.readings)
        if order.return_asked_at or order.return_filed_at:
            return no(case, "这张工单正在申请退回，等有了结果再申请延期。")
        if order.extension_asked_at or order.extension_filed_at:
            return no(case, "已经有一份延期申请在等同意或备案。")
        if extensions.unexplained(case.dossier, order) is not None:
            return no(case, "上一次延期还没有向诉求人解释说明，请先解释。")
        return may_extend(case, 1)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """How much the cap leaves; level 2 grants what it handed down no more than its own date leaves (R-16)."""
        order = case.subject
        left = doors.cap(case.book, case.dossier.matter.kind) - order.extended_by
        upper = sharing.upper(case.dossier, order) if order.parent_id is not None else None
        within = due_of(upper) if upper is not None else None
        above = [Effect("上级准到", within)] if within else []
        return [Effect("还可延长", f"{max(left, 0)} 个工作日"), *above]

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """No more than the cap leaves."""
        verdict = may_extend(case, case.form["working_days"], case.form["reason"])
        return () if verdict.ok else [Problem("working_days", f"{verdict.because}。", verdict.clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """It waits for the unit's own leader."""
        order, until, number = case.subject, ask_until(case), case.tools.ids.next()
        assert order.due_at is not None
        case.insert(Extension(
            number, order.matter_id, order.id, case.form["working_days"], case.now,
            write_text(case, "extension_reason", case.form["reason"]), order.due_at, order.due_clause or "",
            order.due_readings, order.due_provisional,
        ))  # fmt: skip
        case.update(order, extension_asked_at=case.now)
        return {"extension_id": number, "working_days": case.form["working_days"], "due_at": order.due_at,
                "ask_until": until.at if until else None}  # fmt: skip


def asked(case: OrderCase) -> Extension:
    """The extension that is not decided yet. Raises LookupError without one."""
    found = extensions.awaiting(case.dossier, case.subject)
    if found is None:
        raise LookupError("an order awaits an extension that is not there")
    return found


class _BeforeTheLeader(MatterCard, abstract=True):
    """What the unit's own leader does with an extension asked for."""

    rests_on = "extension"
    by = LEADERS
    reach = Reach.HOLDS
    moves = moves(Order, WORKING)
    deadline = UNCHANGED

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """Somebody of the unit asked."""
        return None if case.subject.extension_asked_at else no(case, "没有等本单位同意的延期申请。")


class AgreeToExtension(_BeforeTheLeader):
    """同意延期并报备: a leader of the unit agrees, who is not the one that asked; with that it is filed with the office."""

    term = "同意延期并报备"
    key = "N"
    not_by = (RequestExtension,)
    form = ()
    ledger = Line("extension_agreed", ("extension_id", "working_days", "ask_until"))

    @classmethod
    def until(cls, case: OrderCase) -> Due | None:
        """The end of the door."""
        return ask_until(case)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """A leader of the rank that the rulebook wants, and the door still open."""
        if not doors.may_agree_to_extension(case.book, case.actor.role):
            ranks = case.book.provision("extension").values["agreed_by"]
            return no(case, f"延期须由{'或'.join(TERMS[Role(rank)] for rank in ranks)}同意。")
        return may_extend(case, asked(case).working_days)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """From here on it awaits the office."""
        extension, until = asked(case), ask_until(case)
        case.update(extension, agreed_at=case.now)
        case.update(case.subject, extension_asked_at=None, extension_filed_at=case.now)
        return {"extension_id": extension.id, "working_days": extension.working_days,
                "ask_until": until.at if until else None}  # fmt: skip


class DisagreeWithExtension(_BeforeTheLeader):
    """不同意延期: the unit's own leader thinks the date can be kept; nothing goes to the office."""

    term = "不同意延期"
    not_by = ()
    form = (Field("because", "理由", "textarea", max_length=LONG),)
    ledger = Line("extension_disagreed", ("extension_id",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The request is over; another may be made while the door is open."""
        extension = asked(case)
        because = write_text(case, "extension_because", case.form["because"])
        case.update(extension, outcome=extensions.DISAGREED, decided_at=case.now, because_id=because)
        case.update(case.subject, extension_asked_at=None)
        return {"extension_id": extension.id}


def to_explain(case: OrderCase) -> Extension | None:
    """The extension, filed or granted, that the citizen has not been told of. What is handed down moves no date of the
    citizen's: there is nothing to be told (R-16)."""
    if case.subject.parent_id is not None:
        return None
    found = extensions.newest(case.dossier, case.subject)
    open_ = found is not None and found.explained_at is None and found.agreed_at is not None
    return found if open_ and found is not None and found.outcome in ("", *extensions.GRANTED) else None


class ExplainExtension(MatterCard):
    """向诉求人解释延期: the unit tells the citizen why it takes longer, before or after the office has decided; without
    that before the old due instant an extension is void (R-07)."""

    term = "向诉求人解释延期"
    key = "G"
    rests_on = "extension"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, OPEN_ORDERS)
    form = (
        Field("means", "方式", "choice", choices=ANSWER_MEANS),
        Field("words", "怎样解释的", "textarea", max_length=LONG, hint="诉求人会看到这一段"),
    )
    deadline = UNCHANGED
    ledger = Line("extension_explained", ("extension_id", "means", "explain_until", "valid"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """There is one to explain."""
        return None if to_explain(case) is not None else no(case, "没有要向诉求人解释的延期。")

    @classmethod
    def until(cls, case: OrderCase) -> Due | None:
        """The old due instant."""
        found, rule = to_explain(case), cls.provision(case.book)
        if found is None:
            return None
        return Due(extensions.explain_until(case.book, case.subject, found), rule.clause, rule.readings)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Before the old due instant."""
        until = cls.until(case)
        return doors.explanation_counts(case.book, until.at, case.now) if until else None

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """An extension already granted holds from here on, and the citizen is promised its date."""
        extension, until = to_explain(case), cls.until(case)
        assert extension is not None
        assert until is not None
        words = write_text(case, "extension_words", case.form["words"])
        case.update(extension, explained_at=case.now, explained_means=case.form["means"], explanation_id=words)
        if extension.outcome:
            promise(case, case.subject, case.now)
        return {"extension_id": extension.id, "means": case.form["means"], "explain_until": until.at,
                "valid": bool(extension.outcome)}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The citizen is told the new date once there is one."""
        tell_extended(case)


def promise(case: OrderCase, order: Order, at: datetime) -> None:
    """What the citizen was promised follows an extension that holds: the first promise and what was granted since, so
    that another unit's own limit is never promised in its place (R-05). Where that date has passed when the citizen is
    told, it can be promised no more, and the order's own date is; a promise that is later already stays."""
    matter = case.dossier.matter
    if not order.lead or order.due_at is None:
        return
    steps, new = dating.read(matter.promise_basis), _not_promised(order, dating.read(matter.promise_basis))
    if steps and not new:
        return
    due, basis = due_of(order), order.due_basis
    further = dating.fold(case.book, (*steps, *new)) if steps else None
    if further is not None and further.at > at:
        due, basis = further, dating.written((*steps, *new))
    if due is not None and (matter.promised_at is None or matter.promised_at < due.at):
        case.update(matter, promised_at=due.at, promised_clause=due.clause, promise_basis=basis)


def _not_promised(order: Order, promised: Sequence[Step]) -> list[Step]:
    """What was granted to the order and the citizen does not know yet, as far as it still counts in its date."""
    steps, known = dating.read(order.due_basis), {step.ref for step in promised if step.how == dating.EXTENDED}
    void = {step.ref for step in steps if step.how == dating.VOID}
    granted = [step for step in steps if step.how == dating.EXTENDED and step.ref not in void]
    left = order.extended_by - sum(step.working_days for step in granted if step.ref in known)
    new = [step for step in granted if step.ref not in known][-1:]  # one at a time is not explained
    return [replace(step, working_days=min(step.working_days, left)) for step in new if left > 0]


def tell_extended(case: OrderCase) -> None:
    """Tell the citizen, once the extension is both granted and explained. Addressed to the matter: the clock, which
    does this too, knows no citizen."""
    found = extensions.newest(case.dossier, case.subject)
    if found is not None and found.outcome in extensions.GRANTED and found.explained_at is not None:
        case.tell("extended", "matter", case.dossier.chain.id, matter_id=case.dossier.chain.id)
