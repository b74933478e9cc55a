"""对外消息的文字 (messages): rendered at delivery from references, so that the outbox holds no personal data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hotline.casework.records import Citizen
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.secrets import Unreadable, decrypt, place
from hotline.procedure.store import Cur
from hotline.procedure.world import World, current

CITIZEN = """
SELECT c.phone_sealed, k.wrapped, k.master_id, m.number, m.promised_at, m.rulebook, m.rating_until
FROM casework_citizen c
JOIN procedure_personkey k ON k.id = c.id JOIN casework_matter m ON m.id = %s WHERE c.id = %s
"""
FIRST_CITIZEN = """SELECT citizen_id FROM casework_contact WHERE matter_id = %s AND citizen_id IS NOT NULL
ORDER BY id LIMIT 1"""
UNIT = """
SELECT u.phone, m.number, o.due_at, m.rulebook FROM network_unit u
JOIN casework_matter m ON m.id = %s LEFT JOIN casework_order o ON o.matter_id = m.id AND o.unit_id = u.id
WHERE u.id = %s AND (m.against_unit_id IS DISTINCT FROM u.id OR %s) ORDER BY o.id DESC LIMIT 1
"""
TAKEN = "recalled"  # all that the target of a complaint is told of it: the order is its own no longer
# Who was on duty at the unit of an order at the instant at which it was escalated.
ON_DUTY = """
SELECT d.name, d.phone FROM casework_order o JOIN network_duty d ON d.unit_id = o.unit_id
WHERE o.matter_id = %s AND o.unit_id = %s AND d.status = 'open' AND d.from_at <= o.escalated_at
AND d.until_at > o.escalated_at ORDER BY o.id DESC, d.from_at DESC, d.id LIMIT 1
"""
HEIR = "SELECT u.phone, e.short FROM network_unit u JOIN network_unit e ON e.id = %s WHERE u.id = %s"


def _phone(world: World, citizen_id: int, sealed: Any, wrapped: Any, master_id: str) -> str:
    """The number to send to; empty when the key was destroyed or no number was given."""
    if not sealed:
        return ""
    try:
        key = world.keys.unwrap(citizen_id, bytes(wrapped), master_id)
        return decrypt(key, bytes(sealed), place(Citizen.TABLE, citizen_id, "phone")).decode()
    except Unreadable:
        return ""


def limit_day(world: World, rulebook: str, at: datetime | None) -> str:
    """The last day of a limit, said plainly: 24:00 belongs to the day that ends."""
    if at is None:
        return ""
    day = (at - timedelta(microseconds=1)).astimezone(world.books.get(rulebook, world.book).tz)
    return f"{day.month}月{day.day}日"


def to_citizen(cur: Cur, message: Waiting, words: str) -> Rendered | None:
    """Words to the citizen; none where nobody is known by phone."""
    world = current()
    cur.execute(CITIZEN, (message.refs["matter_id"], message.to_id))
    row = cur.fetchone()
    phone = _phone(world, message.to_id, *row[:3]) if row else ""
    if row is None or not phone:
        return None
    day = limit_day(world, row[5], row[4])
    promise = f"我们会在{day}前答复您。" if day else ""
    until = limit_day(world, row[5], row[6])
    rating = f"，可以评价到{until}" if until else ""
    return Rendered(phone, words.format(hotline=world.book.hotline, number=row[3], promise=promise, rating=rating))


def to_first_citizen(cur: Cur, message: Waiting, words: str) -> Rendered | None:
    """To the matter's first caller, whom the clock does not know."""
    row = cur.execute(FIRST_CITIZEN, (message.refs["matter_id"],)).fetchone()
    return to_citizen(cur, replace(message, to_id=row[0]), words) if row and row[0] else None


