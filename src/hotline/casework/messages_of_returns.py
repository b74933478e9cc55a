"""退回与指定的消息 (messages of returns): what unit and citizen are told when an order changes hands."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.network import wordings
from hotline.procedure.outbox import Rendered, Waiting, template
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


def to_desk(cur: Cur, message: Waiting, desk: str) -> Rendered | None:
    """To the telephone of a body of the city's own level; none where it has no number."""
    row = cur.execute(ABOVE, {"matter": message.refs["matter_id"], "desk": desk}).fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], wordings.written(message.template, number=row[1]))


@template("unit_changes")
def unit_changes(cur: Cur, message: Waiting) -> Rendered | None:
    """Another unit will be found for the citizen's matter; the promise stays."""
    return to_citizen(cur, message)


@template("return_granted")
def return_granted(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is rid of its order."""
    return to_unit(cur, message)


@template("return_refused")
def return_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit keeps its order."""
    return to_unit(cur, message)


@template("order_copied")
def order_copied(cur: Cur, message: Waiting) -> Rendered | None:
    """The platform has assigned a matter straight to a unit below."""
    return to_unit(cur, message)


@template("accepted_from_below")
def accepted_from_below(cur: Cur, message: Waiting) -> Rendered | None:
    """Level 2 makes level 3's letter its own."""
    return to_unit(cur, message)


@template("inner_late")
def inner_late(cur: Cur, message: Waiting) -> Rendered | None:
    """Level 3 has not filed by the instant that level 2 set."""
    return to_unit(cur, message)


@template("share_delivered")
def share_delivered(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is to assist another."""
    return to_unit(cur, message)


@template("unit_added")
def unit_added(cur: Cur, message: Waiting) -> Rendered | None:
    """The lead has one more unit beside it."""
    return to_unit(cur, message)


@template("share_handed_in")
def share_handed_in(cur: Cur, message: Waiting) -> Rendered | None:
    """The lead has an assisting unit's letter."""
    return to_unit(cur, message)


@template("relayed")
def relayed(cur: Cur, message: Waiting) -> Rendered | None:
    """The office has been in touch with a citizen in a unit's place."""
    return to_unit(cur, message)


@template("withholding_approved")
def withholding_approved(cur: Cur, message: Waiting) -> Rendered | None:
    """A matter is kept from the site, as its unit applied."""
    return to_unit(cur, message)


@template("withholding_refused")
def withholding_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """It is not."""
    return to_unit(cur, message)


@template("recalled")
def recalled(cur: Cur, message: Waiting) -> Rendered | None:
    """An order was taken from a unit."""
    return to_unit(cur, message)


@template("designation_proposed")
def designation_proposed(cur: Cur, message: Waiting) -> Rendered | None:
    """The government is asked who shall handle a matter; its holder keeps it meanwhile."""
    return to_unit(cur, message)


@template("designation_withdrawn")
def designation_withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """The government is asked no longer: the leaders' office, and the unit that goes on."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "designation_withdrawn_unit")
    return to_desk(cur, message, NO_DESK)


@template("designated")
def designated(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit was designated."""
    return to_unit(cur, message)


@template("unit_changed")
def unit_changed(cur: Cur, message: Waiting) -> Rendered | None:
    """Another unit has the citizen's matter now; the promise stays."""
    return to_citizen(cur, message)


@template("designation_late")
def designation_late(cur: Cur, message: Waiting) -> Rendered | None:
    """A designation is owed: the telephone of the leaders' office, and that of the hotline's."""
    desk = NO_DESK if message.to_kind == "leaders" else OFFICE_DESK
    return to_desk(cur, message, desk)


@template("found_untrue")
def found_untrue(cur: Cur, message: Waiting) -> Rendered | None:
    """The office looked for itself, and a letter is not as things are."""
    return to_unit(cur, message)


@template("redo_after_check")
def redo_after_check(cur: Cur, message: Waiting) -> Rendered | None:
    """It is to be handled anew: the unit, and the citizen who was told what is not so."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "redo_after_check_unit")
    return to_citizen(cur, message)
