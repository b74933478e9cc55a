"""查找 (look-ups): what a card needs from outside its dossier, read inside or just before its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from hotline.casework.barring_by_hand import not_about, not_about_named
from hotline.casework.numbers import printed
from hotline.casework.records import Citizen
from hotline.casework.statuses import OPEN_SQL, OrderStatus
from hotline.network.roles import OFFICE
from hotline.procedure.case import Case
from hotline.procedure.secrets import Unreadable, decrypt, place
from hotline.procedure.world import LOOK_UPS, Cursor, World

LONGEST = 19  # digits of a number of a row
ALARM_EVERY = 30  # names and phones shown to one person within an hour, at which the inspection centre is told
SERIAL = """
INSERT INTO procedure_dayserial AS d (day, last) VALUES (%s, 1)
ON CONFLICT (day) DO UPDATE SET last = d.last + 1 RETURNING last
"""
BY_PHONE = """
SELECT c.id, c.name_sealed, k.wrapped, k.master_id FROM casework_citizen c JOIN procedure_personkey k ON k.id = c.id
WHERE c.phone_index = %s ORDER BY c.id FOR KEY SHARE OF k
"""
OPEN_WITH = f"""
WITH RECURSIVE those AS (SELECT id FROM network_unit WHERE id = %s UNION
SELECT u.id FROM network_unit u JOIN those t ON u.successor_id = t.id)
SELECT count(*) FROM casework_order o JOIN those t ON o.unit_id = t.id WHERE o.status IN {OPEN_SQL}
OR (o.status = '{OrderStatus.APPROVED}' AND o.explained_review_at IS NOT NULL)
"""

# The last call about a matter by its printed number, as whoever asks may see it.
CALL = """
SELECT m.id, m.number, m.status, c.call_id, CASE WHEN c.forgotten_at IS NULL THEN c.citizen_id END, c.channel, c.at
FROM casework_matter m JOIN casework_contact c ON c.matter_id = m.id
WHERE m.number = %(number)s{narrowed} ORDER BY c.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Call:
    """一次来电: a matter, and the last call about it."""

    matter_id: int
    number: str
    status: str
    call_id: int
    citizen_id: int | None
    channel: str
    at: datetime


# A ruling in force, by the printed number of the matter in which it was settled.
RULED = """
SELECT r.id, r.matter_id, m.number, r.unit_id FROM casework_matter m JOIN casework_ruling r ON r.matter_id = m.id
WHERE m.number = %(number)s AND r.revoked_at IS NULL{narrowed}
"""


@dataclass(frozen=True, slots=True)
class Ruled:
    """一份裁定: the ruling that a dispatch follows."""

    id: int
    matter_id: int
    number: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class Staged:
    """待用的文件: what the upload left behind, for the row and the line of the act that takes it."""

    id: int
    media_type: str
    size: int
    object: str
    name_sealed: bytes
    content_sealed: bytes
    wrapped: bytes
    master_id: str


TAKEN = """
DELETE FROM procedure_stagedfile WHERE token_hash = ANY(%s)
AND (uploaded_at > clock_timestamp() - interval '24 hours' OR held_until > clock_timestamp())
RETURNING id, media_type, size, object, name_sealed, content_sealed, wrapped, master_id
"""


