"""审核 (reviewing): the office looks at what was filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import explained, extensions, inquiries, sharing
from hotline.casework.records import Order
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.assisting import shares_end
from hotline.casework.transitions.base import MatterCard, OrderCase, not_handed_down, write_text
from hotline.casework.transitions.closing import Settle
from hotline.casework.transitions.replying import WROTE
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field
from hotline.procedure.records import Record
from hotline.rules.verdicts import Verdict


def no_review_lost(case: OrderCase) -> Verdict | None:
    """A no where the letter names a day on which the unit is to be called again: no other approval may drop it."""
    if not explained.proposes(case.dossier.letter_of(case.subject)):
        return None
    rule = case.book.provision("explained")
    because = "反馈件提出按已解释办结并定了复查，请按已解释办结；不认可的，退回重办。"
    return Verdict(False, rule.clause, because, rule.readings)


def not_found_untrue(case: OrderCase) -> Verdict | None:
    """A no where a check on site found that the letter is not as things are: it goes back (R-34)."""
    if inquiries.untrue(case.dossier, case.subject) is None:
        return None
    rule = case.book.provision("spot_check")
    return Verdict(False, rule.clause, "抽查核实这份反馈件不实，不能通过，请退回重办。", rule.readings)


def approved(case: OrderCase, **others: Any) -> Mapping[str, Any]:
    """The letter is good and the order done, `others` changed with it. The office's own timeliness is counted like a
    unit's; letters sent back before are no longer consecutive, an extension not yet explained and a notice not yet
    answered are beside the point."""
    order, letter = case.subject, case.dossier.letter_of(case.subject)
    if letter is None:
        raise LookupError("a filed order has no letter")
    if case.form["remarks"]:
        write_text(case, "review_remarks", case.form["remarks"])
    case.update(letter, approved_at=case.now)
    if (extension := extensions.beside_the_point(case.dossier, order)) is not None:
        case.update(extension, outcome=extensions.MOOT)
    case.update(order, approved_at=case.now, send_backs=0, extension_asked_at=None, extension_filed_at=None,
                supervise_until=None, relay_asked_at=None, **others)  # fmt: skip
    in_time = order.review_until is None or case.now < order.review_until
    return {"letter_id": letter.id, "review_in_time": in_time}


def older_than_the_last_call(case: OrderCase) -> Sequence[Effect]:
    """That the letter was written before the citizen last called, for whoever looks at it."""
    letter = case.dossier.letter_of(case.subject)
    if letter is None or not case.dossier.called_since(letter.drafted_at):
        return ()
    return [Effect("注意", "诉求人在反馈件写好以后又来过电话，请看这次说了什么")]


def done_for_all(case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
    """The consequence of an approval: what still hangs on the order ends, and the matter is replied."""
    left: list[tuple[type[Card], Record]] = [] if sharing.led(case.dossier) else [(Settle, case.dossier.matter)]
    return [*shares_end(case), *left]


class Approve(MatterCard):
    """审核通过: the letter meets the requirements; the order is done (二段2, R-17, R-19)."""

    term = "审核通过"
    key = "V"
    rests_on = "office_dates"
    by = (Role.REVIEWER, Role.SHIFT_LEADER)
    not_by = WROTE
    reach = Reach.CITY
    moves = moves(Order, (S.FILED,), S.APPROVED)
    form = (Field("remarks", "审核意见", "textarea", required=False, max_length=1000),)
    deadline = UNCHANGED
    ledger = Line("approved", ("letter_id", "review_in_time"))

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """It was filed with the platform."""
        return not_handed_down(case)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """A letter that proposes to end with an explanation is agreed to as such, or sent back."""
        return not_found_untrue(case) or no_review_lost(case)

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """What was looked into; that the letter cannot know what the citizen said since (R-23)."""
        return [inquiries.shown(case.book, case.dossier, case.subject), *older_than_the_last_call(case)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Nothing is to be looked at again."""
        return approved(case, explained_review_at=None)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """When the order that answers for all is approved, the matter is replied."""
        return done_for_all(case)
