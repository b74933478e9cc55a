"""退回与指定的消息 (messages of returns): what unit and citizen are told when an order changes hands."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur


@template("unit_changes")
def unit_changes(cur: Cur, message: Waiting) -> Rendered | None:
    """Another unit will be found for the citizen's matter; the promise stays."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 要换一个单位办理，我们正在安排。{promise}")


@template("return_granted")
def return_granted(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is rid of its order."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的退回申请已同意，贵单位不再承办。")


@template("return_refused")
def return_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit keeps its order."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的退回申请未获同意，请继续办理{limit}，理由请登录查看。")


@template("recalled")
def recalled(cur: Cur, message: Waiting) -> Rendered | None:
    """An order was taken from a unit."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已收回，贵单位不再承办，理由请登录查看。")


@template("designation_proposed")
def designation_proposed(cur: Cur, message: Waiting) -> Rendered | None:
    """The government is asked who shall handle a matter; its holder keeps it meanwhile."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已提请市政府指定承办单位，指定之前请继续办理{limit}。")


@template("designated")
def designated(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit was designated."""
    return to_unit(cur, message, "【{hotline}】市政府指定贵单位承办工单 {number}，不能退回，请登录签收办理{limit}。")
