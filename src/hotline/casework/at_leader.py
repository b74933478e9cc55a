"""市领导的读取 (at a leader's desk): what waits for a leader's word, longest first; what was instructed before and became
of it; what else this leader may read and has to do with a matter. All of what was submitted to this very post, what is
related also of what was put to designation; of what is about whoever asks nothing (R-21)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from hotline.casework.barring_by_hand import not_about_named
from hotline.casework.desks import PAGE
from hotline.casework.rows import LOCKED
from hotline.casework.submissions import GIVEN_BACK, INSTRUCTED, WITHDRAWN
from hotline.casework.words import alike
from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw

NEXT, LOOKED_THROUGH, SHOWN = 6, 200, 5
ALIKE, ALIKE_THERE = 0.45, 0.25
_GIST = (f"CASE WHEN m.locked THEN '{LOCKED}' ELSE coalesce((SELECT t.body FROM casework_text t"
         " WHERE t.matter_id = m.id AND t.id = m.gist_id), '') END")  # fmt: skip
_TEXT = "coalesce((SELECT t.body FROM casework_text t WHERE t.matter_id = m.id AND t.id = s.{}), '')"
_WAITING = f"""SELECT m.number, s.id, s.submitted_at AS at, {_GIST} AS gist, s.ground, m.urgent
FROM casework_submission s JOIN casework_matter m ON m.id = s.matter_id
WHERE s.post_id = %(post)s AND s.outcome = ''{{behind}}{{narrowed}} ORDER BY s.submitted_at, s.id LIMIT {NEXT + 1}"""
# Of each the order that answers for the whole, as it stands now or stood last.
_GIVEN = f"""SELECT m.number, s.id, s.decided_at AS at, {_GIST} AS gist, s.outcome, {_TEXT.format("words_id")} AS words,
 s.instructed_units AS units, s.wanted_on, s.reported_at, {_TEXT.format("report_id")} AS report, m.status,
 m.carry_out_at IS NOT NULL AS departing, o.unit_id, o.received_at, o.due_at, o.due_clause,
 coalesce(o.due_provisional, false) AS provisional, coalesce(o.urgent, false) AS urgent, o.filed_at, o.ended_at
FROM casework_submission s JOIN casework_matter m ON m.id = s.matter_id
LEFT JOIN LATERAL (SELECT w.* FROM casework_order w WHERE w.matter_id = m.id AND w.lead AND w.parent_id IS NULL
 ORDER BY w.id DESC LIMIT 1) o ON true
WHERE s.post_id = %(post)s AND s.outcome IN ('{INSTRUCTED}', '{GIVEN_BACK}'){{behind}}{{narrowed}}
ORDER BY s.decided_at DESC, s.id DESC LIMIT %(most)s"""
# The newest of what such a post may read: what was submitted to it, or put to designation (`desks.matters`).
_READABLE = f"""SELECT matter_id FROM (SELECT s.matter_id FROM casework_submission s WHERE s.post_id = %(post)s
 AND s.outcome <> '{WITHDRAWN}' AND s.matter_id <> %(matter)s ORDER BY s.matter_id DESC LIMIT {LOOKED_THROUGH}) a
UNION SELECT matter_id FROM (SELECT d.matter_id FROM casework_designation d WHERE d.matter_id <> %(matter)s
 ORDER BY d.matter_id DESC LIMIT {LOOKED_THROUGH}) b"""
_RELATED = f"""SELECT m.number, m.status, m.registered_at, {_GIST}, m.area <> '' AND m.area = %(area)s,
 m.category <> '' AND m.category = %(category)s,
 EXISTS (SELECT 1 FROM casework_contact k JOIN casework_citizen c ON c.id = k.citizen_id WHERE k.matter_id = m.id
 AND k.forgotten_at IS NULL AND c.phone_index = ANY(%(phones)s::bytea[]))
