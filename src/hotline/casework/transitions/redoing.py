"""重办与续办 (redoing): what a citizen who is not content sets going (R-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import conflicts
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import MatterStatus
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import (
    AnyCase,
    MatterCard,
    MatterCase,
    OrderCase,
    cite,
    dated,
    foreseen,
    not_handed_down,
    tell_callers,
    tell_citizen,
    write_text,
)
from hotline.casework.transitions.closing import RATING, Close, FollowUp
from hotline.casework.transitions.publishing import retracted
from hotline.casework.transitions.replying import WROTE
from hotline.casework.transitions.reviewing import no_review_lost, not_found_untrue
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RESTARTS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field
from hotline.procedure.records import Record
from hotline.rules import dating, follow_up, redo
from hotline.rules.dating import Step
from hotline.rules.verdicts import Due, Verdict

ANSWERED = (MatterStatus.REPLIED, MatterStatus.CLOSED)


class ResumeHandling(MatterCard):
    """恢复办理: the matter is in hand again; the consequence of an order taken up anew, because the citizen is not content
    or because a check found the letter untrue. What the citizen said of the earlier answer stays on file, and is asked
    anew after the next one."""

    term = "恢复办理"
    rests_on = "follow_up"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, ANSWERED, MatterStatus.IN_HAND)
    form = ()
    deadline = UNCHANGED
    ledger = Line("handling_resumed", ("redos",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """One redo more where it is for dissatisfaction (R-12), not after a check (R-34); the lots are drawn and the
        rating opened again when this one is approved."""
        redos = case.subject.redos + (case.dossier.lines[-1].kind == OrderRedo.ledger.kind)
        case.update(case.subject, redos=redos, satisfied=None, drawn=None, drawn_because=None, rating_until=None,
                    replied_at=None, closed_at=None)  # fmt: skip
        return {"redos": redos}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What was published of the earlier answer holds no more."""
        return retracted(case)


def _content(case: AnyCase) -> Verdict | None:
    """A no unless the citizen said that they are not content with the answer now standing."""
    matter, provision = case.dossier.matter, case.card.provision(case.book)
    if matter.satisfied is False and matter.status in ANSWERED:
        return None
    return Verdict(False, provision.clause, "诉求人没有表示不满意。", provision.readings)


def asked_after(dossier: MatterDossier) -> bool:
    """Whether somebody followed up since the citizen last rated the answer by themselves."""
    said = dossier.revisits()
    return not said or said[-1].means != RATING


