"""到期 (falling due): what the clock has yet to do on a matter, worked out from its facts alone, so that twice is
harmless and a missed tick is only late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from hotline.casework import explained, extensions, sharing
from hotline.casework.records import Mark, Matter, Order
from hotline.casework.statuses import OPEN_ORDERS, WORKING, MatterStatus, OrderStatus
from hotline.procedure.dossier import Decision
from hotline.rules import dating, marks, office
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

Form = dict[str, str]
_AT = attrgetter("at")
WITH_OFFICE = (OrderStatus.FILED, OrderStatus.APPROVED)
CARDS = {"yellow": "give_yellow", "red": "give_red"}
DECIDING = (MatterStatus.REFUSAL_PROPOSED, MatterStatus.UNDER_REVIEW, MatterStatus.DECLINED, MatterStatus.REGISTERED,
            MatterStatus.AWAITING_FACTS, MatterStatus.ACCEPTED, MatterStatus.SUBMITTED,
            MatterStatus.IN_HAND)  # where something proposed may wait; elsewhere it came to nothing, but for a mark
DISPUTED = (MatterStatus.ACCEPTED, MatterStatus.IN_HAND)  # elsewhere a proposal waits, or has come to nothing


def decisions(dossier: MatterDossier, book: Rulebook) -> list[Decision]:
    """Everything outstanding, earliest first, whether its instant has come or not."""
    matter = dossier.matter
    if matter.status == MatterStatus.ARCHIVED:
        return list(_retention(matter))
    found = [*_of_the_matter(dossier, matter), *_leaders(book, matter)]
    for order in dossier.orders:
        found += _of_an_order(dossier, book, matter, order)
    return sorted(found, key=_AT)


def _retention(matter: Matter) -> Iterator[Decision]:
    """A file has been kept for as long as its class says (R-36); one whose callers were all forgotten has no end."""
    if matter.retain_until is not None and matter.dispose_asked_at is None:
        yield Decision(matter.retain_until, "propose_destruction", matter)


def owes(matter: Matter) -> bool:
    """Whether somebody outside waits: a leader for a report or for a word withdrawn, a source for its feedback, the
    government's duty room for its first report, somebody in danger for whoever takes it. The file stays open until
    then."""
    waits = (matter.before_leader_at, matter.report_owed_at, matter.feedback_owed_at, matter.alarm_next_at)
    unreported = matter.urgent_report_until is not None and matter.urgent_reported_at is None
    return unreported or any(at is not None for at in waits)


def _missed(done: datetime | None, until: datetime | None) -> bool:
    """Not done, or not strictly before the limit's end: told from the facts, even when the clock looks late."""
    return until is not None and (done is None or done >= until)


def _late(done: datetime | None, until: datetime, noted: datetime | None) -> bool:
    """Whether the office missed its date, and that is not on record for this date yet."""
    return _missed(done, until) and (noted is None or noted < until)


def _of_the_matter(dossier: MatterDossier, matter: Matter) -> Iterator[Decision]:
    until = matter.dispatch_until
    if until is not None and _late(_decided_at(dossier, matter), until, matter.office_noted_at):
        yield Decision(until, "note_dispatch_late", matter)
    until = matter.designate_until
    if until is not None and matter.designation_noted_at is None and matter.status in DISPUTED:
        yield Decision(until, "note_designation_late", matter)
    until = matter.decide_until
    if until is not None and matter.decide_noted_at is None and matter.status in DECIDING:
        yield Decision(until, "note_decision_late", matter)
    if matter.alarm_next_at is not None:
        yield Decision(matter.alarm_next_at, "repeat_alarm", matter)
    until = matter.urgent_report_until
    if until is not None and matter.urgent_reported_at is None and matter.urgent_noted_at is None:
        yield Decision(until, "note_emergency_late", matter)
    # a citizen who is not content keeps it from closing, unless a second person decided to leave it at that
    closed = matter.status == MatterStatus.CLOSED and not owes(matter) and not explained.awaits_review(dossier)
    if closed and matter.rating_until is not None:
        yield Decision(matter.rating_until, "archive", matter)


def _leaders(book: Rulebook, matter: Matter) -> Iterator[Decision]:
    """A leader who has not instructed for so long is reminded, once for each submission, be a unit at work meanwhile or
    not; where the year's calendar is missing there is no saying when."""
    submitted, reminded = matter.before_leader_at, matter.leader_reminded_at
    if submitted is None or (reminded is not None and reminded >= submitted):
        return
    with suppress(UncoveredYear):
        yield Decision(office.leader_reminder_at(book, submitted).at, "remind_leader", matter)


def _decided_at(dossier: MatterDossier, matter: Matter) -> datetime | None:
    """When the office had first decided how the matter is handled: dispatched, submitted or answered; since it came
    back to the desk, if it did."""
    orders = [order for order in dossier.orders if order.lead]
    instants = [matter.submitted_at, matter.replied_at, *(order.dispatched_at for order in orders)]
    since = max((at for at in (_back_at(orders), matter.reopened_at) if at is not None), default=None)
    return min((at for at in instants if at is not None and (since is None or at >= since)), default=None)


