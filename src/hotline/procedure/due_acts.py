"""到时该办的 (due acts): what the clock has to do on one chain, as acts for the engine; asked by the clock's sweep, and
by every other act first, so that nobody's act wipes out what a late clock has yet to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.engine import CLOCK
from hotline.procedure.records import Record
from hotline.procedure.world import current

MOST_ACTS = 32  # on one chain at one time; more is a card that does not take its decision


class Endless(Exception):
    """没完没了: a decision that is still due after its card was performed."""


def case_on(card: type[Card], dossier: Dossier, row: Record, actor: Actor, now: datetime) -> Case[Any, Any]:
    world = current()
    random = world.random.of(dossier.chain.kind, dossier.chain.id, dossier.head.seq)
    tools = Tools(world.ids, random, world.keys)
    at = max(now, dossier.head.at) if dossier.head.at else now  # rows and line bear the same instant
    return Case(card, dossier, row, actor, at, world.book_of(dossier), tools)


def due_acts(dossier: Dossier, now: datetime) -> Iterator[tuple[Case[Any, Any], Mapping[str, str]]]:
    """What is due, one after the other; after each the facts are asked again."""
    book = current().book_of(dossier)
    for _ in range(MOST_ACTS):
        first = next(iter(dossier.decisions(book)), None)
        if first is None or first.at > now:
            return
        yield case_on(REGISTRY[first.card], dossier, dossier.fresh(first.subject), CLOCK, now), first.form
    raise Endless(dossier.chain.kind)


def is_due(dossier: Dossier, now: datetime) -> bool:
    """Whether anything has fallen due that is not done yet."""
    first = next(iter(dossier.decisions(current().book_of(dossier))), None)
    return first is not None and first.at <= now
