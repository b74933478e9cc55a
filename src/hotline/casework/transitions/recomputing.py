"""日历转正重算 (recomputing): a year's calendar was published; every date still ahead is worked out anew from what made
it, as if that calendar had been there from the start. Where nothing comes out otherwise, nothing is done: twice is
harmless."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.casework import extensions, sharing
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Designation, Matter, Order, Proposal
from hotline.casework.statuses import OPEN_ORDERS, MatterStatus, OrderStatus
from hotline.casework.transitions.base import (
    MatterCard,
    MatterCase,
    OrderCase,
    due_columns,
    first_contact,
    judged,
    next_round,
)
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RECOMPUTES, UNCHANGED, Line, moves
from hotline.procedure.records import Record
from hotline.rules import abuse, dating, doors, endings, limits, office, refusals
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear
from hotline.rules.verdicts import Verdict

UNDECIDED = (MatterStatus.REGISTERED, MatterStatus.REFUSAL_PROPOSED, MatterStatus.UNDER_REVIEW,
             MatterStatus.AWAITING_FACTS, MatterStatus.ACCEPTED, MatterStatus.JOINED, MatterStatus.SUBMITTED,
             MatterStatus.IN_HAND)  # fmt: skip
Columns = dict[str, Any]


def _otherwise(row: Record, columns: Mapping[str, Any]) -> Columns:
    """Those columns that would come out otherwise."""
    return {name: value for name, value in columns.items() if getattr(row, name) != value}


def order_changes(book: Rulebook, dossier: MatterDossier, order: Order) -> Columns:
    """What of an order's dates comes out otherwise under the calendar there is now; nothing for one that is closed."""
    if order.status not in OPEN_ORDERS or not order.due_basis:
        return {}
    steps = dating.read(order.due_basis)
    columns = due_columns(book, steps)
    first, urgent = dating.fold(book, steps[:1]), steps[0].urgent  # as it was given: later rounds are not urgent
    columns["sign_until"] = limits.sign_until(book, order.received_at, urgent=urgent, due=first).at
    door = doors.return_until(book, order.received_at, urgent=urgent).at
    if order.deemed_at is None or door == order.return_until:  # what the door's closing did is done
        columns["return_until"] = door
        if order.contacted_at is None:
            columns["contact_until"] = first_contact(book, dossier.matter.kind, order)
    columns |= judged(order, columns["due_at"]) | _with_office(book, order, urgent)
    columns |= sharing.inner_moved(order, columns["due_at"])
    return _otherwise(order, columns)


def _with_office(book: Rulebook, order: Order, urgent: bool) -> Columns:
    """The office's own dates on an order."""
    columns: Columns = {}
    if order.status == OrderStatus.FILED and order.filed_at is not None:
        columns["review_until"] = office.review_until(book, order.filed_at).at
    if order.return_filed_at is not None:
        until = doors.decide_return_until(book, order.return_filed_at, urgent=urgent)
        columns["return_decide_until"] = until.at
    return columns


def matter_changes(book: Rulebook, dossier: MatterDossier) -> Columns:
    """What of a matter's own dates comes out otherwise: what was promised, and until when it is to be dispatched."""
    matter = dossier.matter
    if matter.status not in UNDECIDED:
        return {}
    columns: Columns = {}
    if matter.promise_basis:
        promised = dating.fold(book, dating.read(matter.promise_basis))
        columns["promised_at"] = promised.at if promised else None
        columns["promised_clause"] = promised.clause if promised else None
    began = _at_the_desk_since(dossier)
    if began is not None and not matter.urgent and matter.dispatch_until is not None:
        columns["dispatch_until"] = office.dispatch_until(book, began, matter.channel).at
    proposed = next((d for d in reversed(dossier.all(Designation)) if d.decided_at is None), None)
    if proposed is not None and matter.designate_until is not None:
        columns["designate_until"] = office.designation_until(book, proposed.proposed_at).at
    return _otherwise(matter, {**columns, **_to_decide(book, dossier)})


DECIDED_BY = {"refusal": refusals.decide_until, "review": refusals.review_until,
              "withdrawal": endings.withdrawal_until, "ending": endings.ending_until,
              "abuse": abuse.decide_until}  # fmt: skip


def _to_decide(book: Rulebook, dossier: MatterDossier) -> Columns:
    """Until when the office decides on what was proposed last."""
    one = next((p for p in reversed(dossier.all(Proposal)) if p.decided_at is None), None)
    if one is None or dossier.matter.decide_until is None:
        return {}
    return {"decide_until": DECIDED_BY[one.what](book, one.asked_at).at}


