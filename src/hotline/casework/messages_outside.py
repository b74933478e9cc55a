"""对外的消息 (messages to those outside): what was handed over, emergencies reported, feedback to a source."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.casework.messages_of_leaders import to_office
from hotline.casework.messages_of_returns import NO_DESK, OFFICE_DESK, to_desk
from hotline.network import choices, wordings
from hotline.network.roles import Role
from hotline.procedure.outbox import UPWARD, Rendered, Waiting, template, worded
from hotline.procedure.store import Cur
from hotline.procedure.world import current
from hotline.rules.conflicts import HOTLINE

HANDED_TO = "SELECT number FROM casework_handover WHERE matter_id = %s AND taken ORDER BY id DESC LIMIT 1"
SOURCE = """
SELECT s.sort, n.body, f.body, m.number FROM casework_source s JOIN casework_matter m ON m.id = s.matter_id
JOIN casework_text n ON n.id = s.number_id AND n.matter_id = s.matter_id
JOIN casework_text f ON f.id = s.feedback_id AND f.matter_id = s.matter_id WHERE s.id = %s AND s.matter_id = %s
"""


@template("handed_over")
def handed_over(cur: Cur, message: Waiting) -> Rendered | None:
    """An emergency is with the service whose it is."""
    row = cur.execute(HANDED_TO, (message.refs["matter_id"],)).fetchone()
    return to_citizen(cur, message, service=row[0] if row else "")


# Whoever leads the shift at this instant: who holds the post and is on duty; else who is on duty at their centre; else
# the holder's own number, the one they gave themselves first; else the centre's. Nobody whom the matter is about
# nobody once it is taken.
ON_SHIFT = f"""
SELECT coalesce(nullif(d.phone, ''), nullif(p.phone, ''), u.phone), m.number, p.id, d.id IS NULL FROM casework_matter m
JOIN network_post o ON o.role = '{Role.SHIFT_LEADER}' AND o.status = 'open'
JOIN network_person p ON p.id = o.person_id AND p.id IS DISTINCT FROM m.against_person_id
JOIN network_unit u ON u.id = o.unit_id AND u.status = 'open' AND u.id IS DISTINCT FROM m.against_unit_id
AND (m.against <> '{HOTLINE}' OR m.against_person_id IS NOT NULL OR u.id = m.goes_to_unit_id)
LEFT JOIN network_duty d ON d.unit_id = u.id AND d.status = 'open' AND d.from_at <= to_timestamp(%(at)s)
AND d.until_at > to_timestamp(%(at)s)
WHERE m.id = %(matter)s AND m.alarm_next_at IS NOT NULL AND concat(d.phone, p.phone, u.phone) <> ''
ORDER BY d.name = p.name DESC NULLS LAST, d.id IS NULL, u.desk = 'inspection', u.id, d.from_at DESC, d.id LIMIT 1
"""
STANDS = "SELECT 1 FROM casework_matter WHERE id = %(matter)s AND alarm_next_at IS NOT NULL"


@template("danger")
def danger(cur: Cur, message: Waiting) -> Rendered | None:
    """What somebody wrote has words of danger to life in it, and nobody has taken it yet."""
    asked = {"matter": message.refs["matter_id"], "at": message.refs["at"]}
    minutes = str(current().book.provision("danger").values["minutes"])
    row = cur.execute(ON_SHIFT, asked).fetchone()
    if row is None:  # nobody leads a shift: the office hears of it, rather than nobody
        stands = cur.execute(STANDS, asked).fetchone() is not None
        return to_desk(cur, message, OFFICE_DESK, minutes=minutes) if stands else None
    own = choices.phone_of(cur, current().keys, row[2]) if row[3] else ""
    return Rendered(own or row[0], wordings.written(message.template, number=row[1], minutes=minutes))


@template("emergency_reported")
def emergency_reported(cur: Cur, message: Waiting) -> Rendered | None:
    """The government's own telephone: there is a report."""
    return to_desk(cur, message, NO_DESK)


@template("fed_back")
def fed_back(cur: Cur, message: Waiting) -> Rendered | None:
    """The source is told under its own number, by the channel to those above."""
    row = cur.execute(SOURCE, (message.to_id, message.refs["matter_id"])).fetchone()
    if row is None:
        return None
    sort, theirs, feedback, number = row
    said = wordings.written(message.template, theirs=theirs, number=number, feedback=feedback)
    return Rendered(f"{UPWARD}{sort}/{theirs}", said)


PRAISE = "SELECT body FROM casework_text WHERE matter_id = %s AND field = 'praise_words' ORDER BY id DESC LIMIT 1"
PLACE = """
SELECT t.body FROM casework_handover h JOIN casework_text t ON t.id = h.taken_by_id AND t.matter_id = h.matter_id
WHERE h.matter_id = %s AND h.number = 'elsewhere' ORDER BY h.id DESC LIMIT 1
"""


def _said(cur: Cur, query: str, message: Waiting) -> str:
    """A text of the matter as it is now."""
    row = cur.execute(query, (message.refs["matter_id"],)).fetchone()
    return str(row[0]) if row else ""


@template("praise_passed_on")
def praise_passed_on(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is praised; it has nothing to do."""
    return to_unit(cur, message, thanks=_said(cur, PRAISE, message))


@template("transferred")
def transferred(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter is another city's, and there now."""
    return to_citizen(cur, message, place=_said(cur, PLACE, message))


# Whose words are all there is to them (`network/wordings.yaml`).
worded(to_office, "emergency_recognised", "emergency_report_late")
worded(to_citizen, "praise_told")
