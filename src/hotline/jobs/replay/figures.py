"""数一数 (figures): what came of a replay, counted from the ledger and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.casework.transitions.closing import Archive, Close
from hotline.casework.transitions.deciding import Dispatch
from hotline.casework.transitions.replying import File
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.models import LedgerLine
from hotline.rules import limits
from hotline.rules.book import Rulebook

MATTER = CHAIN_KINDS[File.chain]


@dataclass(slots=True)
class Figures:
    """数字: `answered_within` by working days, `by_kind` lived, on time and late by kind."""

    transitions: int = 0
    closed: int = 0
    archived: int = 0
    late: int = 0
    by_kind: dict[str, dict[str, int]] = field(default_factory=dict)
    answered_within: dict[str, int] = field(default_factory=dict)


def count(book: Rulebook) -> Figures:
    """The figures of all matters in this city."""
    lines = LedgerLine.objects.filter(chain_kind=MATTER)
    found = Figures(
        transitions=lines.count(),
        closed=lines.filter(kind=Close.ledger.kind).count(),
        archived=lines.filter(kind=Archive.ledger.kind).count(),
    )
    filed = list(lines.filter(kind=File.ledger.kind).values("chain_id", "at", "kind_of", "on_time"))
    dispatched = dict(lines.filter(kind=Dispatch.ledger.kind).order_by("seq").values_list("chain_id", "at"))
    found.by_kind = _by_kind(filed)
    found.late = sum(kind["late"] for kind in found.by_kind.values())
    found.answered_within = _within(book, [(dispatched[line["chain_id"]], line["at"]) for line in filed])
    return found


def _by_kind(filed: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for line in filed:
        mine = counts.setdefault(line["kind_of"], {"lived": 0, "on_time": 0, "late": 0})
        mine["lived"] += 1
        mine["on_time" if line["on_time"] else "late"] += 1
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
