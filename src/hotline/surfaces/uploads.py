"""待导入的文件 (uploads): what was uploaded and not confirmed yet; kept for an hour, for the person who uploaded it."""

from __future__ import annotations

import secrets

from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.surfaces.sessions import KEPT_UPLOADS, Visitor
from hotline.surfaces.sign_in import token_hash


def keep(visitor: Visitor, body: bytes) -> str:
    """Put a file aside; the token by which its page names it again."""
    token = secrets.token_urlsafe(32)
    with raw().cursor() as cur:
        query = "INSERT INTO surfaces_upload (token_hash, person_id, body, uploaded_at) VALUES (%s, %s, %s, %s)"
        cur.execute(query, (token_hash(token), visitor.person.id, body, times.wall()))
    return token


def kept(visitor: Visitor, token: str) -> bytes | None:
    """The file, if it was this person's, and not long ago."""
    with raw().cursor() as cur:
        query = "SELECT body FROM surfaces_upload WHERE token_hash = %s AND person_id = %s AND uploaded_at > %s"
        cur.execute(query, (token_hash(token), visitor.person.id, times.wall() - KEPT_UPLOADS))
        row = cur.fetchone()
    return bytes(row[0]) if row else None


def drop(visitor: Visitor, token: str) -> None:
    """It was taken in."""
    with raw().cursor() as cur:
        cur.execute("DELETE FROM surfaces_upload WHERE token_hash = %s AND person_id = %s",
                    (token_hash(token), visitor.person.id))  # fmt: skip
