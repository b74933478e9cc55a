"""来电有关的消息 (messages of calls): that somebody called again, in words."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur


@template("called_meanwhile")
def called_meanwhile(cur: Cur, message: Waiting) -> Rendered | None:
    """The citizen has called again about a unit's order."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 诉求人又来电了，说了什么请登录查看{limit}。")


@template("taken_up_again")
def taken_up_again(cur: Cur, message: Waiting) -> Rendered | None:
    """New facts: an order is open again."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 有新的情况，须再办，请登录查看{limit}。")


@template("repeat_recorded")
def repeat_recorded(cur: Cur, message: Waiting) -> Rendered | None:
    """What was said in a further call is on file."""
    return to_citizen(cur, message, "【{hotline}】您这次说的已经记在编号 {number} 里，凭编号和查询码可在网站查看。")
