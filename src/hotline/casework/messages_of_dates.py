"""对外消息：延期与复查 (messages about dates): extensions, what is looked at again."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_first_citizen, to_unit
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur


@template("extended")
def extended(cur: Cur, message: Waiting) -> Rendered | None:
    """It takes longer, and the unit has said why."""
    return to_first_citizen(cur, message)


@template("not_extended")
def not_extended(cur: Cur, message: Waiting) -> Rendered | None:
    """The unit had said that it would take longer; it may not."""
    return to_first_citizen(cur, message)


@template("promise_shifted")
def promise_shifted(cur: Cur, message: Waiting) -> Rendered | None:
    """It takes longer, because nothing could be done for some days."""
    return to_citizen(cur, message)


@template("extension_filed")
def extension_filed(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension is on file."""
    return to_unit(cur, message)


@template("extension_refused")
def extension_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension was not filed."""
    return to_unit(cur, message)


@template("extension_lapsed")
def extension_lapsed(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension that the unit's own leader did not agree to in time."""
    return to_unit(cur, message)


@template("extension_void")
def extension_void(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension nobody explained to the citizen."""
    return to_unit(cur, message)


@template("called_again")
def called_again(cur: Cur, message: Waiting) -> Rendered | None:
    """What was explained and not solved is to be taken up again."""
    return to_unit(cur, message)


@template("looked_at_again")
def looked_at_again(cur: Cur, message: Waiting) -> Rendered | None:
    """The day has come on which it was to be looked at again."""
    return to_first_citizen(cur, message)
