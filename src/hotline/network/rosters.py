"""值班表 (rosters): who is on duty now, who will be, and where nobody is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.network.desks import centres, looked_at
from hotline.network.look_ups import listed
from hotline.network.records import Duty, Unit
from hotline.procedure.perform import raw
from hotline.rules import rosters
from hotline.rules.book import Rulebook
from hotline.rules.rosters import Hole

AHEAD = timedelta(hours=1)
FRONT = ("intake", "web")  # the desks that take what citizens bring, and so may never be without anybody
_BETWEEN = (
    f"SELECT {listed(Duty, 'd')} FROM network_duty d WHERE d.status = 'open' AND d.until_at > %s AND d.from_at < %s"
    " AND (%s::int8[] IS NULL OR d.unit_id = ANY(%s)) ORDER BY d.unit_id, d.from_at, d.id"
)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """空档: a unit and the spans in which nobody is on duty there."""

    unit: Unit
    holes: Sequence[Hole]


def between(begin: datetime, end: datetime, units: Collection[int] | None = None) -> list[Duty]:
    """The turns that touch a span, of these units or of all, in one statement."""
    chosen = None if units is None else list(units)
    with raw().cursor() as cur:
        cur.execute(_BETWEEN, (begin, end, chosen, chosen), prepare=True)
        return [Duty(*row) for row in cur.fetchall()]


@dataclass(frozen=True, slots=True)
class _Turns:
    """Every turn that touches a span, as it stood when the process last looked at the network."""

    looked: tuple[str, float]
    begin: datetime
    end: datetime
    turns: Sequence[Duty]


_kept: _Turns | None = None


def _turns(at: datetime) -> Sequence[Duty]:
    global _kept
    found, looked = _kept, looked_at()
    if found is None or found.looked != looked or not found.begin <= at < found.end:
        found = _kept = _Turns(looked, at, at + AHEAD, between(at, at + AHEAD))
    return found.turns


def on_duty(units: Collection[int], at: datetime) -> dict[int, list[Duty]]:
    """Who is on duty at an instant, by unit; at most a few seconds old, like the tree of units."""
    found: dict[int, list[Duty]] = {}
    for duty in _turns(at) if units else ():
        if duty.unit_id in units and duty.from_at <= at < duty.until_at:
            found.setdefault(duty.unit_id, []).append(duty)
    return found


def uncovered(book: Rulebook, now: datetime, ahead: timedelta) -> list[Uncovered]:
    """The hotline's own front desks with their holes from now on; none where the service may close."""
    front = [unit for unit in centres() if unit.desk in FRONT]
    turns = between(now, now + ahead, [unit.id for unit in front])
    found = []
    for unit in front:
        mine = [(turn.from_at, turn.until_at) for turn in turns if turn.unit_id == unit.id]
        if holes := rosters.holes(book, mine, now, now + ahead):
            found.append(Uncovered(unit, holes))
    return found