def files(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> list[Staged]:
    """The files that this form brings, taken out of what waits: for good with the act, or not at all. None asked for,
    nothing is asked."""
    tokens = str(form.get("files") or "").split()
    if not tokens:
        return []
    cur.execute(TAKEN, ([sha256(token.encode()).digest() for token in tokens],))
    return sorted((Staged(*row) for row in cur.fetchall()), key=lambda staged: staged.id)


def serial(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> int:
    """The day's next serial number, drawn by itself so that nobody waits for it; gaps are harmless."""
    cur.execute(SERIAL, (case.book.calendar.day_of(case.now),))
    return int(cur.fetchone()[0])


def _named(world: World, row: Any) -> str:
    key = world.keys.unwrap(row[0], bytes(row[2]), row[3])
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


# The key is locked first, so that no other act gives the person another matter, or takes one away, while it is counted.
ELSEWHERE = "SELECT casework_elsewhere(%s, %s)"
# Whoever calls for the first time is numbered just before their contact, in one act of one block (`IdBlocks.refill`):
# numbers of another process lie before both or behind both.
CAME_FIRST = """
SELECT m.id, CASE WHEN true{} THEN m.number END FROM casework_contact c JOIN casework_matter m ON m.id = c.matter_id
WHERE c.citizen_id = %(citizen)s AND c.id > c.citizen_id ORDER BY c.id LIMIT 1
"""
ALARM_TO = """
SELECT id FROM network_unit WHERE desk = 'inspection' AND status = 'open' ORDER BY id LIMIT 1
"""
LOOKED = """
SELECT count(*) FROM procedure_ledgerline WHERE chain_kind = 5 AND chain_id = %s AND kind = 'revealed'
AND at > %s - interval '1 hour'
"""


def _caller(case: Case[Any, Any], form: Mapping[str, Any]) -> int | None:
    """The citizen that a form about a person means: the one it names, or the first caller."""
    said = str(form.get("citizen") or "")
    first = case.dossier.citizen()
    return int(said) if said.isdecimal() and len(said) < LONGEST else first.id if first else None


def elsewhere(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> int:
    """In how many contacts about other matters the person still stands: with none of them left the key may go."""
    cur.execute(ELSEWHERE, (_caller(case, form), case.dossier.chain.id))
    return int(cur.fetchone()[0])


def came_first(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]
               ) -> tuple[int, str | None] | None:  # fmt: skip
    """The matter, by id and number, whose ledger first named the person; without its number where it is about whoever
    asks (R-21)."""
    narrowed, values = not_about_named(case.actor)
    cur.execute(CAME_FIRST.format(narrowed), {**values, "citizen": _caller(case, form)})
    row = cur.fetchone()
    return (row[0], row[1]) if row else None


def looked(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> tuple[int, int | None]:
    """How often the looker looked within the hour, and the unit that is told when it is too often."""
    cur.execute(LOOKED, (case.dossier.chain.id, case.now))
    count = int(cur.fetchone()[0])
    if (count + 1) % ALARM_EVERY:
        return count, None
    cur.execute(ALARM_TO)
    row = cur.fetchone()
    return count, row[0] if row else None


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


def _of_number(cur: Cursor, case: Case[Any, Any], query: str, typed: object) -> Any:
    """Nothing for citizens, and of what is about the asker nothing either (R-21)."""
    number = printed(str(typed or "").replace("\x00", "").strip())
    if not number or case.actor.role not in OFFICE:
        return None
    narrowed, (units, persons, desks) = not_about(case.actor)
    narrowed = narrowed.replace("$2", "%(units)s").replace("$3", "%(persons)s").replace("$4", "%(desks)s")
    asked = {"number": number, "units": units, "persons": persons, "desks": desks}
    cur.execute(query.format(narrowed=narrowed), asked)
    return cur.fetchone()


def _call(cur: Cursor, case: Case[Any, Any], typed: object) -> Call | None:
    row = _of_number(cur, case, CALL, typed)
    return Call(*row) if row else None


def ruling(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> Ruled | None:
    """The ruling that a dispatch follows; none named, nothing is asked."""
    row = _of_number(cur, case, RULED, form.get("ruling"))
    return Ruled(*row) if row else None


def first(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> Call | None:
    """The matter beside which one is registered, with the last call about it."""
    return _call(cur, case, form.get("beside"))


def main(cur: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> int | None:
    """The matter to which one is to be joined."""
    found = _call(cur, case, form.get("number"))
    return found.matter_id if found else None


LOOK_UPS.update(elsewhere=elsewhere, came_first=came_first, looked=looked, first=first, main=main, ruling=ruling)
LOOK_UPS.update(open_orders=open_orders, serial=serial, citizen=citizen, secret=secret, files=files)
