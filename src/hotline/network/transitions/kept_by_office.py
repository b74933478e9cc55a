"""热线办管的 (kept by the office): what the cards on the duty catalogue, on the categories and on the wordings share: rows
on the chain of the hotline's office, which the administrator adds to, changes and ends."""

from __future__ import annotations

from datetime import date
from typing import Any

from hotline.network.dossier import UnitDossier
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card
from hotline.procedure.case import Case
from hotline.rules import spoken

OFFICE = "office"
AnyCase = Case[UnitDossier, Any]


class OfficeCard(Card, abstract=True):
    """A card on what the hotline's office keeps."""

    chain = "unit"
    by = (Role.ADMIN, Role.SYSTEM)
    not_by = ()
    reach = Reach.CITY
    deadline = UNCHANGED
    disturbs = False


def today(case: AnyCase) -> date:
    """The day in the city."""
    return case.now.astimezone(case.book.tz).date()


def said_day(case: AnyCase, on: date) -> str:
    """A day as every page says it: 11月25日（周三）."""
    return spoken.day_and_weekday(on, today(case))
