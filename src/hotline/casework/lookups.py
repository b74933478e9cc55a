"""查找 (look-ups): what a card needs from outside its dossier, read inside or just before its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework.records import Citizen
from hotline.casework.statuses import OPEN_SQL, OrderStatus
from hotline.procedure.case import Case
from hotline.procedure.secrets import Unreadable, decrypt, place
from hotline.procedure.world import LOOK_UPS, Cursor, World

SERIAL = """
INSERT INTO procedure_dayserial AS d (day, last) VALUES (%s, 1)
ON CONFLICT (day) DO UPDATE SET last = d.last + 1 RETURNING last
"""
BY_PHONE = """
SELECT c.id, c.name_sealed, k.wrapped FROM casework_citizen c JOIN procedure_personkey k ON k.id = c.id
WHERE c.phone_index = %s ORDER BY c.id
"""
OPEN_WITH = f"""
WITH RECURSIVE those AS (SELECT id FROM network_unit WHERE id = %s UNION
SELECT u.id FROM network_unit u JOIN those t ON u.successor_id = t.id)
SELECT count(*) FROM casework_order o JOIN those t ON o.unit_id = t.id WHERE o.status IN {OPEN_SQL}
OR (o.status = '{OrderStatus.APPROVED}' AND o.explained_review_at IS NOT NULL)
"""


def serial(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> int:
    """The day's next serial number, drawn by itself so that nobody waits for it; gaps are harmless."""
    cur.execute(SERIAL, (case.book.calendar.day_of(case.now),))
    return int(cur.fetchone()[0])


def _named(world: World, row: Any) -> str:
    key = world.keys.unwrap(row[0], bytes(row[2]))
    return decrypt(key, bytes(row[1]), place(Citizen.TABLE, row[0], "name")).decode() if row[1] else ""


def citizen(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> int | None:
    """The citizen known by this phone and this name, if there is one. A name alone finds nobody."""
    phone, name = str(form.get("phone") or "").strip(), str(form.get("name") or "").strip()
    if not phone:
        return None
    cur.execute(BY_PHONE, (world.keys.phone_index(phone),))
    for row in cur.fetchall():
        try:
            if _named(world, row) == name:
                return int(row[0])
        except Unreadable:
            continue
    return None


def secret(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> bool:
    """Whether the citizen of the matter named in the form asked to be kept secret; so also where there is none."""
    number = str(form.get("matter_id", ""))
    cur.execute("SELECT secrecy FROM casework_matter WHERE id = %s", (int(number) if number.isdecimal() else 0,))
    row = cur.fetchone()
    return bool(row[0]) if row else True


def open_orders(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> int:
    """How many orders stand open with the unit that is the subject, will be opened again on a review day, or are still
    on their way to it from a unit whose successor it is."""
    cur.execute(OPEN_WITH, (case.subject.id,))
    return int(cur.fetchone()[0])


LOOK_UPS.update(open_orders=open_orders, serial=serial, citizen=citizen, secret=secret)
