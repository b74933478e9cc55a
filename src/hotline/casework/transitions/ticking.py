"""时钟的卡 (ticking): what falls due by itself: deemed acceptance, reminder, cards, the office's own lateness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from hotline.casework import sharing
from hotline.casework.records import Mark, Matter, Order
from hotline.casework.statuses import OPEN_ORDERS, MatterStatus, OrderStatus
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, OrderCase, accepted_by_act
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.dossier import Decision
from hotline.procedure.forms import Field, Problem
from hotline.rules import limits, marks
from hotline.rules.verdicts import Due, Verdict

ANY_ORDER = tuple(OrderStatus)
DECIDABLE = (MatterStatus.REGISTERED, MatterStatus.REFUSAL_PROPOSED, MatterStatus.ACCEPTED, MatterStatus.SUBMITTED,
             MatterStatus.IN_HAND, MatterStatus.REPLIED, MatterStatus.CLOSED)  # fmt: skip


def _fallen(case: AnyCase) -> Iterator[Decision]:
    """What has fallen due on the subject for this card, earliest first."""
    name, row_id = case.card.name(), case.subject.id
    for decision in case.dossier.decisions(case.book):
        if decision.at > case.now:
            return
        if decision.card == name and decision.subject.id == row_id:
            yield decision


def _fell(case: AnyCase) -> Decision | None:
    return next((d for d in _fallen(case) if d.form == case.form), None)


def when_due(case: AnyCase) -> datetime:
    """From which instant on it was due. Raises LookupError where nothing was."""
    found = _fell(case)
    if found is None:
        raise LookupError("nothing of the kind is due")
    return found.at


class ClockCard(MatterCard, abstract=True):
    """A card of the clock: open only while the facts call for it, so that twice is harmless."""

    by = (Role.CLOCK,)
    not_by = ()
    reach = Reach.CITY
    deadline = UNCHANGED
    disturbs = False

    @classmethod
    def guard(cls, case: AnyCase) -> Verdict | None:
        """Something must have fallen due, and not be done yet."""
        provision = cls.provision(case.book)
        return None if any(_fallen(case)) else Verdict(False, provision.clause, "没有到时，或者已经办过。", provision.readings)

    @classmethod
    def accepts(cls, case: AnyCase) -> Sequence[Problem]:
        """And it must be this very thing."""
        return () if _fell(case) else [Problem("cause", "没有到时，或者已经办过。", cls.provision(case.book).clause)]


class DeemAccept(ClockCard):
    """视同已接受: the return door has closed on an unsigned order (R-04). It cures no missed signing; a person may still
    sign. It dates from the door's closing, however late the clock looks."""

    term = "视同已接受"
    rests_on = "return_of_orders"
    moves = moves(Order, (OrderStatus.DISPATCHED,))
    form = ()
    ledger = Line("deemed_accepted", ("fell_at", "contact_until"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The first contact runs from here where it runs from acceptance."""
        order, fell_at, matter = case.subject, when_due(case), case.dossier.matter
        due = Due(order.due_at, order.due_clause or "") if order.due_at else None
        found = limits.contact_until(case.book, matter.kind, order.received_at, urgent=order.urgent, due=due,
                                     deemed=accepted_by_act(order, fell_at, None))  # fmt: skip
        until = found.at if found and not sharing.assists(order) else None
        case.update(order, deemed_at=fell_at, contact_until=until)
        return {"fell_at": fell_at, "contact_until": until}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("deemed", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class Remind(ClockCard):
    """提醒: the due day is near (R-09); once a round."""

    term = "提醒"
    rests_on = "cards"
    moves = moves(Order, ANY_ORDER)
    form = ()
    ledger = Line("reminded", ("fell_at",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The round is kept."""
        fell_at = when_due(case)
        case.update(case.subject, reminded_round=case.subject.round)
        return {"fell_at": fell_at}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("reminded", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


def causes_of(colour: str) -> Callable[[AnyCase], list[tuple[str, str]]]:
    """The causes for a card of a colour, as the rulebook terms them."""
    return lambda case: list(marks.causes(case.book, colour).items())


def _give(case: OrderCase, colour: str) -> Mapping[str, Any]:
    order, fell_at, cause = case.subject, when_due(case), case.form["cause"]
    mark = Mark(case.tools.ids.next(), order.matter_id, order.id, order.unit_id, colour, cause, order.round, case.now)
    case.insert(mark)
    return {"mark_id": mark.id, "cause": cause, "round": order.round, "fell_at": fell_at}


FACTS = ("mark_id", "cause", "round", "fell_at")


class GiveYellow(ClockCard):
    """亮黄牌: not signed for, not contacted, or the due day has come (R-09)."""

    term = "亮黄牌"
    rests_on = "cards"
    moves = moves(Order, ANY_ORDER)
    form = (Field("cause", "原因", "choice", choices=causes_of("yellow")),)
    ledger = Line("yellow_given", FACTS)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row per card; an urgent order that nobody signed is escalated (R-03)."""
        if case.form["cause"] == "unsigned" and case.subject.urgent:
            case.update(case.subject, escalated_at=case.now)
        return _give(case, "yellow")

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit's duty telephone is told; of an urgent order that nobody signed, also the level above."""
        order, matter_id = case.subject, case.dossier.chain.id
        escalates = case.form["cause"] == "unsigned" and order.urgent
        case.tell("unsigned_urgent" if escalates else "yellow_card", "unit", order.unit_id, matter_id=matter_id)
        if escalates and order.level2_unit_id != order.unit_id:
            case.tell("unsigned_below", "unit", order.level2_unit_id, matter_id=matter_id)


class GiveRed(ClockCard):
    """亮红牌: the limit has ended (R-09)."""

    term = "亮红牌"
    rests_on = "cards"
    moves = moves(Order, ANY_ORDER)
    form = (Field("cause", "原因", "choice", choices=causes_of("red")),)
    ledger = Line("red_given", FACTS)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row per card."""
        return _give(case, "red")

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("red_card", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class NoteDispatchLate(ClockCard):
    """记派单超时: the office did not decide in its own time (R-19)."""

    term = "记派单超时"
    rests_on = "office_dates"
    moves = moves(Matter, DECIDABLE)
    form = ()
    ledger = Line("dispatch_late", ("fell_at",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Once for each date."""
        fell_at = when_due(case)
        case.update(case.subject, office_noted_at=case.now)
        return {"fell_at": fell_at}


class RemindLeader(ClockCard):
    """提醒批示: a matter submitted to the city's leaders has waited for its instruction for so long (R-19)."""

    term = "提醒批示"
    rests_on = "office_dates"
    moves = moves(Matter, (MatterStatus.SUBMITTED, MatterStatus.ACCEPTED, MatterStatus.IN_HAND, MatterStatus.REPLIED,
                           MatterStatus.CLOSED))  # fmt: skip
    form = ()
    ledger = Line("leader_reminded", ("fell_at",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Once for each submission."""
        fell_at = when_due(case)
        case.update(case.subject, leader_reminded_at=case.now)
        return {"fell_at": fell_at}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Who takes the leaders' telephone is told."""
        case.tell("leader_reminded", "matter", case.subject.id, matter_id=case.subject.id)


class NoteReviewLate(ClockCard):
    """记审核超时: a filed letter was not reviewed in the office's own time (R-19)."""

    term = "记审核超时"
    rests_on = "office_dates"
    moves = moves(Order, (OrderStatus.FILED, OrderStatus.APPROVED))
    form = ()
    ledger = Line("review_late", ("fell_at",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Once for each date."""
        fell_at = when_due(case)
        case.update(case.subject, office_noted_at=case.now)
        return {"fell_at": fell_at}


class NoteInnerLate(ClockCard):
    """记内部期限已过: what level 2 wanted from below by an instant of its own is not there. It is told, and nothing else
    comes of it: no card, and the order's own date stands (R-16)."""

    term = "记内部期限已过"
    rests_on = "handed_down"
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    ledger = Line("inner_late", ("fell_at",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Once for each such instant."""
        fell_at = when_due(case)
        case.update(case.subject, inner_noted_at=case.now)
        return {"fell_at": fell_at}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """Level 2 is told, which alone set it."""
        case.tell("inner_late", "unit", case.subject.level2_unit_id, matter_id=case.dossier.chain.id)
