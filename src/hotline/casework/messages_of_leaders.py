"""呈办的消息 (messages of submissions): to the leader it was put before, to the office, to the units at work on it."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.casework.messages_of_returns import OFFICE_DESK, to_desk
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur
from hotline.procedure.world import current

LEADER = """
SELECT p.phone, m.number FROM network_post o JOIN network_person p ON p.id = o.person_id
JOIN casework_matter m ON m.id = %s WHERE o.id = %s AND o.status = 'open'
AND m.against_person_id IS DISTINCT FROM p.id
"""
WAITED_FOR = "SELECT post_id FROM casework_submission WHERE matter_id = %s AND outcome = '' ORDER BY id DESC LIMIT 1"


def _to_leader(cur: Cur, message: Waiting, post_id: int, words: str) -> Rendered | None:
    """Words to whoever holds the post; none where no number is known."""
    row = cur.execute(LEADER, (message.refs["matter_id"], post_id)).fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], words.format(hotline=current().book.hotline, number=row[1]))


def to_office(cur: Cur, message: Waiting, words: str) -> Rendered | None:
    """Words to the hotline office's own telephone."""
    return to_desk(cur, message, OFFICE_DESK, words)


@template("submitted")
def submitted(cur: Cur, message: Waiting) -> Rendered | None:
    """A leader has something to instruct on."""
    return _to_leader(cur, message, message.to_id, "【{hotline}】事项 {number} 呈请您批示，请登录查看。")


@template("submission_withdrawn")
def submission_withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """It is not needed any more."""
    return _to_leader(cur, message, message.to_id, "【{hotline}】呈请您批示的事项 {number} 已由热线办撤回，不必批示。")


@template("reported")
def reported(cur: Cur, message: Waiting) -> Rendered | None:
    """A leader may read what came of the instruction."""
    return _to_leader(cur, message, message.to_id, "【{hotline}】您批示的事项 {number} 已有办理结果，请登录查看报告。")


@template("leader_reminded")
def leader_reminded(cur: Cur, message: Waiting) -> Rendered | None:
    """A matter waits for a leader's instruction; the clock does not know whose."""
    row = cur.execute(WAITED_FOR, (message.refs["matter_id"],)).fetchone()
    words = "【{hotline}】提醒：事项 {number} 呈报后还没有批示，请登录查看。"
    return _to_leader(cur, message, row[0], words) if row else None


@template("leader_instructed")
def leader_instructed(cur: Cur, message: Waiting) -> Rendered | None:
    """A leader has instructed: the office, and whoever is at work on it."""
    if message.to_kind == "unit":
        return to_unit(cur, message, "【{hotline}】工单 {number} 有市领导批示，请登录查看，照批示办理{limit}。")
    return to_office(cur, message, "【{hotline}】事项 {number} 市领导已批示，请登录落实。")


@template("given_back")
def given_back(cur: Cur, message: Waiting) -> Rendered | None:
    """A leader does not instruct."""
    return to_office(cur, message, "【{hotline}】呈报的事项 {number} 市领导已退回，理由请登录查看。")


@template("with_leaders")
def with_leaders(cur: Cur, message: Waiting) -> Rendered | None:
    """The citizen's matter lies before a leader of the city."""
    return to_citizen(cur, message, "【{hotline}】编号 {number} 已报市领导研究，有了结果我们告诉您。{promise}")
