"""Many matters at once: lived by the cards in memory, written in bulk. For sweeps and benches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.network.models import Unit
from hotline.network.roles import UNIT
from hotline.procedure import engine, store
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case, Tools
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import raw
from hotline.procedure.world import World, current
from hotline.procedure.writeset import WriteSet
from support import line

CHUNK = 500
IDS_EACH = 40
Form = Mapping[str, Any]


def a_unit() -> line.Receiving:
    """A unit of level 2, as the unit look-up would bring it."""
    unit = Unit.objects.filter(level=2, status="open").order_by("id").first()
    assert unit is not None
    return line.Receiving(unit)  # type: ignore[arg-type]


def who(role: str, receiving: line.Receiving) -> Actor:
    """Somebody in a role; of the receiving unit where the role is one of a unit's."""
    one = line.actor(role)
    return replace(one, unit_id=receiving.unit.id) if role in UNIT else one


def lived(world: World, receiving: line.Receiving, serial: int, now: datetime, kind: str, until: str,
          **changed: Form) -> tuple[MatterDossier, store.Entry]:  # fmt: skip
    """One matter lived up to a verb, and all of it as one write-set. `changed` overrides fields of a verb's form."""
    chain, whole = Chain("matter", world.ids.next()), WriteSet()
    dossier, good = MatterDossier(chain, Head()), line.forms(world.book, kind)
    extra = {"serial": serial, "citizen": None, "unit": receiving, "cited": {}, "retired": None, "listed": False}
    for name, role in line.LINE:
        card = REGISTRY[name]
        tools = Tools(world.ids, world.random.of("matter", chain.id, dossier.head.seq), world.keys, extra)
        case = Case(card, dossier, line.subject_of(dossier, card), who(role, receiving), now, world.book, tools)
        engine.merge(whole, engine.live(case, {**good[name], **changed.get(name, {})}))
        if name == until:
            break
    return dossier, store.Entry(chain, whole, True)


def write(count: int, now: datetime, kind: str = "complaint", until: str = "dispatch", after: int = 0) -> list[int]:
    """Write so many matters in one transaction, those of their day behind `after` others; their numbers."""
    world, receiving, written = current(), a_unit(), []
    with raw().transaction(), raw().cursor() as cur:
        for start in range(0, count, CHUNK):
            world.ids.refill(cur, IDS_EACH * CHUNK)
            serials = range(after + start + 1, after + min(start + CHUNK, count) + 1)
            entries = [lived(world, receiving, serial, now, kind, until)[1] for serial in serials]
            store.write(cur, entries)
            written += [entry.chain.id for entry in entries]
    return written


def marks_of(ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Every card on these matters, as (matter, colour, cause)."""
    with raw().cursor() as cur:
        query = "SELECT matter_id, colour, cause FROM casework_mark WHERE matter_id = ANY(%s) ORDER BY id"
        return cur.execute(query, (list(ids),)).fetchall()
