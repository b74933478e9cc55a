"""The line on the database: the same verbs, performed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.network.models import Post
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Done, Subject, perform
from hotline.procedure.world import current
from support import line

NOW = datetime(2026, 9, 18, 8, 5, tzinfo=UTC)


def staff(role: str, unit_id: int | None = None) -> Actor:
    """The demo city's actor in a role."""
    posts = Post.objects.filter(role=role, status="open")
    post = (posts.filter(unit_id=unit_id) if unit_id else posts).order_by("id").first()
    assert post is not None, role
    return Actor(role, post.person_id, post.id, post.unit_id)


def unit_with_posts() -> int:
    """A level-2 unit of the demo city that has a clerk."""
    post = Post.objects.filter(role="clerk", status="open", unit__level=2).order_by("id").first()
    assert post is not None
    return post.unit_id


def do(done: Done | None, name: str, who: Actor, form: dict[str, Any], now: datetime, **more: Any) -> Done:
    """Perform one verb on the matter of the last act."""
    card = REGISTRY[name]
    if card.creates:
        return perform(card, Subject(card.chain), form, actor=who, now=now, **more)
    assert done is not None
    row = None
    if card.moves.record is Order and isinstance(done.dossier, MatterDossier):
        row = (Order, done.dossier.orders[-1].id)
    return perform(card, Subject("matter", done.chain.id, row), form, actor=who, now=now, **more)


def live_line(now: datetime = NOW, until: str = "archive") -> Done:
    """Live the line up to a verb on the database."""
    unit = unit_with_posts()
    forms = line.forms(current().book)
    forms["dispatch"]["unit"] = str(unit)
    done: Done | None = None
    for i, (name, role) in enumerate(line.LINE):
        who = staff(role, unit if role in ("clerk", "deputy", "head") else None)
        done = do(done, name, who, forms[name], now + timedelta(minutes=i))
        if name == until:
            break
    assert done is not None
    return done


def test_a_citizens_words_become_an_archived_file(city: Any) -> None:
    done = live_line()
    dossier = done.dossier
    assert isinstance(dossier, MatterDossier)
    assert dossier.matter.status == "archived"
    assert len(dossier.lines) == 14


def test_each_verb_of_the_line_costs_at_most_six_statements(city: Any, statements: Any) -> None:
    live_line()
    unit = unit_with_posts()
    forms = line.forms(current().book)
    forms["dispatch"]["unit"] = str(unit)
    who = {role: staff(role, unit if role in ("clerk", "deputy", "head") else None) for _, role in line.LINE}
    done: Done | None = None
    counts = {}
    for name, role in line.LINE:
        with statements:
            done = do(done, name, who[role], forms[name], NOW)
        counts[name] = statements.count
    assert max(counts.values()) <= 6, counts
