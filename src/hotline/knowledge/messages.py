"""知识库的消息 (messages): to whoever proposed an entry; what it says stands behind its number."""

from __future__ import annotations

from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur
from hotline.procedure.world import current

UNIT = "SELECT u.phone, e.number FROM network_unit u JOIN knowledge_entry e ON e.id = %s WHERE u.id = %s"


def to_unit(cur: Cur, message: Waiting, words: str) -> Rendered | None:
    """Words to the unit's duty telephone; none where it has none."""
    row = cur.execute(UNIT, (message.refs["entry_id"], message.to_id)).fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], words.format(hotline=current().book.hotline, number=row[1]))


@template("entry_sent_back")
def entry_sent_back(cur: Cur, message: Waiting) -> Rendered | None:
    """The office wants it otherwise."""
    return to_unit(cur, message, "【{hotline}】知识库词条 {number} 被退回，原因请登录查看，改好可以再提。")


@template("entry_withdrawn")
def entry_withdrawn(cur: Cur, message: Waiting) -> Rendered | None:
    """The office took it away."""
    return to_unit(cur, message, "【{hotline}】知识库词条 {number} 已由热线办撤下，原因请登录查看。")


@template("entry_to_reconfirm")
def entry_to_reconfirm(cur: Cur, message: Waiting) -> Rendered | None:
    """Its end is near."""
    return to_unit(cur, message, "【{hotline}】知识库词条 {number} 快到期，请登录重新确认或修订，没有确认的到期失效。")


@template("entry_expired")
def entry_expired(cur: Cur, message: Waiting) -> Rendered | None:
    """It is good no longer."""
    return to_unit(cur, message, "【{hotline}】知识库词条 {number} 已到期失效，还适用的请登录修订，报热线办确认。")
