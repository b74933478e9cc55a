"""值班表 (rosters): who is on duty now, who will be, and where nobody is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.network.desks import centres
from hotline.network.look_ups import listed
from hotline.network.records import Duty, Unit
from hotline.procedure.perform import raw
from hotline.rules import rosters
from hotline.rules.book import Rulebook
from hotline.rules.rosters import Hole

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


def on_duty(units: Collection[int], at: datetime) -> dict[int, list[Duty]]:
    """Who is on duty at an instant, by unit; in one statement, none when no unit is asked about."""
    found: dict[int, list[Duty]] = {}
    for duty in between(at, at + timedelta(microseconds=1), units) if units else ():
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
