"""职责目录的查找 (look-ups): which units an entry means, whether a category is retired, or of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hotline.network import categories
from hotline.network.look_ups import RECEIVING, Receiving, look_up, only_one
from hotline.network.naming import said_units
from hotline.network.records import Category, Unit
from hotline.procedure.case import Case
from hotline.procedure.world import Cursor, World

NAMING = ("lead", "assisting", "county")
Named = dict[str, Receiving | None]


def named(form: Mapping[str, Any]) -> tuple[str, ...]:
    """Whatever an entry's form calls a unit."""
    return said_units("、".join(str(form.get(name) or "") for name in NAMING))


@look_up("answering")
def answering(cursor: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> Named:
    """The units that an entry names, by what it calls them: ended ones too, held so that they cannot end meanwhile;
    None for a name that means no unit or several."""
    return units_called(cursor, named(form))


def units_called(cursor: Cursor, names: Sequence[str]) -> Named:
    """The same for any names, in one statement."""
    cursor.execute(RECEIVING + "%s && ARRAY[u.short, u.name, u.code] ORDER BY u.id FOR KEY SHARE OF u", (list(names),))
    found = [Receiving(Unit(*row[:-2]), frozenset(row[-2]), row[-1]) for row in cursor.fetchall()]
    there = [one for one in found if one.unit.status == "open"]
    return {one: only_one(one, there) or only_one(one, found) for one in names}


@look_up("retired")
def retired(cursor: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> Category | None:
    """The category on the form, if it cannot be chosen any more; known in the process, nothing is asked."""
    return categories.retired(*_named_on(case, form))


@look_up("listed")
def listed(cursor: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> bool:
    """Whether the category on the form is one of the city's own list, so that it tells of nobody; known as well."""
    return categories.offered(*_named_on(case, form))


def _named_on(case: Case[Any, Any], form: Mapping[str, Any]) -> tuple[str, date]:
    return str(form.get("category") or "").strip(), case.now.astimezone(case.book.tz).date()
