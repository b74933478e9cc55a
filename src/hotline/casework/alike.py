"""同问 (asked alike): a question that takes milliseconds to compose, and is the same for all who ask alike but for
their numbers. It is composed once under a rulebook, with nobody's numbers in their place, equal ones staying equal, and
asked with one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hotline.network.records import Unit
from hotline.procedure.actor import Actor
from hotline.procedure.world import current

Question = tuple[str, list[Any]]
_NOBODY = -(2**62)
_ANY_UNIT = Unit(0, "open", "", "", "", 0, None, "", "", "", "")
_composed: dict[tuple[object, str, Actor, Unit | None], Question] = {}


def asked(compose: Callable[[Actor, Unit | None], Question], actor: Actor, unit: Unit | None) -> Question:
    """What `compose` says for this post and unit, of which it may use level and number."""
    others: dict[int, int] = {}

    def other(number: int) -> int:
        return others.setdefault(number, _NOBODY + len(others))

    anybody = _anybody(actor, other)
    somewhere = replace(_ANY_UNIT, id=other(unit.id), level=unit.level) if unit else None
    key = compose, current().book.id, anybody, somewhere
    known = _composed.get(key)
    if known is None:
        known = _composed[key] = compose(anybody, somewhere)
    query, params = known
    own = {nobody: number for number, nobody in others.items()}
    return query, [type(value)(own[value]) if isinstance(value, int) and value in own else value for value in params]


def _anybody(actor: Actor, other: Callable[[int], int]) -> Actor:
    """Who asks, without their numbers. What an actor may have besides stays as it is, and makes another question."""

    def maybe(number: int | None) -> int | None:
        return None if number is None else other(number)

    return replace(actor, person_id=maybe(actor.person_id), post_id=maybe(actor.post_id), unit_id=maybe(actor.unit_id),
                   for_person_id=maybe(actor.for_person_id), elsewhere=frozenset(map(other, sorted(actor.elsewhere))),
                   desks=frozenset(map(other, sorted(actor.desks))))  # fmt: skip


class Typed(str):
    """打进来的字: what somebody typed, or a number of theirs: never a part of the words of a question."""


def settled(question: tuple[str, Sequence[Any]]) -> Question:
    """What is the same for whoever asks, the words, stands in the question itself: the server then keeps one plan of
    it, in which it sees that a partial index fits, where it would plan each time anew."""
    query, params = question
    first, *rest = query.split("%s")
    said = [_word(value) + part for value, part in zip(params, rest, strict=True)]
    return "".join([first, *said]), [value for value in params if not _ours(value)]


def _ours(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Typed)


def _word(value: Any) -> str:
    """A word of ours (a status, a role); no text of anybody's comes here."""
    if not _ours(value):
        return "%s"
    if not value.replace("_", "").isalnum() and value:
        raise ValueError(value)
    return f"'{value}'"
