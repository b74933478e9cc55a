"""成批办理 (batches): many cards, lived one after the other in memory and written together in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.procedure import loading, store
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.engine import SYSTEM, live, live_all
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import Unknown, raw
from hotline.procedure.reaching import held
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


@dataclass(frozen=True, slots=True)
class Act:
    """一件: a card to be performed on a row of a chain that stands already (None: the chain's own row). `told` is
    whatever the caller wants to know it by when it is refused."""

    card: type[Card]
    chain_id: int
    form: Form
    row: tuple[type[Record], int] | None = None
    told: object = None
    extra: Form = field(default_factory=dict)


def _acts(world: World, dossier: Dossier, acts: Iterable[Act], now: datetime, actor: Actor,
          beginning: Callable[[Act], None]) -> Iterator[tuple[Case[Any, Any], Form]]:  # fmt: skip
    for act in acts:
        beginning(act)
        row = dossier.find(*act.row) if act.row else dossier.root
        if row is None:
            raise Unknown(act.card.chain)
        at = max(now, dossier.head.at) if dossier.head.at else now
        tools = Tools(
            world.ids, world.random.of(dossier.chain.kind, dossier.chain.id, dossier.head.seq), world.keys, act.extra
        )
        yield Case(act.card, dossier, row, actor, at, world.book, tools), act.form


def perform_all(world: World, chain: str, acts: Sequence[Act], *, now: datetime, actor: Actor = SYSTEM,
                beginning: Callable[[Act], None] = lambda act: None) -> int:  # fmt: skip
    """Perform cards that look nothing up, on chains of one kind that stand already; all or none; returns how many. Acts
    on one chain are lived in their order, the chains locked in ascending order. `beginning` sees each act before it is
    lived. Raises Refused, FormErrors, Unknown."""
    by_chain: dict[int, list[Act]] = {}
    for act in acts:
        by_chain.setdefault(act.chain_id, []).append(act)
    with raw().transaction(), raw().cursor() as cur:
        world.ids.refill(cur, IDS_PER_ENTRY * len(acts))
        heads = loading.lock_heads(cur, Chain(chain, 0).code, sorted(by_chain))
        if len(heads) < len(by_chain):
            raise Unknown(chain)
        entries = []
        for chain_id, dossier in sorted(held(cur, DOSSIERS[chain], heads, IDS_PER_ENTRY * len(acts)).items()):
            out = live_all(dossier, world.book, _acts(world, dossier, by_chain[chain_id], now, actor, beginning))
            entries.append(store.Entry(dossier.chain, out, False))
        for start in range(0, len(entries), CHUNK):
            store.write(cur, entries[start : start + CHUNK])
    return len(acts)
