"""退回重办与退单 (sending back): a filed letter goes back to its unit, with reasons from the list and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hotline.casework.records import Letter, Order
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import (
    MatterCard,
    OrderCase,
    cite,
    dated,
    foreseen,
    not_handed_down,
    parts_moved,
    write_text,
)
from hotline.casework.transitions.marking import CAUSE_OF, MarkSendBack, mark_for, send_back_card
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RESTARTS, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem, headed
from hotline.procedure.records import Record
from hotline.rules import dating, grounds
from hotline.rules.book import Rulebook
from hotline.rules.dating import Step
from hotline.rules.grounds import Ground
from hotline.rules.verdicts import Due, Verdict

PREFIX = "because_"
NO_REASON = "请至少勾选一条理由。"
WORDS = Field("words", "具体说明", "textarea", max_length=2000, hint="写给承办单位：哪里不行，要补什么")
FACTS = ("letter_id", "reasons", "words_id", "old_due_at", "due_at", "due_clause", "provisional", "late")
PARTS = "parts"  # whose dates followed


def _flags(found: Sequence[Ground]) -> list[Field]:
    return [Field(PREFIX + ground.id, ground.term, "tick", required=False) for ground in found]


def send_back_fields(book: Rulebook) -> tuple[Field, ...]:
    """The elements that may be missing or badly done, and what may be wrong with the contents."""
    return (*headed("缺少或没有写好的要素", _flags(grounds.elements(book, "send_back"))),
            *headed("内容上的问题", _flags(grounds.merits(book))))  # fmt: skip


def bounce_fields(book: Rulebook) -> tuple[Field, ...]:
    """What makes a letter count as never filed."""
    return headed("缺少或不真实的", _flags(grounds.bounces(book)))


class LetterGoesBack(MatterCard, abstract=True):
    """A filed letter goes back. The letter stays to be read; the order is open again, as if nothing had been filed."""

    by = (Role.REVIEWER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    deadline = RESTARTS

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """It was filed with the platform."""
        return not_handed_down(case)

    @classmethod
    def listed(cls, book: Rulebook) -> Sequence[Ground]:
        """All that a letter may go back for."""
        raise NotImplementedError

    @classmethod
    def given(cls, case: OrderCase) -> list[Ground]:
        """The reasons that were ticked."""
        return [ground for ground in cls.listed(case.book) if case.form.get(PREFIX + ground.id)]

    @classmethod
    def step(cls, case: OrderCase) -> Step:
        """What it does to the date."""
        raise NotImplementedError

    @classmethod
    def date(cls, case: OrderCase) -> Due | None:
        """The date that would be in force afterwards; None for an order without one."""
        return foreseen(case, case.subject, cls.step(case))

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """The date; and that what was late stays late."""
        due, late = cls.date(case), case.subject.on_time is False
        dates = [Effect("新的期限" if due.at != case.subject.due_at else "期限不变", due)] if due else []
        return [*dates, *([Effect("按时与否", "这一件已经逾期，重报以后仍算逾期")] if late else [])]

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """What it rests on, the clause of each reason, and that of the date."""
        provision, due = cls.provision(case.book), cls.date(case)
        asked = (ground.clause for ground in cls.given(case))
        return tuple(dict.fromkeys((provision.clause, *asked, *provision.readings, *(cite(due) if due else ()))))

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """At least one reason of the list; the words alone are none."""
        if cls.given(case):
            return ()
        first = cls.listed(case.book)[0]
        return [Problem(PREFIX + first.id, NO_REASON, cls.provision(case.book).clause)]

    @classmethod
    def _back(cls, case: OrderCase, **more: Any) -> Mapping[str, Any]:
        """Filed no longer, and to be filed anew by the date in force; what was late when it was filed stays late."""
        order, letter = case.subject, _filed_letter(case)
        settled = False if order.on_time is False else order.settled
        due = dated(case, order, cls.step(case), filed_at=None, on_time=None, review_until=None, settled=settled,
                    **more)  # fmt: skip
        words = write_text(case, "sent_back", case.form["words"])
        return {"letter_id": letter.id, "reasons": [g.id for g in cls.given(case)], "words_id": words,
                "old_due_at": order.due_at, "due_at": due and due.at, "due_clause": due and due.clause,
                "provisional": bool(due and due.provisional), "late": settled is False,
                PARTS: parts_moved(case, order)}  # fmt: skip


def _filed_letter(case: OrderCase) -> Letter:
    letter = case.dossier.letter_of(case.subject)
    if letter is None:
        raise LookupError("a filed order has no letter")
    return letter


class SendBack(LetterGoesBack):
    """退回重办: elements of 五（三）, 五（五） or the merits are wanting; counted, consecutive ones bring cards (R-06)."""

    term = "退回重办"
    key = "B"
    rests_on = "redo"
    moves = moves(Order, (S.FILED,), S.SENT_BACK)
    form = (send_back_fields, WORDS)
    ledger = Line("sent_back", (*FACTS, "send_backs", PARTS))

    @classmethod
    def listed(cls, book: Rulebook) -> Sequence[Ground]:
        """Elements, then merits."""
        return (*grounds.elements(book, "send_back"), *grounds.merits(book))

    @classmethod
    def step(cls, case: OrderCase) -> Step:
        """The old date, or some working days from now if that is later."""
        return dating.sent_back(case.now)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """The date, the count, and the card."""
        due, count = cls.date(case), case.subject.send_backs + 1
        moved = due is not None and due.at != case.subject.due_at
        after = replace(case.subject, send_backs=count, round=case.subject.round + moved)
        colour = send_back_card(case.book, case.dossier, after)
        card: Effect = Effect("亮牌", mark_for(case, after, colour, CAUSE_OF[colour]) if colour else "这一次不亮牌")
        return [*super().effects(case), Effect("退回重办", f"连续第 {count} 次"), card]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """One more send-back without an approval between."""
        count = case.subject.send_backs + 1
        return {**cls._back(case, send_backs=count, sent_back_at=case.now), "send_backs": count}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told; the reasons stand in the order."""
        case.tell("sent_back", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The first brings a yellow card, the next one a red one, as the rulebook counts."""
        order = case.dossier.fresh(case.subject)
        return [(MarkSendBack, order)] if send_back_card(case.book, case.dossier, order) else []


class Bounce(LetterGoesBack):
    """退单: unit, responsible person or the sign-off at the right level is missing or not genuine (五（四）). The letter
    counts as never filed; this is no send-back and brings no card (R-17)."""

    term = "退单"
    key = "Y"
    rests_on = "after_bounce"
    moves = moves(Order, (S.FILED,), S.BOUNCED)
    form = (bounce_fields, WORDS)
    ledger = Line("bounced", (*FACTS, PARTS))

    @classmethod
    def listed(cls, book: Rulebook) -> Sequence[Ground]:
        """What 退单 is for, and nothing else."""
        return grounds.bounces(book)

    @classmethod
    def step(cls, case: OrderCase) -> Step:
        """The old date, or the end of a working day soon after if that is later."""
        return dating.bounced(case.now)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The order is where it was before the letter was filed."""
        return cls._back(case)

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told; the reasons stand in the order."""
        case.tell("bounced", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
