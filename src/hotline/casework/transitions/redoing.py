"""重办与续办 (redoing): what a citizen who is not content sets going (R-12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Matter, Order
from hotline.casework.statuses import MatterStatus
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, OrderCase, cite, dated, tell_citizen, write_text
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RESTARTS, UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field
from hotline.procedure.records import Record
from hotline.rules import dating, follow_up, redo
from hotline.rules.verdicts import Due, Verdict

ANSWERED = (MatterStatus.REPLIED, MatterStatus.CLOSED)


class ResumeHandling(MatterCard):
    """恢复办理: the matter is in hand again; the consequence of an order taken up anew. What the citizen said of the
    earlier answer stays on file, and is asked anew after the next one."""

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
        """One redo more; the lots are drawn and the rating opened again when this one is approved."""
        redos = case.subject.redos + 1
        case.update(case.subject, redos=redos, satisfied=None, drawn=None, drawn_because=None, rating_until=None,
                    replied_at=None, closed_at=None)  # fmt: skip
        return {"redos": redos}


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
        matter = case.dossier.matter
        if matter.satisfied is False and matter.status in ANSWERED:
            return None
        provision = cls.provision(case.book)
        return Verdict(False, provision.clause, "诉求人没有表示不满意。", provision.readings)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Once the number is used up, not by whoever ordered one before, acting for others included."""
        verdict = follow_up.may_redo(case.book, case.dossier.matter.redos)
        earlier = (line.persons() for line in case.dossier.lines if line.kind == cls.ledger.kind)
        if verdict.ok or not any(case.actor.persons() & persons for persons in earlier):
            return None
        return Verdict(False, verdict.clause, "上一次重办是您经手的，再次重办须由另一人决定。", verdict.readings)

    @classmethod
    def until(cls, case: OrderCase) -> Due:
        """The date of the new round."""
        return redo.after_dissatisfied(case.book, case.now)

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """Those of the new date."""
        return cite(cls.until(case))

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
