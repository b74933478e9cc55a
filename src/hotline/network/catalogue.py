"""职责目录 (the duty catalogue): which unit answers for what sort of matter, and by which law: `catalogue.csv` beside the
units of each city. It is no part of the regulation: a city may better it at any time."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hotline.network import desks
from hotline.network.records import Unit
from hotline.network.seed import folder
from hotline.network.sorts import SECOND

FILE = "catalogue.csv"
LOCAL = "属地"  # whoever answers for the county or park in which it is
COLUMNS = ("类别", "牵头", "协办", "依据")


@dataclass(frozen=True, slots=True)
class Entry:
    """目录的一行: a category, who leads, who assists (units by their codes, or `LOCAL`), and the law; empty where the
    catalogue names none."""

    category: str
    lead: str
    assisting: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Duty:
    """目录指的单位: a unit that the catalogue names for a matter, to lead or to assist, and whether for its place."""

    unit: Unit
    lead: bool
    local: bool
    basis: str


@lru_cache(maxsize=8)
def catalogue(rulebook: str) -> dict[str, Entry]:
    """The catalogue of a city by category; empty where a city has none."""
    path = folder(rulebook) / FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = ([one.strip() for one in (row[name] for name in COLUMNS)] for row in csv.DictReader(file))
        entries = (Entry(name, lead, _parts(more), basis) for name, lead, more, basis in rows)
        return {one.category: one for one in entries}


def _parts(said: str) -> tuple[str, ...]:
    return tuple(part for part in re.split("[、,，]", said) if part)


def is_local(unit: Unit) -> bool:
    """Whether a unit stands for a place, or is below one that does."""
    return any(one.sort in desks.PLACES for one in desks.tree().line(unit.id))


def local(area: str, words: str = "") -> Unit | None:
    """The level-2 unit that answers for a county, park or township, by its code (one that begins like it means it too),
    or else the only one of them that these words name."""
    places = [one for one in desks.units_below() if one.place and one.sort in desks.PLACES]
    there = [one for one in places if area.startswith(one.place)]
    if not there and not area:
        named = [one for one in places if one.level == SECOND and one.short in words]
        there = named if len(named) == 1 else []
    nearest = max(there, key=lambda one: len(one.place), default=None)
    return next((one for one in desks.tree().line(nearest.id) if one.level == SECOND), None) if nearest else None


def duties(rulebook: str, category: str, county: Unit | None) -> list[Duty]:
    """Who answers for a matter of this category at this place: whoever leads, then who assists; each unit once."""
    entry = catalogue(rulebook).get(category)
    found: dict[int, Duty] = {}
    for duty in _named(entry, county) if entry else ():
        found.setdefault(duty.unit.id, duty)
    return list(found.values())


def _named(entry: Entry, county: Unit | None) -> Iterator[Duty]:
    for code in (entry.lead, *entry.assisting):
        unit = county if code == LOCAL else desks.tree().by_code(code)
        if unit is not None and unit.status == "open":
            yield Duty(unit, code == entry.lead, code == LOCAL, entry.basis)
