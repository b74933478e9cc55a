"""人手 (staff): who acts in a replay, found among the posts of the city."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hotline.network import models
from hotline.network.roles import TERMS, Role
from hotline.procedure.actor import Actor
from hotline.rules import signing
from hotline.rules.book import Rulebook

HANDLING_LEVEL = 2
WEB = "web"


class NoStaff(LookupError):
    """缺人手: the city lacks a post without which nothing can be lived. Its text is Chinese."""


@dataclass(frozen=True, slots=True)
class Unit:
    """承办单位: a unit with somebody who handles and another person who signs off."""

    id: int
    clerk: Actor
    signer: Actor


@dataclass(frozen=True, slots=True)
class Staff:
    """人手: the office's people, and the level-2 units that may get orders, by code."""

    operator: Actor
    dispatcher: Actor
    reviewer: Actor
    follow_up: Actor
    units: tuple[Unit, ...]


def find(book: Rulebook) -> Staff:
    """Everybody needed. Raises NoStaff."""
    posts = list(models.Post.objects.filter(status="open", unit__status="open").select_related("unit").order_by("id"))
    at_web = [post for post in posts if post.unit.desk == WEB]
    office = [*at_web, *posts]
    units = tuple(_units(posts, signing.level(book).role))
    if not units:
        raise NoStaff("没有同时设有承办人、分管负责人、主要负责人的二级单位，无处派单。")
    return Staff(
        _first(office, Role.OPERATOR), _first(office, Role.DISPATCHER), _first(office, Role.REVIEWER),
        _first(office, Role.FOLLOW_UP), units,
    )  # fmt: skip


def _actor(post: models.Post) -> Actor:
    return Actor(post.role, post.person_id, post.id, post.unit_id)


def _first(posts: Iterable[models.Post], role: Role) -> Actor:
    found = next((post for post in posts if post.role == role), None)
    if found is None:
        raise NoStaff(f"没有在任的{TERMS[role]}，办不下去。")
    return _actor(found)


def _units(posts: Iterable[models.Post], signer: str) -> Iterable[Unit]:
    by_unit: dict[tuple[str, int], list[models.Post]] = {}
    for post in posts:
        if post.unit.level == HANDLING_LEVEL:
            by_unit.setdefault((post.unit.code, post.unit_id), []).append(post)
    for (_, unit_id), held in sorted(by_unit.items()):
        if {Role.CLERK, Role.DEPUTY, Role.HEAD} <= {post.role for post in held}:
            clerk = next(post for post in held if post.role == Role.CLERK)
            others = (post for post in held if post.role == signer and post.person_id != clerk.person_id)
            if (signs := next(others, None)) is not None:
                yield Unit(unit_id, _actor(clerk), _actor(signs))
