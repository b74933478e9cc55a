"""回避的读取 (barring): the target of a complaint reads it on no path (R-21): the narrowing that every desk's question
bears, as Django's filters; `barring_by_hand` has it in words of SQL, and `conflicts.barred` says the same of a loaded
matter."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hotline.casework.conflicts import hotline_desks
from hotline.casework.models import Matter
from hotline.procedure.actor import Actor
from hotline.rules.conflicts import HOTLINE


def about(actor: Actor) -> Q:
    """The matters that are about whoever asks."""
    mine = Q(against_person_id__in=sorted(actor.persons())) | Q(against_unit_id__in=sorted(actor.units()))
    if sits := hotline_desks(actor):
        whole = Q(against=HOTLINE, against_person_id__isnull=True)
        mine |= whole & ~Q(goes_to_unit_id__in=sits) if len(sits) == 1 and None not in sits else whole
    return mine


def about_ids(actor: Actor) -> QuerySet[Matter, Any]:
    """Their numbers: few, found by their own partial indexes."""
    return Matter.objects.filter(about(actor)).values("id")
