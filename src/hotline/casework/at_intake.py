"""受理台的读取 (at intake): what the operator's desk shows beside a call: what came from this telephone before, and the
cautions that stand on it (whoever asks has left a line of it first, `look_up_caller`); what is in hand nearby."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.casework.barring_by_hand import not_about_named
from hotline.casework.models import AbuseMark
from hotline.casework.people import FORGOTTEN
from hotline.casework.rows import LOCKED
from hotline.casework.statuses import OPEN_SQL
from hotline.casework.transitions.intake import COMMUNITY
from hotline.casework.transitions.linking import ANSWERED, FINAL
from hotline.casework.transitions.taking_in import OPEN
from hotline.casework.words import alike
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw

MOST = 20
# A matter as a row: its date is that of the order that answers for the whole, else the office's own.
_ROW = f"""
SELECT m.number, m.kind, m.status, m.registered_at, CASE WHEN m.locked THEN '{LOCKED}' ELSE (SELECT t.body
 FROM casework_text t WHERE t.matter_id = m.id AND t.id = m.gist_id) END, coalesce(o.due_at, m.dispatch_until),
 o.due_clause, coalesce(o.due_provisional, false), coalesce(o.urgent, m.urgent),
 coalesce(o.received_at, m.registered_at), o.unit_id, m.category,
 o.filed_at
FROM casework_matter m LEFT JOIN LATERAL (SELECT w.* FROM casework_order w WHERE w.matter_id = m.id AND w.lead
 AND w.parent_id IS NULL AND w.status IN {OPEN_SQL} ORDER BY w.id DESC LIMIT 1) o ON true
"""
_OVER = "(" + ", ".join(f"'{one}'" for one in sorted((*ANSWERED, *FINAL))) + ")"
_EARLIER = f"""{_ROW} WHERE m.id IN (SELECT k.matter_id FROM casework_contact k JOIN casework_citizen c
 ON c.id = k.citizen_id WHERE c.phone_index = %(phone)s AND k.forgotten_at IS NULL){{narrowed}}
 ORDER BY m.status IN {_OVER}, m.registered_at DESC, m.id DESC LIMIT {MOST + 1}"""


# Not further back than people call again about the same thing; that many are looked through for the same words.
_NEARBY = f"""{_ROW} WHERE m.area = %(area)s AND m.area <> '' AND m.status IN ({", ".join(f"'{one}'" for one in OPEN)})
 {{narrowed}} ORDER BY m.registered_at DESC LIMIT %(most)s"""
LOOKED_THROUGH, SHOWN, ALIKE = 60, 5, 0.25
# Which communities were named in a township lately, the most frequent first; what was forgotten is not one.
_COMMUNITIES = f"""SELECT t.body FROM (SELECT m.id FROM casework_matter m WHERE m.area = %(area)s AND m.area <> ''
 AND NOT m.locked{{narrowed}} ORDER BY m.registered_at DESC LIMIT 150) q
 JOIN casework_text t ON t.matter_id = q.id AND t.field = '{COMMUNITY.name}' AND t.body <> '{FORGOTTEN}'
 GROUP BY t.body ORDER BY count(*) DESC, t.body LIMIT 30"""


@dataclass(frozen=True, slots=True)
class Near:
    """台旁的一件: a matter shown beside a call, with the date it is held to now, if any."""

    number: str
    kind: str
    status: str
    at: datetime
    gist: str
    due_at: datetime | None
    due_clause: str | None
    provisional: bool
    urgent: bool
    received_at: datetime
    unit_id: int | None
    category: str
    filed_at: datetime | None


def earlier(actor: Actor, phone_index: bytes) -> list[Near]:
    """What came from a telephone before, first what is in hand still, then the newest, and one more than is shown; of
    what is about the asker nothing (R-21)."""
    return [Near(*row) for row in _asked(actor, _EARLIER, {"phone": phone_index})]


def communities(actor: Actor, area: str) -> tuple[str, ...]:
    """What was written before as the village or community of a matter in this township; of what is about the asker
    nothing (R-21)."""
    return tuple(row[0] for row in _asked(actor, _COMMUNITIES, {"area": area})) if area else ()


def _asked(actor: Actor, query: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    if actor.role not in OFFICE:
        return []
    narrowed, asker = not_about_named(actor)
    with raw().cursor() as cur:
        return cur.execute(query.format(narrowed=narrowed), {**params, **asker}).fetchall()


def nearby(actor: Actor, area: str, category: str, words: str) -> list[Near]:
    """What may be joined to and looks the same: in the same county or township, of the same category or in much the
    same words, the likest first; of what is about the asker nothing (R-21)."""
    if not area:
        return []
    found = [Near(*row) for row in _asked(actor, _NEARBY, {"area": area, "most": LOOKED_THROUGH})]
    scored = [(alike(words, one.gist) + (bool(category) and one.category == category), one) for one in found]
    likely = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [one for _, one in likely[:SHOWN]]


def cautions(phone_index: bytes, now: datetime) -> list[tuple[str, datetime]]:
    """The marks that stand on a telephone, for what and until when (R-33)."""
    marks = AbuseMark.objects.filter(phone_index=phone_index, lifted_at__isnull=True, until__gt=now)
    return list(marks.order_by("-until").values_list("sort", "until"))
