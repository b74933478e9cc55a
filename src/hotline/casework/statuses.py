"""状态 (statuses): what a matter or an order is now. Verbs move them; nothing else does."""

from collections.abc import Iterable
from enum import StrEnum


class MatterStatus(StrEnum):
    """事项状态: from a citizen's words to the archived file."""

    REGISTERED = "registered"
    AWAITING_FACTS = "awaiting_facts"
    REFUSAL_PROPOSED = "refusal_proposed"
    ACCEPTED = "accepted"
    JOINED = "joined"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    UNDER_REVIEW = "under_review"
    ANSWERED = "answered"
    IN_HAND = "in_hand"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    CLOSED = "closed"
    ARCHIVED = "archived"


class OrderStatus(StrEnum):
    """工单状态: what the responsible unit has done with its order."""

    DISPATCHED = "dispatched"
    SIGNED = "signed"
    DRAFTED = "drafted"
    SIGNED_OFF = "signed_off"
    FILED = "filed"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    BOUNCED = "bounced"
    REOPENED = "reopened"
    RETURNED = "returned"
    RECALLED = "recalled"
    ENDED = "ended"


MATTER_TERMS = {
    MatterStatus.REGISTERED: "待受理",
    MatterStatus.AWAITING_FACTS: "待补充",
    MatterStatus.REFUSAL_PROPOSED: "拟不受理，待批准",
    MatterStatus.ACCEPTED: "已受理，待办",
    MatterStatus.JOINED: "已并入另一件",
    MatterStatus.SUBMITTED: "已呈报，待批示",
    MatterStatus.DECLINED: "不予受理",
    MatterStatus.UNDER_REVIEW: "不予受理，复核中",
    MatterStatus.ANSWERED: "已直接答复",
    MatterStatus.IN_HAND: "办理中",
    MatterStatus.REPLIED: "待回访",
    MatterStatus.WITHDRAWN: "已撤诉",
    MatterStatus.ENDED: "已终止",
    MatterStatus.CLOSED: "已办结",
    MatterStatus.ARCHIVED: "已归档",
}

ORDER_TERMS = {
    OrderStatus.DISPATCHED: "待签收",
    OrderStatus.SIGNED: "办理中",
    OrderStatus.DRAFTED: "待签批",
    OrderStatus.SIGNED_OFF: "待报送",
    OrderStatus.FILED: "待审核",
    OrderStatus.APPROVED: "已通过",
    OrderStatus.SENT_BACK: "退回重办",
    OrderStatus.BOUNCED: "已退单",
    OrderStatus.REOPENED: "续办",
    OrderStatus.RETURNED: "已退回",
    OrderStatus.RECALLED: "已收回",
    OrderStatus.ENDED: "已终止",
}


def stage(matter: str, orders: Iterable[str]) -> str:
    """Where a matter stands, and, where that is another word, its orders: the same on every list and on its page."""
    whole = MATTER_TERMS[MatterStatus(matter)]
    steps = dict.fromkeys(ORDER_TERMS[OrderStatus(status)] for status in orders)
    return "：".join(filter(None, (whole, "、".join(step for step in steps if step != whole))))


# Over for the citizen, one way or the other, and not archived yet: whoever passed it on is to be told.
DONE = (MatterStatus.REPLIED, MatterStatus.CLOSED, MatterStatus.DECLINED, MatterStatus.WITHDRAWN, MatterStatus.ENDED)
OPEN_ORDERS = (
    OrderStatus.DISPATCHED, OrderStatus.SIGNED, OrderStatus.DRAFTED, OrderStatus.SIGNED_OFF, OrderStatus.FILED,
    OrderStatus.SENT_BACK, OrderStatus.BOUNCED, OrderStatus.REOPENED,
)  # fmt: skip
WORKING = tuple(status for status in OPEN_ORDERS if status != OrderStatus.FILED)  # with the unit
OPEN_SQL = "(" + ", ".join(f"'{status}'" for status in OPEN_ORDERS) + ")"  # as the partial indexes have it
