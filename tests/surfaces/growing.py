"""A city with as many matters as a plan is made for: one of them lived by the cards, and so many more of it written
beside by the server itself, in every status, with every unit, now and then with each thing that a list asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.lists import DESKS
from hotline.casework.statuses import OPEN_ORDERS

MATTERS = 20_000
WAITING = 6  # one matter in so many is not archived, and one order in so many is still open
SELDOM = 41  # each thing that lists ask for happened to one matter in so many, archived or not
STEP = 10**6  # between the numbers of one clone and the next
ALWAYS = {"sign_until"}  # an instant that every order has
CHILDREN = ("casework_contact", "casework_mark", "casework_submission", "casework_designation", "casework_letter",
            "casework_attempt", "casework_publication")  # fmt: skip
NAMED = ("gist_id", "title_id", "question_id", "answer_id")  # texts that lists and pages for everybody show
TEXTS = """
    t.id IN (SELECT gist_id FROM casework_matter WHERE id = {0} UNION ALL SELECT unnest(ARRAY[title_id, question_id,
    answer_id]) FROM casework_publication WHERE matter_id = {0}) AND t.matter_id = {0}
"""
COLUMNS = """
    SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""


def columns(cur: Any, table: str) -> dict[str, str]:
    """A table's columns and their types."""
    return dict(cur.execute(COLUMNS, [table]).fetchall())


def clone(cur: Any, table: str, own: Mapping[str, str], where: str) -> None:
    """Rows of a table so many times, but for what is said of some columns, where `i` is the clone's number."""
    names = columns(cur, table)
    said = ", ".join(own.get(name, f"t.{name}") for name in names)
    cur.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {said} FROM {table} t,"
                f" generate_series(1, {MATTERS}) i WHERE {where}")  # fmt: skip


def seldom(names: Mapping[str, str]) -> dict[str, str]:
    """Every instant that a list asks for, each on others of the matters, all of them at other instants."""
    asked = {name.partition("__")[0] for specs in DESKS.values() for spec in specs
             for name in (*spec.where, *spec.first, spec.by)}  # fmt: skip
    instants = [name for name in sorted(asked & names.keys() - ALWAYS) if names[name].startswith("timestamp")]
    return {name: f"CASE WHEN i % {SELDOM} = {at} THEN now() + i * interval '1 minute' END"
            for at, name in enumerate(instants)}  # fmt: skip


def in_turn(values: Sequence[Any], which: str = "i") -> str:
    """One of these."""
    return f"(ARRAY[{', '.join(map(repr, values))}])[1 + ({which}) % {len(values)}]"


def matters(cur: Any, units: Sequence[int]) -> dict[str, str]:
    """What differs from one matter to the next."""
    every = sorted({str(status) for specs in DESKS.values() for d in specs if not d.orders for status in d.statuses})
    against = f"CASE WHEN i % {SELDOM} = 1 THEN"
    return {
        "id": f"t.id + i::bigint * {STEP}", "number": "t.number || '-' || i", **seldom(columns(cur, "casework_matter")),
        "gist_id": f"t.gist_id + i::bigint * {STEP}",
        "status": f"CASE WHEN i % {WAITING} = 0 THEN {in_turn(every, f'i / {WAITING}')} ELSE 'archived' END",
        "registered_at": "t.registered_at + i * interval '1 minute'", "deciding": in_turn(["withdrawal", "abuse", ""]),
        "satisfied": in_turn([True, False]), "against": f"{against} 'unit' ELSE '' END",
        "against_unit_id": f"{against} {in_turn(units)} END",
    }  # fmt: skip


def orders(cur: Any, busiest: int, units: Sequence[int]) -> dict[str, str]:
    """What differs from one order to the next: every other one is with one unit of level 2, and those below it."""
    every = [str(status) for status in OPEN_ORDERS]
    return {
        "id": f"t.id + i::bigint * {STEP}", "matter_id": f"t.matter_id + i::bigint * {STEP}",
        **seldom(columns(cur, "casework_order")),
        "status": f"CASE WHEN i % {WAITING} = 0 THEN {in_turn(every, f'i / {WAITING}')} ELSE 'approved' END",
        "dispatched_at": "t.dispatched_at - i * interval '1 hour'",
        "due_at": "CASE WHEN i % 50 <> 0 THEN t.due_at + i / 300 * interval '1 day' END",
        "unit_id": in_turn([busiest, *units], "i / 7"), "level2_unit_id": in_turn([busiest, *units[:1]], "i / 5"),
        "parent_id": f"CASE WHEN i % 3 = 0 THEN t.id + i::bigint * {STEP} END",
    }  # fmt: skip


def grow(cur: Any, matter_id: int, busiest: int, units: Sequence[int]) -> None:
    """So many more of one matter. The rows' keys and triggers are kept out of it: it is plans that are asked for."""
    cur.execute("SET session_replication_role = replica")
    clone(cur, "casework_matter", matters(cur, units), f"t.id = {matter_id}")
    clone(cur, "casework_order", orders(cur, busiest, units), f"t.matter_id = {matter_id}")
    for table in CHILDREN:
        own = {name: f"t.{name} + i::bigint * {STEP}" for name in ("id", "matter_id", "order_id", "citizen_id", *NAMED)}
        clone(cur, table, own, f"t.matter_id = {matter_id}")
    own = {name: f"t.{name} + i::bigint * {STEP}" for name in ("id", "matter_id")}
    clone(cur, "casework_text", own, TEXTS.format(matter_id))
    clone(cur, "procedure_chainhead", {"chain_id": f"t.chain_id + i::bigint * {STEP}"}, f"t.chain_id = {matter_id}")
    cur.execute("ANALYZE")
