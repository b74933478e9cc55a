"""总览里的词条 (at home): what waits for the office to confirm, and what one's own unit was asked about; numbers for the
home of a post, by one statement, of a list no more than is counted anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.knowledge.desks import PROPOSERS
from hotline.knowledge.dossier import CONFIRMERS
from hotline.knowledge.statuses import VersionStatus
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw

TO_CONFIRM, ASKED = "to_confirm", "asked"
_COUNTED = ("SELECT '{}', count(*), min(since), count(*) FILTER (WHERE owed <= %s),"
            " count(*) FILTER (WHERE owed > %s AND owed <= %s) FROM ({} LIMIT %s) AS q(since, owed)")  # fmt: skip
_QUESTIONS = {
    TO_CONFIRM: ("SELECT v.proposed_at, v.decide_until FROM knowledge_version v JOIN knowledge_entry e"
                 f" ON e.id = v.entry_id WHERE v.status = '{VersionStatus.PROPOSED}' AND e.status = 'open'"
                 " ORDER BY v.decide_until, v.id"),
    ASKED: ("SELECT e.asked_at, e.valid_until FROM knowledge_entry e WHERE e.unit_id = %s AND e.status = 'open'"
            " AND e.asked_at IS NOT NULL AND e.expired_at IS NULL ORDER BY e.id"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stands:
    """等着的词条: on which list, how many, since when the first of them, how many overdue and due today."""

    name: str
    count: int
    since: datetime
    overdue: int
    today: int


def waiting(actor: Actor, now: datetime, tonight: datetime, most: int) -> list[Stands]:
    """Those lists of this post on which something stands."""
    own: dict[str, list[Any]] = {TO_CONFIRM: []} if actor.role in CONFIRMERS else {}
    if actor.role in PROPOSERS and actor.unit_id is not None:
        own[ASKED] = [actor.unit_id]
    if not own:
        return []
    question = " UNION ALL ".join(_COUNTED.format(name, _QUESTIONS[name]) for name in own)
    values = [value for params in own.values() for value in (now, now, tonight, *params, most)]
    with raw().cursor() as cur:
        return [Stands(*row) for row in cur.execute(question, values).fetchall() if row[1]]
