"""换主密钥 (rewrapping): the keys of persons and files, each wrapped anew by the newest master, portion by portion. Whoever
is killed goes on where the rows stand; a row is wrapped by one master or the other, and says by which."""

from __future__ import annotations

from hotline.procedure.perform import raw
from hotline.procedure.secrets import NONCE, Keys, Randomness
from hotline.procedure.world import current

TABLES = ("procedure_personkey", "procedure_stagedfile")
PORTION = 500


def left(keys: Keys) -> int:
    """How many keys another master than the newest has wrapped."""
    with raw().cursor() as cur:
        asked = " + ".join(f"(SELECT count(*) FROM {table} WHERE master_id <> %s)" for table in TABLES)
        row = cur.execute(f"SELECT {asked}", [keys.master_id] * len(TABLES)).fetchone()
    return int(row[0]) if row else 0


def portion(table: str, after: int, size: int = PORTION) -> tuple[int, int | None]:
    """Wrap one portion anew, in one transaction: how many, and the last number looked at; None where none is left."""
    world = current()
    query = (
        f"SELECT id, wrapped, master_id FROM {table} WHERE master_id <> %s AND id > %s ORDER BY id LIMIT %s FOR UPDATE"
    )
    conn = raw()
    with conn.transaction(), conn.cursor() as cur:
        rows = cur.execute(query, (world.keys.master_id, after, size)).fetchall()
        fresh = [(_anew(world.keys, world.random, *row), world.keys.master_id, row[0]) for row in rows]
        if fresh:
            cur.executemany(f"UPDATE {table} SET wrapped = %s, master_id = %s WHERE id = %s", fresh)
    return len(rows), rows[-1][0] if rows else None


def _anew(keys: Keys, random: Randomness, owner: int, wrapped: bytes, master_id: str) -> bytes:
    key = keys.unwrap(owner, bytes(wrapped), master_id)
    return keys.wrap(owner, key, random.of("rewrap", keys.master_id, owner).take(NONCE))
