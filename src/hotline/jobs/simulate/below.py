"""下派 (below): what units of level 2 give to units below them, and what they make of what comes back."""

from __future__ import annotations

from datetime import datetime, time

from hotline.casework import sharing
from hotline.casework.records import Order
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.unit import clerk, poor
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role
from hotline.procedure.actor import Actor

NOON, LEFT = time(12), 3


def upper(view: View, role: str = Role.CLERK) -> Actor | None:
    """Somebody of the unit of level 2 that handed the order down."""
    over = view.dossier.find(Order, view.order.parent_id) if view.order.parent_id else None
    held = view.city.units.get(over.unit_id) if over else None
    return held.people.get(role) if held else None


def _by_noon(view: View) -> str:
    """Some want it by noon of the next working day but one, where the date leaves as much."""
    order, book = view.order, view.city.book
    on = book.calendar.workday_after(book.calendar.day_of(order.signed_at or order.received_at), 2)
    at = datetime.combine(on, NOON, book.tz)
    early = order.due_at is not None and book.calendar.working_days_between(at, order.due_at) > LEFT
    return at.isoformat() if early and view.falls("inner", 0.3) else ""


def _handed(view: View) -> Form:
    return {"unit": str(view.held.below[0].id), "words": view.words("hand_down"), "inner_at": _by_noon(view)}


@habit("hand_down", clerk, _handed)
def _hand_down(view: View) -> datetime | None:
    fit = view.unit is not None and view.unit.below and view.order.status == "signed" and view.has("handed")
    if not fit or sharing.below(view.dossier, view.order) or not view.order.lead:
        return None
    held = view.held.below[0].id in {order.unit_id for order in view.dossier.open_orders()}
    return view.soon(view.order.signed_at or view.order.received_at, "hand down", 5, 60) if not held else None


def _reviewed_below(view: View) -> datetime | None:
    filed = view.order.filed_at
    return view.soon(filed, f"below {view.times('filed')}", 20, 200) if filed and view.order.parent_id else None


def _evaluation(view: View) -> Form:
    return {"evaluation": "fair" if view.falls("fair", 0.3) else "good"}


@habit("accept_from_below", upper, _evaluation)
def _accept_from_below(view: View) -> datetime | None:
    return None if poor(view, view.times("reply_drafted")) else _reviewed_below(view)


@habit("send_back_below", upper, lambda view: {"words": view.words("below_again")})
def _send_back_below(view: View) -> datetime | None:
    return _reviewed_below(view) if poor(view, view.times("reply_drafted")) else None


@habit("look_below", upper, lambda view: {"what": "visit", "finding": view.words("below_look")})
def _look_below(view: View) -> datetime | None:
    filed, fit = view.order.filed_at, view.hit("look below", 0.3) and not view.times("looked_below")
    return view.soon(filed, "look", 5, 19) if filed and view.order.parent_id and fit else None


