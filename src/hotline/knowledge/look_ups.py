"""查找 (look-ups): the number of a new entry, and the entries that an answer cites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.knowledge.cited import Cited, said_numbers
from hotline.knowledge.seeking import IN_FORCE
from hotline.network.look_ups import look_up
from hotline.procedure.case import Case
from hotline.procedure.world import Cursor, World


@look_up("entry_number")
def entry_number(cursor: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> str:
    """The next number never used before: Z00017. A number that was drawn for nothing is missing, which harms nobody."""
    cursor.execute("SELECT nextval('knowledge_numbers')")
    return written(cursor.fetchone()[0])


def written(number: int) -> str:
    """A number as it is written and cited."""
    return f"Z{number:05d}"


_CITED = f"SELECT e.id, e.number, e.version, {IN_FORCE} FROM knowledge_entry e WHERE e.number = ANY(%s) ORDER BY e.id"


@look_up("cited")
def cited(cursor: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> dict[str, Cited]:
    """The entries that the form's field `cites` names, by number. Without any nothing is asked."""
    named = said_numbers(str(form.get("cites") or ""))
    if not named:
        return {}
    cursor.execute(_CITED, (case.now, list(named)))
    return {row[1]: Cited(*row) for row in cursor.fetchall()}
