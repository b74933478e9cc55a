"""提请有关的消息 (messages of proposals): what the citizen is told of a refusal, its review, a withdrawal or an
ending, the unit of its order, and the office of its own lateness."""

from __future__ import annotations

from dataclasses import replace

from hotline.casework.messages import limit_day, to_citizen, to_unit
from hotline.casework.messages_of_leaders import to_office
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur
from hotline.procedure.world import current

REVIEW = "SELECT rulebook, review_until FROM casework_matter WHERE id = %s"


@template("refused")
def refused(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter is not taken; the citizen may ask that somebody else looks at it."""
    words = to_citizen(cur, message, "【{hotline}】编号 {number} 热线不能受理，依据、原因和该找的地方请凭编号和查询码在网站查看。")
    row = cur.execute(REVIEW, (message.refs["matter_id"],)).fetchone()
    day = limit_day(current(), row[0], row[1]) if row else ""
    return replace(words, text=f"{words.text}不同意的，{day}前可以请我们复核。") if words and day else words


@template("refusal_upheld")
def refusal_upheld(cur: Cur, message: Waiting) -> Rendered | None:
    """Somebody else has looked at it, and it comes to the same."""
    return to_citizen(cur, message, "【{hotline}】编号 {number}，按您的请求已由另一位负责人复核，仍不能受理，理由请凭编号和查询码在网站查看。")


@template("accepted_after_all")
def accepted_after_all(cur: Cur, message: Waiting) -> Rendered | None:
    """Somebody else has looked at it, and it is taken."""
    return to_citizen(cur, message, "【{hotline}】编号 {number}，按您的请求复核以后，我们已经受理。{promise}")


@template("decision_late")
def decision_late(cur: Cur, message: Waiting) -> Rendered | None:
    """The office owes a decision: its own telephone."""
    return to_office(cur, message, "【{hotline}】编号 {number} 等着决定，已超过时限，请马上办理。")


@template("withdrawal_asked")
def withdrawal_asked(cur: Cur, message: Waiting) -> Rendered | None:
    """Somebody asked that the matter be dropped."""
    return to_citizen(cur, message, "【{hotline}】收到撤回编号 {number} 的请求，我们会先向您核实；不是您提出的，请马上告诉我们。")


@template("withdrawn")
def withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter is dropped, as the citizen wished."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 已按您的请求撤回，不再办理。")


@template("withdrawal_refused")
def withdrawal_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter goes on."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 没有撤回，照常办理，原因请凭编号和查询码在网站查看。{promise}")


@template("ended")
def ended(cur: Cur, message: Waiting) -> Rendered | None:
    """Another channel has the matter."""
    said = "【{hotline}】编号 {number} 已经进入法定途径，由那里解决，热线不再办理，怎样办请凭编号和查询码在网站查看。"
    return to_citizen(cur, message, said)


@template("order_ended")
def order_ended(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is done with an order before it was answered."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已终止，贵单位不必再办，不计按时逾期，原因请登录查看。")
