"""提请有关的消息 (messages of proposals): what the citizen is told of a refusal, its review, a withdrawal or an
ending, the unit of its order, and the office of its own lateness."""

from __future__ import annotations

from hotline.casework.messages import limit_day, to_citizen, to_unit
from hotline.casework.messages_of_leaders import to_office
from hotline.network import wordings
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur
from hotline.procedure.world import current

REVIEW = "SELECT rulebook, review_until FROM casework_matter WHERE id = %s"


@template("refused")
def refused(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter is not taken; the citizen may ask that somebody else looks at it."""
    row = cur.execute(REVIEW, (message.refs["matter_id"],)).fetchone()
    day = limit_day(current(), row[0], row[1]) if row else ""
    return to_citizen(cur, message, review=wordings.part("review", day=day))


@template("refusal_upheld")
def refusal_upheld(cur: Cur, message: Waiting) -> Rendered | None:
    """Somebody else has looked at it, and it comes to the same."""
    return to_citizen(cur, message)


@template("accepted_after_all")
def accepted_after_all(cur: Cur, message: Waiting) -> Rendered | None:
    """Somebody else has looked at it, and it is taken."""
    return to_citizen(cur, message)


@template("decision_late")
def decision_late(cur: Cur, message: Waiting) -> Rendered | None:
    """The office owes a decision: its own telephone."""
    return to_office(cur, message)


@template("withdrawal_asked")
def withdrawal_asked(cur: Cur, message: Waiting) -> Rendered | None:
    """Somebody asked that the matter be dropped."""
    return to_citizen(cur, message)


@template("withdrawn")
def withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter is dropped, as the citizen wished."""
    return to_citizen(cur, message)


@template("withdrawal_refused")
def withdrawal_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter goes on."""
    return to_citizen(cur, message)


@template("ended")
def ended(cur: Cur, message: Waiting) -> Rendered | None:
    """Another channel has the matter."""
    return to_citizen(cur, message)


@template("order_ended")
def order_ended(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is done with an order before it was answered."""
    return to_unit(cur, message)