class AcceptDissatisfaction(MatterCard):
    """记录认可不再重办: the citizen is not content, and a second person records why it is left at that (R-12)."""

    term = "认可不再重办"
    key = "M"
    rests_on = "follow_up"
    by = (Role.FOLLOW_UP, Role.SHIFT_LEADER)
    not_by = (FollowUp, *WROTE)
    reach = Reach.CITY
    moves = moves(Matter, (MatterStatus.REPLIED,))
    form = (Field("reason", "不再重办的理由", "textarea", max_length=2000, hint="诉求人为什么不满意，为什么不必再办"),)
    deadline = UNCHANGED
    ledger = Line("dissatisfaction_accepted", ("reason_id",))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """The citizen is not content."""
        return _content(case)

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Two people look at it: what the citizen rated by themselves is asked after first, reached or not."""
        provision = cls.provision(case.book)
        if asked_after(case.dossier):
            return None
        return Verdict(False, provision.clause, "诉求人自己评价不满意，先由一人回访（没有联系上也要记），再由另一人认可。",
                       provision.readings)  # fmt: skip

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """The matter closes; what the citizen said counts as it is."""
        return [Effect("事项", "办结，仍记为不满意")]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The reason is a text; that the citizen is not content stays true."""
        return {"reason_id": write_text(case, "acceptance", case.form["reason"])}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Closing is the consequence."""
        return [(Close, case.dossier.matter)]


class OrderRedo(MatterCard):
    """不满意重办: a new round for mere dissatisfaction: no send-back, no card, the timeliness earned stands; another
    person decides once the rulebook's number of redos is used up (R-12)."""

    term = "不满意重办"
    key = "O"
    rests_on = "follow_up"
    by = (Role.FOLLOW_UP, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, (S.APPROVED,), S.REOPENED)
    form = (Field("reason", "诉求人不满意什么，要重办什么", "textarea", max_length=2000, hint="承办单位会看到"),)
    deadline = RESTARTS
    ledger = Line("redo_ordered", ("reason_id", "redos", "due_at", "due_clause", "provisional", "on_time"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The citizen has been answered, and is not content."""
        rule = case.book.provision("assisting")
        return _content(case) if case.subject.lead else Verdict(False, rule.clause, "由牵头单位重办。", rule.readings)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Never by the target of the complaint (R-21). Once the number is used up, not by whoever ordered one before,
        acting for others included."""
        order, matter = case.subject, case.dossier.matter
        may = conflicts.may_get(case.book, matter, order.unit_id, order.level2_unit_id, strictly=False)
        if not may.ok:
            return may
        verdict = follow_up.may_redo(case.book, case.dossier.matter.redos)
        earlier = (line.persons() for line in case.dossier.lines if line.kind == cls.ledger.kind)
        if verdict.ok or not any(case.actor.persons() & persons for persons in earlier):
            return None
        return Verdict(False, verdict.clause, "上一次重办是您经手的，再次重办须由另一人决定。", verdict.readings)

    @classmethod
    def date(cls, case: OrderCase) -> Due:
        """The date of the new round."""
        return redo.after_dissatisfied(case.book, case.now)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """The date of the new round, and that it costs the unit nothing."""
        return [Effect("新的期限", cls.date(case)), Effect("不算退回重办", "这一轮不亮牌，先前是否按时不变")]

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """Those of the new date."""
        return cite(cls.date(case))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Counted in working days from here on, urgent or not; whether it was on time is decided already."""
        order, reason = case.subject, write_text(case, "redo_reason", case.form["reason"])
        due = dated(case, order, dating.dissatisfied(case.now), filed_at=None, on_time=None, review_until=None,
                    approved_at=None, urgent=False, settled=order.on_time)  # fmt: skip
        assert due is not None, "a redo has a date of its own"
        return {"reason_id": reason, "redos": case.dossier.matter.redos + 1, "due_at": due.at, "due_clause": due.clause,
                "provisional": due.provisional, "on_time": order.on_time}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """Unit and citizen are told."""
        case.tell("redo_ordered", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
        tell_citizen(case, "redone")

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is in hand again."""
        return [(ResumeHandling, case.dossier.matter)]


class ApproveInPart(MatterCard):
    """同意当天答复，余下续办: what was done at once is a good answer for the day; the rest goes on as a new round under
    the kind's own limit, from the original delivery (五（二）5, R-08)."""

    term = "同意当天答复，余下续办"
    key = "I"
    rests_on = "urgent"
    by = (Role.REVIEWER, Role.SHIFT_LEADER)
    not_by = WROTE
    reach = Reach.CITY
    moves = moves(Order, (S.FILED,), S.REOPENED)
    form = (Field("rest", "还要办什么", "textarea", max_length=2000, hint="承办单位会看到"),)
    deadline = RESTARTS
    ledger = Line("approved_in_part", ("letter_id", "rest_id", "review_in_time", "due_at", "due_clause", "provisional",
                                       "late"))  # fmt: skip

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """An urgent order."""
        provision = cls.provision(case.book)
        if case.subject.parent_id is not None:
            return not_handed_down(case)
        return None if case.subject.urgent else Verdict(False, provision.clause, "不是紧急件。", provision.readings)

    @classmethod
    def step(cls, case: OrderCase) -> Step:
        """The limit of the kind, from the delivery of this order."""
        return dating.delivered(case.dossier.matter.kind, case.subject.received_at)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """While the kind's own limit still lies ahead; after it there is no rest to give time for."""
        if (no := not_found_untrue(case) or no_review_lost(case)) is not None:
            return no
        due = foreseen(case, case.subject, cls.step(case))
        if due is None or due.at > case.now:
            return None
        return Verdict(False, due.clause, "按种类算的期限也已经到了，不能再分一轮；请通过或退回重办。", due.readings)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """The date of the rest."""
        due = foreseen(case, case.subject, cls.step(case))
        return [Effect("余下的期限", due)] if due else []

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """The urgent answer, and the limit of the rest."""
        provision, due = cls.provision(case.book), foreseen(case, case.subject, cls.step(case))
        return tuple(dict.fromkeys((provision.clause, *provision.readings, *(cite(due) if due else ()))))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """An answer late for its day stays late; else the rest is judged by its own date, which is promised anew."""
        order, letter = case.subject, case.dossier.letter_of(case.subject)
        if letter is None:
            raise LookupError("a filed order has no letter")
        rest, settled = write_text(case, "rest", case.form["rest"]), False if order.on_time is False else order.settled
        in_time = order.review_until is None or case.now < order.review_until
        due = dated(case, order, cls.step(case), filed_at=None, on_time=None, review_until=None, send_backs=0,
                    urgent=False, settled=settled)  # fmt: skip
        case.update(letter, approved_at=case.now)
        case.update(case.dossier.matter, promised_at=due and due.at, promised_clause=due and due.clause,
                    promise_basis=case.out.updates[Order, order.id]["due_basis"])  # fmt: skip
        return {"letter_id": letter.id, "rest_id": rest, "review_in_time": in_time, "due_at": due and due.at,
                "due_clause": due and due.clause, "provisional": bool(due and due.provisional),
                "late": settled is False}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told, and whoever called."""
        case.tell("rest_goes_on", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
        tell_callers(case, "answered_in_part")
