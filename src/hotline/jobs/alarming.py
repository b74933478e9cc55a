"""提醒热线办 (alarming): what the hotline's own people must be told, said to the office's telephone."""

from __future__ import annotations

from datetime import date, datetime

from psycopg.types.json import Jsonb

from hotline.network import wordings
from hotline.procedure import outbox
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.perform import raw
from hotline.procedure.store import Cur
from hotline.procedure.world import current
from hotline.rules import calendars

TEMPLATE = "calendar_alarm"
_LOCK = 0xCA1E  # the advisory lock under which one process raises an alarm at a time
_RAISE = """
INSERT INTO procedure_outboxmessage (id, chain_kind, chain_id, template, to_kind, to_id, refs, next_try_at)
SELECT nextval('procedure_ids'), %(kind)s, 1, %(template)s, 'unit', u.id, %(refs)s, %(now)s FROM network_unit u
WHERE u.level = 1 AND u.desk <> '' AND u.status = 'open' AND NOT EXISTS (SELECT 1 FROM procedure_outboxmessage m
WHERE m.template = %(template)s AND m.refs = %(refs)s) ORDER BY u.desk = 'office' DESC, u.phone = '', u.id LIMIT 1
"""
_PHONE = "SELECT phone FROM network_unit WHERE id = %s"


def raise_alarm(on: date, now: datetime) -> bool:
    """Put the day's alarm about the calendar into the outbox, once a day; whether it was put there now."""
    conn = raw()
    with conn.transaction(), conn.cursor() as cur:
        cur.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        refs = Jsonb({"day": on.toordinal()})
        cur.execute(_RAISE, {"kind": CHAIN_KINDS["installation"], "template": TEMPLATE, "refs": refs, "now": now})
        return cur.rowcount > 0


@outbox.template(TEMPLATE)
def calendar_alarm(cur: Cur, message: outbox.Waiting) -> outbox.Rendered | None:
    """What is wrong with the calendars; nothing any more once they are published."""
    on = date.fromordinal(message.refs["day"])
    wrong = calendars.alarm_on(current().book.calendar, on)
    phone = (cur.execute(_PHONE, (message.to_id,)).fetchone() or ("",))[0]
    if not wrong or not phone:
        return None
    return outbox.Rendered(phone, wordings.written(TEMPLATE, wrong=wrong))
