"""够到别的链 (reaching): an act that reaches other chains of its kind. All heads are locked in ascending order before
anything else, so that no two acts wait for each other. Which heads these are, an act may find out only while it is
tried: it is then begun anew with all of them, in a transaction of its own, and nothing of the try remains."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from psycopg import Connection, OperationalError

from hotline.procedure import loading, store, telling
from hotline.procedure.dossier import Dossier
from hotline.procedure.due_acts import due_acts, is_due
from hotline.procedure.echoing import MoreChains, lived
from hotline.procedure.engine import live_all
from hotline.procedure.ledger import Head
from hotline.procedure.world import World, current
from hotline.procedure.writeset import WriteSet

log = logging.getLogger("hotline.clock")
T = TypeVar("T")

IDS_PER_ACT = 64
MOST_TRIES = 8  # each adds chains; an act that still finds more is a card that runs in circles


@dataclass(slots=True)
class Others:
    """别的链: the dossiers locked besides the act's own, and what had fallen due on each."""

    dossiers: dict[int, Dossier] = field(default_factory=dict)
    fallen: dict[int, WriteSet] = field(default_factory=dict)


def drawn_for(conn: Connection[Any], world: World, numbers: int) -> None:
    """So many numbers are there for an act; there usually are."""
    if world.ids.left() < numbers:
        with conn.cursor() as cur:
            world.ids.refill(cur, numbers)


def numbered(cur: store.Cur, dossiers: Iterable[Dossier], at_least: int) -> None:
    """What is written on these, which are locked, has greater numbers than anything that stands there."""
    current().ids.above(cur, max((dossier.newest() for dossier in dossiers), default=0), at_least)


def held(cur: store.Cur, cls: type[Dossier], heads: dict[int, Head], at_least: int) -> dict[int, Dossier]:
    """The dossiers of chains that are locked, to be written on; so many numbers are there for it."""
    dossiers = loading.load(cur, cls, heads).dossiers if heads else {}
    numbered(cur, dossiers.values(), at_least)
    return dossiers


def in_order(conn: Connection[Any], act: Callable[[store.Cur, Sequence[int]], tuple[T, list[store.Entry]]]) -> T:
    """Try an act in a transaction and write what it gives; when it reaches more chains, begin it anew with these locked
    too. Once it is committed it is told."""
    world, also, teller = current(), frozenset[int](), telling.teller_of(conn)
    for _ in range(MOST_TRIES):
        drawn_for(conn, world, IDS_PER_ACT * (1 + len(also)))
        mark = world.ids.mark()
        try:
            with conn.transaction(), conn.cursor() as cur:
                done, entries = act(cur, sorted(also))
                if entries:
                    store.write(cur, entries, tells=teller is None)
        except MoreChains as more:
            world.ids.rewind(mark)
            also |= more.chains
            continue
        if teller:
            teller.say(store.grown(entries))
        return done
    raise RuntimeError("an act that reaches ever more chains")


def caught_up(cur: store.Cur, dossier: Dossier, now: datetime) -> tuple[Dossier, WriteSet]:
    """What had fallen due here before this act is done first. Where the clock's own act fails, the dossier is read
    anew and the act goes on without: the sweep will set the chain aside and raise the alarm."""
    at = max(now, dossier.head.at) if dossier.head.at else now
    if not is_due(dossier, at):
        return dossier, WriteSet()
    chain, head = dossier.chain, dossier.head
    try:
        return dossier, live_all(dossier, current().book_of(dossier), due_acts(dossier, at))
    except OperationalError:
        raise
    except Exception as error:
        log.error("时钟未能先办 %s %s：%s", chain.kind, chain.id, type(error).__name__)
        return loading.load(cur, type(dossier), {chain.id: head}).dossiers[chain.id], WriteSet()


def beside(cur: store.Cur, dossiers: Mapping[int, Dossier], now: datetime) -> Others:
    """The other chains' dossiers, each with what had fallen due on it done."""
    others = Others()
    for chain_id in sorted(dossiers):
        others.dossiers[chain_id], others.fallen[chain_id] = caught_up(cur, dossiers[chain_id], now)
    return others


def looked_at(cur: store.Cur, cls: type[Dossier], heads: dict[int, Head], now: datetime) -> Others:
    """The same for chains that are only locked yet."""
    return beside(cur, held(cur, cls, heads, IDS_PER_ACT * (1 + len(heads))), now)


def insist(wanted: Iterable[int], others: Others) -> None:
    """Raises MoreChains where a chain that is looked at is not locked yet."""
    if more := frozenset(wanted) - others.dossiers.keys():
        raise MoreChains(more)


def echoed(out: WriteSet, others: Others, now: datetime) -> list[store.Entry]:
    """What is to be written on the other chains: what had fallen due, and what the act brings about there."""
    whole = lived(out, others.dossiers, others.fallen, now)
    return [store.Entry(others.dossiers[i].chain, one, False) for i, one in whole.items() if one.lines or one.updates]


def alone(out: WriteSet) -> None:
    """For acts on many chains at once, which lock no others: an echo would be lost."""
    if out.echoes:
        raise MoreChains(frozenset(echo.chain_id for echo in out.echoes))
