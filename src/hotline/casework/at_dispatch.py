"""派单台的读取 (at dispatch): what was settled before and fits a matter, with who put it down and what was dispatched by it
since; and who handled what was of the same category before, and saw it through to its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.casework.barring_by_hand import not_about
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.casework.words import alike
from hotline.network.roles import OFFICE
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw

OF_CATEGORY, NEWEST, NUMBERS, RULINGS = 20, 60, 5, 3
LOOKED_THROUGH, PRECEDENTS = 60, 4
ALIKE = 0.45
RULED_AT = 7  # where the instant stands in a row
_TEXT = "(SELECT t.body FROM casework_text t WHERE t.matter_id = r.matter_id AND t.id = {})"
_IN_FORCE = "SELECT q.* FROM casework_ruling q WHERE q.revoked_at IS NULL"
_RESTED = "casework_rested s JOIN casework_matter m ON m.id = s.matter_id WHERE s.ruling_id = r.id{narrowed}"
# Rulings of the category and the newest of all, each by its index; of what is about whoever asks nothing.
_SETTLED = f"""
SELECT jsonb_build_array(r.id, m.number, r.sort, r.category, r.area, r.unit_id, r.person_id, r.ruled_at,
 {_TEXT.format("r.document_id")}, {_TEXT.format("r.words_id")}, {_TEXT.format("m.gist_id")},
 ARRAY(SELECT m.number FROM {_RESTED} ORDER BY s.at DESC LIMIT {NUMBERS}),
 (SELECT count(*) FROM (SELECT 1 FROM {_RESTED} LIMIT 1001) n))
FROM (({_IN_FORCE} AND q.category = %(category)s ORDER BY q.ruled_at DESC LIMIT {OF_CATEGORY}) UNION
 ({_IN_FORCE} ORDER BY q.ruled_at DESC LIMIT {NEWEST})) r JOIN casework_matter m ON m.id = r.matter_id
WHERE m.id <> %(matter)s{{narrowed}}
"""
# The last so many that are over, by the index; of each the order that answered for the whole.
_HANDLED = f"""
SELECT jsonb_build_array(o.unit_id, count(*), count(*) FILTER (WHERE m.area LIKE %(county)s),
 (array_agg(m.number ORDER BY m.at DESC))[1])
FROM (SELECT m.id, m.area, m.number, m.registered_at AS at FROM casework_matter m WHERE m.category = %(category)s
 AND m.status IN ('{MatterStatus.CLOSED}', '{MatterStatus.ARCHIVED}') AND m.category <> ''{{narrowed}}
 ORDER BY m.registered_at DESC LIMIT {LOOKED_THROUGH}) m
JOIN casework_order o ON o.matter_id = m.id AND o.lead AND o.parent_id IS NULL AND o.status = '{OrderStatus.APPROVED}'
GROUP BY o.unit_id ORDER BY count(*) FILTER (WHERE m.area LIKE %(county)s) DESC, count(*) DESC, o.unit_id
LIMIT {PRECEDENTS}
"""
_BEFORE = f"SELECT ARRAY({_SETTLED}), ARRAY({_HANDLED})"


@dataclass(frozen=True, slots=True)
class Told:
    """要派的一件, as far as what was before is looked for: its category, the code of its place and that of the county, its
    gist."""

    matter_id: int
    category: str
    area: str
    county: str
    gist: str


@dataclass(frozen=True, slots=True)
class Settled:
    """一份裁定: what was settled, who put it down, where, and what was dispatched by it: the newest, and how many."""

    id: int
    number: str
    sort: str
    category: str
    area: str
    unit_id: int
    person_id: int
    ruled_at: datetime
    document: str
    words: str
    gist: str
    rested: Sequence[str]
    count: int


@dataclass(frozen=True, slots=True)
class Precedent:
    """一个单位的先例: how many matters of the category it brought to their end, how many of them at the same place, and
    the newest of all."""

    unit_id: int
    count: int
    nearby: int
    newest: str


@dataclass(frozen=True, slots=True)
class Before:
    """以前的: what was settled and fits, the likest first; who did what was alike."""

    settled: Sequence[Settled] = ()
    precedents: Sequence[Precedent] = ()


def before(actor: Actor, told: Told) -> Before:
    """Both, in one statement."""
    if actor.role not in OFFICE:
        return Before()
    narrowed, (units, persons, desks) = not_about(actor)
    for place, name in enumerate(("units", "persons", "desks"), 2):
        narrowed = narrowed.replace(f"${place}", f"%({name})s")
    begins = told.county.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    asked = {"category": told.category, "matter": told.matter_id, "county": f"{begins}%" if begins else "",
             "units": units, "persons": persons, "desks": desks}  # fmt: skip
    with raw().cursor() as cur:
        row = cur.execute(_BEFORE.format(narrowed=narrowed), asked).fetchone()
    settled, handled = row or ((), ())
    handled = [Precedent(*json.loads(one)) for one in handled]
    return Before(_fitting([_settled(one) for one in settled], told), handled)


def _settled(text: str) -> Settled:
    """A row as the statement gives it, its instant in the middle."""
    values = json.loads(text)
    values[RULED_AT] = datetime.fromisoformat(values[RULED_AT])
    return Settled(*values)


def _fitting(found: Sequence[Settled], told: Told) -> list[Settled]:
    """What stands for the category, or was settled of a matter told in much the same words; not what holds for another
    county alone."""
    here = (one for one in found if told.area.startswith(one.area))
    scored = [(alike(told.gist, one.gist or "") + (bool(told.category) and one.category == told.category), one)
              for one in here]  # fmt: skip
    fits = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], -pair[1].id))
    return [one for _, one in fits[:RULINGS]]
