"""重算 (recomputing): after a calendar was published, what is open is itself the list of what is to be looked at. A pass
goes through it in portions; whoever is killed in between begins anew and finds less to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Designation, Extension, Matter, Order, Proposal
from hotline.casework.statuses import OPEN_SQL
from hotline.casework.transitions.recomputing import (
    UNDECIDED,
    RecomputeDue,
    RecomputePromise,
    calendar_id,
    has_changed,
)
from hotline.procedure import loading
from hotline.procedure.engine import SYSTEM
from hotline.procedure.ledger import Chain, LineMeta
from hotline.procedure.perform import Subject, perform_many, raw
from hotline.procedure.world import current
from hotline.rules.book import Rulebook

PORTION = 200
MATTER = Chain("matter", 0).code
WAITING = ", ".join(f"'{status}'" for status in UNDECIDED)
OPEN = f"""
SELECT matter_id FROM casework_order WHERE status IN {OPEN_SQL}
UNION SELECT id FROM casework_matter WHERE status IN ({WAITING}) ORDER BY 1
"""
LINES = f"""
SELECT m.number, {", ".join(f"l.{name}" for name in LineMeta.COLUMNS)}
FROM procedure_ledgerline l JOIN casework_matter m ON m.id = l.chain_id
WHERE l.chain_kind = %s AND l.chain_id = ANY(%s) AND l.kind = 'due_recomputed' ORDER BY l.chain_id, l.seq
"""


class Dates(MatterDossier):
    """日期: the tables that dates are worked out from, for looking at many matters quickly."""

    RECORDS = (Matter, Order, Extension, Designation, Proposal)
    LINES: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Recomputed:
    """重算了: how many rows came out otherwise and were put right, how many could not be, and how many were left because
    somebody held their matter just then."""

    performed: int = 0
    aside: int = 0
    left: int = 0

    def __add__(self, other: Recomputed) -> Recomputed:
        return Recomputed(self.performed + other.performed, self.aside + other.aside, self.left + other.left)


@dataclass(frozen=True, slots=True)
class Difference:
    """差异: one order whose dates came out otherwise under the calendar there is now, as its line says it."""

    number: str
    unit_id: int | None
    order_id: int | None
    old_due_at: datetime | None
    due_at: datetime | None
    was_provisional: bool
    notices: str


def open_matters() -> list[int]:
    """Every matter on which a date may still move."""
    with raw().cursor() as cur:
        return [row[0] for row in cur.execute(OPEN).fetchall()]


def portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The same, a portion at a time."""
    return (ids[at : at + PORTION] for at in range(0, len(ids), PORTION))


def recompute(ids: Sequence[int], now: datetime) -> Recomputed:
    """Put right what comes out otherwise on these matters. What somebody holds just now waits for the next pass; one
    matter that cannot be done does not stop the others."""
    done = Recomputed()
    for card, record, rows in _otherwise(ids):
        subjects = [Subject("matter", matter_id, (record, row_id)) for matter_id, row_id in rows]
        many = perform_many(card, subjects, {}, actor=SYSTEM, now=now)
        aside = len(many.aside)
        done += Recomputed(many.performed, aside, len(rows) - many.performed - aside)
    return done


_Work = tuple[type[RecomputeDue | RecomputePromise], type[Order | Matter], list[tuple[int, int]]]


def _otherwise(ids: Sequence[int]) -> Iterator[_Work]:
    """What is to be done, looked at without a lock: matters first, then their first orders, their second ones …"""
    found: list[list[tuple[int, int]]] = []
    matters: list[tuple[int, int]] = []
    for dossier in _looked_at(ids):
        book = current().book_of(dossier)
        if _calls_for_it(book, dossier, dossier.matter):
            matters.append((dossier.chain.id, dossier.matter.id))
        for i, order in enumerate(o for o in dossier.orders if _calls_for_it(book, dossier, o)):
            found += [[]] if i == len(found) else []
            found[i].append((dossier.chain.id, order.id))
    if matters:
        yield RecomputePromise, Matter, matters
    for rows in found:
        yield RecomputeDue, Order, rows


def _calls_for_it(book: Rulebook, dossier: Dates, row: Order | Matter) -> bool:
    """Whether something comes out otherwise. What cannot even be looked at is tried, and so set aside."""
    try:
        return has_changed(book, dossier, row)
    except Exception:
        return True


def _looked_at(ids: Sequence[int]) -> list[Dates]:
    with raw().cursor() as cur:
        heads = loading.read_heads(cur, MATTER, list(ids))
        loaded = loading.load(cur, Dates, heads).dossiers.values()
    return [d for d in loaded if isinstance(d, Dates) and d.pinned in current().books]


def differences(ids: Sequence[int]) -> list[Difference]:
    """What was put right on these matters under the calendars there are now, whoever did it and when, by the ledger."""
    ours = {calendar_id(book) for book in current().books.values()}
    with raw().cursor() as cur:
        rows = cur.execute(LINES, (MATTER, list(ids))).fetchall()
    return [one for row in rows if (one := _difference(ours, row[0], LineMeta(*row[1:])))]


def _difference(ours: set[str], number: str, line: LineMeta) -> Difference | None:
    facts = dict(zip(RecomputeDue.ledger.facts, line.read().facts, strict=True))
    old, new = (datetime.fromisoformat(facts[n]) if facts[n] else None for n in ("old_due_at", "due_at"))
    if facts["calendar"] not in ours:
        return None
    return Difference(number, line.unit_id, line.subject_id, old, new, bool(facts["old_provisional"]),
                      facts["notices"])
