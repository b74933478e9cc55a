"""取件 (claims): who has which matter on the web desk. A row a matter decides, so that two people at once never have the
same one; it ends by itself, however its holder went, and is no act on the matter: no line of the ledger speaks of it,
and what is done about the matter is kept apart by `perform` as everywhere (ADR 0025)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from hotline.procedure import times
from hotline.procedure.perform import raw
from hotline.surfaces.sessions import Visitor

KEPT = timedelta(minutes=30)  # for so long it stays with whoever took it, and as long again after each thing they try
TRIES = 5  # so often the next one is tried, where others took the same at the same instant
# The first of those offered that is free. Two who ask at once see the same one free; the key lets one have it, and the
# other gets no row and asks again.
_NEXT = """
INSERT INTO surfaces_claim AS c (matter_id, number, person_id, until)
SELECT o.id, o.number, %(me)s, %(until)s FROM unnest(%(ids)s::int8[], %(numbers)s::text[]) WITH ORDINALITY
AS o(id, number, place) LEFT JOIN surfaces_claim x ON x.matter_id = o.id WHERE x.matter_id IS NULL OR x.until <= %(now)s
OR x.person_id = %(me)s ORDER BY o.place LIMIT 1
ON CONFLICT (matter_id) DO UPDATE SET person_id = EXCLUDED.person_id, until = EXCLUDED.until
WHERE c.until <= %(now)s OR c.person_id = EXCLUDED.person_id RETURNING matter_id, number, until - %(now)s
"""
_HELD = """
SELECT c.matter_id, c.number, c.until - %(now)s, p.name, p.id = %(me)s FROM surfaces_claim c
JOIN network_person p ON p.id = c.person_id WHERE c.until > %(now)s AND
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """取走的一件: whose it is, and for how long still."""

    matter_id: int
    number: str
    left: timedelta
    name: str = ""
    mine: bool = True


def take(visitor: Visitor, offered: Sequence[tuple[int, str]]) -> Claim | None:
    """The first of those offered that nobody has; what one had is handed back. None where others have them all."""
    if not offered:
        return None
    now, (ids, numbers) = times.wall(), zip(*offered, strict=True)
    asked = {"me": visitor.person.id, "now": now, "until": now + KEPT, "ids": list(ids), "numbers": list(numbers)}
    with raw().cursor() as cur:
        cur.execute("DELETE FROM surfaces_claim WHERE person_id = %(me)s OR until <= %(now)s", asked)
        for _ in range(TRIES):
            if row := cur.execute(_NEXT, asked).fetchone():
                return Claim(*row)
    return None


def keep(visitor: Visitor, number: str) -> bool:
    """Whether it is still one's own; then for as long again. What ran out and nobody took is still one's own."""
    with raw().cursor() as cur:
        cur.execute("UPDATE surfaces_claim SET until = %s WHERE number = %s AND person_id = %s",
                    (times.wall() + KEPT, number, visitor.person.id))  # fmt: skip
        return cur.rowcount == 1


def hand_back(visitor: Visitor) -> None:
    """Nothing is one's own any more: done with, or for others to take."""
    with raw().cursor() as cur:
        cur.execute("DELETE FROM surfaces_claim WHERE person_id = %s", (visitor.person.id,))


def mine(visitor: Visitor) -> Claim | None:
    """What one has, if anything."""
    return next(iter(_held(visitor, "c.person_id = %(me)s", {})), None)


def held(visitor: Visitor, ids: Sequence[int]) -> Mapping[int, Claim]:
    """Which of some matters somebody has."""
    found = _held(visitor, "c.matter_id = ANY(%(ids)s)", {"ids": list(ids)}) if ids else ()
    return {one.matter_id: one for one in found}


def _held(visitor: Visitor, where: str, asked: Mapping[str, object]) -> list[Claim]:
    with raw().cursor() as cur:
        rows = cur.execute(_HELD + where, {**asked, "me": visitor.person.id, "now": times.wall()}).fetchall()
    return [Claim(*row) for row in rows]