def to_unit(cur: Cur, message: Waiting, words: str) -> Rendered | None:
    """Words to a unit's duty telephone; none where it has none, or where the matter is about the unit (R-21)."""
    world = current()
    cur.execute(UNIT, (message.refs["matter_id"], message.to_id, message.template == TAKEN))
    row = cur.fetchone()
    if not row or not row[0]:
        return None
    day = limit_day(world, row[3], row[2])
    limit = f"，{day} 24:00 前办结" if day else ""
    return Rendered(row[0], words.format(hotline=world.book.hotline, number=row[1], limit=limit))


@template("registered")
def registered(cur: Cur, message: Waiting) -> Rendered | None:
    """The citizen's words were received."""
    return to_citizen(cur, message, "【{hotline}】您反映的事已经收到，编号 {number}。{promise}")


@template("dispatched")
def dispatched(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter was passed to a unit."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 已转给承办单位。{promise}")


@template("kind_changed")
def kind_changed(cur: Cur, message: Waiting) -> Rendered | None:
    """The office corrected what sort of matter it is."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 的分类已由热线办更正。{promise}")


@template("declined")
def declined(cur: Cur, message: Waiting) -> Rendered | None:
    """The matter is not taken; why and where to go stands behind number and query code."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 不属于热线受理范围，原因和该找的部门请凭编号和查询码在网站查看。")


@template("facts_asked")
def facts_asked(cur: Cur, message: Waiting) -> Rendered | None:
    """Something is missing; what, stands behind number and query code."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 还缺一些情况，请凭编号和查询码在网站补充，或回电说明，补充后接着办。")


@template("rate")
def rate(cur: Cur, message: Waiting) -> Rendered | None:
    """The answer is there, and may be rated."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 已经答复，请凭编号和查询码在网站查看并评价{rating}。")


@template("inspected")
def inspected(cur: Cur, message: Waiting) -> Rendered | None:
    """The office has looked at a unit's matter and wants something."""
    return to_unit(cur, message, "【{hotline}】督查：工单 {number} 有新的督查意见，请登录查看。")


@template("urged")
def urged(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is asked to get on."""
    return to_unit(cur, message, "【{hotline}】催办：请抓紧办理工单 {number}{limit}，请登录查看。")


@template("supervised")
def supervised(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is given a notice that wants an answer."""
    return to_unit(cur, message, "【{hotline}】督办：工单 {number} 有新的督办，请登录查看，并在督办的期限内答复。")


@template("supervision_late")
def supervision_late(cur: Cur, message: Waiting) -> Rendered | None:
    """A notice was not answered in time."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的督办到期没有答复，已记录在案，请立即登录答复。")


@template("due_changed")
def due_changed(cur: Cur, message: Waiting) -> Rendered | None:
    """The date of a unit's order has moved."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的办理期限有变{limit}，请登录查看。")


@template("record_amended")
def record_amended(cur: Cur, message: Waiting) -> Rendered | None:
    """What was written down of a call was put right."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的来电记录有修改，请登录查看。")


@template("many_revealed")
def many_revealed(cur: Cur, message: Waiting) -> Rendered | None:
    """To the inspection centre: somebody looked at very many people's names and telephones."""
    cur.execute("SELECT u.phone, p.name FROM network_unit u, network_person p WHERE u.id = %s AND p.id = %s",
                (message.to_id, message.refs["person_id"]))  # fmt: skip
    row = cur.fetchone()
    if not row or not row[0]:
        return None
    said = f"【{current().book.hotline}】{row[1]}短时间里查看诉求人姓名和电话很多次，请核实。"
    return Rendered(row[0], said)


@template("material_added")
def material_added(cur: Cur, message: Waiting) -> Rendered | None:
    """The office has put further material on file."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 补充了材料，请登录查看。")


@template("order_delivered")
def order_delivered(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit has a new order."""
    return to_unit(cur, message, "【{hotline}】新工单 {number} 已送达，请登录签收{limit}。")


@template("deemed")
def deemed(cur: Cur, message: Waiting) -> Rendered | None:
    """The return door has closed on an order that nobody signed."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 逾期未退回，视同已接受，请尽快签收办理{limit}。")


@template("reminded")
def reminded(cur: Cur, message: Waiting) -> Rendered | None:
    """The due day is near."""
    return to_unit(cur, message, "【{hotline}】提醒：工单 {number} 临近期限{limit}。")


@template("yellow_card")
def yellow_card(cur: Cur, message: Waiting) -> Rendered | None:
    """A yellow card on an order."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 亮黄牌，请登录查看{limit}。")


