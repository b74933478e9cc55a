"""查实反馈不实 (carding): a red card that a person gives (四（五）段1, R-09); its lifting: `lifting`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import Order
from hotline.casework.statuses import MatterStatus
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import MatterCard, OrderCase, write_text
from hotline.casework.transitions.marking import give, given, mark_for
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Effect, Line, moves
from hotline.procedure.forms import Field
from hotline.rules import marks
from hotline.rules.verdicts import Verdict

FALSE_REPLY = "false_reply"


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
