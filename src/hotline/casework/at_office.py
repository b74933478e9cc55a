"""全市的读取 (of the whole city): how the queues of all desks stand, and which cards were given lately, for whoever heads
the hotline's office: numbers alone. Whose matters these are stands on the lists of those who work on them; what is
about whoever asks is not counted (R-21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hotline.casework import alike
from hotline.casework.at_home import Waiting, figures, stands
from hotline.casework.barring import about_ids
from hotline.casework.desks import MANY
from hotline.casework.lists import WATCHED
from hotline.casework.models import Mark
from hotline.network import factors
from hotline.network.records import Unit
from hotline.network.roles import Role
from hotline.procedure.actor import Actor

HEADS = (Role.DEPUTY, Role.HEAD)
LATELY = timedelta(weeks=1)
COLOURS = ("yellow", "red")


def watches(actor: Actor, unit: Unit | None) -> bool:
    """Whoever heads the hotline's office, or deputises."""
    return actor.role in HEADS and unit is not None and unit.desk == factors.OFFICE


def queues(actor: Actor, now: datetime, tz: ZoneInfo) -> list[Waiting]:
    """How many wait on each list of the city, and since when; one statement."""
    return stands(_watched, WATCHED, _at_office(actor), None, now, tz)


def cards(actor: Actor, now: datetime) -> Mapping[str, int]:
    """How many cards of each colour were given lately and still stand, none counted further than lists are; one
    statement."""
    given = Mark.objects.filter(lifted_at__isnull=True, given_at__gt=now - LATELY)
    mine = given.exclude(matter_id__in=about_ids(_at_office(actor))).values_list("colour")
    yellow, red = (mine.filter(colour=colour)[: MANY + 1] for colour in COLOURS)
    return Counter(colour for (colour,) in yellow.union(red, all=True))


def _at_office(actor: Actor) -> Actor:
    """The same person, seeing as far as the office does."""
    return replace(actor, role=Role.SHIFT_LEADER)


def _watched(actor: Actor, unit: Unit | None) -> alike.Question:
    return figures(WATCHED, actor, unit)