def _back_at(orders: Sequence[Order]) -> datetime | None:
    """When the matter last came back to the desk: an order was ended, and none followed it at once, by designation."""
    ended = [(o.id, o.ended_at) for o in orders if o.ended_at is not None]
    if not ended:
        return None
    followed = {(order.previous_id, order.dispatched_at) for order in orders}
    return max((at for row, at in ended if (row, at) not in followed), default=None)


def _of_an_order(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> list[Decision]:
    """All that may fall due on an order; nothing falls any more on one that was taken from its unit before. What falls
    at one instant is done in this order."""
    found = [decision for watch in _WATCHES for decision in watch(dossier, book, matter, order)]
    ended = order.ended_at
    return found if ended is None else [decision for decision in found if decision.at <= ended]


def _acceptance(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> Iterator[Decision]:
    """The door has closed on an unsigned order with no request before the office; after a refusal, at the refusal
    (R-04), and while its return is put to designation, at that (R-20)."""
    if order.return_asked_at is not None:
        yield Decision(order.return_until, "lapse_return", order)
    waits = order.status == OrderStatus.DISPATCHED and order.signed_at is None and order.deemed_at is None
    disputed = matter.designate_until is not None and order.return_decided_at is not None
    if waits and order.return_filed_at is None and not disputed:
        yield Decision(max(order.return_until, order.return_decided_at or order.return_until), "deem_accept", order)


def _cards(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> list[Decision]:
    """No card for a date falls while a letter filed before awaits the office."""
    given = dossier.marks_of(order)
    owed = [*_of_first_steps(book, order, given), *_of_dates(book, matter, order, given)]
    away = order.filed_at if order.status in WITH_OFFICE else None
    return [Decision(at, card, order, form) for at, card, form in owed if away is None or away >= at]


def _notices(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> Iterator[Decision]:
    """A notice of supervision that waits for an answer, once for each."""
    if order.supervise_until is not None and order.supervision_noted_at is None and order.status in OPEN_ORDERS:
        yield Decision(order.supervise_until, "note_supervision_late", order)


def _inner(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> Iterator[Decision]:
    """An instant by which level 2 wanted it, before the order's own date, once for each."""
    at, waits = order.inner_at, order.inner_noted_at is None and order.status in OPEN_ORDERS
    if at is not None and waits and sharing.has_inner(order) and _missed(order.filed_at, at):
        yield Decision(at, "note_inner_late", order)


def _office(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> Iterator[Decision]:
    if order.parent_id is not None:  # level 2 decides, not the office
        return
    asked = order.return_decide_until
    if asked is not None and _late(order.return_decided_at, asked, order.office_noted_at):
        yield Decision(asked, "note_return_late", order)
    until = order.review_until
    if until is not None and order.status in WITH_OFFICE and _late(order.approved_at, until, order.office_noted_at):
        yield Decision(until, "note_review_late", order)


def _awaits_extension(order: Order, at: datetime) -> bool:
    """Nor while an extension filed before awaits the office."""
    return order.extension_filed_at is not None and order.extension_filed_at <= at


def _of_first_steps(book: Rulebook, order: Order, given: Sequence[Mark]) -> Iterator[tuple[datetime, str, Form]]:
    """Cards for not signing and for not contacting: once for an order, whatever becomes of its due date."""
    asked = order.contacted_at or order.relay_asked_at  # the office makes the contact in the unit's place
    for cause, done, until in (("unsigned", order.signed_at, order.sign_until),
                               ("no_contact", asked, order.contact_until)):  # fmt: skip
        if until is None or not _missed(done, until) or cause not in marks.causes(book, "yellow"):
            continue
        if all(mark.cause != cause for mark in given):
            yield until, "give_yellow", {"cause": cause}


def _of_dates(book: Rulebook, matter: Matter, order: Order, given: Sequence[Mark]
              ) -> Iterator[tuple[datetime, str, Form]]:  # fmt: skip
    """Reminder and cards by the order's due date, for the causes that the rulebook knows, once for each date and unit;
    the reminder alone in a round that mere dissatisfaction opened (R-12)."""
    if order.due_at is None:
        return
    for at, colour, cause, floored in marks.by_date(book, matter.kind, order.due_at, urgent=order.urgent):
        if not cause:
            if order.reminded_round != order.round and at > order.received_at and not _awaits_extension(order, at):
                yield at, "remind", {}
        elif not dating.redone(order.due_basis) and not _given(order, given, cause):
            at = max(at, order.received_at) if floored else at
            if not _awaits_extension(order, at):
                yield at, CARDS[colour], {"cause": cause}


def _given(order: Order, given: Sequence[Mark], cause: str) -> bool:
    """Whether this date has brought a card for the cause already: each once for a unit. Who inherits an order while its
    work is owed answers for its date too; what was filed before was late by the other unit alone (R-09)."""
    return any(mark.cause == cause and mark.round == order.round
               and (mark.unit_id == order.unit_id or order.status not in WORKING) for mark in given)  # fmt: skip


_WATCHES = (_acceptance, extensions.decisions, _cards, _notices, _inner, _office, explained.decisions)
