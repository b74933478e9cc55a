"""先例 (precedents): who handled what was of the same category before, and saw it through to its end."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.casework.barring_by_hand import not_about
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw

LOOKED_THROUGH, SHOWN = 60, 4
# The last so many that are over, by the index; of each the order that answered for the whole.
_HANDLED = f"""
SELECT o.unit_id, count(*), count(*) FILTER (WHERE m.area LIKE %(area)s), (array_agg(m.number ORDER BY m.at DESC))[1]
FROM (SELECT m.id, m.area, m.number, m.registered_at AS at FROM casework_matter m WHERE m.category = %(category)s
 AND m.status IN ('{MatterStatus.CLOSED}', '{MatterStatus.ARCHIVED}') AND m.category <> ''{{narrowed}}
 ORDER BY m.registered_at DESC LIMIT {LOOKED_THROUGH}) m
JOIN casework_order o ON o.matter_id = m.id AND o.lead AND o.parent_id IS NULL AND o.status = '{OrderStatus.APPROVED}'
GROUP BY o.unit_id ORDER BY 3 DESC, 2 DESC, o.unit_id LIMIT {SHOWN}
"""


@dataclass(frozen=True, slots=True)
class Precedent:
    """一个单位的先例: how many matters of the category it brought to their end, how many of them at the same place, and
    the newest of all."""

    unit_id: int
    count: int
    nearby: int
    newest: str


def handled(actor: Actor, category: str, county: str) -> list[Precedent]:
    """Who brought matters of a category to their end, those in the same county first; nothing of what is about whoever
    asks (R-21)."""
    if not category or actor.role not in OFFICE:
        return []
    narrowed, (units, persons, desks) = not_about(actor)
    for place, name in enumerate(("units", "persons", "desks"), 2):
        narrowed = narrowed.replace(f"${place}", f"%({name})s")
    area = county.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" if county else ""
    asked = {"category": category, "area": area, "units": units, "persons": persons, "desks": desks}
    with raw().cursor() as cur:
        return [Precedent(*row) for row in cur.execute(_HANDLED.format(narrowed=narrowed), asked).fetchall()]