FROM ({_READABLE}) s JOIN casework_matter m ON m.id = s.matter_id WHERE true{{narrowed}}
ORDER BY m.registered_at DESC, m.id DESC"""


@dataclass(frozen=True, slots=True)
class Waits:
    """等批示的一件: its matter's number, its own, since when it waits, why it was submitted."""

    number: str
    id: int
    at: datetime
    gist: str
    ground: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Given:
    """批示过的一件: what was said when, what was reported; where the matter stands; who answers for the whole, by when, and
    when that was filed. `departing`: the office has still to see that the units named get it."""

    number: str
    id: int
    at: datetime
    gist: str
    outcome: str
    words: str
    units: str
    wanted_on: date | None
    reported_at: datetime | None
    report: str
    status: str
    departing: bool
    unit_id: int | None
    received_at: datetime | None
    due_at: datetime | None
    due_clause: str | None
    provisional: bool
    urgent: bool
    filed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Related:
    """有关的一件 that the leader may read: at the same place, of the same category, from the same caller, in like words."""

    number: str
    status: str
    at: datetime
    gist: str
    there: bool
    same_category: bool
    same_caller: bool
    likeness: float


@dataclass(frozen=True, slots=True)
class Told:
    """看的这一件, as far as others are looked for: its place by code, its category, its callers' tokens, its
    gist."""

    matter_id: int
    area: str
    category: str
    phones: Sequence[bytes]
    gist: str


Cursor = tuple[datetime | None, int]


AFTER, BEFORE = " AND (s.submitted_at, s.id) > (%(at)s, %(row)s)", " AND (s.decided_at, s.id) < (%(at)s, %(row)s)"
_READ = {"datetime": datetime.fromisoformat, "date": date.fromisoformat}


def _asked(actor: Actor, query: str, behind: str = "", cursor: Cursor | None = None,
           **params: Any) -> list[tuple[Any, ...]]:  # fmt: skip
    if actor.role != Role.LEADER:
        return []
    narrowed, asker = not_about_named(actor)
    at, row_id = cursor or (None, 0)
    said = query.format(narrowed=narrowed, behind=behind if at else "")
    with raw().cursor() as cur:
        values = {**params, **asker, "post": actor.post_id or 0, "at": at, "row": row_id}
        return cur.execute(said, values).fetchall()


def given(actor: Actor, cursor: Cursor | None = None, most: int = PAGE) -> list[Given]:
    """What was instructed or given back, newest first, behind the cursor; one more than a page says that there is
    more."""
    return [Given(*row) for row in _asked(actor, _GIVEN, BEFORE, cursor, most=most + 1)]


def at_desk(actor: Actor, cursor: Cursor | None, most: int) -> tuple[list[Waits], list[Given]]:
    """Those that wait longest, behind the cursor, no more than are shown; and the newest of what was instructed; in one
    statement."""
    newest = _GIVEN.replace("{behind}", "")
    both = f"SELECT 0, to_jsonb(w)::text FROM ({_WAITING}) w UNION ALL SELECT 1, to_jsonb(g)::text FROM ({newest}) g"
    rows = _asked(actor, both, AFTER, cursor, most=most + 1)
    kinds = enumerate((Waits, Given))
    waits, before = ([_read(kind, text) for at, text in rows if at == which] for which, kind in kinds)
    return sorted(waits, key=lambda one: (one.at, one.id)), sorted(before, key=lambda one: (one.at, one.id))[::-1]


def _read(kind: type[Any], text: str) -> Any:
    """A row as JSON has it."""
    row = json.loads(text)
    as_told = {f.name: _READ.get(str(f.type).removesuffix(" | None")) for f in fields(kind)}
    return kind(**{name: how(row[name]) if how and row[name] else row[name] for name, how in as_told.items()})


def related(actor: Actor, told: Told) -> list[Related]:
    """What else this leader may read and looks as if it had to do with it, the likest first: from the same caller; at
    the same place of the same category or in like words, as the office finds what is near (`at_intake.nearby`);
    anywhere else of the same category in like words, or in much the same words."""
    rows = _asked(actor, _RELATED, matter=told.matter_id, area=told.area, category=told.category,
                  phones=list(told.phones))  # fmt: skip
    near = [one for one in (Related(*(*row, alike(told.gist, row[3]))) for row in rows) if _near(one)]
    return sorted(near, key=lambda one: (-_score(one), one.number))[:SHOWN]


def _near(one: Related) -> bool:
    if one.same_caller or (one.there and one.same_category):
        return True
    return one.likeness >= (ALIKE_THERE if one.there or one.same_category else ALIKE)


def _score(one: Related) -> float:
    return one.same_caller + one.there + one.same_category + one.likeness
