"""职责目录 (the duty catalogue): which unit answers for what sort of matter, and by which law, from which day on. It is no
part of the regulation: rows of the city's own, born from `catalogue.csv` beside its units, bettered by cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hotline.network import categories, desks
from hotline.network.as_of import AsOf
from hotline.network.look_ups import listed
from hotline.network.naming import said_units
from hotline.network.records import CatalogueEntry, Unit
from hotline.network.sorts import LOCAL, PLACES, SECOND


@dataclass(frozen=True, slots=True)
class Listed:
    """目录的一条, with its law; empty where the catalogue names none."""

    entry: CatalogueEntry
    basis: str

    @property
    def assisting(self) -> tuple[str, ...]:
        """Who assists: codes of units, or `LOCAL`."""
        return said_units(self.entry.assisting)


@dataclass(frozen=True, slots=True)
class Duty:
    """目录指的单位: a unit that the catalogue names for a matter, to lead or to assist, and whether for its place."""

    unit: Unit
    lead: bool
    local: bool
    basis: str


_ROWS = (
    f"SELECT {listed(CatalogueEntry, 'e')}, coalesce(w.body, '') FROM network_catalogueentry e"
    " LEFT JOIN network_networktext w ON w.id = e.basis_id ORDER BY e.id"
)


_LISTED = AsOf(_ROWS, lambda row: Listed(CatalogueEntry(*row[:-1]), row[-1]))


def entries() -> tuple[Listed, ...]:
    """Every entry, ended ones too, in the order in which they were made; as old as the tree of units may be."""
    return _LISTED.rows()


def in_force(category: str, county: Unit | None, on: date) -> Listed | None:
    """What holds for a category on a day, under whichever of its names: its county's own entry, else that of the whole
    city."""
    code = county.code if county else ""
    names = categories.once_called(category, on)
    mine = [one for one in entries() if one.entry.category in names and one.entry.holds(on)
            and one.entry.county in ("", code)]  # fmt: skip
    return max(mine, key=lambda one: (bool(one.entry.county), one.entry.category == category), default=None)


def is_local(unit: Unit) -> bool:
    """Whether a unit stands for a place, or is below one that does."""
    return any(one.sort in PLACES for one in desks.tree().line(unit.id))


def local(area: str, words: str = "") -> Unit | None:
    """The level-2 unit that answers for a county, park or township, by its code (one that begins like it means it too),
    or else the only one of them that these words name."""
    places = [one for one in desks.units_below() if one.place and one.sort in PLACES]
    there = [one for one in places if area.startswith(one.place)]
    if not there and not area:
        named = [one for one in places if one.level == SECOND and one.short in words]
        there = named if len(named) == 1 else []
    nearest = max(there, key=lambda one: len(one.place), default=None)
    return next((one for one in desks.tree().line(nearest.id) if one.level == SECOND), None) if nearest else None


def duties(category: str, county: Unit | None, on: date) -> list[Duty]:
    """Who answers for a matter of this category at this place on a day: whoever leads, then who assists; each unit
    once, and for one that has ended its successor."""
    one = in_force(category, county, on)
    found: dict[int, Duty] = {}
    for duty in _named(one, county) if one else ():
        found.setdefault(duty.unit.id, duty)
    return list(found.values())


def _named(one: Listed, county: Unit | None) -> Iterator[Duty]:
    lead, tree = one.entry.lead, desks.tree()
    for code in (lead, *one.assisting):
        unit = tree.heir(county if code == LOCAL else tree.by_code(code))
        if unit is not None:
            yield Duty(unit, code == lead, code == LOCAL, one.basis)
