"""受理台的读取 (at intake): what the operator's desk shows beside a call: what came from this telephone before, and the
cautions that stand on it. Whoever asks has left a line of it first (`look_up_caller`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.casework.barring_by_hand import not_about
from hotline.casework.models import AbuseMark
from hotline.casework.statuses import OPEN_SQL
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw

MOST = 20
LOCKED = "（文字已封存）"
# A matter as a row: its date is that of the order that answers for the whole, else the office's own.
_ROW = f"""
SELECT m.number, m.kind, m.status, m.registered_at, CASE WHEN m.locked THEN '{LOCKED}' ELSE (SELECT t.body
 FROM casework_text t WHERE t.matter_id = m.id AND t.id = m.gist_id) END, coalesce(o.due_at, m.dispatch_until),
 o.due_clause, coalesce(o.due_provisional, false), coalesce(o.urgent, m.urgent),
 coalesce(o.received_at, m.registered_at), o.unit_id
FROM casework_matter m LEFT JOIN LATERAL (SELECT w.* FROM casework_order w WHERE w.matter_id = m.id AND w.lead
 AND w.parent_id IS NULL AND w.status IN {OPEN_SQL} ORDER BY w.id DESC LIMIT 1) o ON true
"""
_EARLIER = f"""{_ROW} WHERE m.id IN (SELECT k.matter_id FROM casework_contact k JOIN casework_citizen c
 ON c.id = k.citizen_id WHERE c.phone_index = %(phone)s AND k.forgotten_at IS NULL){{narrowed}}
 ORDER BY m.registered_at DESC, m.id DESC LIMIT {MOST}"""


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


def earlier(actor: Actor, phone_index: bytes) -> list[Near]:
    """What came from a telephone before, newest first; of what is about the asker nothing (R-21)."""
    if actor.role not in OFFICE:
        return []
    narrowed, (units, persons, desks) = not_about(actor)
    for place, name in enumerate(("units", "persons", "desks"), 2):
        narrowed = narrowed.replace(f"${place}", f"%({name})s")
    asked = {"phone": phone_index, "units": units, "persons": persons, "desks": desks}
    with raw().cursor() as cur:
        return [Near(*row) for row in cur.execute(_EARLIER.format(narrowed=narrowed), asked).fetchall()]


def cautions(phone_index: bytes, now: datetime) -> list[tuple[str, datetime]]:
    """The marks that stand on a telephone, for what and until when (R-33)."""
    marks = AbuseMark.objects.filter(phone_index=phone_index, lifted_at__isnull=True, until__gt=now)
    return list(marks.order_by("-until").values_list("sort", "until")[:MOST])
