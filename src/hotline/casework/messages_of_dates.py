"""对外消息：延期与复查 (messages about dates): extensions, what is looked at again."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_first_citizen, to_unit
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur


@template("extended")
def extended(cur: Cur, message: Waiting) -> Rendered | None:
    """It takes longer, and the unit has said why."""
    said = "【{hotline}】编号 {number} 需要多办几天，原因承办单位已经告诉您。{promise}"
    return to_first_citizen(cur, message, said)


@template("not_extended")
def not_extended(cur: Cur, message: Waiting) -> Rendered | None:
    """The unit had said that it would take longer; it may not."""
    said = "【{hotline}】承办单位说过编号 {number} 要多办几天，没有得到同意，仍按原来的日子办。{promise}"
    return to_first_citizen(cur, message, said)


@template("promise_shifted")
def promise_shifted(cur: Cur, message: Waiting) -> Rendered | None:
    """It takes longer, because nothing could be done for some days."""
    said = "【{hotline}】这几天系统或外部原因影响了办理，编号 {number} 的办理时间顺延。{promise}"
    return to_citizen(cur, message, said)


@template("extension_filed")
def extension_filed(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension is on file."""
    said = "【{hotline}】工单 {number} 延期已备案{limit}。还没有向诉求人解释的，请在原期限前解释，否则延期无效。"
    return to_unit(cur, message, said)


@template("extension_refused")
def extension_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension was not filed."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 延期没有备案，理由请登录查看{limit}。")


@template("extension_lapsed")
def extension_lapsed(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension that the unit's own leader did not agree to in time."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 延期申请到期没有经本单位同意，已失效，仍按原期限办理{limit}。")


@template("extension_void")
def extension_void(cur: Cur, message: Waiting) -> Rendered | None:
    """An extension nobody explained to the citizen."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 延期没有向诉求人解释，延期无效，仍按原期限办理{limit}。")


@template("called_again")
def called_again(cur: Cur, message: Waiting) -> Rendered | None:
    """What was explained and not solved is to be taken up again."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 到了复查日，请再办一次{limit}。")


@template("looked_at_again")
def looked_at_again(cur: Cur, message: Waiting) -> Rendered | None:
    """The day has come on which it was to be looked at again."""
    said = "【{hotline}】编号 {number}，上次没有解决的事到了复查的日子，我们已请承办单位再办一次。"
    return to_first_citizen(cur, message, said)
