"""延期的事实 (extensions): which extension an order waits for or has, until when it must be explained, and what the clock
has to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hotline.casework.records import Extension, Matter, Order
from hotline.casework.statuses import OPEN_ORDERS
from hotline.procedure.dossier import Decision
from hotline.rules import dating, doors
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

FILED, SILENT, REFUSED, DISAGREED, VOID, MOOT = "filed", "silent", "refused", "disagreed", "void", "moot"
LAPSED = "lapsed"
GRANTED = (FILED, SILENT)


def newest(dossier: MatterDossier, order: Order) -> Extension | None:
    """The order's newest extension, whatever became of it."""
    return next(reversed(dossier.extensions_of(order)), None)


def awaiting(dossier: MatterDossier, order: Order) -> Extension | None:
    """The one asked for and not decided yet, be it before the unit's own leader or before the office."""
    found = newest(dossier, order)
    return found if found is not None and not found.outcome else None


def unexplained(dossier: MatterDossier, order: Order) -> Extension | None:
    """The one granted that the citizen has not been told of. Until then no other is asked for, so it is the newest."""
    found = newest(dossier, order)
    return found if found is not None and found.outcome in GRANTED and found.explained_at is None else None


def standing(dossier: MatterDossier, order: Order) -> Extension | None:
    """The newest that holds: granted and explained."""
    held = (one for one in reversed(dossier.extensions_of(order)) if one.outcome in GRANTED and one.explained_at)
    return next(held, None)


def beside_the_point(dossier: MatterDossier, order: Order) -> Extension | None:
    """The one that an approval leaves without a purpose: not decided, or granted and not explained."""
    return awaiting(dossier, order) or unexplained(dossier, order)


def explain_until(book: Rulebook, order: Order, extension: Extension) -> datetime:
    """The old due instant, before which it must be explained (R-07): the date that it extends, so that what moved every
    date meanwhile moved this one too; a send-back does not (R-06)."""
    if not extension.outcome:
        return order.due_at or extension.old_due_at
    due = dating.before(book, dating.read(order.due_basis), extension.id)
    return due.at if due is not None else extension.old_due_at


def door(book: Rulebook, kind: str, order: Order) -> Due | None:
    """Until when an extension of the order's date may be filed; None where there is none to be had."""
    if order.due_at is None:
        return None
    due = Due(order.due_at, order.due_clause or "", tuple(order.due_readings.split()), order.due_provisional)
    return doors.extension_ask_until(book, due, urgent=order.urgent, kind=kind, received=order.received_at)


def decisions(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> Iterator[Decision]:
    """What its own leader has not agreed to lapses at the door's end, and at once where no door is left. At the old due
    instant: what still awaits the office is filed by its silence; then what was not explained is void. Asked in this
    order, since each is decided by the facts the one before left."""
    if order.status not in OPEN_ORDERS:
        return
    if order.extension_asked_at is not None:
        until = door(book, matter.kind, order)
        yield Decision(max(until.at, order.extension_asked_at) if until else order.extension_asked_at,
                       "lapse_extension", order)  # fmt: skip
    if order.due_at is None:
        return
    if order.extension_filed_at is not None:
        silent = "file_extension_by_silence" if order.parent_id is None else "lapse_extension"  # level 2 must say yes
        yield Decision(order.due_at, silent, order)
    granted = unexplained(dossier, order)
    if granted is not None:
        yield Decision(explain_until(book, order, granted), "void_extension", order)


def changes(book: Rulebook, dossier: MatterDossier, order: Order) -> Iterator[tuple[Extension, dict[str, Any]]]:
    """Extensions of an order, asked for or granted, whose old or new date is another by its steps."""
    steps = dating.read(order.due_basis)
    at = {step.ref: i for i, step in enumerate(steps) if step.how == dating.EXTENDED}
    for extension in dossier.extensions_of(order):
        if extension.outcome not in ("", *GRANTED) or (extension.outcome and extension.id not in at):
            continue
        place = at.get(extension.id, len(steps))
        old, new = (dating.fold(book, steps[:end]) for end in (place, place + 1))
        if old is None:
            continue
        columns = {"old_due_at": old.at, "old_due_clause": old.clause, "old_due_readings": " ".join(old.readings),
                   "old_due_provisional": old.provisional}  # fmt: skip
        if extension.new_due_at is not None and new is not None:
            columns["new_due_at"] = new.at
        if moved := {name: value for name, value in columns.items() if getattr(extension, name) != value}:
            yield extension, moved
