"""知识库的消息 (messages): to whoever proposed an entry; what it says stands behind its number."""

from __future__ import annotations

from hotline.network import wordings
from hotline.procedure.outbox import Rendered, Waiting, worded
from hotline.procedure.store import Cur

UNIT = "SELECT u.phone, e.number FROM network_unit u JOIN knowledge_entry e ON e.id = %s WHERE u.id = %s"


def to_unit(cur: Cur, message: Waiting) -> Rendered | None:
    """To the unit's duty telephone; none where it has none."""
    row = cur.execute(UNIT, (message.refs["entry_id"], message.to_id)).fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], wordings.written(message.template, number=row[1]))


# Whose words are all there is to them (`network/wordings.yaml`).
worded(to_unit, "entry_sent_back", "entry_withdrawn", "entry_to_reconfirm", "entry_expired")
