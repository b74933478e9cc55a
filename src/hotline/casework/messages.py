"""对外消息的文字 (messages): rendered at delivery from references, so that the outbox holds no personal data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hotline.casework.records import Citizen
from hotline.network import wordings
from hotline.procedure.outbox import Rendered, Waiting, template, worded
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


def to_citizen(cur: Cur, message: Waiting, name: str = "", /, **gaps: str) -> Rendered | None:
    """A message to the citizen in the words of its kind, or of the kind named; none where nobody is known by phone."""
    world = current()
    cur.execute(CITIZEN, (message.refs["matter_id"], message.to_id))
    row = cur.fetchone()
    phone = _phone(world, message.to_id, *row[:3]) if row else ""
    if row is None or not phone:
        return None
    day = limit_day(world, row[5], row[4])
    until = limit_day(world, row[5], row[6])
    dates = {"promise": wordings.part("promise", day=day), "rating": wordings.part("rating", day=until)}
    return Rendered(phone, wordings.written(name or message.template, number=row[3], **dates, **gaps))


def to_first_citizen(cur: Cur, message: Waiting) -> Rendered | None:
    """To the matter's first caller, whom the clock does not know."""
    row = cur.execute(FIRST_CITIZEN, (message.refs["matter_id"],)).fetchone()
    return to_citizen(cur, replace(message, to_id=row[0])) if row and row[0] else None


def to_unit(cur: Cur, message: Waiting, name: str = "", /, **gaps: str) -> Rendered | None:
    """The same to a unit's duty telephone; none where it has none, or where the matter is about the unit (R-21)."""
    world = current()
    cur.execute(UNIT, (message.refs["matter_id"], message.to_id, message.template == TAKEN))
    row = cur.fetchone()
    if not row or not row[0]:
        return None
    day = limit_day(world, row[3], row[2])
    limit = wordings.part("limit", day=day)
    return Rendered(row[0], wordings.written(name or message.template, number=row[1], limit=limit, **gaps))


@template("many_revealed")
def many_revealed(cur: Cur, message: Waiting) -> Rendered | None:
    """To the inspection centre: somebody looked at very many people's names and telephones."""
    cur.execute("SELECT u.phone, p.name FROM network_unit u, network_person p WHERE u.id = %s AND p.id = %s",
                (message.to_id, message.refs["person_id"]))  # fmt: skip
    row = cur.fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], wordings.written(message.template, name=row[1]))


@template("unsigned_urgent")
def unsigned_urgent(cur: Cur, message: Waiting) -> Rendered | None:
    """An urgent order that nobody signed: whoever is on duty then is named, and told under their own number (R-03)."""
    cur.execute(ON_DUTY, (message.refs["matter_id"], message.to_id))
    row = cur.fetchone()
    words = to_unit(cur, message, who=f"值班人{row[0]}" if row else "值班岗")
    return Rendered(row[1], words.text) if words and row else words


@template("inherits")
def inherits(cur: Cur, message: Waiting) -> Rendered | None:
    """A unit carries on another's orders; said once, however many there are."""
    cur.execute(HEIR, (message.refs["ended_id"], message.to_id))
    row = cur.fetchone()
    if not row or not row[0]:
        return None
    return Rendered(row[0], wordings.written(message.template, name=row[1]))


# Whose words are all there is to them (`network/wordings.yaml`).
worded(
    to_citizen,
    "registered", "dispatched", "kind_changed", "declined", "facts_asked", "rate", "answered_in_part", "redone",
)  # fmt: skip
worded(
    to_unit,
    "inspected", "urged", "supervised", "supervision_late", "due_changed", "record_amended", "material_added",
    "order_delivered", "deemed", "reminded", "yellow_card", "red_card", "sent_back", "draft_handed_back",
    "bounced", "send_back_red", "false_reply_red", "card_lifted", "unsigned_below", "rest_goes_on", "redo_ordered",
)  # fmt: skip
