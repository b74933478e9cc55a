"""退回与指定的消息 (messages of returns): what unit and citizen are told when an order changes hands."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.network import wordings
from hotline.procedure.outbox import Rendered, Waiting, template, worded
from hotline.procedure.store import Cur
from hotline.rules.conflicts import HOTLINE

# What is about the hotline as such its own telephone does not hear of: whom it goes to instead does.
ABOVE = f"""
SELECT u.phone, m.number FROM casework_matter m JOIN network_unit u ON u.level = 1 AND u.status = 'open' AND CASE
WHEN %(desk)s <> '' AND m.against = '{HOTLINE}' AND m.against_person_id IS NULL THEN u.id = m.goes_to_unit_id
ELSE u.desk = %(desk)s AND m.against_unit_id IS DISTINCT FROM u.id END
WHERE m.id = %(matter)s ORDER BY u.id LIMIT 1
"""
OFFICE_DESK, NO_DESK = "office", ""  # of the hotline office itself; the city's government has none


def to_desk(cur: Cur, message: Waiting, desk: str, **gaps: str) -> Rendered | None:
    """To the telephone of a body of the city's own level; none where it has no number."""
    row = cur.execute(ABOVE, {"matter": message.refs["matter_id"], "desk": desk}).fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], wordings.written(message.template, number=row[1], **gaps))


@template("designation_withdrawn")
def designation_withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """The government is asked no longer: the leaders' office, and the unit that goes on."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "designation_withdrawn_unit")
    return to_desk(cur, message, NO_DESK)


@template("designation_late")
def designation_late(cur: Cur, message: Waiting) -> Rendered | None:
    """A designation is owed: the telephone of the leaders' office, and that of the hotline's."""
    desk = NO_DESK if message.to_kind == "leaders" else OFFICE_DESK
    return to_desk(cur, message, desk)


@template("redo_after_check")
def redo_after_check(cur: Cur, message: Waiting) -> Rendered | None:
    """It is to be handled anew: the unit, and the citizen who was told what is not so."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "redo_after_check_unit")
    return to_citizen(cur, message)


# Whose words are all there is to them (`network/wordings.yaml`).
worded(to_citizen, "unit_changes", "unit_changed")
worded(
    to_unit,
    "return_granted", "return_refused", "order_copied", "accepted_from_below", "inner_late", "below_ended",
    "share_delivered", "unit_added", "share_handed_in", "relayed", "withholding_approved", "withholding_refused",
    "recalled", "designation_proposed", "designated", "found_untrue",
)  # fmt: skip
