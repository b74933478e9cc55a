"""草稿 (drafts): what is being typed at the operator's desk, kept on the server so that a reload, a crash or another
machine loses nothing. Sealed, for its writer alone, for a day (a unit's letter, `shared_drafts`, for thirty); destroyed
when registered or handed in, or when its caller is forgotten. No line of the ledger ever speaks of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.procedure.world import current
from hotline.surfaces.sealing import sealed, unsealed
from hotline.surfaces.sessions import KEPT_DRAFTS, Visitor

TABLE = "surfaces_draft"
MOST = 20
_SAVE = """
INSERT INTO surfaces_draft AS d (act_id, person_id, body, phone_index, saved_at, looked)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (act_id) DO UPDATE SET body = EXCLUDED.body, phone_index = EXCLUDED.phone_index,
saved_at = EXCLUDED.saved_at,
looked = EXCLUDED.looked OR (d.looked AND d.phone_index IS NOT DISTINCT FROM EXCLUDED.phone_index)
WHERE d.person_id = EXCLUDED.person_id AND d.body IS NOT NULL RETURNING looked
"""
_SPENT = """
INSERT INTO surfaces_draft AS d (act_id, person_id, looked, saved_at) VALUES (%s, %s, false, %s)
ON CONFLICT (act_id) DO UPDATE SET body = NULL, phone_index = NULL WHERE d.person_id = EXCLUDED.person_id
"""
_MINE = """
SELECT act_id, body, looked, saved_at FROM surfaces_draft WHERE person_id = %s AND body IS NOT NULL AND saved_at > %s
AND matter_id IS NULL ORDER BY saved_at DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """一份草稿: under which number it will be registered, what was typed, whether its writer has looked for what came
    from its telephone before, when it was last saved."""

    act_id: UUID
    data: Mapping[str, Any]
    looked: bool = False
    saved_at: datetime | None = None


def save(visitor: Visitor, act_id: UUID, data: Mapping[str, Any], *, looked: bool = False) -> Draft | None:
    """Keep what is typed. None where it was registered or put away already, or is somebody else's."""
    now, phone = times.wall(), str(data.get("phone", ""))
    body = sealed(dict(data), TABLE, act_id)
    index = current().keys.phone_index(phone) if phone else None
    with raw().cursor() as cur:
        row = cur.execute(_SAVE, (act_id, visitor.person.id, body, index, now, looked)).fetchone()
    return Draft(act_id, data, row[0], now) if row else None


def mine(visitor: Visitor) -> list[Draft]:
    """What somebody has begun and not finished, newest first: one that lies on the desk, those listed beside it, and
    one more, which says that there are others."""
    with raw().cursor() as cur:
        rows = cur.execute(_MINE, (visitor.person.id, times.wall() - KEPT_DRAFTS, MOST + 2)).fetchall()
    read = ((act_id, unsealed(body, TABLE, act_id), looked, saved_at) for act_id, body, looked, saved_at in rows)
    return [Draft(*one) for one in read if one[1] is not None]


def spent(visitor: Visitor, act_id: UUID) -> None:
    """Registered, or put away: nothing of it is left but its number, until a day has passed."""
    with raw().cursor() as cur:
        cur.execute(_SPENT, (act_id, visitor.person.id, times.wall()))


def forget(phones: Sequence[bytes], matter_ids: Sequence[int] = ()) -> None:
    """Whoever called from these telephones, or brought these matters, was forgotten: so they are in what was begun
    about them or on them."""
    if not (phones or matter_ids):
        return
    with raw().cursor() as cur:
        cur.execute("UPDATE surfaces_draft SET body = NULL, phone_index = NULL WHERE phone_index = ANY(%s)"
                    " OR matter_id = ANY(%s)", (list(phones), list(matter_ids)))  # fmt: skip
