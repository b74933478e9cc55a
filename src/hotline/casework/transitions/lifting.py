"""撤牌 (lifting): a card is lifted for a reason, by somebody who had no part in it (四（五）段1, R-09)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework.records import Mark, Order
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import OrderCase, write_text
from hotline.casework.transitions.carding import GiveRedForFalseReply, OfficeCard
from hotline.casework.transitions.extending import AgreeToExtension, RequestExtension
from hotline.casework.transitions.handling import RecordContact, SignFor
from hotline.casework.transitions.inquiring import CheckOnSite, RecordInvestigation
from hotline.casework.transitions.replying import WROTE
from hotline.casework.transitions.returning import AgreeToReturn, RequestReturn
from hotline.casework.transitions.sending_back import SendBack
from hotline.procedure.card import Line, moves
from hotline.procedure.forms import Field
from hotline.rules import marks
from hotline.rules.verdicts import Verdict

COLOURS = {"yellow": "黄牌", "red": "红牌"}
GAVE = (GiveRedForFalseReply, CheckOnSite, SendBack)  # what a check on site brings is given by whoever checked
WORKED = (SignFor, RecordContact, RecordInvestigation, RequestReturn, AgreeToReturn, RequestExtension,
          AgreeToExtension, *WROTE)  # fmt: skip


def _standing(case: OrderCase) -> list[Mark]:
    return [mark for mark in case.dossier.marks_of(case.subject) if mark.lifted_at is None]


def standing_choices(case: OrderCase) -> list[tuple[str, str]]:
    """The cards that stand on the order: colour, cause, and when it was given."""
    return [(str(mark.id), _said(case, mark)) for mark in _standing(case)]


def _said(case: OrderCase, mark: Mark) -> str:
    cause = marks.causes(case.book, mark.colour).get(mark.cause, mark.cause)
    on = case.book.calendar.day_of(mark.given_at)
    return f"{COLOURS[mark.colour]}：{cause}（{on.month}月{on.day}日亮）"


class LiftCard(OfficeCard):
    """撤牌: an act with a reason, by somebody who neither gave the card nor worked on the order; no card vanishes."""

    term = "撤牌"
    key = "L"
    not_by = (*GAVE, *WORKED)
    moves = moves(Order, tuple(S))
    form = (
        Field("mark", "撤哪一张", "choice", choices=standing_choices),
        Field("reason", "撤牌的理由", "textarea", max_length=2000),
    )
    ledger = Line("card_lifted", ("mark_id", "colour", "cause", "round", "reason_id"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """A card stands on the order."""
        return super().pertains(case) if _standing(case) else cls.no(case, "这张工单没有亮着的牌。")

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Nobody lifts a card of a unit in which they hold a post, or in which whoever they act for does."""
        own = case.actor.units() & {mark.unit_id for mark in _standing(case)}
        return cls.no(case, "牌是您的单位得的，须由别的单位的人撤。") if own else None

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The card stays, with the instant and the reason of its lifting."""
        mark = case.dossier.get(Mark, int(case.form["mark"]))
        reason = write_text(case, "lift_reason", case.form["reason"])
        case.update(mark, lifted_at=case.now, lift_reason_id=reason)
        return {"mark_id": mark.id, "colour": mark.colour, "cause": mark.cause, "round": mark.round,
                "reason_id": reason}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("card_lifted", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
