"""网络台的读取 (at the web desk): what came in writing and is not taken in yet, first what falls due first by whichever date
binds: an urgent matter's, the source's own, the one promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.casework.barring_by_hand import not_about_named
from hotline.casework.desks import MANY, PAGE
from hotline.casework.rows import LOCKED
from hotline.casework.statuses import MatterStatus
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw
from hotline.rules.office import PHONE

OFFERED = 100  # more than there are people at such a desk
DUE = "coalesce(least(m.dispatch_until, m.source_due_at, m.promised_at), 'infinity'::timestamptz)"
# As the index `matter_written` has it (`casework` 0038); the words stand in the statement, so that its plan sees them.
_WAITS = f"m.status = '{MatterStatus.REGISTERED}' AND m.channel <> '{PHONE}'{{narrowed}}"
_COUNT = f"(SELECT count(*) FROM (SELECT 1 FROM casework_matter m WHERE {_WAITS} LIMIT {MANY + 1}) n)"
_PAGE = f"""
SELECT m.id, m.number, m.kind, m.channel, m.source, coalesce(m.supplied_at, m.registered_at), m.urgent,
 CASE WHEN m.locked THEN '{LOCKED}' ELSE (SELECT t.body FROM casework_text t WHERE t.matter_id = m.id
 AND t.id = m.gist_id) END, m.dispatch_until, m.source_due_at, m.promised_at, m.promised_clause,
 m.alarm_next_at IS NOT NULL, {DUE}::text, {_COUNT}
FROM casework_matter m WHERE {_WAITS}{{behind}} ORDER BY {DUE}, m.id LIMIT {PAGE + 1}
"""
_BEHIND = f" AND ({DUE}, m.id) > (%(at)s::timestamptz, %(row)s)"
# Those in which somebody may be in danger before all others.
_OFFERED = f"""
SELECT id, number FROM ((SELECT m.id, m.number, 0 AS rank, m.alarm_at AS at FROM casework_matter m WHERE {_WAITS}
 AND m.alarm_next_at IS NOT NULL ORDER BY m.alarm_next_at LIMIT {OFFERED})
UNION ALL (SELECT m.id, m.number, 1, {DUE} FROM casework_matter m WHERE {_WAITS} ORDER BY {DUE}, m.id
 LIMIT {OFFERED})) q ORDER BY rank, at, id
"""


@dataclass(frozen=True, slots=True)
class Written:
    """书面来的一件, not taken in yet: which dates it has, whether an alarm stands, where it stands in the queue, and how many
    there are."""

    id: int
    number: str
    kind: str
    channel: str
    source: str
    since: datetime
    urgent: bool
    gist: str
    dispatch_until: datetime | None
    source_due_at: datetime | None
    promised_at: datetime | None
    promised_clause: str | None
    alarmed: bool
    place: str
    of: int


def waiting(actor: Actor, after: tuple[str, int] | None = None) -> list[Written]:
    """A page of them and one more, behind a row; of what is about the asker nothing (R-21)."""
    at, row = after or ("", 0)
    return [Written(*one) for one in _asked(actor, _PAGE, _BEHIND if after else "", {"at": at, "row": row})]


def offered(actor: Actor, but: str = "") -> list[tuple[int, str]]:
    """What comes next, each once, in the order in which it is to be taken; not the one just laid aside."""
    return [*{row[0]: row[1] for row in _asked(actor, _OFFERED, "", {}) if row[1] != but}.items()]


def how_many(actor: Actor) -> int:
    """How many wait, counted no further than the lists are."""
    found = _asked(actor, f"SELECT {_COUNT}", "", {})
    return int(found[0][0]) if found else 0


def _asked(actor: Actor, query: str, behind: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    if actor.role not in OFFICE:
        return []
    narrowed, asker = not_about_named(actor)
    with raw().cursor() as cur:
        return cur.execute(query.format(narrowed=narrowed, behind=behind), {**asked, **asker}).fetchall()
