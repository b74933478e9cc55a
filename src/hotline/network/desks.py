"""案头 (desks) of the network: what pages read. The tree of units is kept in the process and looked at again every few
seconds; asking it costs no statement in between."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any

from django.db import connections

from hotline.network.look_ups import listed
from hotline.network.records import Post, Unit
from hotline.network.roles import Role
from hotline.network.sorts import PLACES, SECOND
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.perform import raw
from hotline.procedure.records import columns
from hotline.rules import receiving
from hotline.rules.book import Rulebook

FRESH_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Tree:
    """单位树: every unit, ended ones too, as it stood at one version."""

    version: int
    units: Mapping[int, Unit]
    below: Mapping[int, tuple[Unit, ...]]

    def line(self, unit_id: int) -> Iterator[Unit]:
        """The unit and all above it, upwards."""
        found = self.units.get(unit_id)
        while found is not None:
            yield found
            found = self.units.get(found.parent_id) if found.parent_id else None

    def branch(self, unit: Unit) -> Iterator[Unit]:
        """The unit and all open ones below it, downwards."""
        yield unit
        for child in self.below.get(unit.id, ()):
            yield from self.branch(child)

    def heir(self, unit: Unit | None) -> Unit | None:
        """The open unit that carries on what this one did; itself while it is open."""
        seen: set[int] = set()
        while unit is not None and unit.status != "open" and unit.id not in seen:
            seen.add(unit.id)
            unit = self.units.get(unit.successor_id) if unit.successor_id else None
        return unit if unit is not None and unit.status == "open" else None

    def by_code(self, code: str) -> Unit | None:
        """The unit with this code."""
        return next((unit for unit in self.units.values() if unit.code == code), None)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """在任岗位: an open post and its unit; `for_name` names its holder where one acts in it for somebody else."""

    post: Post
    unit: Unit
    for_name: str = ""


class _Kept:
    """The process's copy, and of which database it is one."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.tree: Tree | None = None
        self.database = ""
        self.looked_at = 0.0
        self.names: dict[int, str] = {}
        self.holders: dict[int, str] = {}

    def clear(self) -> None:
        """The names are to be asked again."""
        self.names, self.holders = {}, {}


_kept = _Kept()
_VERSION = "SELECT coalesce(sum(seq), 0)::int8 FROM procedure_chainhead WHERE chain_kind = %s"
_UNITS = f"SELECT {listed(Unit, 'u')} FROM network_unit u ORDER BY u.id"
# Whether person p may act as post o at the instant `at`: it is their own; or they act in it for its holder just now,
# and hold a post of their own.
MAY_ACT = (
    "(o.person_id = p.id OR (EXISTS (SELECT 1 FROM network_acting a WHERE a.post_id = o.id AND a.person_id = p.id"
    " AND a.status = 'open' AND a.from_at <= %(at)s AND a.until_at > %(at)s) AND EXISTS (SELECT 1 FROM network_post q"
    " WHERE q.person_id = p.id AND q.status = 'open')))"
)
_POSTS = (
    f"SELECT {listed(Post, 'o')}, {listed(Unit, 'u')}, CASE WHEN h.id = p.id THEN '' ELSE h.name END"
    " FROM network_person p JOIN network_post o ON o.person_id = p.id OR o.id IN (SELECT post_id FROM network_acting"
    " WHERE person_id = p.id AND status = 'open') JOIN network_unit u ON u.id = o.unit_id"
    " JOIN network_person h ON h.id = o.person_id"
    f" WHERE p.id = %(person)s AND o.status = 'open' AND u.status = 'open' AND {MAY_ACT}"
    " ORDER BY h.id <> p.id, o.began_at, o.id"
)
_LEADERS = (
    "SELECT o.id, p.name, o.unit_id FROM network_post o JOIN network_person p ON p.id = o.person_id"
    " WHERE o.role = %s AND o.status = 'open' ORDER BY o.id"
)
_HOLDER = "SELECT p.name FROM network_post o JOIN network_person p ON p.id = o.person_id WHERE o.id = %s"
_ROLES = "SELECT unit_id, array_agg(DISTINCT role) FROM network_post WHERE status = 'open' GROUP BY unit_id"


def forget() -> None:
    """Let this process read the tree again at the next question."""
    _kept.tree = None
    _kept.clear()


def _read(version: int) -> Tree:
    with raw().cursor() as cur:
        cur.execute(_UNITS, prepare=True)
        units = {unit.id: unit for unit in (Unit(*row) for row in cur.fetchall())}
    below: dict[int, list[Unit]] = {}
    for unit in units.values():
        if unit.parent_id and unit.status == "open":
            below.setdefault(unit.parent_id, []).append(unit)
    return Tree(version, units, {above: tuple(children) for above, children in below.items()})


