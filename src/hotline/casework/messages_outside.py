"""对外的消息 (messages to those outside): what was handed over, emergencies reported, feedback to a source."""

from __future__ import annotations

from hotline.casework.messages import to_citizen
from hotline.casework.messages_of_leaders import to_office
from hotline.casework.messages_of_returns import NO_DESK, to_desk
from hotline.procedure.outbox import UPWARD, Rendered, Waiting, template
from hotline.procedure.store import Cur
from hotline.procedure.world import current

HANDED_TO = "SELECT number FROM casework_handover WHERE matter_id = %s AND taken ORDER BY id DESC LIMIT 1"
SOURCE = """
SELECT s.sort, n.body, f.body, m.number FROM casework_source s JOIN casework_matter m ON m.id = s.matter_id
JOIN casework_text n ON n.id = s.number_id AND n.matter_id = s.matter_id
JOIN casework_text f ON f.id = s.feedback_id AND f.matter_id = s.matter_id WHERE s.id = %s AND s.matter_id = %s
"""


@template("handed_over")
def handed_over(cur: Cur, message: Waiting) -> Rendered | None:
    """An emergency is with the service whose it is."""
    row = cur.execute(HANDED_TO, (message.refs["matter_id"],)).fetchone()
    words = "【{hotline}】编号 {number} 情况紧急，已转给 " + (row[0] if row else "") + "。如果中断，请您直接拨打这个号码。"
    return to_citizen(cur, message, words)


@template("emergency_recognised")
def emergency_recognised(cur: Cur, message: Waiting) -> Rendered | None:
    """The office has minutes."""
    return to_office(cur, message, "【{hotline}】事项 {number} 认定为紧急信息，请马上报市政府总值班室。")


@template("emergency_report_late")
def emergency_report_late(cur: Cur, message: Waiting) -> Rendered | None:
    """The minutes have ended."""
    return to_office(cur, message, "【{hotline}】事项 {number} 的紧急信息超过时限还没有报送，请马上报。")


@template("emergency_reported")
def emergency_reported(cur: Cur, message: Waiting) -> Rendered | None:
    """The government's own telephone: there is a report."""
    return to_desk(cur, message, NO_DESK, "【{hotline}】紧急信息 {number} 已报总值班室，请查收。")


@template("fed_back")
def fed_back(cur: Cur, message: Waiting) -> Rendered | None:
    """The source is told under its own number, by the channel to those above."""
    row = cur.execute(SOURCE, (message.to_id, message.refs["matter_id"])).fetchone()
    if row is None:
        return None
    sort, theirs, feedback, number = row
    return Rendered(f"{UPWARD}{sort}/{theirs}", f"【{current().book.hotline}】{theirs}（我处编号 {number}）：{feedback}")
