"""在案头的 (standing): on which of a post's lists some matters stand now, with what is owed of each: the desks' own
questions, asked of these matters alone, however long the lists are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from hotline.casework import alike, desks
from hotline.casework.at_home import joined, rows_of
from hotline.casework.lists import DeskSpec
from hotline.network.records import Unit
from hotline.procedure.actor import Actor

_IDS = RawSQL("SELECT unnest(%s::int8[])", [[]])


@dataclass(frozen=True, slots=True)
class Standing:
    """在案头的一件: on the first of the post's lists that has it, since when it waits there, by when it is owed."""

    spec: DeskSpec
    matter_id: int
    number: str
    since: datetime | None
    owed: datetime | None


def standing(actor: Actor, unit: Unit | None, ids: Collection[int]) -> dict[int, Standing]:
    """Those of these matters that stand at this desk, by their numbers; one statement."""
    query, params = alike.asked(_compose, actor, unit)
    specs = desks.desks_of(actor)
    with connection.cursor() as cur:
        cur.execute(query, [list(ids) if value == [] else value for value in params])
        rows: list[tuple[Any, ...]] = cur.fetchall()
    found: dict[int, Standing] = {}
    for at, *row in rows:
        found.setdefault(row[0], Standing(specs[at], *row))
    return found


def _compose(actor: Actor, unit: Unit | None) -> alike.Question:
    parts = []
    for at, spec in enumerate(desks.desks_of(actor)):
        if spec.across:
            continue
        key = "matter_id" if spec.orders else "id"
        rows = rows_of(actor, unit, spec).filter(**{f"{key}__in": _IDS}).values_list(key, "since", "owed")
        sql, params = rows.query.sql_with_params()
        parts.append((f"SELECT {at} AS list, q.* FROM ({sql}) AS q(matter_id, since, owed)", params))
    begins = "SELECT d.list, d.matter_id, m.number, d.since, d.owed FROM ("
    ends = ") d JOIN casework_matter m ON m.id = d.matter_id ORDER BY d.list, d.owed"
    return joined(actor, parts, begins, ends)
