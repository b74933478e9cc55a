"""类别 (categories): the tree by which the desk sorts what it takes in, in two levels, as it holds on a day. It is no
part of the regulation: rows of the city's own, born from `categories.csv` beside its rulebook, bettered by cards; what
was sorted before keeps its word (ADR 0028)."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache

from hotline.network.as_of import AsOf
from hotline.network.folders import RULEBOOKS
from hotline.network.look_ups import listed
from hotline.network.records import Category

FILE = "categories.csv"
_ROWS = f"SELECT {listed(Category, 'c')} FROM network_category c ORDER BY c.id"


@lru_cache(maxsize=8)
def born(rulebook: str) -> dict[str, tuple[str, ...]]:
    """The categories with which a city is born, each first-level one with those below it; empty where it has none."""
    path = RULEBOOKS / rulebook / FILE
    if not path.is_file():
        return {}
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for top, leaf in csv.reader(file):
            found.setdefault(top, []).append(leaf)
    found.pop("一级", None)
    return {top: tuple(leaves) for top, leaves in found.items()}


_CATEGORIES = AsOf(_ROWS, lambda row: Category(*row))


def rows() -> tuple[Category, ...]:
    """Every category, ended ones too, in the order in which they were made; as old as the tree of units may be."""
    return _CATEGORIES.rows()


def tree(on: date) -> dict[str, tuple[str, ...]]:
    """What may be chosen on a day: each first-level category with those below it. Where the first level has another
    name by then, they stand below that."""
    there = [row for row in rows() if row.holds(on)]
    found: dict[str, list[str]] = {row.name: [] for row in there if not row.above}
    for row in there:
        if row.above and (top := now_called(row.above, on)) in found:
            found[top].append(row.name)
    return {top: tuple(leaves) for top, leaves in found.items()}


def paths(on: date) -> dict[str, str]:
    """Each category that may be chosen on a day, in the tree's order, as one reads it: with what it stands below."""
    return {one: one if one == top else f"{top} › {one}" for top, leaves in tree(on).items() for one in (top, *leaves)}


def now_called(name: str, on: date) -> str:
    """What a category is called on a day: itself while it holds, else what carries on; empty where nothing does."""
    seen: set[str] = set()
    while name and name not in seen:
        mine = [row for row in rows() if row.name == name]
        if not mine or any(row.holds(on) for row in mine):
            return name if mine else ""
        seen.add(name)
        over = [row for row in mine if row.ends_on and row.ends_on <= on]
        name = over[-1].successor if over else ""
    return ""


def once_called(name: str, on: date) -> frozenset[str]:
    """A category, and the names that it had before."""
    return frozenset({name, *(row.name for row in rows() if row.renamed and now_called(row.name, on) == name)})


def within(name: str, on: date) -> tuple[str, ...]:
    """By which words matters are sorted that belong to a category: its own name and former ones, and of a first-level
    category those of whatever stands or stood below it."""
    names = once_called(name, on)
    below = {row.name for row in rows() if row.above and (row.above in names or now_called(row.above, on) == name)}
    return tuple(sorted(names | below))


def offered(name: str, on: date) -> bool:
    """Whether a category of this name may be chosen on a day."""
    return any(row.name == name and row.holds(on) for row in rows())


def retired(name: str, on: date) -> Category | None:
    """The category of this name if it cannot be chosen on a day any more, though it could be before."""
    mine = [row for row in rows() if row.name == name]
    return mine[-1] if mine and not any(row.holds(on) or row.from_on > on for row in mine) else None
