"""提请有关的消息 (messages of proposals): what the citizen is told of a refusal, its review, a withdrawal or an
ending, the unit of its order, and the office of its own lateness."""

from __future__ import annotations

from hotline.casework.messages import limit_day, to_citizen, to_unit
from hotline.casework.messages_of_leaders import to_office
from hotline.network import wordings
from hotline.procedure.outbox import Rendered, Waiting, template, worded
from hotline.procedure.store import Cur
from hotline.procedure.world import current

REVIEW = "SELECT rulebook, review_until FROM casework_matter WHERE id = %s"


@template("refused")
def refused(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter is not taken; the citizen may ask that somebody else looks at it."""
    row = cur.execute(REVIEW, (message.refs["matter_id"],)).fetchone()
    day = limit_day(current(), row[0], row[1]) if row else ""
    return to_citizen(cur, message, review=wordings.part("review", day=day))


# Whose words are all there is to them (`network/wordings.yaml`).
worded(
    to_citizen,
    "refusal_upheld", "accepted_after_all", "withdrawal_asked", "withdrawn", "withdrawal_refused", "ended",
)  # fmt: skip
worded(to_office, "decision_late")
worded(to_unit, "order_ended")
