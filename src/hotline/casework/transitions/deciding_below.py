"""下派的退回与延期 (deciding below): level 2 decides on returns and extensions of what it handed down, within its own date
and door (R-16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework import extensions, sharing
from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import OrderCase, foreseen, write_text
from hotline.casework.transitions.extending import AgreeToExtension, RequestExtension, asked
from hotline.casework.transitions.extension_filing import DATES, PARTS, above_cap, granted
from hotline.casework.transitions.handing_down import LEADERS, FromBelow
from hotline.casework.transitions.leaving import let_go
from hotline.casework.transitions.returning import (
    RETURNABLE,
    AgreeToReturn,
    RequestReturn,
    contact_resumed,
    request_in_hand,
)
from hotline.procedure.card import EXTENDS, STOPS, UNCHANGED, Line, moves
from hotline.procedure.forms import Field
from hotline.rules import dating
from hotline.rules.verdicts import Verdict

WHY = Field("because", "理由", "textarea", max_length=1000, hint="下级单位会看到")


class DecidesBelow(FromBelow, abstract=True):
    """A card of level 2's leaders on what a unit below asks for. `waits`: the instant on the order since when."""

    by = LEADERS
    waits = "return_filed_at"

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """The unit below has asked, and its own leader has agreed."""
        if (nothing := super().pertains(case)) is not None:
            return nothing
        return None if getattr(case.subject, cls.waits) is not None else cls.no(case, "下级单位没有提出。")

    @classmethod
    def said(cls, case: OrderCase, outcome: str) -> Mapping[str, Any]:
        """A request to be rid of the order has its end."""
        request, because = request_in_hand(case), write_text(case, "return_because", case.form["because"])
        case.update(request, outcome=outcome, decided_at=case.now, because_id=because)
        return {"request_id": request.id, "because_id": because}


class TakeBackBelow(DecidesBelow):
    """收回下派: level 2 takes the order back, and does the work itself or hands it to another unit."""

    term = "收回下派"
    not_by = (RequestReturn, AgreeToReturn)
    moves = moves(Order, RETURNABLE, S.RETURNED)
    form = (WHY,)
    deadline = STOPS
    ledger = Line("inner_return_granted", ("request_id", "because_id"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Level 2's own order stays open with its own date."""
        facts = cls.said(case, "granted")
        case.update(case.subject, return_decided_at=case.now, **let_go(case, case.subject))
        return facts

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("return_granted", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class RefuseReturnBelow(DecidesBelow):
    """不收回下派: the unit below keeps the order, and its date."""

    term = "不收回下派"
    not_by = (RequestReturn, AgreeToReturn)
    moves = moves(Order, RETURNABLE)
    form = (WHY,)
    deadline = UNCHANGED
    ledger = Line("inner_return_refused", ("request_id", "because_id"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """As the office would, but that no time is added."""
        facts = cls.said(case, "refused")
        case.update(case.subject, return_filed_at=None, return_decided_at=case.now,
                    **contact_resumed(case, case.subject))  # fmt: skip
        return facts

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("return_refused", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class ExtendBelow(DecidesBelow):
    """准下级延期: the inner date moves, never beyond level 2's own. The citizen's date stays, so that nothing is to be
    explained to them."""

    term = "准下级延期"
    not_by = (RequestExtension, AgreeToExtension)
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    deadline = EXTENDS
    ledger = Line("inner_extension_granted", (*DATES, PARTS))
    waits = "extension_filed_at"

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Within the cap, and within level 2's own date."""
        if (no := above_cap(case)) is not None:
            return no
        upper, row = sharing.upper(case.dossier, case.subject), asked(case)
        due = foreseen(case, case.subject, dating.extended(row.working_days, row.id))
        if upper is None or upper.due_at is None or due is None or due.at <= upper.due_at:
            return None
        return cls.no(case, "超过了本单位自己的期限；本单位先申请延期，或者不准。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The new inner date, a new round; the row says that it holds."""
        row = asked(case)
        facts = granted(case, row.working_days, case.now, extensions.FILED)
        case.update(row, explained_at=case.now, explained_means="inner")
        case.update(case.subject, inner_at=facts["due_at"], inner_noted_at=None)
        return {**facts, "explained": True}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("extension_filed", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class RefuseToExtendBelow(DecidesBelow):
    """不准下级延期: the inner date stays."""

    term = "不准下级延期"
    not_by = (RequestExtension, AgreeToExtension)
    moves = moves(Order, OPEN_ORDERS)
    form = (WHY,)
    deadline = UNCHANGED
    ledger = Line("inner_extension_refused", ("extension_id", "because_id"))
    waits = "extension_filed_at"

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The reason is a text."""
        row, because = asked(case), write_text(case, "extension_because", case.form["because"])
        case.update(row, outcome=extensions.REFUSED, decided_at=case.now, because_id=because)
        case.update(case.subject, extension_filed_at=None)
        return {"extension_id": row.id, "because_id": because}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("extension_refused", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


