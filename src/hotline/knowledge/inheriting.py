"""承接 (inheriting): entries whose unit has ended are themselves the list of what is to be done; a portion at a time."""

from __future__ import annotations

from datetime import datetime

from hotline.knowledge.transitions.inheriting import InheritEntry
from hotline.procedure.engine import SYSTEM
from hotline.procedure.perform import Subject, perform_many, raw

PORTION = 200
_WAITING = (
    "SELECT e.id FROM network_unit u JOIN knowledge_entry e ON e.unit_id = u.id WHERE u.status = 'ended'"
    " AND u.successor_id IS NOT NULL AND e.status = 'open' ORDER BY e.id LIMIT %s"
)


def inherit(now: datetime) -> int:
    """Let one portion of waiting entries go on with the successors of their units; how many did. One that cannot go on
    just now is tried again in the next round."""
    with raw().cursor() as cur:
        waiting = [row[0] for row in cur.execute(_WAITING, (PORTION,)).fetchall()]
    if not waiting:
        return 0
    return perform_many(InheritEntry, [Subject("entry", one) for one in waiting], {}, actor=SYSTEM, now=now).performed