def _look() -> Tree:
    """Ask for the version, and for the units when it is another. The version counts the lines of all units' chains:
    every change of a unit writes one."""
    with raw().cursor() as cur:
        cur.execute(_VERSION, (CHAIN_KINDS["unit"],), prepare=True)
        version = int(cur.fetchone()[0])  # type: ignore[index]  # an aggregate without GROUP BY always has a row
    if _kept.tree is None or _kept.tree.version != version:
        _kept.tree = _read(version)
    _kept.looked_at = monotonic()
    _kept.clear()
    return _kept.tree


def tree() -> Tree:
    """The tree, at most a few seconds old."""
    name = str(connections.settings["default"]["NAME"])
    if _kept.database != name:
        _kept.database = name
        forget()
    if _kept.tree is not None and monotonic() - _kept.looked_at < FRESH_SECONDS:
        return _kept.tree
    with _kept.lock:
        return _look()


def looked_at() -> tuple[str, float]:
    """Which database this process last looked at, and when: what else is kept of the network is as old as that."""
    tree()
    return _kept.database, _kept.looked_at


def stamp() -> tuple[str, int]:
    """Which database this is, and at which version its network stood when this process last looked: whatever else is
    kept of chains of units is good while it stays the same."""
    version = tree().version
    return _kept.database, version


def unit(unit_id: int | None) -> Unit | None:
    """One unit by its number, ended or not; one not known yet is looked for at once."""
    if unit_id is None:
        return None
    found = tree().units.get(unit_id)
    if found is None:
        with _kept.lock:
            found = _look().units.get(unit_id)
    return found


def name(unit_id: int | None) -> str:
    """A unit's short name for lists; empty where there is none."""
    found = unit(unit_id)
    return found.short if found else ""


def roles_of() -> dict[int, frozenset[str]]:
    """Which roles the open posts of each unit have, in one statement; units without any are not in it."""
    with raw().cursor() as cur:
        cur.execute(_ROLES, prepare=True)
        return {unit_id: frozenset(roles) for unit_id, roles in cur.fetchall()}


def units_that_receive(book: Rulebook) -> tuple[tuple[Unit, ...], int]:
    """The units to which an order may be given, each after the one above it, and how many there are besides that lack
    somebody or their telephone."""
    every, roles = units_below(), roles_of()
    able = tuple(one for one in every if not receiving.lacks(book, roles.get(one.id, ()), one.phone))
    return able, len(every) - len(able)


def units_below() -> tuple[Unit, ...]:
    """The open units of level 2 and below, each after the one above it."""
    whole = tree()
    seconds = (one for one in whole.units.values() if one.level == SECOND and one.status == "open")
    return tuple(one for second in seconds for one in whole.branch(second))


def places() -> list[tuple[str, str]]:
    """Counties and the townships below them, by their codes, as the open units that stand for them name them."""
    found: dict[str, str] = {}
    for one in units_below():
        above = unit(one.parent_id) if one.sort == "township" else None
        if one.place and one.sort in PLACES:
            found.setdefault(one.place, f"{above.short} › {one.short}" if above and above.level > 1 else one.short)
    return list(found.items())


def centres() -> tuple[Unit, ...]:
    """The open level-1 units that have a desk: the hotline office and its centres."""
    return tuple(one for one in tree().units.values() if one.desk and one.status == "open")


def leaders() -> list[tuple[int, str]]:
    """The open posts of the city's leaders, each with its holder's name and unit."""
    with raw().cursor() as cur:
        rows = cur.execute(_LEADERS, (str(Role.LEADER),), prepare=True).fetchall()
    return [(post_id, f"{held_by}（{name(unit_id)}）") for post_id, held_by, unit_id in rows]


def holder(post_id: int) -> str:
    """Who holds, or last held, a post, as they were called in the last seconds."""
    tree()  # as old as the units may be
    if post_id not in _kept.holders:
        with raw().cursor() as cur:
            row = cur.execute(_HOLDER, (post_id,), prepare=True).fetchone()
        _kept.holders[post_id] = str(row[0]) if row else ""
    return _kept.holders[post_id]


def names(person_ids: Collection[int]) -> dict[int, str]:
    """The names of these people, ended ones too; those not asked for in the last seconds in one statement."""
    tree()  # as old as the units may be
    known = _kept.names
    if new := set(person_ids) - known.keys():
        with raw().cursor() as cur:
            cur.execute("SELECT id, name FROM network_person WHERE id = ANY(%s)", (list(new),), prepare=True)
            known |= dict(cur.fetchall())
    return {one: known[one] for one in person_ids if one in known}


def posts_of(person_id: int, at: datetime) -> tuple[HeldPost, ...]:
    """The posts in which one person may act at an instant, in open units: their own, the oldest first, then those of
    others for whom they act."""
    width = len(columns(Post))
    with raw().cursor() as cur:
        cur.execute(_POSTS, {"person": person_id, "at": at}, prepare=True)
        rows: list[Any] = cur.fetchall()
    return tuple(HeldPost(Post(*row[:width]), Unit(*row[width:-1]), row[-1]) for row in rows)
