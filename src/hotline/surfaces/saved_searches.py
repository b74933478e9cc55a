"""存下的查找 (saved searches): what a post looks for again and again, by name, for whoever acts in it, until somebody there
wants it no longer. Sealed: the words may be about anybody. No domain rows, so no line speaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_plus
from uuid import UUID, uuid4

from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.surfaces.sealing import sealed, unsealed
from hotline.surfaces.sessions import Visitor

TABLE = "surfaces_savedsearch"
MOST = 20
SHORTEST = 2  # letters of a word that tells who somebody is
_SAVE = """
INSERT INTO surfaces_savedsearch (id, post_id, body, saved_at) SELECT %s, %s, %s, %s
WHERE (SELECT count(*) FROM surfaces_savedsearch WHERE post_id = %s) < %s RETURNING id
"""
_MINE = "SELECT id, body FROM surfaces_savedsearch WHERE post_id = %s ORDER BY saved_at, id"
_ALL = "SELECT id, body FROM surfaces_savedsearch"
_END = "DELETE FROM surfaces_savedsearch WHERE id = %s AND post_id = %s"


@dataclass(frozen=True, slots=True)
class Saved:
    """一个存下的查找: its name, and what stands in the address."""

    id: UUID
    name: str
    query: str


def save(visitor: Visitor, name: str, query: str) -> bool:
    """Keep a search for the post; under a new name what it keeps already. False where it has as many as it may."""
    for same in (one for one in mine(visitor) if one.query == query):
        end(visitor, same.id)
    row_id, post = uuid4(), visitor.post.id
    body = sealed([name, query], TABLE, row_id)
    with raw().cursor() as cur:
        return cur.execute(_SAVE, (row_id, post, body, times.wall(), post, MOST)).fetchone() is not None


def mine(visitor: Visitor) -> list[Saved]:
    """What the post keeps, oldest first."""
    with raw().cursor() as cur:
        rows = cur.execute(_MINE, (visitor.post.id,)).fetchall()
    read = ((row_id, unsealed(body, TABLE, row_id)) for row_id, body in rows)
    return [Saved(row_id, *said) for row_id, said in read if said is not None]


def end(visitor: Visitor, row_id: UUID) -> None:
    """It is wanted no longer; another post's stays."""
    with raw().cursor() as cur:
        cur.execute(_END, (row_id, visitor.post.id))


def forget(words: Iterable[str]) -> None:
    """Somebody was forgotten: no post keeps a search with their name, or with another of these words, in it."""
    wanted = [word for word in map(str.strip, words) if len(word) >= SHORTEST]
    with raw().cursor() as cur:
        rows = cur.execute(_ALL).fetchall() if wanted else []
        read = ((row_id, unsealed(body, TABLE, row_id)) for row_id, body in rows)
        found = [row_id for row_id, said in read if said is not None and any(
            word in part for word in wanted for part in (said[0], unquote_plus(said[1])))]  # fmt: skip
        if found:
            cur.execute("DELETE FROM surfaces_savedsearch WHERE id = ANY(%s)", (found,))
