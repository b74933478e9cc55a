"""分份核验 (verify in parts): the chains in portions by number, each walked along by whoever has the time, all in the one
snapshot of whoever gave them out."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from psycopg import Connection

from hotline.procedure import verify
from hotline.procedure.perform import raw
from hotline.procedure.verify_seals import Broken

BOUNDS = "SELECT percentile_disc(%s::float8[]) WITHIN GROUP (ORDER BY chain_id) FROM procedure_chainhead"


class Portion(NamedTuple):
    """一份: which of all it is, the snapshot, and between which numbers its chains lie."""

    place: int
    snapshot: str
    span: verify.Span


class Walked(NamedTuple):
    """一份的结果: which portion, chains and lines in it, and what is broken."""

    place: int
    chains: int
    lines: int
    broken: tuple[Broken, ...]


def portions(conn: Connection[Any], count: int) -> list[Portion]:
    """All chains in so many portions of about as many each. The snapshot is there as long as the transaction is."""
    snapshot = conn.execute("SELECT pg_export_snapshot()").fetchone()
    found = conn.execute(BOUNDS, ([i / count for i in range(1, count)],)).fetchone()
    low, high = verify.ALL
    bounds = [low, *sorted(set(found[0] or ()) if found else ()), high]
    return [Portion(at, snapshot[0] if snapshot else "", span) for at, span in enumerate(pairwise(bounds))]


def walk(portion: Portion) -> Walked:
    """One portion, on a connection of one's own."""
    conn, tally = raw(), verify.Tally()
    with conn.transaction():
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        conn.execute(f"SET TRANSACTION SNAPSHOT '{portion.snapshot}'")
        broken = tuple(verify.along(conn, tally, None, portion.span))
    return Walked(portion.place, tally.chains, tally.lines, broken)
