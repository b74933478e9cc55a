"""谁坐着 (sitting): who of the hotline's own people is signed in and at work, as which post, with what they have begun at
the operator's desk; and what was begun there and left lying. Of what was typed nothing is read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hotline.network.roles import OFFICE
from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.procedure.world import current
from hotline.rules.elements import left_after
from hotline.surfaces.sessions import KEPT_DRAFTS, Visitor

HERE = timedelta(minutes=15)  # whoever asked for a page within that time sits there
MOST = 60
_OFFICE = ", ".join(f"'{role}'" for role in OFFICE)
_SITTING = f"""
SELECT q.*, count(*) OVER () FROM (
SELECT DISTINCT ON (s.person_id, s.post_id) p.name, u.short, o.role, s.seen_at, d.many, d.saved_at,
 (SELECT count(*) FROM surfaces_claim c WHERE c.person_id = s.person_id AND c.until > %(now)s)
FROM surfaces_session s JOIN network_person p ON p.id = s.person_id JOIN network_post o ON o.id = s.post_id
JOIN network_unit u ON u.id = o.unit_id LEFT JOIN LATERAL (SELECT count(*) AS many, max(w.saved_at) AS saved_at
 FROM surfaces_draft w WHERE w.person_id = s.person_id AND w.body IS NOT NULL AND w.matter_id IS NULL
 AND w.saved_at > %(kept)s) d ON true
WHERE s.expires_at > %(now)s AND s.seen_at > %(here)s AND o.status = 'open' AND o.role IN ({_OFFICE})
ORDER BY s.person_id, s.post_id, s.seen_at DESC
) q ORDER BY seen_at DESC LIMIT {MOST}
"""
_LYING = f"""
SELECT w.act_id, p.name, w.saved_at, w.looked, count(*) OVER ()
FROM surfaces_draft w JOIN network_person p ON p.id = w.person_id
WHERE w.body IS NOT NULL AND w.matter_id IS NULL AND w.saved_at > %(kept)s AND w.saved_at <= %(left)s
AND w.person_id <> %(me)s ORDER BY w.saved_at LIMIT {MOST}
"""
# Only what lies there still: whoever began it may have gone on meanwhile.
_TAKE = """
UPDATE surfaces_draft SET person_id = %(me)s, saved_at = %(now)s, looked = false
WHERE act_id = %(one)s AND body IS NOT NULL AND matter_id IS NULL AND saved_at <= %(left)s
"""
_DISCARD = """
UPDATE surfaces_draft SET body = NULL, phone_index = NULL
WHERE act_id = %(one)s AND body IS NOT NULL AND matter_id IS NULL AND saved_at <= %(left)s
"""


@dataclass(frozen=True, slots=True)
class Sitting:
    """一个坐着的人: as which post, when last seen, how many calls they have begun to record and when last
    typed in one, how many matters of the web desk they have taken; of how many who sit."""

    name: str
    unit: str
    role: str
    seen_at: datetime
    drafts: int
    typed_at: datetime | None
    claims: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class Lying:
    """一份放下的草稿: by its number, whose, since when, whether its caller was looked for; of how many."""

    act_id: UUID
    name: str
    saved_at: datetime
    looked: bool
    of: int = 1


def _instants(visitor: Visitor) -> dict[str, object]:
    now, left = times.wall(), left_after(current().book)
    return {"now": now, "here": now - HERE, "kept": now - KEPT_DRAFTS, "left": now - left, "me": visitor.person.id}


def now(visitor: Visitor) -> list[Sitting]:
    """Who sits where, last seen first, as far as they are shown; one statement."""
    with raw().cursor() as cur:
        return [Sitting(*row) for row in cur.execute(_SITTING, _instants(visitor)).fetchall()]


def lying(visitor: Visitor) -> list[Lying]:
    """What others began and left lying, the oldest first, as far as they are shown; one statement."""
    with raw().cursor() as cur:
        return [Lying(*row) for row in cur.execute(_LYING, _instants(visitor)).fetchall()]


def take(visitor: Visitor, act_id: UUID) -> bool:
    """It is theirs from now on; whether it still lay there. Who called is looked for anew, which leaves a line."""
    return _done(_TAKE, visitor, act_id)


def discard(visitor: Visitor, act_id: UUID) -> bool:
    """Nothing of it is left but its number; whether it still lay there."""
    return _done(_DISCARD, visitor, act_id)


def _done(query: str, visitor: Visitor, act_id: UUID) -> bool:
    with raw().cursor() as cur:
        return cur.execute(query, {**_instants(visitor), "one": act_id}).rowcount == 1
