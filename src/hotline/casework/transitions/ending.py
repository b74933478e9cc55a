"""撤诉与终止 (ending): the citizen withdraws the matter (R-28), or it turns out that another channel has it (三（二）4, R-29).
One asks, another decides; open orders end without blame, and count neither as in time nor as late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import jointly, submissions
from hotline.casework.records import Contact, Matter, Order, Submission
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.alarming import WrittenCard
from hotline.casework.transitions.base import MatterCard, MatterCase, OrderCase, tell_callers, write_text
from hotline.casework.transitions.leaving import taken_away
from hotline.casework.transitions.proposing import ENDING, WITHDRAWAL, Decision, decide, pending, propose, waits
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import STOPS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field
from hotline.procedure.records import Record
from hotline.rules import endings, refusals
from hotline.rules.verdicts import Verdict

WITHDRAWABLE = (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED, S.SUBMITTED, S.IN_HAND)
NOT_MEANT = "not_meant"
OVER: dict[str, Any] = dict.fromkeys(("dispatch_until", "designate_until", "promised_at", "promised_clause",
                                      "before_leader_at", "carry_out_at"))  # fmt: skip


def kept_choices(case: MatterCase) -> list[tuple[str, str]]:
    """Why a matter is not withdrawn: the rulebook's grounds, or that nobody meant it."""
    return [*endings.keeps_alive(case.book).items(), (NOT_MEANT, "核实后，诉求人没有要撤")]


def channel_choices(case: MatterCase) -> list[tuple[str, str]]:
    """The channels that may have it already."""
    return list(endings.channels(case.book).items())


def callers(case: MatterCase) -> int:
    """How many people the matter is about: those who called, an unnamed one counting as one."""
    return len({contact.citizen_id for contact in case.dossier.all(Contact)})


def over(case: MatterCase) -> None:
    """Nothing is owed any more: no date of the office's runs, nobody is called again, what waits for a leader is
    withdrawn. Who has instructed is still to hear what came of it."""
    case.update(case.subject, **OVER, promise_basis="", closed_at=case.now)
    if (row := submissions.pending(case.dossier)) is not None:
        case.update(row, outcome=submissions.WITHDRAWN, decided_at=case.now)
    for order in case.dossier.orders:
        if order.explained_review_at is not None:
            case.update(order, explained_review_at=None)


def tell_of_end(case: MatterCase, template: str) -> None:
    """Whoever called is told, and the leader before whom it lay."""
    tell_callers(case, template)
    for row in case.dossier.all(Submission):
        if (row.outcome, row.decided_at) == (submissions.WITHDRAWN, case.now):
            case.tell("submission_withdrawn", "leader", row.post_id, matter_id=case.subject.id)


