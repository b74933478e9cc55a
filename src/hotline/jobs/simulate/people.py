"""人物 (people): who acts in a simulated city, and what they are like. Accounts are found among its posts, characters
are drawn from the seed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hotline.jobs.simulate.chance import Chance
from hotline.network import models
from hotline.network.roles import TERMS, UNIT, Role
from hotline.procedure.actor import Actor
from hotline.rules.book import Rulebook

DESK_OF = {Role.OPERATOR: ("intake", "web"), Role.SHIFT_LEADER: ("intake",)}
NEEDED = (Role.OPERATOR, Role.SHIFT_LEADER, Role.DISPATCHER, Role.REVIEWER, Role.FOLLOW_UP, Role.SUPERVISOR)
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹"
STYLES = ("先生", "女士", "师傅", "老师", "同志", "阿姨", "大爷")
CALLERS = 400
HANDLING_LEVEL = 2


class NoPeople(LookupError):
    """缺人手: the city lacks posts without which it cannot live. Its text is Chinese."""


@dataclass(frozen=True, slots=True)
class Character:
    """脾气: of a unit, as shares of all that it is given: how far into its time it works, what it does late, what it
    never signs for, what it wrongly asks back, what it writes poorly, what it wants more time for."""

    pace: float
    late: float
    sleepy: float
    wrong: float
    poor: float
    asks: float


@dataclass(frozen=True, slots=True)
class Unit:
    """承办单位: a unit of the network with its people, and the staffed units below it."""

    id: int
    name: str
    short: str
    phone: str
    level2_id: int
    people: dict[str, Actor]
    named: dict[str, str]
    character: Character
    below: tuple[Unit, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it has somebody for every step."""
        return set(UNIT) <= set(self.people)


@dataclass
class City:
    """城: its rulebook, the seed, the office's people by post, and the units that handle, by number."""

    book: Rulebook
    chance: Chance
    posts: dict[str, list[Actor]]
    units: dict[int, Unit]
    places: dict[int, tuple[str, ...]] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)  # the codes of these places
    web: Actor | None = None
    second: Actor | None = None  # another shift leader, who had no part in what others decided

    @cached_property
    def level2(self) -> list[Unit]:
        """The units of level 2 that can handle a matter alone."""
        return [unit for unit in self.units.values() if unit.id == unit.level2_id and unit.complete]

    @cached_property
    def spots(self) -> dict[int, list[tuple[Unit, str]]]:
        """Places by the unit they belong to, and of all of them under 0."""
        named = {unit.id: [(unit, place) for place in self.places.get(unit.id, ())] for unit in self.level2}
        return {0: [one for several in named.values() for one in several], **named}

    def area(self, place: str) -> str:
        """The code of the township that a place lies in; nothing where it names none."""
        return next((code for short, code in self.areas.items() if short in place), "")

    def citizen(self, label: str) -> tuple[str, str]:
        """A caller's name and number, both of nobody; some of them call about more than one thing."""
        who = self.chance.of("caller").bits(label) % CALLERS
        mine = self.chance.of(f"caller {who}")
        name = mine.pick("surname", SURNAMES) + mine.pick("style", STYLES)
        return name, f"000{mine.bits('phone') % 10**8:08d}"


def find(book: Rulebook, chance: Chance) -> City:
    """Everybody in the city. Raises NoPeople."""
    found = models.Post.objects.filter(status="open", unit__status="open").select_related("unit", "person")
    held = list(found.order_by("unit__code", "id"))
    posts: dict[str, list[Actor]] = {}
    for post in held:
        if post.unit.desk in DESK_OF.get(Role(post.role), (post.unit.desk,)):
            posts.setdefault(post.role, []).append(_actor(post))
    if missing := [role for role in NEEDED if role not in posts]:
        raise NoPeople(f"没有在任的{'、'.join(TERMS[role] for role in missing)}，过不下去。")
    city = City(book, chance, posts, _units(held, chance))
    if not city.level2:
        raise NoPeople("没有同时设有承办人、分管负责人、主要负责人的二级单位，无处派单。")
    city.web = next((_actor(p) for p in held if p.unit.desk == "web" and p.role == Role.OPERATOR), None)
    leads = (p for p in held if p.unit.desk == "inspection" and p.role == Role.SHIFT_LEADER)
    city.second = next(map(_actor, leads), None)
    city.places = _places(city)
    return city


def _actor(post: models.Post) -> Actor:
    return Actor(post.role, post.person_id, post.id, post.unit_id)


def _units(held: Iterable[models.Post], chance: Chance) -> dict[int, Unit]:
    """All units with people of their own kind: by whoever, on whatever level."""
    by_unit: dict[int, list[models.Post]] = {}
    for post in held:
        if post.role in UNIT:
            by_unit.setdefault(post.unit_id, []).append(post)
    below: dict[int, list[Unit]] = {}
    found: dict[int, Unit] = {}
    for unit_id, posts in sorted(by_unit.items(), key=lambda item: -item[1][0].unit.level):
        made = _unit(posts, chance, tuple(below.get(unit_id, ())))
        found[unit_id] = made
        if made.complete and made.level2_id not in (0, made.id):
            below.setdefault(made.level2_id, []).append(made)
    return dict(sorted(found.items(), key=lambda item: by_unit[item[0]][0].unit.code))


def _unit(posts: Sequence[models.Post], chance: Chance, below: tuple[Unit, ...]) -> Unit:
    unit = posts[0].unit
    people = {post.role: _actor(post) for post in reversed(posts)}
    named = {post.role: post.person.name for post in reversed(posts)}
    above = unit.id if unit.level == HANDLING_LEVEL else unit.parent_id if unit.level > HANDLING_LEVEL else None
    mine = chance.of(f"unit {unit.code}")
    character = Character(
        pace=mine.between("pace", 0.3, 0.8), late=mine.between("late", 0.01, 0.16),
        sleepy=mine.between("sleepy", 0.0, 0.1), wrong=mine.between("wrong", 0.0, 0.1),
        poor=mine.between("poor", 0.02, 0.25), asks=mine.between("asks", 0.03, 0.2),
    )  # fmt: skip
    return Unit(unit.id, unit.name, unit.short, unit.phone, above or 0, people, named, character, below)


def _places(city: City) -> dict[int, tuple[str, ...]]:
    """Where things happen: below each unit of level 2, the places that the tree of units names."""
    rows = models.Unit.objects.filter(status="open", sort="township").order_by("code")
    found: dict[int, list[str]] = {}
    for row in rows:
        if row.parent_id in city.units:
            found.setdefault(row.parent_id, []).append(row.short)
            city.areas[row.short] = row.place
    return {unit_id: tuple(names) for unit_id, names in found.items()}
