"""人手 (staffing): what the administrator's pages read of units, their posts and those who act in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.network.desks import roles_of, tree
from hotline.network.look_ups import listed
from hotline.network.records import Acting, Person, Post, Unit
from hotline.network.sorts import SECOND, TOP
from hotline.procedure.ledger import CHAIN_KINDS, LineMeta
from hotline.procedure.perform import raw
from hotline.procedure.records import columns
from hotline.rules import receiving
from hotline.rules.book import Rulebook

PAGE = 100


@dataclass(frozen=True, slots=True)
class Stand:
    """单位现况: a unit, how many open posts it has, and what it lacks before it may be given orders."""

    unit: Unit
    posts: int
    lacks: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Staffed:
    """岗位现况: an open post, who holds it, and who acts in it now or soon, with their names."""

    post: Post
    person: Person
    acting: Sequence[tuple[Acting, str]]


@dataclass(frozen=True, slots=True)
class DoneAt:
    """岗位上的一行: what was done to a post or to whoever holds it: the line, their name, the post's role."""

    line: LineMeta
    name: str
    role: str


_DONE = (
    f"SELECT {', '.join(f'l.{name}' for name in LineMeta.COLUMNS)}, t.name, o.role FROM network_post o"
    " JOIN network_person t ON t.id = o.person_id JOIN LATERAL (SELECT * FROM procedure_ledgerline d"
    f" WHERE d.chain_kind = {CHAIN_KINDS['post']} AND d.chain_id = o.id ORDER BY d.seq DESC LIMIT %s) l ON true"
    " WHERE o.unit_id = %s ORDER BY l.at DESC, l.chain_id, l.seq DESC LIMIT %s"
)
_COUNTS = "SELECT unit_id, count(*) FROM network_post WHERE status = 'open' GROUP BY unit_id"
_POSTS = (
    f"SELECT {listed(Post, 'o')}, {listed(Person, 't')} FROM network_post o JOIN network_person t ON t.id = o.person_id"
    " WHERE o.unit_id = %s AND o.status = 'open' ORDER BY o.began_at, o.id"
)
_ACTING = (
    f"SELECT {listed(Acting, 'a')}, t.name FROM network_acting a JOIN network_person t ON t.id = a.person_id"
    " WHERE a.post_id = ANY(%s) AND a.status = 'open' AND a.until_at > %s ORDER BY a.from_at, a.id"
)


def _rows(query: str, *params: Any) -> list[Any]:
    with raw().cursor() as cur:
        return cur.execute(query, params, prepare=True).fetchall()


def _found(query: str) -> list[Unit]:
    """Units whose code or name has these words; all without any. The hotline's own first, then each after the one
    above it."""
    whole, words = tree(), query.strip().casefold()
    tops = [unit for unit in whole.units.values() if unit.level == TOP and unit.status == "open"]
    seconds = [unit for unit in whole.units.values() if unit.level == SECOND and unit.status == "open"]
    ordered = [*tops, *(one for second in seconds for one in whole.branch(second))]
    return [unit for unit in ordered if not words or words in f"{unit.code} {unit.name} {unit.short}".casefold()]


def page(book: Rulebook, query: str, number: int) -> tuple[list[Stand], int]:
    """One page of open units, the first being 1, and how many there are in all."""
    found, roles, counts = _found(query), roles_of(), Counter(dict(_rows(_COUNTS)))
    shown = found[PAGE * (number - 1) : PAGE * number]
    stands = [Stand(one, counts[one.id], _lacks(book, one, roles.get(one.id, frozenset()))) for one in shown]
    return stands, len(found)


def _lacks(book: Rulebook, unit: Unit, roles: frozenset[str]) -> Sequence[Sequence[str]]:
    return receiving.lacks(book, roles, unit.phone) if unit.level > TOP else ()


def lacks(book: Rulebook, unit: Unit) -> Sequence[Sequence[str]]:
    """What one unit lacks before it may be given orders."""
    return _lacks(book, unit, roles_of().get(unit.id, frozenset()))


def posts_in(unit_id: int, now: datetime) -> list[Staffed]:
    """The open posts of a unit, in two statements."""
    width = len(columns(Post))
    rows = _rows(_POSTS, unit_id)
    acting: dict[int, list[tuple[Acting, str]]] = {}
    for row in _rows(_ACTING, [row[0] for row in rows], now) if rows else ():
        one = Acting(*row[:-1])
        acting.setdefault(one.post_id, []).append((one, row[-1]))
    return [Staffed(Post(*row[:width]), Person(*row[width:]), acting.get(row[0], [])) for row in rows]


def done_at(unit_id: int, most: int) -> list[DoneAt]:
    """What was done lately to the posts of a unit, ended ones too, and to their accounts; one statement."""
    return [DoneAt(LineMeta(*row[:-2]), *row[-2:]) for row in _rows(_DONE, most, unit_id, most)]
