"""不公开 (withholding): the unit applies with its special reason, the platform reviews; approved, the matter is kept from
the site and its answer is not given online (六（二）, R-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import jointly, sharing, withholding
from hotline.casework.records import Order, Withholding
from hotline.casework.statuses import OPEN_ORDERS, MatterStatus, OrderStatus
from hotline.casework.transitions.base import MatterCard, OrderCase, write_text
from hotline.casework.transitions.publishing import retracted
from hotline.casework.withholding import APPROVED, REFUSED, WITHDRAWN
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import publication
from hotline.rules.verdicts import Verdict

HELD = (*OPEN_ORDERS, OrderStatus.APPROVED)
ONLY_ONLINE = "答复只在网上给过诉求人，不公开以后他就看不到了：请先用电话、当面、短信或者书面答复。"


class WithholdCard(MatterCard, abstract=True):
    """What is done about keeping a matter from the site. It moves neither the order nor a date."""

    rests_on = "non_publication"
    not_by = ()
    moves = moves(Order, HELD)
    deadline = UNCHANGED
    disturbs = False

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """An application of this order's unit must wait for the platform."""
        waits = case.subject.withhold_asked_at is not None
        return None if waits else cls.no(case, "没有待决定的不公开申请。")


class ApplyToWithhold(WithholdCard):
    """申请不公开: the unit that answers for the matter says why neither acceptance nor result may be public."""

    term = "申请不公开"
    by = UNIT
    reach = Reach.HOLDS
    form = (Field("reason", "不能公开的特殊原因", "textarea", max_length=2000,
                  hint="热线办审核同意以后，这件事不在网上公开，也不在网上答复"),)  # fmt: skip
    ledger = Line("withholding_asked", ("withholding_id", "reason_id"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """By the unit that answers to the platform for the whole; its own units and those that assist tell it."""
        order = case.subject
        if sharing.assists(order) or order.parent_id is not None:
            return cls.no(case, "由对平台答复的承办单位申请。")
        return None

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """One at a time, none once one holds, none on a file that is frozen."""
        if case.dossier.matter.status == MatterStatus.ARCHIVED:
            return cls.no(case, "这件事已经归档。")
        if withholding.approved(case.dossier):
            return cls.no(case, "这件事已经同意不公开。")
        return cls.no(case, "已经申请，正等热线办决定。") if withholding.awaiting(case.dossier) else None

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row for each application; the order shows that it waits."""
        order, reason = case.subject, write_text(case, "withhold_reason", case.form["reason"])
        asked = Withholding(case.tools.ids.next(), order.matter_id, order.id, order.unit_id, case.now, reason)
        case.insert(asked)
        case.update(order, withhold_asked_at=case.now)
        return {"withholding_id": asked.id, "reason_id": reason}


def _end(case: OrderCase, outcome: str, because: int | None = None) -> int:
    """The application that waits is decided, or withdrawn; its number."""
    waiting = withholding.awaiting(case.dossier)
    if waiting is None:
        raise LookupError("no application waits")
    case.update(waiting, outcome=outcome, decided_at=case.now, because_id=because)
    case.update(case.subject, withhold_asked_at=None)
    return waiting.id


class ApproveWithholding(WithholdCard):
    """同意不公开: from now on nothing of the matter is public, and who follows it reads only how and when it was
    answered. Before, the answer must have been given some other way than online."""

    term = "同意不公开"
    by = (Role.REVIEWER, Role.SHIFT_LEADER)
    reach = Reach.CITY
    form = ()
    ledger = Line("withholding_approved", ("withholding_id",))

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Nobody may be left without an answer."""
        closes = not publication.answered_online(case.book, application_approved=True).ok
        return cls.no(case, ONLY_ONLINE) if closes and withholding.only_online(case.dossier) else None

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """It holds for the whole matter, and for what was answered with it."""
        jointly.hold_back(case)
        return {"withholding_id": _end(case, APPROVED)}

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """What was published before is taken off the site."""
        return retracted(case)

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("withholding_approved", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class RefuseToWithhold(WithholdCard):
    """不同意不公开: it stays as the citizen's wish and the unit's opinion say; with a reason, which the unit reads."""

    term = "不同意不公开"
    by = (Role.REVIEWER, Role.SHIFT_LEADER)
    reach = Reach.CITY
    form = (Field("because", "理由", "textarea", max_length=1000, hint="承办单位会看到"),)
    ledger = Line("withholding_refused", ("withholding_id", "because_id"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The unit may apply again, with another reason."""
        because = write_text(case, "withhold_refused", case.form["because"])
        return {"withholding_id": _end(case, REFUSED, because), "because_id": because}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("withholding_refused", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class WithdrawApplicationToWithhold(WithholdCard):
    """撤回不公开申请: by the unit, while it waits."""

    term = "撤回不公开申请"
    by = UNIT
    reach = Reach.HOLDS
    form = ()
    ledger = Line("withholding_withdrawn", ("withholding_id",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Nothing is decided."""
        return {"withholding_id": _end(case, WITHDRAWN)}


def not_only_online(case: OrderCase) -> Sequence[Problem]:
    """What is wrong with answering online alone: nothing, unless the matter is kept from the site or may come to be."""
    about = withholding.approved(case.dossier) or withholding.awaiting(case.dossier)
    online = publication.answered_online(case.book, about is not None)
    if online.ok or case.form["means"] != withholding.ONLINE:
        return ()
    return [Problem("means", "申请了不公开的，不在网上答复，请用电话、当面、短信或者书面答复。", online.clause)]
