"""成批设立 (batches): many creating cards, lived one after the other and written together in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.procedure import store
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.engine import SYSTEM, live
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import raw
from hotline.procedure.records import Record
from hotline.procedure.world import DOSSIERS, World

CHUNK = 500  # entries a statement: well below the 65,535 parameters a statement may have
IDS_PER_ENTRY = 4

Form = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unborn(Record):
    """未立: the subject of a creating card, a number and nothing else yet."""

    id: int


def _live(world: World, card: type[Card], form: Form, extra: Form, now: datetime, actor: Actor) -> tuple[Dossier, Any]:
    chain = Chain(card.chain, world.ids.next())
    tools = Tools(world.ids, world.random.of(card.chain, chain.id, 0), world.keys, extra)
    dossier = DOSSIERS[card.chain](chain, Head())
    case = Case(card, dossier, Unborn(chain.id), actor, now, world.book, tools)
    return dossier, store.Entry(chain, live(case, form), True)


def create_all(world: World, card: type[Card], forms: Sequence[Form], extras: Callable[[Form], Form],
               took: Callable[[Form, Dossier], None], *, now: datetime, actor: Actor = SYSTEM) -> int:  # fmt: skip
    """Perform a creating card for every form, all or none; returns how many. `extras` gives what the card's look-ups
    would find, `took` sees each form with its new dossier before the next is lived. Raises Refused, FormErrors."""
    entries = []
    with raw().transaction(), raw().cursor() as cur:
        world.ids.refill(cur, IDS_PER_ENTRY * len(forms))
        for form in forms:
            dossier, entry = _live(world, card, form, extras(form), now, actor)
            took(form, dossier)
            entries.append(entry)
        for start in range(0, len(entries), CHUNK):
            store.write(cur, entries[start : start + CHUNK])
    return len(entries)
