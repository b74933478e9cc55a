"""演示词条 (the demonstration's entries): in a simulated city whose knowledge base is empty, units propose what stands in
the rulebook's sheet, and the office confirms it but for a few that wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from hotline.knowledge.dossier import CONFIRMERS, EntryDossier
from hotline.knowledge.look_ups import written
from hotline.knowledge.records import Version
from hotline.knowledge.transitions.confirming import ConfirmEntry
from hotline.knowledge.transitions.proposing import ProposeEntry
from hotline.network import sheet
from hotline.network.batch import Act, Form, create_all, perform_all
from hotline.network.folders import RULEBOOKS
from hotline.network.roles import Role
from hotline.network.sheet import Row
from hotline.procedure.actor import Actor
from hotline.procedure.dossier import Dossier
from hotline.procedure.perform import raw
from hotline.procedure.world import World, current

COLUMNS = ("unit", "sort", "category", "title", "body", "source", "document", "public", "waits")
_POST = (
    "SELECT o.role, o.person_id, o.id, o.unit_id FROM network_post o JOIN network_unit u ON u.id = o.unit_id"
    " WHERE o.status = 'open' AND o.role = ANY(%s) AND (%s = '' OR u.code = %s) ORDER BY o.id LIMIT 1"
)
PROPOSERS = (Role.CLERK, Role.OPERATOR)


def _somebody(roles: Sequence[str], unit: str = "") -> Actor | None:
    with raw().cursor() as cur:
        row: Any = cur.execute(_POST, ([str(role) for role in roles], unit, unit)).fetchone()
    return Actor(*row) if row else None


def _next_number(_: Form) -> Form:
    with raw().cursor() as cur:
        row: Any = cur.execute("SELECT nextval('knowledge_numbers')").fetchone()
    return {"entry_number": written(row[0])}


def _empty() -> bool:
    with raw().cursor() as cur:
        return cur.execute("SELECT 1 FROM knowledge_entry LIMIT 1").fetchone() is None


def load_demo(now: datetime, rulebooks: Path = RULEBOOKS) -> int:
    """Fill the knowledge base of a simulated city of the current world, if there is nothing in it; how many entries."""
    world = current()
    csv, office = rulebooks / world.book.id / "knowledge" / "demo.csv", _somebody(CONFIRMERS)
    if not csv.exists() or office is None or not _empty():
        return 0
    rows = sheet.read(csv.read_text("utf-8-sig"), COLUMNS)
    confirmed: list[Act] = []
    for unit, mine in groupby(sorted(rows, key=lambda row: row["unit"]), key=lambda row: row["unit"]):
        if (who := _somebody(PROPOSERS, unit)) is not None:
            confirmed += _proposed(world, who, list(mine), now)
    perform_all(world, "entry", confirmed, now=now, actor=office)
    return len(rows)


def _proposed(world: World, who: Actor, rows: Sequence[Row], now: datetime) -> list[Act]:
    """One unit proposes its own; what is to be confirmed of it."""
    acts: list[Act] = []

    def took(form: Form, dossier: Dossier) -> None:
        waiting = dossier.waiting if isinstance(dossier, EntryDossier) else None
        if waiting and not form["waits"]:
            acts.append(Act(ConfirmEntry, dossier.chain.id, {}, (Version, waiting.id)))

    create_all(world, ProposeEntry, [row.cells for row in rows], _next_number, took, now=now, actor=who)
    return acts
