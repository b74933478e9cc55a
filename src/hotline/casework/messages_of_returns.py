"""退回与指定的消息 (messages of returns): what unit and citizen are told when an order changes hands."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur
from hotline.procedure.world import current
from hotline.rules.conflicts import HOTLINE

# What is about the hotline as such its own telephone does not hear of: whom it goes to instead does.
ABOVE = f"""
SELECT u.phone, m.number FROM casework_matter m JOIN network_unit u ON u.level = 1 AND u.status = 'open' AND CASE
WHEN %(desk)s <> '' AND m.against = '{HOTLINE}' AND m.against_person_id IS NULL THEN u.id = m.goes_to_unit_id
ELSE u.desk = %(desk)s AND m.against_unit_id IS DISTINCT FROM u.id END
WHERE m.id = %(matter)s ORDER BY u.id LIMIT 1
"""
OFFICE_DESK, NO_DESK = "office", ""  # of the hotline office itself; the city's government has none


def to_desk(cur: Cur, message: Waiting, desk: str, words: str) -> Rendered | None:
    """Words to the telephone of a body of the city's own level; none where it has no number."""
    row = cur.execute(ABOVE, {"matter": message.refs["matter_id"], "desk": desk}).fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], words.format(hotline=current().book.hotline, number=row[1]))


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


@template("order_copied")
def order_copied(cur: Cur, message: Waiting) -> Rendered | None:
    """The platform has assigned a matter straight to a unit below."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已直接派给您单位的下级单位办理，抄送，可登录查看。")


@template("accepted_from_below")
def accepted_from_below(cur: Cur, message: Waiting) -> Rendered | None:
    """Level 2 makes level 3's letter its own."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的反馈件已由上级单位采用。")


@template("inner_late")
def inner_late(cur: Cur, message: Waiting) -> Rendered | None:
    """Level 3 has not filed by the instant that level 2 set."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 下派的，内部期限已过，下级还没有报送，请登录查看。")


@template("share_delivered")
def share_delivered(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit is to assist another."""
    return to_unit(cur, message, "【{hotline}】请协办工单 {number}，材料交牵头单位{limit}，请登录签收。")


@template("unit_added")
def unit_added(cur: Cur, message: Waiting) -> Rendered | None:
    """The lead has one more unit beside it."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 加派了一个协办单位，请登录查看。")


@template("share_handed_in")
def share_handed_in(cur: Cur, message: Waiting) -> Rendered | None:
    """The lead has an assisting unit's letter."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 有协办单位交来了材料，请登录查看。")


@template("relayed")
def relayed(cur: Cur, message: Waiting) -> Rendered | None:
    """The office has been in touch with a citizen in a unit's place."""
    return to_unit(cur, message, "【{hotline}】工单 {number}：热线办已代为联系诉求人，结果请登录查看。")


@template("withholding_approved")
def withholding_approved(cur: Cur, message: Waiting) -> Rendered | None:
    """A matter is kept from the site, as its unit applied."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的不公开申请已同意：不在网上公开，也不在网上答复，请用别的方式答复。")


@template("withholding_refused")
def withholding_refused(cur: Cur, message: Waiting) -> Rendered | None:
    """It is not."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 的不公开申请没有同意，理由请登录查看。")


@template("recalled")
def recalled(cur: Cur, message: Waiting) -> Rendered | None:
    """An order was taken from a unit."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已收回，贵单位不再承办。")


@template("designation_proposed")
def designation_proposed(cur: Cur, message: Waiting) -> Rendered | None:
    """The government is asked who shall handle a matter; its holder keeps it meanwhile."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 已提请市政府指定承办单位，指定之前请继续办理{limit}。")


@template("designation_withdrawn")
def designation_withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """The government is asked no longer: the leaders' office, and the unit that goes on."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "【{hotline}】工单 {number} 不再提请市政府指定，仍由贵单位办理{limit}，请登录查看。")
    return to_desk(cur, message, NO_DESK, "【{hotline}】编号 {number} 不再提请指定承办单位，理由请登录查看。")


@template("designated")
def designated(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit was designated."""
    return to_unit(cur, message, "【{hotline}】市政府指定贵单位承办工单 {number}，不能退回，请登录签收办理{limit}。")


@template("unit_changed")
def unit_changed(cur: Cur, message: Waiting) -> Rendered | None:
    """Another unit has the citizen's matter now; the promise stays."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 现在换了一个单位办理。{promise}")


@template("designation_late")
def designation_late(cur: Cur, message: Waiting) -> Rendered | None:
    """A designation is owed: the telephone of the leaders' office, and that of the hotline's."""
    desk = NO_DESK if message.to_kind == "leaders" else OFFICE_DESK
    return to_desk(cur, message, desk, "【{hotline}】编号 {number} 提请指定承办单位已超过时限，请尽快指定。")


@template("found_untrue")
def found_untrue(cur: Cur, message: Waiting) -> Rendered | None:
    """The office looked for itself, and a letter is not as things are."""
    return to_unit(cur, message, "【{hotline}】工单 {number} 经抽查核实，反馈与实际不符，核实的情况请登录查看。")


@template("redo_after_check")
def redo_after_check(cur: Cur, message: Waiting) -> Rendered | None:
    """It is to be handled anew: the unit, and the citizen who was told what is not so."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "【{hotline}】工单 {number} 抽查不实，请重新办理{limit}，要求请登录查看。")
    return to_citizen(cur, message, "【{hotline}】编号 {number}，我们抽查发现办理情况与答复不一致，已要求承办单位重新办理。")
