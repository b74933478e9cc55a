"""下一步 (agenda): what happens to a matter next, and when: a function of the seed and of what is recorded. Whoever is
killed and begun again therefore goes on as if nothing had been."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Order
from hotline.jobs.simulate import (
    below,
    desk,
    doors,
    inquiries,
    intake,
    leaders,
    office,
    outside,
    proposals,
    repeats,
    unit,
)
from hotline.jobs.simulate.habits import Form, Habit, habits_on
from hotline.jobs.simulate.people import City
from hotline.jobs.simulate.plots import Plot
from hotline.jobs.simulate.view import View
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.engine import judge
from hotline.procedure.world import current
from hotline.rules.errors import UncoveredYear

# importing them fills the table
ROOMS = (intake, desk, leaders, unit, inquiries, below, doors, office, outside, proposals, repeats)

Shut = Collection[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """一步: a card at an instant, by somebody, on a row of the matter, with its form."""

    at: datetime
    card: type[Card]
    actor: Actor
    form: Form
    row: tuple[type[Order], int] | None
    index: int
    may_fail: bool


def next_step(city: City, plot: Plot, dossier: MatterDossier, shut: Shut = ()) -> Step | None:
    """The first that anybody will do and may do; None where nothing will happen by anybody's hand. `shut`: cards, and
    the places of their rows, that refused this very file."""
    if at_rest(plot, dossier):
        return None
    wanted: list[tuple[datetime, int, Habit, View]] = []
    for subject in dossier.subjects():
        assert isinstance(subject, Matter | Order), "a file is of a matter and its orders"
        view = View(city, plot, dossier, subject)
        for habit in habits_on(type(subject), subject.status):
            if (habit.name, view.index) not in shut and (at := _when(habit, view)) is not None:
                wanted.append((max(at, dossier.head.at or at), len(wanted), habit, view))
    return next(filter(None, (_step(*one) for one in sorted(wanted, key=lambda one: one[:2]))), None)


def at_rest(plot: Plot, dossier: MatterDossier) -> bool:
    """Whether it stands where it is to stand at the end."""
    if plot.rest is None:
        return False
    statuses = {dossier.matter.status, *(order.status for order in dossier.orders)}
    return plot.rest.status in statuses


def _when(habit: Habit, view: View) -> datetime | None:
    """When they will do it; never where the calendar ends before they would."""
    try:
        return habit.when(view)
    except UncoveredYear:
        return None


def _step(at: datetime, _: int, habit: Habit, view: View) -> Step | None:
    """The step, where the page would offer it to that person then."""
    actor = habit.who(view)
    if actor is None:
        return None
    world, card = current(), habit.card
    tools = Tools(world.ids, world.random, world.keys)
    case = Case(card, view.dossier, view.subject, actor, at, world.book_of(view.dossier), tools)
    if not judge(case)[0].ok:
        return None
    row = (Order, view.subject.id) if isinstance(view.subject, Order) else None
    return Step(at, card, actor, habit.form(view), row, view.index, habit.may_fail)
