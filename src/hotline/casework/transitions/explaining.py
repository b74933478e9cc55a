"""已解释未解决 (explaining): what cannot be solved now ends with an explanation and a review day (五（二）段2, R-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import explained as facts
from hotline.casework.records import Letter, Matter, Order
from hotline.casework.statuses import MatterStatus
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import (
    MatterCard,
    MatterCase,
    OrderCase,
    cite,
    dated,
    due_of,
    lacking,
    not_handed_down,
)
from hotline.casework.transitions.publishing import retracted
from hotline.casework.transitions.reviewing import Approve, approved, not_found_untrue
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RESTARTS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.records import Record
from hotline.rules import dating, explained, spoken
from hotline.rules.verdicts import Verdict
from hotline.rules.worktime import local_midnight


class ApproveExplained(MatterCard):
    """同意按已解释办结: the office agrees that it cannot be solved now, that the citizen was told so, and when it is to be
    looked at again. It stops no clock before."""

    term = "同意按已解释办结"
    key = "L"
    rests_on = "explained"
    by = Approve.by
    not_by = Approve.not_by
    reach = Reach.CITY
    moves = moves(Order, (S.FILED,), S.APPROVED)
    form = Approve.form
    deadline = UNCHANGED
    ledger = Line("explained_approved", ("letter_id", "review_in_time", "understanding", "review_at"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The unit proposed it to the platform."""
        if (no := not_handed_down(case)) is not None:
            return no
        if facts.proposes(case.dossier.letter_of(case.subject)):
            return None
        provision = cls.provision(case.book)
        return Verdict(False, provision.clause, "反馈件没有提出按已解释办结。", provision.readings)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Contact, understanding and review day stand in it, and the day is still a good one."""
        letter = _letter(case)
        if (untrue := not_found_untrue(case)) is not None:
            return untrue
        if (no := lacking(facts.lacks(case.book, case.dossier, letter), "还不能按已解释办结")) is not None:
            return no
        return explained.may_review_on(case.book, letter.review_on, case.now) if letter.review_on else None

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """When the unit is called again."""
        letter = case.dossier.letter_of(case.subject)
        if letter is None or letter.review_on is None:
            return []
        day = spoken.day_and_weekday(letter.review_on, case.book.calendar.day_of(case.now))
        return [Effect("复查", f"{day}再请承办单位办一次")]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The order is done for now."""
        letter = _letter(case)
        assert letter.review_on is not None
        at = local_midnight(letter.review_on, case.book.tz)
        done = approved(case, explained_review_at=at)
        return {**done, "understanding": letter.understanding, "review_at": at}

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """As after any approval; such a matter is always followed up."""
        return Approve.then(case)


def _letter(case: OrderCase) -> Letter:
    letter = case.dossier.letter_of(case.subject)
    if letter is None:
        raise LookupError("a filed order has no letter")
    return letter


class CallAgain(ClockCard):
    """到复查日: the unit is called again, with the limit of the kind from the review day on. What was late the first time
    stays late; extensions are counted anew, since the limit is."""

    term = "到复查日"
    rests_on = "explained"
    moves = moves(Order, (S.APPROVED,), S.REOPENED)
    form = ()
    deadline = RESTARTS
    ledger = Line("called_again", ("fell_at", "due_at", "due_clause", "provisional", "late"))

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """The review, and the limit that begins."""
        provision, due = cls.provision(case.book), due_of(case.dossier.fresh(case.subject))
        return tuple(dict.fromkeys((provision.clause, *provision.readings, *(cite(due) if due else ()))))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A new round; nothing of the earlier one is owed any more."""
        order, at, late = case.subject, when_due(case), case.subject.on_time is False
        limit = dating.delivered(case.dossier.matter.kind, at)
        due = dated(case, order, limit, as_of=at, filed_at=None, on_time=None, review_until=None, approved_at=None,
                    explained_review_at=None, urgent=False, extended_by=0,
                    settled=False if late else None)  # fmt: skip
        return {"fell_at": at, "due_at": due and due.at, "due_clause": due and due.clause,
                "provisional": bool(due and due.provisional), "late": late}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """Unit and citizen are told."""
        matter_id = case.dossier.chain.id
        case.tell("called_again", "unit", case.subject.unit_id, matter_id=matter_id)
        case.tell("looked_at_again", "matter", matter_id, matter_id=matter_id)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is in hand again."""
        matter = case.dossier.matter
        return [(Reopen, matter)] if matter.status != MatterStatus.IN_HAND else []


class Reopen(MatterCard):
    """复查续办: the matter is in hand again; the consequence of an order called again. What the citizen said of the earlier
    answer stays on file, and is asked anew after the next one."""

    term = "复查续办"
    rests_on = "explained"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (MatterStatus.REPLIED, MatterStatus.CLOSED), MatterStatus.IN_HAND)
    form = ()
    deadline = UNCHANGED
    ledger = Line("reopened")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The lots are drawn and the rating opened again when this one is approved."""
        case.update(case.subject, satisfied=None, drawn=None, drawn_because=None, rating_until=None, replied_at=None,
                    closed_at=None)  # fmt: skip
        return {}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What was published of the earlier answer holds no more."""
        return retracted(case)
