"""巡 (sweeping): the clock's acts on many chains at once: claimed, read again under the lock, performed, written."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from psycopg import OperationalError

from hotline.procedure import store
from hotline.procedure.dossier import Dossier
from hotline.procedure.due_acts import due_acts
from hotline.procedure.engine import live_all
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import raw, transaction, write_apart
from hotline.procedure.reaching import alone, held
from hotline.procedure.world import current

log = logging.getLogger("hotline.clock")

SET = 500  # chains a transaction
AHEAD = 4 * SET  # how many due chains are looked at, so that a second sweeper passes by those already locked
IDS_PER_CHAIN = 16

# First who is due, then whom of them nobody holds: asked for in one statement, the server would look for who is due
# once more for each that another sweeper has just done. Who is due no longer is claimed in vain, which harms nobody.
_CLAIM = """
SELECT chain_id, seq, hash, at FROM procedure_chainhead WHERE chain_kind = %s AND chain_id = ANY(%s)
LIMIT %s FOR UPDATE SKIP LOCKED
"""
# Rows set aside are left out within it, or they would fill the portion looked at.
_PART = """
(SELECT d.{chain_id} FROM {table} d WHERE d.{column} <= %(now)s AND NOT EXISTS (SELECT 1 FROM procedure_setaside a
WHERE a.chain_kind = %(kind)s AND a.chain_id = d.{chain_id} AND a.again_at > %(now)s)
ORDER BY d.{column} LIMIT %(ahead)s)
"""
_OLDEST = """
SELECT d.{column} FROM {table} d WHERE d.{column} <= %(now)s AND NOT EXISTS (SELECT 1 FROM procedure_setaside a
WHERE a.chain_kind = %(kind)s AND a.chain_id = d.{chain_id}) ORDER BY d.{column} LIMIT 1
"""
_ASIDE = """
INSERT INTO procedure_setaside (chain_kind, chain_id, tries, again_at, because)
SELECT %s, id, 1, %s::timestamptz + interval '1 minute', because FROM unnest(%s::int8[], %s::text[]) AS v(id, because)
ON CONFLICT (chain_kind, chain_id) DO UPDATE SET tries = least(procedure_setaside.tries + 1, 1000),
again_at = %s::timestamptz + least(power(2, least(procedure_setaside.tries, 20)), 1440) * interval '1 minute',
because = excluded.because
"""
_WELL = "DELETE FROM procedure_setaside WHERE chain_kind = %s AND chain_id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Watched:
    """看着的列: a table's column with the instant of the next decision, and the column that names the chain."""

    table: str
    column: str
    chain_id: str


@dataclass(frozen=True, slots=True)
class Swept:
    """巡过了: how many chains were claimed, acts performed, which chains were set aside with why, and which not."""

    claimed: int
    performed: int
    aside: Mapping[int, Exception]
    chains: Sequence[int] = ()

    @property
    def full(self) -> bool:
        """Whether as many were due as a set holds, so that more may wait."""
        return self.claimed == SET


def sweep(cls: type[Dossier], watched: Sequence[Watched], now: datetime) -> Swept:
    """Take one set of chains on which something is due and do all of it, in the order of the instants, in one
    transaction. Chains that somebody holds are passed by. What cannot be done is set aside, with an alarm.
    `cls` may be a dossier that holds only what the clock's cards look at."""
    kind, world, conn, aside = cls.CHAIN, current(), raw(), dict[int, Exception]()
    with conn.cursor() as cur:
        world.ids.refill(cur, IDS_PER_CHAIN * SET)
    with _uncollected(), transaction(conn) as cur:
        heads = _claim(cur, kind, watched, now)
        if not heads:
            return Swept(0, 0, aside)
        entries = _decide(held(cur, cls, heads, IDS_PER_CHAIN * len(heads)), now, aside)
        write_apart(cur, entries, aside)
        _set_aside(cur, kind, heads, now, aside)
    done = sum(len(e.out.lines) for e in entries if e.chain.id not in aside)
    return Swept(len(heads), done, aside, [chain for chain in heads if chain not in aside])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for circles, which would go through hundreds of living dossiers again and again and find
    none: a seventh of a set's time. They go as their last holder lets go of them."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def oldest_due(cur: store.Cur, kind: str, watched: Sequence[Watched], now: datetime) -> datetime | None:
    """The earliest instant by which something is due and not set aside."""
    found = []
    for w in watched:
        query = _OLDEST.format(table=w.table, column=w.column, chain_id=w.chain_id)
        cur.execute(query, {"kind": Chain(kind, 0).code, "now": now})
        found += [row[0] for row in cur.fetchall()]
    return min(found, default=None)


def set_aside(cur: store.Cur) -> int:
    """How many chains the clock could not do and has put off."""
    cur.execute("SELECT count(*) FROM procedure_setaside")
    return int((cur.fetchone() or (0,))[0])


def _claim(cur: store.Cur, kind: str, watched: Sequence[Watched], now: datetime) -> dict[int, Head]:
    parts = [_PART.format(table=w.table, column=w.column, chain_id=w.chain_id) for w in watched]
    asked = {"kind": Chain(kind, 0).code, "now": now, "ahead": AHEAD}
    cur.execute(" UNION ALL ".join(parts), asked, prepare=False)
    due = [row[0] for row in cur.fetchall()]
    cur.execute(_CLAIM, (Chain(kind, 0).code, due, SET), prepare=False)
    return {row[0]: Head(row[1], bytes(row[2]), row[3]) for row in sorted(cur.fetchall())}


def _decide(dossiers: Mapping[int, Dossier], now: datetime, aside: dict[int, Exception]) -> list[store.Entry]:
    entries = []
    for chain_id, dossier in dossiers.items():
        try:
            out = live_all(dossier, current().book_of(dossier), due_acts(dossier, now))
            alone(out)
            entries.append(store.Entry(dossier.chain, out, False))
        except OperationalError:
            raise
        except Exception as error:
            aside[chain_id] = error
    return entries


def _set_aside(cur: store.Cur, kind: str, heads: Mapping[int, Head], now: datetime,
               aside: Mapping[int, Exception]) -> None:  # fmt: skip
    """Those that failed wait, ever longer; those that went are forgiven."""
    code = Chain(kind, 0).code
    if aside:
        because = [type(error).__name__ for error in aside.values()]
        cur.execute(_ASIDE, (code, now, list(aside), because, now))
    cur.execute(_WELL, (code, [i for i in heads if i not in aside]))
    for chain_id, error in aside.items():  # the kind of error alone: its words may hold personal data
        log.error("时钟搁置 %s %s：%s", kind, chain_id, type(error).__name__)
