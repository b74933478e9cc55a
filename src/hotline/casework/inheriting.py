"""承接 (inheriting): open orders whose unit has ended are themselves the list of what is to be done; a portion at a time,
so that whoever is killed in between loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_SQL
from hotline.casework.transitions.inheriting import InheritOrder
from hotline.procedure.engine import SYSTEM
from hotline.procedure.perform import Subject, perform_many, raw

PORTION = 200
WAITING = f"""
SELECT o.id, o.matter_id FROM network_unit u JOIN casework_order o ON o.unit_id = u.id
WHERE u.status = 'ended' AND u.successor_id IS NOT NULL AND o.status IN {OPEN_SQL} AND o.id > %s ORDER BY o.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Inherited:
    """承接了: how many orders went on, how many could not, and behind which order the next portion begins; None when
    the end was reached."""

    performed: int
    aside: int
    after: int | None


def inherit(now: datetime, after: int = 0, portion: int = PORTION) -> Inherited:
    """Let one portion of waiting orders go on with the successors of their units. A matter's second order, and one that
    somebody holds just now, wait for the next round; one that cannot go on does not stop the others."""
    with raw().cursor() as cur:
        rows = cur.execute(WAITING, (after, portion)).fetchall()
    first: dict[int, int] = {}
    for order_id, matter_id in rows:
        first.setdefault(matter_id, order_id)
    subjects = [Subject("matter", matter_id, (Order, order_id)) for matter_id, order_id in first.items()]
    done = perform_many(InheritOrder, subjects, {}, actor=SYSTEM, now=now) if subjects else None
    return Inherited(done.performed if done else 0, len(done.aside) if done else 0,
                     rows[-1][0] if len(rows) == portion else None)  # fmt: skip
