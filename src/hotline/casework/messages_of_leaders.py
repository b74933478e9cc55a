"""呈办的消息 (messages of submissions): to the leader it was put before, to the office, to the units at work on it."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.casework.messages_of_returns import OFFICE_DESK, to_desk
from hotline.network import wordings
from hotline.procedure.outbox import Rendered, Waiting, template, worded
from hotline.procedure.store import Cur

LEADER = """
SELECT p.phone, m.number FROM network_post o JOIN network_person p ON p.id = o.person_id
JOIN casework_matter m ON m.id = %s WHERE o.id = %s AND o.status = 'open'
AND m.against_person_id IS DISTINCT FROM p.id
"""
WAITED_FOR = "SELECT post_id FROM casework_submission WHERE matter_id = %s AND outcome = '' ORDER BY id DESC LIMIT 1"


def _to_leader(cur: Cur, message: Waiting, post_id: int) -> Rendered | None:
    """To whoever holds the post; none where no number is known."""
    row = cur.execute(LEADER, (message.refs["matter_id"], post_id)).fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], wordings.written(message.template, number=row[1]))


def to_office(cur: Cur, message: Waiting) -> Rendered | None:
    """To the hotline office's own telephone."""
    return to_desk(cur, message, OFFICE_DESK)


@template("submitted")
def submitted(cur: Cur, message: Waiting) -> Rendered | None:
    """A leader has something to instruct on."""
    return _to_leader(cur, message, message.to_id)


@template("submission_withdrawn")
def submission_withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """It is not needed any more."""
    return _to_leader(cur, message, message.to_id)


@template("reported")
def reported(cur: Cur, message: Waiting) -> Rendered | None:
    """A leader may read what came of the instruction."""
    return _to_leader(cur, message, message.to_id)


@template("leader_reminded")
def leader_reminded(cur: Cur, message: Waiting) -> Rendered | None:
    """A matter waits for a leader's instruction; the clock does not know whose."""
    row = cur.execute(WAITED_FOR, (message.refs["matter_id"],)).fetchone()
    return _to_leader(cur, message, row[0]) if row else None


@template("leader_instructed")
def leader_instructed(cur: Cur, message: Waiting) -> Rendered | None:
    """A leader has instructed: the office, and whoever is at work on it."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "leader_instructed_unit")
    return to_office(cur, message)


# Whose words are all there is to them (`network/wordings.yaml`).
worded(to_office, "given_back")
worded(to_citizen, "with_leaders")
