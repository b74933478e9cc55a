"""试拨的案头 (trial calls): whose duty telephone is to be tried next, under which number, and what came of it before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from hotline.network import rosters
from hotline.network.desks import tree
from hotline.network.dossier import UnitDossier
from hotline.network.look_ups import listed
from hotline.network.records import Duty, TrialCall, Unit
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw, read
from hotline.rules.book import Rulebook
from hotline.rules.rosters import Trial, trial

_LAST = (
    f"SELECT DISTINCT ON (t.unit_id) {listed(TrialCall, 't')} FROM network_trialcall t"
    " WHERE t.unit_id = ANY(%s) ORDER BY t.unit_id, t.at DESC"
)
_LATELY = "SELECT count(*), count(*) FILTER (WHERE good) FROM network_trialcall WHERE unit_id = ANY(%s) AND at > %s"
_OF_UNIT = (
    f"SELECT {listed(TrialCall, 't')} FROM network_trialcall t WHERE t.unit_id = %(unit)s"
    " AND (%(at)s::timestamptz IS NULL OR (t.at, t.id) < (%(at)s, %(row)s))"
    " ORDER BY t.at DESC, t.id DESC LIMIT %(most)s"
)


@dataclass(frozen=True, slots=True)
class Tried:
    """一个单位的值班电话: who is on duty there now, the last trial, and from when it is to be tried again; None: now."""

    unit: Unit
    on_duty: Sequence[Duty]
    last: TrialCall | None
    due_at: datetime | None

    @property
    def phone(self) -> str:
        """The number to try: of whoever is on duty, else the unit's own."""
        return self.on_duty[0].phone if self.on_duty else self.unit.phone

    def due(self, now: datetime) -> bool:
        """Is it to be tried now?"""
        return self.due_at is None or self.due_at <= now


def mine(book: Rulebook, actor: Actor) -> list[Unit]:
    """The units whose telephones this post tries: all that answer for orders; of a unit's people those below it."""
    levels = book.provision("responsibility").values["levels"]
    every = (unit for unit in tree().units.values() if unit.status == "open" and unit.level in levels)
    return [unit for unit in every if actor.role in OFFICE or unit.parent_id == actor.unit_id]


def one_of_mine(book: Rulebook, actor: Actor, unit_id: int | None, now: datetime) -> tuple[Tried, UnitDossier] | None:
    """One of them with its dossier; None for a unit that this post does not try."""
    found = next((unit for unit in mine(book, actor) if unit.id == unit_id), None)
    if found is None:
        return None
    duty, last = rosters.on_duty([found.id], now), _last([found.id])
    tried = _tried(book, trial(book), found, duty.get(found.id, ()), last.get(found.id))
    return tried, cast(UnitDossier, read("unit", found.id))


def standing(book: Rulebook, actor: Actor, now: datetime) -> list[Tried]:
    """Each of them: first those that did not answer and are due, then those never tried, then the longest ago."""
    units, rule = mine(book, actor), trial(book)
    ids = [unit.id for unit in units]
    last, duty = _last(ids), rosters.on_duty(ids, now)
    found = [_tried(book, rule, unit, duty.get(unit.id, ()), last.get(unit.id)) for unit in units]
    return sorted(found, key=lambda one: _order(one, now))


def _order(one: Tried, now: datetime) -> tuple[bool, bool, float, str]:
    bad = one.last is not None and not one.last.good
    return (not one.due(now), not bad, one.due_at.timestamp() if one.due_at else 0.0, one.unit.code)


def _tried(book: Rulebook, rule: Trial, unit: Unit, duty: Sequence[Duty], last: TrialCall | None) -> Tried:
    return Tried(unit, duty, last, rule.due_at(last.at, last.outcome, book.tz) if last else None)


def _last(units: Collection[int]) -> dict[int, TrialCall]:
    with raw().cursor() as cur:
        cur.execute(_LAST, (list(units),), prepare=True)
        return {call.unit_id: call for call in (TrialCall(*row) for row in cur.fetchall())}


def lately(book: Rulebook, actor: Actor, now: datetime, within: timedelta) -> tuple[int, int]:
    """How many were tried within that time, and how many of them answered."""
    with raw().cursor() as cur:
        cur.execute(_LATELY, ([unit.id for unit in mine(book, actor)], now - within), prepare=True)
        row = cur.fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)


def of_unit(unit_id: int, most: int, before: tuple[datetime | None, int] | None = None) -> list[TrialCall]:
    """What came of it there, the latest first, or what was before one of them; one more than is shown."""
    at, row_id = before or (None, 0)
    with raw().cursor() as cur:
        cur.execute(_OF_UNIT, {"unit": unit_id, "at": at, "row": row_id, "most": most + 1}, prepare=True)
        return [TrialCall(*row) for row in cur.fetchall()]