def _at_the_desk_since(dossier: MatterDossier) -> datetime | None:
    """Since when a matter waits to be dispatched: accepted, come back from its last unit, or not to be designated after
    all; None where it does not."""
    matter = dossier.matter
    if matter.status != MatterStatus.ACCEPTED or sharing.led(dossier):
        return None
    withdrawn = (one.decided_at for one in dossier.all(Designation) if one.withdrawn)
    instants = [matter.accepted_at, matter.reopened_at, *(order.ended_at for order in dossier.orders), *withdrawn]
    return max((at for at in instants if at is not None), default=None)


def has_changed(book: Rulebook, dossier: MatterDossier, row: Order | Matter) -> bool:
    """Whether anything of an order's or a matter's dates comes out otherwise; not where a calendar is missing."""
    try:
        if isinstance(row, Matter):
            return bool(matter_changes(book, dossier))
        return bool(order_changes(book, dossier, row)) or any(extensions.changes(book, dossier, row))
    except UncoveredYear:
        return False


def notices_of(book: Rulebook, years: range) -> str:
    """The notices that the calendars of these years rest on, each once."""
    found = [book.calendar.years[year] for year in years if year in book.calendar.years]
    numbers = (n for entry in found if entry.status == "official" for n in (entry.notice, *entry.amended_by) if n)
    return "、".join(dict.fromkeys(numbers))


def calendar_id(book: Rulebook) -> str:
    """The calendars by the beginning of their hash, as lines name them."""
    return book.calendar_hash[:16]


NO_CHANGE = "按现在的日历算，各个日期没有变化。"


class RecomputeDue(MatterCard):
    """日历转正重算: an order's dates under a calendar published since. The line says the old date, the new one and the
    number of the notice; reminder and cards may fall again for a date that has moved."""

    term = "日历转正重算"
    rests_on = "limit"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    deadline = RECOMPUTES
    ledger = Line("due_recomputed", ("old_due_at", "due_at", "old_provisional", "provisional", "sign_until",
                                     "return_until", "contact_until", "review_until", "return_decide_until", "notices",
                                     "calendar"))  # fmt: skip

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """Those of the date itself."""
        order = case.dossier.fresh(case.subject)
        own = (order.due_clause, *order.due_readings.split()) if order.due_clause else ()
        return own or super().clauses(case)

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """Something must come out otherwise."""
        if has_changed(case.book, case.dossier, case.subject):
            return None
        return Verdict(False, cls.provision(case.book).clause, NO_CHANGE)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Every date of the order, and of its extensions."""
        order, book = case.subject, case.book
        changes = order_changes(book, case.dossier, order)
        for extension, columns in extensions.changes(book, case.dossier, order):
            case.update(extension, **columns)
        case.update(order, **changes, **next_round(case, order, replace(order, **changes), case.now))
        now = {name: changes.get(name, getattr(order, name)) for name in cls.ledger.facts if hasattr(order, name)}
        first, last = order.received_at, max(at for at in now.values() if at is not None)
        years = range(book.calendar.day_of(first).year, book.calendar.day_ended_by(last).year + 1)
        return {**now, "old_due_at": order.due_at, "old_provisional": order.due_provisional,
                "provisional": changes.get("due_provisional", order.due_provisional),
                "notices": notices_of(book, years), "calendar": calendar_id(book)}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told of a date that has moved."""
        if case.dossier.fresh(case.subject).due_at != case.subject.due_at:
            case.tell("due_changed", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class RecomputePromise(MatterCard):
    """日历转正重算承诺: a matter's own dates under a calendar published since: what was promised to the citizen, and the
    office's own date for dispatching."""

    term = "日历转正重算承诺"
    rests_on = "office_dates"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, UNDECIDED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("promise_recomputed", ("old_promised_at", "promised_at", "dispatch_until", "designate_until",
                                         "decide_until", "calendar"))  # fmt: skip

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Something must come out otherwise."""
        if has_changed(case.book, case.dossier, case.subject):
            return None
        return Verdict(False, cls.provision(case.book).clause, NO_CHANGE)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The dates, and what was promised before."""
        matter, changes = case.subject, matter_changes(case.book, case.dossier)
        case.update(matter, **changes)
        dates = ("promised_at", "dispatch_until", "designate_until", "decide_until")
        now = {n: changes.get(n, getattr(matter, n)) for n in dates}
        return {**now, "old_promised_at": matter.promised_at, "calendar": calendar_id(case.book)}
