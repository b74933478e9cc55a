"""顺延 (shifting): the orders that an outage ran into, open or done with since and not put away, are themselves the list
of what is to be shifted; a portion at a time, each order once, so that whoever is killed in between loses nothing and
whoever repeats it does nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_SQL
from hotline.casework.transitions.shifting import ShiftDates, shift_id
from hotline.procedure.actor import Actor
from hotline.procedure.perform import Subject, perform_many, raw
from hotline.rules.book import Rulebook

PORTION = 200
# `ref` names the shifts that an order's date has seen already; it stands last in its step.
AFFECTED = f"""
SELECT DISTINCT ON (matter_id) matter_id, id FROM (
(SELECT DISTINCT ON (o.matter_id) o.matter_id, o.id FROM casework_order o WHERE o.status IN {OPEN_SQL}
AND o.due_at > %(began)s AND o.received_at < %(ended)s AND position(%(seen)s IN o.due_basis) = 0
AND o.matter_id > %(after)s ORDER BY o.matter_id, o.id LIMIT %(portion)s)
UNION ALL
(SELECT DISTINCT ON (o.matter_id) o.matter_id, o.id FROM casework_order o JOIN casework_matter m ON m.id = o.matter_id
WHERE o.status IN ('approved', 'returned', 'recalled', 'ended')
AND coalesce(o.ended_at, o.filed_at) > %(began)s AND m.status <> 'archived' AND o.due_basis <> ''
AND o.due_at > %(began)s AND o.received_at < %(ended)s AND position(%(seen)s IN o.due_basis) = 0
AND o.matter_id > %(after)s ORDER BY o.matter_id, o.id LIMIT %(portion)s)
) touched ORDER BY matter_id, id LIMIT %(portion)s
"""


@dataclass(frozen=True, slots=True)
class Shifted:
    """顺延了: how many orders were shifted, how many could not be, and behind which matter the next portion begins; None
    when the end was reached."""

    performed: int
    aside: int
    after: int | None


def shift(book: Rulebook, form: Mapping[str, Any], actor: Actor, now: datetime, after: int = 0,
          portion: int = PORTION) -> Shifted:  # fmt: skip
    """Shift one portion. `form` is that of the card, with its days as dates. A matter's second order, and one that
    somebody holds just now, wait for the next round."""
    calendar, first_on, last_on = book.calendar, form["first_on"], form["last_on"]
    began, ended = calendar.end_of_day(first_on - timedelta(1))[0], calendar.end_of_day(last_on)[0]
    with raw().cursor() as cur:
        seen = f'"ref":{shift_id(form)}}}'
        rows = cur.execute(AFFECTED, {"began": began, "ended": ended, "seen": seen, "after": after,
                                      "portion": portion}).fetchall()  # fmt: skip
    subjects = [Subject("matter", matter_id, (Order, order_id)) for matter_id, order_id in rows]
    typed = {name: value.isoformat() if isinstance(value, date) else value for name, value in form.items()}
    done = perform_many(ShiftDates, subjects, typed, actor=actor, now=now) if subjects else None
    return Shifted(done.performed if done else 0, len(done.aside) if done else 0,
                   rows[-1][0] if len(rows) == portion else None)  # fmt: skip
