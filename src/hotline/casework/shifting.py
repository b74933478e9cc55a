"""顺延 (shifting): the orders that an outage ran into, open or done with since and not put away, are themselves the list
of what is to be shifted; a portion at a time, each order once, so that whoever is killed in between loses nothing and
whoever repeats it does nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

from hotline.casework.barring_by_hand import not_about_named
from hotline.casework.records import Order
from hotline.casework.statuses import OPEN_SQL
from hotline.casework.transitions.shifting import OFFICE_LEVEL, ShiftDates, shift_id
from hotline.network.records import Unit
from hotline.network.roles import TERMS, Role
from hotline.network.sorts import DESKS
from hotline.procedure.actor import Actor
from hotline.procedure.perform import Subject, perform_many, raw
from hotline.rules import dating, shifts
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict

PORTION = 200
PASSES = 20  # an order that somebody holds in each of them is told of
# `seen` names the shift where an order's date has seen it already, in the texts of now and of before. What is about
# whoever orders it they cannot shift: it is not theirs, nor counted before them.
_RAN_INTO = """o.due_at > %(began)s AND o.received_at < %(ended)s AND position(%(seen)s IN o.due_basis) = 0
    AND position(%(seen_before)s IN o.due_basis) = 0{narrowed}"""
_ORDERS = "FROM casework_order o JOIN casework_matter m ON m.id = o.matter_id WHERE"
OPEN = f"{_ORDERS} o.status IN {OPEN_SQL} AND {_RAN_INTO}"
DONE = (f"{_ORDERS} o.status IN ('approved', 'returned', 'recalled', 'ended')"
        " AND coalesce(o.ended_at, o.filed_at) > %(began)s AND m.status <> 'archived' AND o.due_basis <> ''"
        f" AND {_RAN_INTO}")  # fmt: skip
_FIRST = "(SELECT DISTINCT ON (o.matter_id) o.matter_id, o.id"
_PART = "AND o.matter_id > %(after)s ORDER BY o.matter_id, o.id LIMIT %(portion)s)"
AFFECTED = f"""
SELECT DISTINCT ON (matter_id) matter_id, id FROM (
{_FIRST} {OPEN} {_PART}
UNION ALL
{_FIRST} {DONE} {_PART}
) touched ORDER BY matter_id, id LIMIT %(portion)s
"""
HOW_MANY = f"SELECT (SELECT count(*) {OPEN}) + (SELECT count(*) {DONE})"


@dataclass(frozen=True, slots=True)
class Shifted:
    """顺延了: how many orders were shifted, how many could not be, and behind which matter the next portion begins; None
    when the end was reached."""

    performed: int
    aside: int
    after: int | None


def may_order(book: Rulebook, role: str, unit: Unit | None) -> Verdict:
    """Whether a post is the one by whose order dates are shifted: of the platform, at the office that the rulebook
    names."""
    ours = unit is not None and unit.level == OFFICE_LEVEL
    return shifts.may_order(book, role if ours else "", unit.desk if unit else "")


def who_orders(book: Rulebook) -> str:
    """Whose order it takes, in words."""
    values = book.provision("date_shift").values
    return DESKS.get(values["ordered_at"], "") + TERMS[Role(values["ordered_by"])]


def _asked(book: Rulebook, form: Mapping[str, Any], actor: Actor, query: str,
           **more: int) -> tuple[str, dict[str, Any]]:  # fmt: skip
    """A question about the orders that the outage ran into."""
    calendar, first_on, last_on = book.calendar, form["first_on"], form["last_on"]
    narrowed, asker = not_about_named(actor)
    began, ended = calendar.end_of_day(first_on - timedelta(1))[0], calendar.end_of_day(last_on)[0]
    seen, before = dating.seen(shift_id(form))
    asked = {"began": began, "ended": ended, "seen": seen, "seen_before": before, **asker, **more}
    return query.format(narrowed=narrowed), asked


def how_many(book: Rulebook, form: Mapping[str, Any], actor: Actor) -> int:
    """How many orders are to be shifted still."""
    with raw().cursor() as cur:
        row = cur.execute(*_asked(book, form, actor, HOW_MANY)).fetchone()
    return int(row[0]) if row else 0


def shift(book: Rulebook, form: Mapping[str, Any], actor: Actor, now: datetime, after: int = 0,
          portion: int = PORTION) -> Shifted:  # fmt: skip
    """Shift one portion. `form` is that of the card, with its days as dates. A matter's second order, and one that
    somebody holds just now, wait for the next round."""
    with raw().cursor() as cur:
        rows = cur.execute(*_asked(book, form, actor, AFFECTED, after=after, portion=portion)).fetchall()
    subjects = [Subject("matter", matter_id, (Order, order_id)) for matter_id, order_id in rows]
    typed = {name: value.isoformat() if isinstance(value, date) else value for name, value in form.items()}
    done = perform_many(ShiftDates, subjects, typed, actor=actor, now=now) if subjects else None
    return Shifted(done.performed if done else 0, len(done.aside) if done else 0,
                   rows[-1][0] if len(rows) == portion else None)  # fmt: skip


def shift_all(book: Rulebook, form: Mapping[str, Any], actor: Actor, now: Callable[[], datetime],
              seconds: float | None = None) -> tuple[int, int]:  # fmt: skip
    """Pass after pass until one finds nothing more, or until so many seconds are over; how many went, and how many
    could not in the last."""
    until = None if seconds is None else monotonic() + seconds
    performed = aside = 0
    for _ in range(PASSES):
        went, aside, after = 0, 0, 0
        while True:
            done = shift(book, form, actor, now(), after)
            went, aside, over = went + done.performed, aside + done.aside, until is not None and monotonic() > until
            if done.after is None or over:
                break
            after = done.after
        performed += went
        if not went or over:
            break
    return performed, aside
