"""提请的话: what one proposed and another decided, as sentences of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def _late(facts: Mapping[str, Any]) -> str:
    return "" if facts["in_time"] else "，超过时限"


PROPOSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "refusal_proposed": lambda f: "提出不予受理，等班长决定",
    "refusal_approved": lambda f: "批准不予受理" + _late(f),
    "refusal_rejected": lambda f: "不批准不予受理，重新看" + _late(f),
    "refusal_upheld": lambda f: "复核：维持不予受理" + _late(f),
    "accepted_after_all": lambda f: "复核：受理" + _late(f),
    "decision_late": lambda f: "提请超过时限没有决定",
    "withdrawn": lambda f: "撤诉，不计按时逾期" + _late(f),
    "withdrawal_refused": lambda f: "不撤诉，照常办理" + _late(f),
    "end_proposed": lambda f: "提请终止，等班长决定",
    "end_approved": lambda f: "同意终止，不计按时逾期" + _late(f),
    "end_rejected": lambda f: "不同意终止，照常办理" + _late(f),
    "abuse_proposed": lambda f: "提请标记骚扰，等班长决定",
    "abuse_marked": lambda f: "批准标记来电号码" + _late(f),
    "abuse_rejected": lambda f: "不批准标记" + _late(f),
    "order_ended": lambda f: "终止工单，不计按时逾期",
}
