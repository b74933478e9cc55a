"""交接班的读取 (handing over): a unit's latest notes, with who wrote and who read them; for those who act there alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.perform import raw

MOST = 8
_LATEST = """
SELECT n.id, n.status, n.at, w.name, n.body, n.ended_at, coalesce(r.name, ''), n.person_id FROM network_shiftnote n
JOIN network_person w ON w.id = n.person_id LEFT JOIN network_person r ON r.id = n.reader_id
WHERE n.unit_id = %(unit)s AND (%(at)s::timestamptz IS NULL OR (n.at, n.id) < (%(at)s, %(row)s))
ORDER BY n.at DESC, n.id DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Note:
    """一份交接班记录."""

    id: int
    status: str
    at: datetime
    writer: str
    body: str
    read_at: datetime | None
    reader: str
    person_id: int


def latest(actor: Actor, before: tuple[datetime | None, int] | None = None) -> list[Note]:
    """Of the shift leader's own unit, newest first, or those before a note; one more than is shown; one statement."""
    if actor.role != Role.SHIFT_LEADER:
        return []
    with raw().cursor() as cur:
        at, row_id = before or (None, 0)
        asked = {"unit": actor.unit_id, "at": at, "row": row_id, "most": MOST + 1}
        return [Note(*row) for row in cur.execute(_LATEST, asked, prepare=True).fetchall()]
