"""与谁有关 (concerned): at which desks a matter stands now, for whoever is to be told that something is new there. It says
no more than a role and a unit, and from whom a matter is kept (R-21) it does not ask: what is told is that one may
look again, and what one then sees is the desks' own to say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from hotline.casework import alike
from hotline.casework.lists import DESKS, NOW, TONIGHT, DeskSpec
from hotline.casework.models import Matter, Order
from hotline.network.roles import OFFICE, UNIT, Role

Place = tuple[str, int | None]  # a role, and of a unit's people the unit
_IDS = RawSQL("SELECT unnest(%s::int8[])", [[]])
WATCHES_ALL = (Role.SHIFT_LEADER,)


def at_desks(matter_ids: Sequence[int]) -> set[Place]:
    """All places at which one of these matters stands on a list; one statement."""
    specs, question, many = _composed()
    with connection.cursor() as cur:
        cur.execute(question, [list(matter_ids)] * many)
        rows = cur.fetchall()
    found: set[Place] = {(role, None) for role in WATCHES_ALL} if matter_ids else set()
    for at, unit_id, level2_id in rows:
        found |= _places(specs[at], unit_id, level2_id)
    return found


def _places(spec: DeskSpec, unit_id: int | None, level2_id: int | None) -> set[Place]:
    roles = [role for role, specs in DESKS.items() if spec in specs]
    units = {unit_id} if spec.own else {level2_id} if spec.below else {unit_id, level2_id}
    office: set[Place] = {(role, None) for role in roles if role in OFFICE or role == Role.LEADER}
    return office | {(role, unit) for role in roles if role in UNIT for unit in units if unit is not None}


@cache
def _composed() -> tuple[list[DeskSpec], str, int]:
    """The lists, and one question for all of them; how many parameters it takes."""
    specs = list({spec.name: spec for some in DESKS.values() for spec in some if not spec.across}.values())
    parts = []
    for at, spec in enumerate(specs):
        where = {name: value for name, value in spec.where.items() if value not in (NOW, TONIGHT)}
        rows: QuerySet[Any] = (Order.objects if spec.orders else Matter.objects).filter(
            **{"matter_id__in" if spec.orders else "id__in": _IDS}, status__in=spec.statuses, **where)  # fmt: skip
        units = ("unit_id", "level2_unit_id") if spec.orders else ("none", "none_")
        if not spec.orders:
            rows = rows.annotate(none=RawSQL("NULL::int8", []), none_=F("none"))
        sql, params = alike.settled(rows.values_list(*units).query.sql_with_params())
        assert params == [[]], spec.name
        parts.append(f"SELECT {at}, q.* FROM ({sql}) q")
    return specs, " UNION ".join(parts), len(parts)
