"""承接 (inheriting): open orders whose unit has ended are themselves the list of what is to be done; a portion at a time,
so that whoever is killed in between loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_SQL
from hotline.casework.transitions.inheriting import InheritOrder, TakeFromEnded
from hotline.procedure.card import Card
from hotline.procedure.engine import SYSTEM
from hotline.procedure.perform import Many, Subject, perform_many, raw

PORTION = 200
WAITING = f"""
SELECT o.id, o.matter_id FROM network_unit u JOIN casework_order o ON o.unit_id = u.id
WHERE u.status = 'ended' AND o.status IN {OPEN_SQL} AND o.id > %s ORDER BY o.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Inherited:
    """承接了: how many orders went on, how many could not, and behind which order the next portion begins; None when
    the end was reached."""

    performed: int
    aside: int
    after: int | None


def inherit(now: datetime, after: int = 0, portion: int = PORTION) -> Inherited:
    """Let one portion of waiting orders go on with the successors of their units; where there is none, or none that may
    have them, they come back to the desk. A matter's second order, and one that somebody holds just now, wait for the
    next round; one that cannot go on does not stop the others."""
    with raw().cursor() as cur:
        rows = cur.execute(WAITING, (after, portion)).fetchall()
    first: dict[int, int] = {}
    for order_id, matter_id in rows:
        first.setdefault(matter_id, order_id)
    went = _performed(InheritOrder, first, now)
    came_back = _performed(TakeFromEnded, {m: first[m] for m in went.aside}, now)
    return Inherited(went.performed + came_back.performed, len(came_back.aside),
                     rows[-1][0] if len(rows) == portion else None)  # fmt: skip


def _performed(card: type[Card], orders: Mapping[int, int], now: datetime) -> Many:
    """A card on these orders, by their matters."""
    if not orders:
        return Many(0, {})
    subjects = [Subject("matter", matter_id, (Order, order_id)) for matter_id, order_id in orders.items()]
    return perform_many(card, subjects, {}, actor=SYSTEM, now=now)
