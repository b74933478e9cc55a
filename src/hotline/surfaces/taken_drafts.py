"""取件的草稿 (taken drafts): what somebody types at the web desk about a matter that they have taken, kept on the server so
that a reload, a crash or another machine loses nothing. For its writer alone; sealed like every draft (`drafts`), and
destroyed when the matter has been done with, or whoever brought it is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.surfaces.drafts import TABLE
from hotline.surfaces.sealing import sealed, unsealed
from hotline.surfaces.sessions import KEPT_DRAFTS, Visitor

_TAKEN = UUID("0c7f4a52-3f0e-4a43-9a55-58a1d8a2b6e4")
_SAVE = """
INSERT INTO surfaces_draft AS d (act_id, person_id, body, looked, matter_id, saved_at)
VALUES (%s, %s, %s, false, %s, %s)
ON CONFLICT (act_id) DO UPDATE SET body = EXCLUDED.body, saved_at = EXCLUDED.saved_at WHERE d.body IS NOT NULL
"""
_KEPT = "SELECT body, saved_at FROM surfaces_draft WHERE act_id = %s AND body IS NOT NULL AND saved_at > %s"
_DROP = "DELETE FROM surfaces_draft WHERE act_id = %s"


@dataclass(frozen=True, slots=True)
class Begun:
    """写到这里: what was typed, and when it was saved."""

    data: Mapping[str, Any]
    saved_at: datetime


def _key(visitor: Visitor, matter_id: int) -> UUID:
    return uuid5(_TAKEN, f"{visitor.person.id}/{matter_id}")


def save(visitor: Visitor, matter_id: int, data: Mapping[str, Any]) -> datetime | None:
    """Keep it; when. None where whoever it is about was forgotten: nothing is kept."""
    key, now = _key(visitor, matter_id), times.wall()
    with raw().cursor() as cur:
        cur.execute(_SAVE, (key, visitor.person.id, sealed(dict(data), TABLE, key), matter_id, now))
        return now if cur.rowcount else None


def kept(visitor: Visitor, matter_id: int) -> Begun | None:
    """What is kept, for a day; one statement."""
    key = _key(visitor, matter_id)
    with raw().cursor() as cur:
        row = cur.execute(_KEPT, (key, times.wall() - KEPT_DRAFTS)).fetchone()
    data = unsealed(row[0], TABLE, key) if row else None
    return Begun(data, row[1]) if row and data is not None else None


def drop(visitor: Visitor, matter_id: int) -> None:
    """It has been done with: nothing of it is left."""
    with raw().cursor() as cur:
        cur.execute(_DROP, (_key(visitor, matter_id),))
