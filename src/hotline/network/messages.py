"""对外消息 (messages) about the network itself, rendered at delivery."""

from __future__ import annotations

from hotline.network import wordings
from hotline.network.roles import Role
from hotline.procedure.outbox import Rendered, Waiting, template
from hotline.procedure.store import Cur

# The deputy first, who answers for the work of every day; then the head; then whoever answers the telephone above.
_RESPONSIBLE = """
SELECT u.short, coalesce((SELECT p.phone FROM network_post o JOIN network_person p ON p.id = o.person_id
WHERE o.unit_id = u.id AND o.status = 'open' AND o.role IN (%(deputy)s, %(head)s) AND p.phone <> ''
ORDER BY o.role = %(head)s, o.began_at, o.id LIMIT 1), nullif(a.phone, ''))
FROM network_unit u LEFT JOIN network_unit a ON a.id = u.parent_id WHERE u.id = %(unit)s
"""


@template("duty_phone_unanswered")
def duty_phone_unanswered(cur: Cur, message: Waiting) -> Rendered | None:
    """A trial call found nobody: to whoever is responsible for the unit, not to the telephone that nobody answered."""
    cur.execute(_RESPONSIBLE, {"unit": message.to_id, "deputy": str(Role.DEPUTY), "head": str(Role.HEAD)})
    row = cur.fetchone()
    if not row or not row[1]:
        return None
    return Rendered(row[1], wordings.written(message.template, name=row[0]))
