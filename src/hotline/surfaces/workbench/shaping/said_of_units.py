"""承办之间与核实的话 (said of units): what is said of shares, of what is handed down, of inquiries, in the course of a
matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hotline.network import desks as network
from hotline.surfaces.ui import said


def _files(facts: Mapping[str, Any]) -> str:
    return f"，附件 {facts['files']} 个" if facts["files"] else ""


LABELLED = {
    "investigation_recorded": (("who_id", "核实的人："), ("finding_id", "")),
    "checked_on_site": (("who_id", "核实的人："), ("finding_id", ""), ("evidence_id", "证据：")),
    "praise_passed_on": (("words_id", ""),),
    "transferred": (("place_id", "转到："), ("their_number_id", "那里的编号："), ("words_id", "")),
}
UNITS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "investigation_recorded": lambda f: f"{said.day_of(f['looked_on'])}调查核实" + _files(f),
    "checked_on_site": lambda f: f"{said.day_of(f['looked_on'])}抽查核实，与反馈件" + ("相符" if f["as_it_is"] else "不符")
    + _files(f),
    "praise_passed_on": lambda f: f"表扬转告{network.name(f['unit_id'])}",
    "transferred": lambda f: "转外地，热线不再办理",
    "false_reply_marked": lambda f: "查实反馈不实，亮红牌",
    "redone_after_check": lambda f: "抽查不实，重办",
    "shares_assigned": lambda f: "协办：" + "、".join(network.name(unit_id) for unit_id in f["unit_ids"]),
    "unit_added": lambda f: f"加派{network.name(f['unit_id'])}协办",
    "share_handed_in": lambda f: "协办材料交牵头单位",
    "share_ended": lambda f: "协办终止，收回工单",
    "handed_down": lambda f: f"下派{network.name(f['unit_id'])}" + ("，定了内部期限" if f.get("inner_at") else ""),
    "inner_late": lambda f: "内部期限已过，下级还没有报送，告诉二级单位",
    "accepted_from_below": lambda f: "采用下级反馈，评价：" + {"good": "好", "fair": "合格"}[f["evaluation"]],
    "taken_over": lambda f: "下级反馈等本单位签批",
    "draft_handed_back": lambda f: "没有签批，发回修改",
    "sent_back_below": lambda f: "退下级重办" + ("，定了内部期限" if f.get("inner_at") else ""),
    "looked_below": lambda f: {"visit": "回访诉求人", "investigate": "调查核实", "inspect": "检查办理"}[f["what"]],
    "inner_return_granted": lambda f: "收回下派",
    "inner_return_refused": lambda f: "不收回下派，由下级单位办理",
    "inner_extension_granted": lambda f: f"准下级延期 {f['working_days']} 个工作日",
    "inner_extension_refused": lambda f: "不准下级延期",
    "relay_asked": lambda f: "请热线办转告答复" if f["purpose"] == "answer" else "请热线办联系诉求人",
    "relayed": lambda f: "热线办代为联系，" + ("联系上了" if f["outcome"] == "reached" else "没有联系上"),
    "withholding_asked": lambda f: "申请不公开",
    "withholding_approved": lambda f: "同意不公开，不在网上公开和答复",
    "withholding_refused": lambda f: "不同意不公开",
    "withholding_withdrawn": lambda f: "撤回不公开申请",
}
