"""查实反馈不实与撤牌 (carding): a red card that a person gives, and the lifting of cards (四（五）段1, R-09)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Mark, Order
from hotline.casework.statuses import MatterStatus
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import MatterCard, OrderCase, write_text
from hotline.casework.transitions.handling import RecordContact, SignFor
from hotline.casework.transitions.marking import give, given, mark_for
from hotline.casework.transitions.replying import AnswerCitizen, DraftReply, File, SignOff
from hotline.casework.transitions.sending_back import SendBack
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Effect, Line, moves
from hotline.procedure.forms import Field
from hotline.rules import marks
from hotline.rules.verdicts import Verdict

FALSE_REPLY = "false_reply"
COLOURS = {"yellow": "黄牌", "red": "红牌"}


class OfficeCard(MatterCard, abstract=True):
    """What supervisors and inspectors do about cards, while the file is not put away."""

    rests_on = "cards"
    by = (Role.SUPERVISOR, Role.INSPECTOR)
    reach = Reach.CITY
    deadline = UNCHANGED

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """An archived file's ledger is frozen."""
        archived = case.dossier.matter.status == MatterStatus.ARCHIVED
        return cls.no(case, "事项已归档，台账已定稿。") if archived else None


class GiveRedForFalseReply(OfficeCard):
    """查实反馈不实: a letter said what was not so, and that is proved (R-09); the evidence is put in words."""

    term = "查实反馈不实"
    key = "R"
    not_by = ()
    moves = moves(Order, (S.FILED, S.APPROVED, S.SENT_BACK, S.REOPENED))
    form = (Field("evidence", "查实的情况和证据", "textarea", max_length=4000, hint="哪一句不实，怎样查实的"),)
    ledger = Line("false_reply_found", ("mark_id", "cause", "round", "evidence_id"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The rulebook knows such a card."""
        if FALSE_REPLY not in marks.causes(case.book, "red"):
            return cls.no(case, "规则没有列这种牌。")
        return super().pertains(case)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Once for each date the order has had."""
        again = given(case.dossier, case.subject, FALSE_REPLY)
        return cls.no(case, "这一轮已经因反馈不实亮过红牌。") if again else None

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """A red card."""
        return [Effect("亮牌", mark_for(case, case.subject, "red", FALSE_REPLY))]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row per card; the evidence is a text."""
        mark = give(case, "red", FALSE_REPLY)
        evidence = write_text(case, "evidence", case.form["evidence"])
        return {"mark_id": mark.id, "cause": mark.cause, "round": mark.round, "evidence_id": evidence}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("false_reply_red", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


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
    not_by = (GiveRedForFalseReply, SendBack, SignFor, RecordContact, DraftReply, AnswerCitizen, SignOff, File)
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
        """Nobody lifts a card of their own unit."""
        own = case.actor.unit_id in {mark.unit_id for mark in _standing(case)}
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
