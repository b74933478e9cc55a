"""Short ways to perform the network's cards in tests."""

from datetime import UTC, datetime
from typing import Any

from hotline.network.models import Post, Unit
from hotline.network.transitions.posts import AppointPost
from hotline.network.transitions.units import OpenUnit
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.perform import Done, Subject, perform

NOW = datetime(2026, 9, 18, 8, 0, tzinfo=UTC)
PASSWORD = "清风明月照大江东去也"
PERSON = {"login": "zhu.guang", "name": "烛光照", "phone": "13900001234", "password": PASSWORD}


def do(card: type[Card], row: int | None, actor: Actor, **form: Any) -> Done:
    """Perform a card on a unit or post."""
    return perform(card, Subject(card.chain, row), form, actor=actor, now=NOW)


def opened(actor: Actor, code: str, **form: Any) -> Unit:
    """A new level-2 department, unless the form says otherwise."""
    parent = Unit.objects.get(desk="office").code
    usual = {"name": f"新设{code}局", "short": f"{code}局", "level": "2", "parent": parent, "sort": "department"}
    return Unit.objects.get(id=do(OpenUnit, None, actor, code=code, **{**usual, **form}).chain.id)


def appointed(actor: Actor, unit: Unit, role: str, **form: Any) -> Post:
    """Somebody new in a post, unless the form says otherwise."""
    done = do(AppointPost, None, actor, unit=str(unit.id), role=role, **{**PERSON, **form})
    return Post.objects.get(id=done.chain.id)
