"""看到哪里 (seen): up to when somebody, acting in a post, has looked at what others did at their desk; moved by themselves
alone. No domain rows: no line speaks of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.procedure.perform import raw
from hotline.surfaces.sessions import Visitor

FIRST = timedelta(days=1)  # how far back somebody looks who has never said so
_AT = "SELECT at FROM surfaces_seen WHERE post_id = %s AND person_id = %s"
_MARK = """
INSERT INTO surfaces_seen AS s (post_id, person_id, at) VALUES (%s, %s, %s)
ON CONFLICT (post_id, person_id) DO UPDATE SET at = greatest(s.at, EXCLUDED.at)
"""


def until(visitor: Visitor, now: datetime) -> datetime:
    """Up to when they have looked."""
    with raw().cursor() as cur:
        row = cur.execute(_AT, (visitor.post.id, visitor.person.id), prepare=True).fetchone()
    return row[0] if row else now - FIRST


def mark(visitor: Visitor, at: datetime) -> None:
    """They have looked up to then; never back again."""
    with raw().cursor() as cur:
        cur.execute(_MARK, (visitor.post.id, visitor.person.id, at))
