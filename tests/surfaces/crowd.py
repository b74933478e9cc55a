"""Many matters at once, performed without pages: for lists."""

from __future__ import annotations

from datetime import timedelta

from hotline.casework.records import Order
from hotline.network.models import Post
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Subject, perform
from hotline.procedure.world import current
from support import line
from surfaces.city import WEDNESDAY
from surfaces.walk import unit_id


def somebody(role: str, unit: int | None = None) -> Actor:
    """The demo city's first person in a role."""
    posts = Post.objects.filter(role=role, status="open")
    post = (posts.filter(unit_id=unit) if unit else posts).order_by("id").first()
    assert post is not None, role
    return Actor(role, post.person_id, post.id, post.unit_id)


def crowd(many: int, until: str, unit: str = "341302") -> list[str]:
    """So many matters, each lived up to a verb, a minute apart; their numbers."""
    forms = line.forms(current().book)
    forms["dispatch"]["unit"] = str(unit_id(unit))
    steps = [name for name, _ in line.LINE]
    who = {name: somebody(role, unit_id(unit) if role in ("clerk", "deputy") else None) for name, role in line.LINE}
    numbers = []
    for i in range(many):
        chain = 0
        for name in steps[: steps.index(until) + 1]:
            card, form = (
                REGISTRY[name],
                {**forms[name], "gist": f"路灯不亮之 {i}"} if name == "register" else forms[name],
            )
            row = (Order, None) if card.moves.record is Order else None
            done = perform(card, Subject("matter", chain or None, row), form, actor=who[name],
                           now=WEDNESDAY + timedelta(minutes=i))  # fmt: skip
            if name == "register":
                chain = done.chain.id
                numbers.append(str((done.extra or {})["number"]))
    return numbers