@template("red_card")
def red_card(cur: Cur, message: Waiting) -> Rendered | None:
    """A red card on an order."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已逾期，亮红牌，请登录查看。")


@template("sent_back")
def sent_back(cur: Cur, message: Waiting) -> Rendered | None:
    """A letter came back to be done again."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 退回重办，理由请登录查看{limit}。")


@template("draft_handed_back")
def draft_handed_back(cur: Cur, message: Waiting) -> Rendered | None:
    """Who signs off wants the letter written again."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的反馈件没有签批，发回修改，理由请登录查看{limit}。")


@template("bounced")
def bounced(cur: Cur, message: Waiting) -> Rendered | None:
    """A letter counts as never filed."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已退单，等于没有报送，缺什么请登录查看{limit}。")


@template("send_back_red")
def send_back_red(cur: Cur, message: Waiting) -> Rendered | None:
    """A red card for being sent back again and again."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 连续退回重办，亮红牌，请登录查看{limit}。")


@template("false_reply_red")
def false_reply_red(cur: Cur, message: Waiting) -> Rendered | None:
    """A red card for a letter that said what was not so."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 查实反馈不实，亮红牌，请登录查看。")


@template("card_lifted")
def card_lifted(cur: Cur, message: Waiting) -> Rendered | None:
    """A card was lifted."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 撤了一张牌，理由请登录查看。")


@template("unsigned_urgent")
def unsigned_urgent(cur: Cur, message: Waiting) -> Rendered | None:
    """An urgent order that nobody signed: whoever is on duty then is named, and told under their own number (R-03)."""
    words = to_unit(cur, message, "【{hotline}】紧急工单 {number} 超时没有签收，已亮黄牌，请值班岗马上签收办理{limit}。")
    cur.execute(ON_DUTY, (message.refs["matter_id"], message.to_id))
    row = cur.fetchone()
    return Rendered(row[1], words.text.replace("值班岗", f"值班人{row[0]}", 1)) if words and row else words


@template("unsigned_below")
def unsigned_below(cur: Cur, message: Waiting) -> Rendered | None:
    """The same, told to the level above."""
    return to_unit(cur, message, "【{hotline}】紧急工单 {number} 下级单位超时没有签收，请督促马上签收办理。")


@template("rest_goes_on")
def rest_goes_on(cur: Cur, message: Waiting) -> Rendered | None:
    """The day's answer is good; the rest is to be done."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 当天答复已同意，余下的续办{limit}。")


@template("answered_in_part")
def answered_in_part(cur: Cur, message: Waiting) -> Rendered | None:
    """What has been done at once is answered; the rest goes on."""
    return to_citizen(cur, message, "【{hotline}】编号 {number}，已经办的先答复您，余下的还在办。{promise}")


@template("redo_ordered")
def redo_ordered(cur: Cur, message: Waiting) -> Rendered | None:
    """The citizen is not content; the order is to be done again."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 诉求人不满意，须重办，请登录查看{limit}。")


@template("redone")
def redone(cur: Cur, message: Waiting) -> Rendered | None:
    """The citizen said so, and something happens."""
    return to_citizen(cur, message, "【{hotline}】编号 {number}，您对答复不满意，我们已要求承办单位重新办理。")


@template("inherits")
def inherits(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit carries on another's orders; said once, however many there are."""
    cur.execute(HEIR, (message.refs["ended_id"], message.to_id))
    row = cur.fetchone()
    if not row or not row[0]:
        return None
    said = f"【{current().book.hotline}】{row[1]}已撤销，它没有办结的工单由贵单位承接，期限不变，请登录查看。"
    return Rendered(row[0], said)
