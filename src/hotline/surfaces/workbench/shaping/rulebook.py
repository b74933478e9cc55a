"""规则页成形: what a clause gives under which provision, with which values, and where that is used: verbs, lists, kinds of
matter, elements of record and letter. All of it read from the rulebook and the cards; nothing is written down twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from hotline.casework.lists import DESKS
from hotline.network import wording_kinds
from hotline.network.roles import TERMS as ROLES
from hotline.network.roles import Role
from hotline.procedure.card import REGISTRY, Card
from hotline.rules import elements, letters
from hotline.rules.book import Provision, Rulebook
from hotline.surfaces.ui.shapes import ValueGroup
from hotline.surfaces.workbench.shaping.provisions import TERMS
from hotline.surfaces.workbench.shaping.value_terms import WORDS, term_of

Words = Mapping[Any, str]  # how a value of the files is called
MACHINES = {Role.CLOCK, Role.SYSTEM}
LONGEST = 200  # letters of one value, as far as a page shows it


@lru_cache(maxsize=8)
def provisions_of(book: Rulebook) -> Mapping[str, tuple[Provision, ...]]:
    """Clause or reading: the provisions it fills, or leans on."""
    found: dict[str, list[Provision]] = {}
    for filled in book.filled.values():
        for provision in filled:
            for one in (provision.clause, *provision.readings):
                found.setdefault(one, []).append(provision)
    return {one: tuple(them) for one, them in found.items()}


@lru_cache(maxsize=8)
def uses(book: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """Clause or reading: what rests on it, each said once, in the order in which things are named."""
    found: dict[str, dict[str, None]] = {}
    for clauses, said in (*_verbs(book), *_lists(book), *_kinds(book), *_elements(book), *_messages(book)):
        for one in clauses:
            found.setdefault(one, {})[said] = None
    return {one: tuple(them) for one, them in found.items()}


def _of(provisions: tuple[Provision, ...]) -> list[str]:
    return [one for provision in provisions for one in (provision.clause, *provision.readings)]


def _by(card: type[Card]) -> str:
    people = [role for role in card.by if role not in MACHINES]
    if not people:
        return "由时钟或系统"
    return "由" + "、".join(ROLES[Role(role)] for role in people)


def _verbs(book: Rulebook) -> Iterator[tuple[list[str], str]]:
    for card in REGISTRY.values():
        if card.__module__.startswith("hotline."):
            yield _of(card.provisions(book)), f"动作：{card.term}（{_by(card)}）"


def _lists(book: Rulebook) -> Iterator[tuple[list[str], str]]:
    for desk in {one.name: one for desks in DESKS.values() for one in desks}.values():
        yield _of(book.filled.get(desk.rests_on, ())), f"清单：{desk.title}"


def _kinds(book: Rulebook) -> Iterator[tuple[list[str], str]]:
    for kind in book.kinds.values():
        yield [kind.clause, *kind.readings], f"事项类别：{kind.term}"


def _elements(book: Rulebook) -> Iterator[tuple[list[str], str]]:
    record = book.provision("elements").clause
    for term in elements.terms(book).values():
        yield [record], f"要素：{term}"
    terms = letters.terms(book)
    for field, clause in letters.fields(book).items():
        yield [clause], f"反馈件：{terms.get(field, field)}"


def _messages(book: Rulebook) -> Iterator[tuple[list[str], str]]:
    for kind in wording_kinds.kinds().values():
        for verb in kind.verbs:
            card = REGISTRY[verb]
            reads = wording_kinds.shown(kind.text)
            yield _of(card.provisions(book)), f"消息：{card.term}以后给{wording_kinds.TO[kind.to]}（{reads}）"


def _flat(words: Words, value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Values one by one, each with the way to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(words, inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)) and any(isinstance(one, (Mapping, list, tuple)) for one in value):
        for i, inner in enumerate(value, 1):
            yield from _flat(words, inner, f"{path}.{i}")
    else:
        said = "、".join(_said(words, one) for one in (value if isinstance(value, (list, tuple)) else (value,)))
        yield path, said if len(said) <= LONGEST else f"{said[:LONGEST]}……"


def _words(book: Rulebook, one: Provision) -> Words:
    """How words of the files are called: as the provision names them, else kinds, fields of the letter, verbs."""
    own = {key: said for some in one.values.values() if isinstance(some, Mapping) for key, said in some.items()
           if isinstance(said, str) and not said.isascii()}  # fmt: skip
    verbs = {name: card.term for name, card in REGISTRY.items()}
    return {**verbs, **letters.terms(book), **{name: kind.term for name, kind in book.kinds.items()}, **WORDS, **own}


def _said(words: Words, value: Any) -> str:
    """A value in words: a post, or what is called so; anything else as it stands."""
    if value is None or isinstance(value, bool):
        return {True: "是", False: "否", None: "没有"}[value]
    return ROLES[Role(value)] if value in tuple(Role) else words.get(value, str(value))


def groups(book: Rulebook, clause_id: str) -> tuple[ValueGroup, ...]:
    """What a clause or reading gives, provision by provision."""
    def rows(one: Provision) -> tuple[tuple[str, str, str], ...]:
        asked = one.values.get("elements")
        named = {name: said["term"] for name, said in asked.items() if isinstance(said, Mapping) and "term" in said
                 } if isinstance(asked, Mapping) else {}  # fmt: skip
        return tuple((term_of(key, named), said, key) for key, said in _flat(_words(book, one), one.values)
                     if not (named and key.startswith("elements.") and key.endswith(".term")))  # fmt: skip

    return tuple(
        ValueGroup(TERMS.get(one.name, one.name), one.name, rows(one))
        for one in provisions_of(book).get(clause_id, ())
    )


@lru_cache(maxsize=8)
def haystacks(book: Rulebook) -> Mapping[str, str]:
    """Clause: everything by which it is found, in small letters."""
    found = {}
    for clause in book.clauses.values():
        duties = [f"{duty.id} {duty.text} {' '.join(duty.tests)}" for duty in book.duties if duty.clause == clause.id]
        values = [f"{one.term} {one.name} {key} {said}" for one in groups(book, clause.id) for _, said, key in one.rows]
        rests = uses(book).get(clause.id, ())
        found[clause.id] = " ".join([clause.id, clause.text, *duties, *values, *rests]).casefold()
    return found


def note(book: Rulebook, clause_id: str) -> str:
    """How much hangs on a clause, under its text."""
    values = sum(len(one.rows) for one in groups(book, clause_id))
    parts = [f"取值 {values} 项"] * bool(values) + [f"用在 {len(uses(book).get(clause_id, ()))} 处"]
    return " · ".join(parts) if values or uses(book).get(clause_id) else ""
