"""退回重办的牌 (marking): the cards that send-backs bring, and what all cards given by acts share (四（五）段1, R-09)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Mark, Order
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import MatterCard, OrderCase
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.rules import marks
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

CAUSE_OF = {"yellow": "send_back", "red": "send_back_again"}


def given(dossier: MatterDossier, order: Order, cause: str) -> bool:
    """Whether the order has had a card for this cause under its present date: one for each, lifted or not."""
    return any(m.cause == cause and m.round == order.round and m.unit_id == order.unit_id
               for m in dossier.marks_of(order))  # fmt: skip


def send_back_card(book: Rulebook, dossier: MatterDossier, order: Order) -> str | None:
    """The colour of the card that being sent back so often calls for, if it is not given yet for this date."""
    colour = marks.card_for_send_backs(book, order.send_backs)
    if colour is None or CAUSE_OF[colour] not in marks.causes(book, colour):
        return None
    return None if given(dossier, order, CAUSE_OF[colour]) else colour


def mark_for(case: OrderCase, order: Order, colour: str, cause: str, mark_id: int = 0) -> Mark:
    """A card on an order under its present date; without a number it is only shown beforehand."""
    return Mark(mark_id, order.matter_id, order.id, order.unit_id, colour, cause, order.round, case.now)


def give(case: OrderCase, colour: str, cause: str) -> Mark:
    """A new card on the order."""
    mark = mark_for(case, case.subject, colour, cause, case.tools.ids.next())
    case.insert(mark)
    return mark


class MarkSendBack(MatterCard):
    """退回重办亮牌: the consequence of a send-back; nobody presses it (R-09)."""

    term = "退回重办亮牌"
    rests_on = "cards"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, (S.SENT_BACK,))
    form = ()
    deadline = UNCHANGED
    ledger = Line("send_back_marked", ("mark_id", "colour", "cause", "round", "send_backs"))

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Sent back often enough, and the card not given yet."""
        if send_back_card(case.book, case.dossier, case.subject):
            return None
        provision = cls.provision(case.book)
        return Verdict(False, provision.clause, "还不到亮牌的次数，或者已经亮过。", provision.readings)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row per card."""
        order, colour = case.subject, send_back_card(case.book, case.dossier, case.subject)
        assert colour is not None, "the guard has looked"
        mark = give(case, colour, CAUSE_OF[colour])
        return {"mark_id": mark.id, "colour": colour, "cause": mark.cause, "round": mark.round,
                "send_backs": order.send_backs}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        red = any(m.colour == "red" and m.given_at == case.now for m in case.dossier.marks_of(case.subject))
        template = "send_back_red" if red else "yellow_card"
        case.tell(template, "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
