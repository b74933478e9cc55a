"""数一数 (figures): what came of a replay, counted from the ledger and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from hotline.casework.transitions.closing import Archive, Close
from hotline.casework.transitions.deciding import Dispatch
from hotline.casework.transitions.marking import MarkSendBack
from hotline.casework.transitions.replying import File
from hotline.casework.transitions.returning import NoteReturnLate
from hotline.casework.transitions.sending_back import Bounce, SendBack
from hotline.casework.transitions.ticking import DeemAccept, GiveRed, GiveYellow, NoteDispatchLate, NoteReviewLate
from hotline.procedure.card import LINES
from hotline.procedure.ledger import CHAIN_KINDS, LineMeta
from hotline.procedure.models import LedgerLine
from hotline.rules import limits
from hotline.rules.book import Rulebook

MATTER = CHAIN_KINDS[File.chain]


GIVING = (GiveYellow, GiveRed, MarkSendBack)
OFFICE_LATE = tuple(card.ledger.kind for card in (NoteDispatchLate, NoteReviewLate, NoteReturnLate))


@dataclass(slots=True)
class Figures:
    """数字: `answered_within` by working days, `by_kind` lived, on time and late by kind, `cards` given by colour and
    cause, `office_late` the office's own missed dates."""

    transitions: int = 0
    closed: int = 0
    archived: int = 0
    late: int = 0
    by_kind: dict[str, dict[str, int]] = field(default_factory=dict)
    answered_within: dict[str, int] = field(default_factory=dict)
    cards: dict[str, dict[str, int]] = field(default_factory=dict)
    deemed_accepted: int = 0
    send_backs: int = 0
    bounces: int = 0
    office_late: int = 0


def count(book: Rulebook) -> Figures:
    """The figures of all matters in this city."""
    lines = LedgerLine.objects.filter(chain_kind=MATTER)
    times = Counter(dict(lines.values_list("kind").annotate(n=Count("seq")).order_by()))
    found = Figures(
        transitions=times.total(), closed=times[Close.ledger.kind], archived=times[Archive.ledger.kind],
        deemed_accepted=times[DeemAccept.ledger.kind], send_backs=times[SendBack.ledger.kind],
        bounces=times[Bounce.ledger.kind], office_late=sum(times[kind] for kind in OFFICE_LATE), cards=_cards(lines),
    )  # fmt: skip
    filed = list(_read(lines.filter(kind=File.ledger.kind).order_by("chain_id", "seq")))
    dispatched = dict(lines.filter(kind=Dispatch.ledger.kind).order_by("seq").values_list("chain_id", "at"))
    found.by_kind = _by_kind({line.chain_id: line for line in filed}.values())  # the last filing decides
    found.late = sum(kind["late"] for kind in found.by_kind.values())
    first = {line.chain_id: line.at for line in reversed(filed)}
    found.answered_within = _within(book, [(dispatched[chain], at) for chain, at in first.items()])
    return found


def _read(lines: QuerySet[LedgerLine]) -> Iterator[LineMeta]:
    return (LineMeta(*row) for row in lines.values_list(*LineMeta.COLUMNS).iterator())


def _cards(lines: QuerySet[LedgerLine]) -> dict[str, dict[str, int]]:
    """Cards by colour and cause."""
    counts: dict[str, Counter[str]] = {}
    giving = lines.filter(kind__in=[card.ledger.kind for card in GIVING])
    for line in (line.read() for line in _read(giving)):
        facts = dict(zip(LINES[line.kind].ledger.facts, line.facts, strict=True))
        colour = facts.get("colour") or line.kind.split("_")[0]
        counts.setdefault(colour, Counter())[facts["cause"]] += 1
    return {colour: dict(sorted(causes.items())) for colour, causes in sorted(counts.items())}


def _by_kind(filed: Iterable[LineMeta]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for line in filed:
        mine = counts.setdefault(str(line.kind_of), {"lived": 0, "on_time": 0, "late": 0})
        mine["lived"] += 1
        mine["on_time" if line.on_time else "late"] += 1
    return dict(sorted(counts.items()))


def limits_of(book: Rulebook) -> list[int]:
    """The different limits in working days that the rulebook's kinds have."""
    return sorted({kind.working_days for kind in book.kinds.values() if kind.working_days is not None})


def _within(book: Rulebook, pairs: Iterable[tuple[datetime, datetime]]) -> dict[str, int]:
    """How many were filed before the end of the n-th working day after the day of dispatch (R-01), for each limit."""
    counts = {str(n): 0 for n in limits_of(book)}
    for dispatched, filed in pairs:
        for n in limits_of(book):
            until, _ = book.calendar.end_of_working_day(dispatched, n)
            counts[str(n)] += limits.on_time(until, filed)
    return counts
