"""现状 (standing): the units, people, posts and turns of duty as they stand, against which a sheet is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.network.look_ups import listed
from hotline.network.records import CatalogueEntry, Duty, Person, Post, Unit
from hotline.procedure.perform import raw
from hotline.procedure.records import columns


@dataclass(frozen=True, slots=True)
class Standing:
    """现状: units by code (ended ones too), people by login, open posts by (login, unit code, role), and the turns of
    duty not over yet by (unit code, name, from, until); entries of the duty catalogue that have no end by (category,
    code of the county), each with its law; the names of the categories that have no end."""

    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    posts: Mapping[tuple[str, str, str], Post]
    duties: Mapping[tuple[str, str, datetime, datetime], Duty]
    catalogue: Mapping[tuple[str, str], tuple[CatalogueEntry, str]]
    categories: frozenset[str]


_UNITS = f"SELECT {listed(Unit, 'u')} FROM network_unit u ORDER BY u.level, u.id"
_PEOPLE = f"SELECT {listed(Person, 't')} FROM network_person t ORDER BY t.id"
_POSTS = (
    f"SELECT t.login, u.code, {listed(Post, 'p')} FROM network_post p JOIN network_unit u ON u.id = p.unit_id"
    " JOIN network_person t ON t.id = p.person_id WHERE p.status = 'open' ORDER BY u.level, u.id, p.id"
)
_DUTIES = (
    f"SELECT u.code, {listed(Duty, 'd')} FROM network_duty d JOIN network_unit u ON u.id = d.unit_id"
    " WHERE d.status = 'open' AND d.until_at > %s ORDER BY u.level, u.id, d.from_at, d.id"
)


_CATALOGUE = (
    f"SELECT {listed(CatalogueEntry, 'e')}, coalesce(w.body, '') FROM network_catalogueentry e"
    " LEFT JOIN network_networktext w ON w.id = e.basis_id WHERE e.status = 'open' ORDER BY e.id"
)


_CATEGORIES = "SELECT name FROM network_category WHERE status = 'open'"


def _rows(query: str, *params: Any) -> list[Any]:
    with raw().cursor() as cur:
        return cur.execute(query, params).fetchall()


def standing(now: datetime) -> Standing:
    """Everything as it is now, in six statements."""
    units = [Unit(*row) for row in _rows(_UNITS)]
    people = [Person(*row) for row in _rows(_PEOPLE)]
    posts = {(row[0], row[1], row[2 + columns(Post).index("role")]): Post(*row[2:]) for row in _rows(_POSTS)}
    catalogue = [(CatalogueEntry(*row[:-1]), row[-1]) for row in _rows(_CATALOGUE)]
    duties = [(row[0], Duty(*row[1:])) for row in _rows(_DUTIES, now)]
    return Standing(
        {unit.code: unit for unit in units}, {person.login: person for person in people}, posts,
        {(code, duty.name, duty.from_at, duty.until_at): duty for code, duty in duties},
        {(entry.category, entry.county): (entry, basis) for entry, basis in catalogue},
        frozenset(name for (name,) in _rows(_CATEGORIES)),
    )  # fmt: skip
