"""接着写的草稿 (shared drafts): a letter begun belongs to its order and unit: whoever of the unit may write it goes on
with it. Each writer says from which state they went on; who comes second is told, and what they wrote is kept aside for
them, so that of two that write at once nothing is lost. Sealed and destroyed like every draft (`drafts`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.surfaces.drafts import TABLE
from hotline.surfaces.sealing import sealed, unsealed
from hotline.surfaces.sessions import Visitor

_LETTERS = UUID("5d1f3f0e-6f0d-4d55-9d3b-0f6f8f0a7c11")
_SAVE = """
INSERT INTO surfaces_draft AS d (act_id, person_id, body, looked, matter_id, saved_at, version)
VALUES (%s, %s, %s, false, %s, %s, 1)
ON CONFLICT (act_id) DO UPDATE SET body = EXCLUDED.body, person_id = EXCLUDED.person_id, saved_at = EXCLUDED.saved_at,
version = d.version + 1
WHERE d.body IS NOT NULL AND (%s OR d.version = %s OR d.person_id = EXCLUDED.person_id) RETURNING version
"""
_KEPT = """SELECT act_id, body, saved_at, version, person_id FROM surfaces_draft
WHERE act_id = ANY(%s) AND body IS NOT NULL"""
_DROP = "DELETE FROM surfaces_draft WHERE act_id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Place:
    """哪一份: under which numbers are kept the letter on an order, what one person wrote besides, and what was replaced
    last."""

    key: UUID
    aside: UUID
    replaced: UUID
    matter_id: int


@dataclass(frozen=True, slots=True)
class Begun:
    """写到这里: what stands there, who wrote last and when, which state it is."""

    data: Mapping[str, Any]
    saved_at: datetime
    version: int
    person_id: int


@dataclass(frozen=True, slots=True)
class Kept:
    """存着的: what all go on with, what this person wrote at the same time as somebody else, what was replaced last."""

    shared: Begun | None = None
    aside: Begun | None = None
    replaced: Begun | None = None


class Twice(Exception):
    """同时写了: somebody else went on from the same state."""


def place(person_id: int, order_id: int, letter_id: int, matter_id: int) -> Place:
    """Where a letter is kept, until another one is handed in; what was kept besides stays until it is put away."""
    named = (f"unit/{order_id}/{letter_id}", f"aside/{person_id}/{order_id}", f"replaced/{order_id}")
    return Place(*(uuid5(_LETTERS, name) for name in named), matter_id)


def kept(at: Place) -> Kept:
    """What is kept there; one statement."""
    keys = (at.key, at.aside, at.replaced)
    with raw().cursor() as cur:
        rows = cur.execute(_KEPT, (list(keys),)).fetchall()
    found = {row[0]: Begun(data, row[2], row[3], row[4]) for row in rows
             if (data := unsealed(row[1], TABLE, row[0])) is not None}  # fmt: skip
    return Kept(*(found.get(key) for key in keys))


def save(visitor: Visitor, at: Place, data: Mapping[str, Any], seen: int) -> Begun | None:
    """Go on with it from the state `seen`. Raises Twice where somebody else went on from there meanwhile: it is kept
    aside then. None where whoever it is about was forgotten: nothing is kept."""
    begun = Begun(data, times.wall(), seen, visitor.person.id)
    if (version := _save(at, at.key, begun)) is not None:
        return replace(begun, version=version)
    if _forgotten(at):
        return None
    _save(at, at.aside, begun, at_all_events=True)
    raise Twice


def instead(visitor: Visitor, at: Place, data: Mapping[str, Any]) -> Begun | None:
    """In the place of what somebody else wrote, which is kept. Raises Twice; None as for `save`."""
    other = kept(at).shared
    if other is not None and other.person_id != visitor.person.id:
        _save(at, at.replaced, other, at_all_events=True)
    begun = save(visitor, at, data, other.version if other else 0)
    drop(at.aside)
    return begun


def take(visitor: Visitor, at: Place, name: str) -> None:
    """Go on with what was kept besides, `aside` or `replaced`; what stood there until now is kept in its place."""
    found = kept(at)
    wanted = {"aside": found.aside, "replaced": found.replaced}.get(name)
    if wanted is None:
        return
    leave(at, name)
    if found.shared is not None:
        _save(at, at.replaced, found.shared, at_all_events=True)
    version = found.shared.version if found.shared else 0
    _save(at, at.key, Begun(wanted.data, times.wall(), version, visitor.person.id))


def leave(at: Place, name: str) -> None:
    """What was kept besides is needed no longer."""
    if key := {"aside": at.aside, "replaced": at.replaced}.get(name):
        drop(key)


def put_away(visitor: Visitor, at: Place) -> None:
    """It is begun anew; what somebody else wrote is kept."""
    hand_in(visitor, at, -1)


def hand_in(visitor: Visitor, at: Place, seen: int) -> None:
    """It was handed in by somebody who went on from the state `seen`; what somebody else wrote since is kept."""
    other = kept(at).shared
    if other is not None and other.version != seen and other.person_id != visitor.person.id:
        _save(at, at.replaced, other, at_all_events=True)
    drop(at.key, at.aside)


def _forgotten(at: Place) -> bool:
    with raw().cursor() as cur:
        cur.execute("SELECT 1 FROM surfaces_draft WHERE act_id = %s AND body IS NULL", (at.key,))
        return cur.fetchone() is not None


def drop(*keys: UUID) -> None:
    """Nothing of it is left."""
    with raw().cursor() as cur:
        cur.execute(_DROP, (list(keys),))


def _save(at: Place, key: UUID, begun: Begun, *, at_all_events: bool = False) -> int | None:
    """The number of the state that it is now; None where it is another one than was gone on from."""
    body = sealed(dict(begun.data), TABLE, key)
    values = (key, begun.person_id, body, at.matter_id, begun.saved_at, at_all_events, begun.version)
    with raw().cursor() as cur:
        row = cur.execute(_SAVE, values).fetchone()
    return int(row[0]) if row else None
