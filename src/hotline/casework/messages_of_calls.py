"""来电有关的消息 (messages of calls): that somebody called again, in words."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur


@template("called_meanwhile")
def called_meanwhile(cur: Cur, message: Waiting) -> Rendered | None:
    """The citizen has called again about a unit's order."""
    return to_unit(cur, message)


@template("taken_up_again")
def taken_up_again(cur: Cur, message: Waiting) -> Rendered | None:
    """New facts: an order is open again."""
    return to_unit(cur, message)


@template("repeat_recorded")
def repeat_recorded(cur: Cur, message: Waiting) -> Rendered | None:
    """What was said in a further call is on file."""
    return to_citizen(cur, message)


@template("joined")
def joined(cur: Cur, message: Waiting) -> Rendered | None:
    """It is handled with somebody else's."""
    return to_citizen(cur, message)


@template("separated")
def separated(cur: Cur, message: Waiting) -> Rendered | None:
    """It is handled by itself again."""
    return to_citizen(cur, message)


@template("taken_in")
def taken_in(cur: Cur, message: Waiting) -> Rendered | None:
    """One more caller has brought the matter of a unit's order."""
    return to_unit(cur, message)


@template("separated_off")
def separated_off(cur: Cur, message: Waiting) -> Rendered | None:
    """What one more caller had brought is not the same matter."""
    return to_unit(cur, message)


@template("published")
def published(cur: Cur, message: Waiting) -> Rendered | None:
    """Everybody can read of it, in the office's words."""
    return to_citizen(cur, message)
