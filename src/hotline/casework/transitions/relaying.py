"""代为联系 (relaying): a caller who asked to be kept secret is hidden from the unit; the unit asks the office, and the
office makes the contact or gives the answer in its place (四（三）段1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Attempt, Order
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import MatterCard, OrderCase, write_text
from hotline.casework.transitions.handling import AGAIN, phone_known, taken_up
from hotline.casework.transitions.replying import ANSWER_MEANS, told
from hotline.casework.withholding import ONLINE
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules.verdicts import Verdict

CONTACT, ANSWER = "contact", "answer"
PURPOSES = ((CONTACT, "问清情况"), (ANSWER, "转告答复"))
REACHED = (("reached", "联系上了"), ("tried", "没有联系上"))
MEANS = tuple(one for one in ANSWER_MEANS if one[0] != ONLINE)


class AskToRelay(MatterCard):
    """请热线办联系: the unit does not know who called; it says what the office should ask or tell."""

    term = "请热线办联系"
    rests_on = "first_contact"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.DISPATCHED, S.SIGNED, S.DRAFTED, S.SIGNED_OFF, *AGAIN))
    form = (
        Field("purpose", "请热线办做什么", "choice", choices=PURPOSES),
        Field("words", "要问的，或者要转告的", "textarea", max_length=4000, hint="转告答复的，热线办照反馈件里的答复转告"),
    )
    deadline = UNCHANGED
    ledger = Line("relay_asked", ("purpose", "words_id", "in_time"))
    disturbs = False

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """Whoever called is kept secret, and left a number that the office can call."""
        secret = case.dossier.matter.secrecy and phone_known(case)
        return None if secret else cls.no(case, "诉求人没有要求保密，请直接联系。")

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Once signed for, or deemed accepted; one thing at a time."""
        if case.subject.relay_asked_at is not None:
            return cls.no(case, "已经请热线办联系，正等结果。")
        return taken_up(case)

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """An answer is told when there is one."""
        drafted = case.subject.status in (S.DRAFTED, S.SIGNED_OFF)
        if case.form["purpose"] != ANSWER or drafted:
            return ()
        return [Problem("purpose", "还没有写反馈件，写好再请热线办转告答复。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """From now on it waits for the office."""
        order, purpose = case.subject, case.form["purpose"]
        case.update(order, relay_asked_at=case.now, relay_for=purpose)
        in_time = order.contact_until is None or case.now < order.contact_until
        return {"purpose": purpose, "words_id": write_text(case, "relay_words", case.form["words"]), "in_time": in_time}


class Relay(MatterCard):
    """代为联系: the office has called, and records for the unit what was said. The unit's first contact counts from when
    it asked: what the office took is the office's own."""

    term = "代为联系"
    rests_on = "first_contact"
    by = (Role.OPERATOR, Role.FOLLOW_UP, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS)
    form = (
        Field("outcome", "结果", "choice", choices=REACHED),
        Field("means", "方式", "choice", choices=MEANS),
        Field("note", "情况", "textarea", max_length=4000, hint="承办单位会看到，不要写姓名、电话和住址"),
    )
    deadline = UNCHANGED
    ledger = Line("relayed", ("purpose", "outcome", "means", "note_id", "first"))
    disturbs = False

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The unit has asked."""
        return None if case.subject.relay_asked_at is not None else cls.no(case, "承办单位没有请热线办联系。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A contact or try like the unit's own. Not reached, it stays to be tried again."""
        order, form, asked_at = case.subject, case.form, case.subject.relay_asked_at
        note, reached = write_text(case, "contact", form["note"]), form["outcome"] == "reached"
        case.insert(Attempt(case.tools.ids.next(), order.matter_id, order.id, case.now, form["outcome"], form["means"],
                            note))  # fmt: skip
        first = reached and order.contacted_at is None
        if reached:
            case.update(order, relay_asked_at=None, **({"contacted_at": asked_at} if first else {}))
        if reached and order.relay_for == ANSWER:
            told(case, form["means"])
        return {"purpose": order.relay_for, "outcome": form["outcome"], "means": form["means"], "note_id": note,
                "first": first}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("relayed", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
