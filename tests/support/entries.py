"""Entries of the knowledge base on the database: short ways to perform their cards as people of the demonstration."""

from __future__ import annotations

from datetime import datetime

from hotline.knowledge.records import Version
from hotline.network.models import Post
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Done, Subject, perform
from hotline.procedure.world import current
from hotline.rules import knowledge

NOW = datetime.fromisoformat("2026-09-16T16:05+08:00")
GOOD = {"title": "居住证怎样办", "sort": "guide", "category": "户籍", "body": "带身份证到居住地派出所办，100%当场受理。",
        "source": "市公安局", "document": "某办〔2026〕1号"}  # fmt: skip


def somebody(role: str, at: str = "") -> Actor:
    """Somebody of the demonstration in this role, in the unit with this code."""
    found = Post.objects.filter(role=role, **({"unit__code": at} if at else {})).order_by("id").first()
    assert found is not None
    return Actor(role, found.person_id, found.id, found.unit_id)


def of_login(*logins: str) -> Actor:
    """Whoever of these is a clerk of the city at hand: each demonstration has its own people."""
    found = Post.objects.filter(role="clerk", person__login__in=logins).get()
    return Actor(found.role, found.person_id, found.id, found.unit_id)


def do(verb: str, who: Actor, entry: int | None = None, now: datetime = NOW, **form: str) -> Done:
    """Perform it on an entry, or on its newest version."""
    card = REGISTRY[verb]
    row = (Version, None) if card.moves.record is Version else None
    return perform(card, Subject("entry", entry, row), form, actor=who, now=now)


def confirmed(who: Actor, now: datetime = NOW, **form: str) -> int:
    """An entry in force, that somebody proposed and the office confirmed."""
    sorts = knowledge.sorts(current().book)
    good = GOOD if GOOD["sort"] in sorts else {**GOOD, "sort": next(iter(sorts))}
    entry = do("propose_entry", who, now=now, **{**good, **form}).chain.id
    do("confirm_entry", somebody("reviewer"), entry, now)
    return entry