def orders_end(case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
    """The consequence for every order that is open."""
    return [(EndOrder, order) for order in case.dossier.open_orders()]


class AskToWithdraw(WrittenCard):
    """请求撤诉: the citizen wants the matter dropped; on its own page, or by phone. Nothing ends before the office has
    confirmed it."""

    term = "请求撤诉"
    rests_on = "withdrawal"
    by = (Role.CITIZEN, Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.OWN
    moves = moves(Matter, WITHDRAWABLE)
    form = (Field("words", "为什么撤回", "textarea", max_length=2000, hint="照诉求人的原话记"),)
    writes = ("words",)
    deadline = UNCHANGED
    ledger = Line("withdrawal_asked", ("proposal_id", "words_id", "decide_until"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """One thing at a time."""
        return waits(case, cls)

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """Until when it is confirmed or not."""
        return [Effect("确认或不撤", endings.withdrawal_until(case.book, case.now))]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The citizen's words; the office's own date begins."""
        until = endings.withdrawal_until(case.book, case.now)
        row = propose(case, WITHDRAWAL, case.form["words"], until)
        return {"proposal_id": row.id, "words_id": row.reason_id, "decide_until": until.at}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called is told, so that nobody else withdraws it for them."""
        tell_callers(case, "withdrawal_asked")


class WithdrawalDecision(Decision, abstract=True):
    """A card of the office on a withdrawal; not of whoever wrote down that it was asked for."""

    rests_on = "withdrawal"
    by = (Role.DISPATCHER, Role.FOLLOW_UP, Role.SHIFT_LEADER)
    not_by = (AskToWithdraw,)

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One was asked for."""
        return None if case.subject.deciding == WITHDRAWAL else cls.no(case, "诉求人没有请求撤诉。")


class ConfirmWithdrawal(WithdrawalDecision):
    """确认撤诉: the citizen was asked and meant it. Whoever else called keeps the matter alive (R-28)."""

    term = "确认撤诉"
    moves = moves(Matter, WITHDRAWABLE, S.WITHDRAWN)
    form = (Field("because", "怎样向诉求人核实的", "textarea", max_length=1000, hint="如：电话核实，通话记录 3 号"),)
    ledger = Line("withdrawn", ("proposal_id", "because_id", "in_time", "orders"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Nobody else called about it, and no other matter waits for its answer."""
        if case.dossier.joined():
            return cls.no(case, "有别的事项并在这一件里，先把它们分开。")
        return endings.may_withdraw(case.book, callers(case))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Nothing is owed any more; how many orders end with it."""
        over(case)
        return {**decide(case, WITHDRAWAL, granted=True, because=case.form["because"]),
                "orders": len(case.dossier.open_orders())}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The citizen is told."""
        tell_of_end(case, "withdrawn")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Every open order ends."""
        return orders_end(case)


class RefuseToWithdraw(WithdrawalDecision):
    """不撤诉: others called too, public safety is at stake, or nobody meant it; the matter goes on."""

    term = "不撤诉"
    moves = moves(Matter, WITHDRAWABLE)
    form = (
        Field("ground", "为什么不撤", "choice", choices=kept_choices),
        Field("because", "理由", "textarea", max_length=1000, hint="诉求人会看到"),
    )
    ledger = Line("withdrawal_refused", ("proposal_id", "because_id", "in_time", "ground"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The reason stands word for word."""
        facts = decide(case, WITHDRAWAL, granted=False, because=case.form["because"])
        return {**facts, "ground": case.form["ground"]}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called is told."""
        tell_callers(case, "withdrawal_refused")


class ProposeEnd(MatterCard):
    """提请终止: after dispatch it turned out that a court, or another channel, has the matter; with what shows it."""

    term = "提请终止"
    rests_on = "ending"
    by = (Role.OPERATOR, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR, Role.INSPECTOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.IN_HAND,))
    form = (
        Field("channel", "已进入的途径", "choice", choices=channel_choices),
        Field("evidence", "凭什么", "textarea", max_length=1000, hint="如：单位报来的受理通知书，写明机关和文号"),
    )
    deadline = UNCHANGED
    ledger = Line("end_proposed", ("proposal_id", "channel", "evidence_id", "decide_until"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """One thing at a time."""
        return waits(case, cls)

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """Until when it is decided; the units go on meanwhile."""
        return [Effect("班长决定", endings.ending_until(case.book, case.now))]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What shows it is kept as a text."""
        until, channel = endings.ending_until(case.book, case.now), case.form["channel"]
        row = propose(case, ENDING, case.form["evidence"], until, channel)
        return {"proposal_id": row.id, "channel": channel, "evidence_id": row.reason_id, "decide_until": until.at}


class EndDecision(Decision, abstract=True):
    """A card of the shift leader on an ending that was proposed."""

    rests_on = "ending"
    by = (Role.SHIFT_LEADER,)
    not_by = (ProposeEnd,)

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One was proposed."""
        return None if case.subject.deciding == ENDING else cls.no(case, "没有提请终止。")


class ApproveEnd(EndDecision):
    """同意终止: another person agrees; the citizen is told which channel has it, and the units that they are done."""

    term = "同意终止"
    moves = moves(Matter, (S.IN_HAND,), S.ENDED)
    form = (Field("because", "告诉诉求人的话", "textarea", required=False, max_length=1000, hint="如：由哪个机关受理，怎样查询"),)
    ledger = Line("end_approved", ("proposal_id", "because_id", "in_time", "channel", "told_id", "orders"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What the citizen is told is kept word for word; who is joined is not told what was meant for them."""
        rule, channel = cls.provision(case.book), pending(case, ENDING).clause
        ground = refusals.items(case.book).get(rule.clause)
        said = f"这件事已经进入{endings.channels(case.book)[channel]}，由那里解决，热线不再办理。"
        parts, alike = (said, case.form["because"], where := ground.channel if ground else ""), (said, where)
        jointly.answer_all(case, "\n".join(part for part in alike if part), rated=False)
        told = write_text(case, "told", "\n".join(part for part in parts if part))
        over(case)
        case.update(case.subject, told_id=told)
        return {**decide(case, ENDING, granted=True, because=case.form["because"]), "channel": channel,
                "told_id": told, "orders": len(case.dossier.open_orders())}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The citizen is told."""
        tell_of_end(case, "ended")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Every open order ends."""
        return orders_end(case)


class RejectEnd(EndDecision):
    """不同意终止: the units go on."""

    term = "不同意终止"
    moves = moves(Matter, (S.IN_HAND,))
    form = (Field("because", "理由", "textarea", max_length=1000),)
    ledger = Line("end_rejected", ("proposal_id", "because_id", "in_time"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The reason stands word for word."""
        return decide(case, ENDING, granted=False, because=case.form["because"])


class EndOrder(MatterCard):
    """终止工单: a consequence: the unit is done without blame. The order counts neither as in time nor as late."""

    term = "终止工单"
    rests_on = "ending"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS, OrderStatus.ENDED)
    form = ()
    deadline = STOPS
    ledger = Line("order_ended", ("because", "counted"))

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """The withdrawal, or the ending."""
        withdrawn = case.dossier.matter.status == S.WITHDRAWN
        rule = case.book.provision("withdrawal" if withdrawn else "ending")
        return (rule.clause, *rule.readings)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whatever the unit had asked for is void; its dates stay as they were, its timeliness is nobody's to count."""
        taken_away(case, on_time=None)
        return {"because": case.dossier.matter.status, "counted": False}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("order_ended", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
