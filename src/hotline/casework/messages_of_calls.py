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


@template("joined")
def joined(cur: Cur, message: Waiting) -> Rendered | None:
    """It is handled with somebody else's."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 和别人反映的同一件事一并办理，办好了一样答复您。{promise}")


@template("separated")
def separated(cur: Cur, message: Waiting) -> Rendered | None:
    """It is handled by itself again."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 改为单独办理，凭编号和查询码可在网站查看进度。{promise}")


@template("taken_in")
def taken_in(cur: Cur, message: Waiting) -> Rendered | None:
    """One more caller has brought the matter of a unit's order."""
    return to_unit(cur, message, "【{hotline}】又有人反映工单 {number} 的同一件事，已并入，情况请登录查看{limit}。")


@template("separated_off")
def separated_off(cur: Cur, message: Waiting) -> Rendered | None:
    """What one more caller had brought is not the same matter."""
    return to_unit(cur, message, "【{hotline}】并入工单 {number} 的一件已经分开，另行办理，请登录查看。")


@template("published")
def published(cur: Cur, message: Waiting) -> Rendered | None:
    """Everybody can read of it, in the office's words."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 的答复已在网上公开，没有您的个人信息。不愿意公开的，请来电告诉我们。")
