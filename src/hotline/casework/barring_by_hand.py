"""回避的读取，手写的 (barring by hand): what questions written by hand bear, so that the target of a complaint does not find
it (R-21); `barring` says the same to Django."""

from __future__ import annotations

from typing import Any

from hotline.casework.conflicts import hotline_desks
from hotline.procedure.actor import Actor
from hotline.rules.conflicts import HOTLINE

# By hand: $2 are the asker's units, $3 the persons the asker counts for, $4 the hotline's desks at which they sit.
NOT_ABOUT = (
    " AND (m.against_unit_id IS NULL OR m.against_unit_id <> ALL ($2::int8[]))"
    " AND (m.against_person_id IS NULL OR m.against_person_id <> ALL ($3::int8[]))"
    f" AND (m.against <> '{HOTLINE}' OR m.against_person_id IS NOT NULL OR m.goes_to_unit_id = ALL ($4::int8[]))"
)

NAMES = ("units", "persons", "desks")


def not_about(actor: Actor) -> tuple[str, list[Any]]:
    """What is added to a question for one matter, with the parameters after its number."""
    desks = sorted(hotline_desks(actor), key=str)
    return NOT_ABOUT, [sorted(actor.units()), sorted(actor.persons()), desks]


def not_about_named(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The same with its parameters by name."""
    said, values = not_about(actor)
    for place, name in enumerate(NAMES, 2):
        said = said.replace(f"${place}", f"%({name})s")
    return said, dict(zip(NAMES, values, strict=True))
