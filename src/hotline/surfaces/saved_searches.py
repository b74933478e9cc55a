"""存下的查找 (saved searches): what a post looks for again and again, by name, for whoever acts in it, until somebody there
wants it no longer. Sealed: the words may be about anybody. No domain rows, so no line speaks of them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from uuid import UUID, uuid4

from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.procedure.secrets import KEY, NONCE, Unreadable, decrypt, encrypt
from hotline.procedure.world import current
from hotline.surfaces.sessions import Visitor

MOST = 20
_SAVE = """
INSERT INTO surfaces_savedsearch (id, post_id, body, saved_at) SELECT %s, %s, %s, %s
WHERE (SELECT count(*) FROM surfaces_savedsearch WHERE post_id = %s) < %s RETURNING id
"""
_MINE = "SELECT id, body FROM surfaces_savedsearch WHERE post_id = %s ORDER BY saved_at, id"
_END = "DELETE FROM surfaces_savedsearch WHERE id = %s AND post_id = %s"


@dataclass(frozen=True, slots=True)
class Saved:
    """一个存下的查找: its name, and what stands in the address."""

    id: UUID
    name: str
    query: str


def _place(row_id: UUID) -> bytes:
    return f"surfaces_savedsearch/{row_id}/body".encode()


def _key() -> bytes:
    return current().keys.query[:KEY]


def save(visitor: Visitor, name: str, query: str) -> bool:
    """Keep a search for the post. False where it has as many as it may."""
    row_id, post = uuid4(), visitor.post.id
    body = encrypt(_key(), json.dumps([name, query], ensure_ascii=False).encode(), _place(row_id), os.urandom(NONCE))
    with raw().cursor() as cur:
        return cur.execute(_SAVE, (row_id, post, body, times.wall(), post, MOST)).fetchone() is not None


def mine(visitor: Visitor) -> list[Saved]:
    """What the post keeps, oldest first."""
    with raw().cursor() as cur:
        rows = cur.execute(_MINE, (visitor.post.id,)).fetchall()
    found = []
    for row_id, body in rows:
        try:
            name, query = json.loads(decrypt(_key(), bytes(body), _place(row_id)))
        except Unreadable:  # sealed under keys that are gone
            continue
        found.append(Saved(row_id, name, query))
    return found


def end(visitor: Visitor, row_id: UUID) -> None:
    """It is wanted no longer; another post's stays."""
    with raw().cursor() as cur:
        cur.execute(_END, (row_id, visitor.post.id))
