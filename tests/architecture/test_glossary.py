"""docs/glossary.md is complete and true: every table under a numbered heading against the code, both ways."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest

from architecture import sources
from hotline.casework.statuses import MATTER_TERMS, ORDER_TERMS
from hotline.config import wiring
from hotline.network.roles import TERMS
from hotline.procedure import card as cards
from hotline.procedure.actor import Reach
from hotline.procedure.card import REGISTRY, Card, Deadline
from hotline.procedure.ledger import CHAIN_KINDS
from hotline.procedure.records import Record
from hotline.procedure.world import DOSSIERS
from hotline.rules import book as books
from hotline.rules.book import Rulebook
from hotline.rules.provisions import Name

GLOSSARY = sources.REPO / "docs" / "glossary.md"
BOOK = "suzhou-2018"
HEADING = re.compile(r"^## (\d+) ", re.M)
NOT_YET = "not yet"


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    wiring.import_cards()


def rows(section: int) -> list[list[str]]:
    """The rows of the table under a heading, without its head; identifiers lose their quotes."""
    parts = HEADING.split(GLOSSARY.read_text(encoding="utf-8"))
    text = parts[parts.index(str(section)) + 1]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[1:]]


def column(section: int, at: int) -> list[str]:
    return [row[at] for row in rows(section)]


def terms(section: int, at: int = 1) -> dict[str, str]:
    """Identifier to term."""
    return {row[at]: row[0] for row in rows(section)}


def book() -> Rulebook:
    return books.load(sources.REPO / "rulebooks" / BOOK)


def the_cards() -> list[type[Card]]:
    """The platform's own: tests register toys beside them."""
    return [card for card in REGISTRY.values() if card.__module__.startswith("hotline.")]


def the_records() -> set[type[Record]]:
    ours = (dossier for dossier in DOSSIERS.values() if dossier.__module__.startswith("hotline."))
    return {record for dossier in ours for record in dossier.RECORDS}


def first_term(thing: Any) -> str:
    """What a docstring begins with."""
    return re.split(r"[:：.（(]", str(thing.__doc__), maxsplit=1)[0].strip()


def test_every_verb_with_its_line_and_term() -> None:
    listed = {(row[0], row[1], row[2]) for row in rows(1)}
    assert listed == {(card.term, card.name(), card.ledger.kind) for card in the_cards()}


def test_every_verb_names_the_clause_it_rests_on() -> None:
    clauses = {row[1]: row[4] for row in rows(1)}
    regulation = book()
    assert [c.name() for c in the_cards() if c.provision(regulation).clause not in clauses[c.name()]] == []


@pytest.mark.parametrize(("section", "known"), [(2, MATTER_TERMS), (3, ORDER_TERMS), (5, TERMS)])
def test_statuses_and_roles(section: int, known: dict[str, str]) -> None:
    assert terms(section) == {str(key): term for key, term in known.items()}


@pytest.mark.parametrize("section", [2, 3, 4])
def test_a_status_is_set_by_the_verbs_named(section: int) -> None:
    moved = {(card.name(), str(card.moves.to)) for card in the_cards()}
    named = [(verb, row[1]) for row in rows(section) for verb in re.findall("[a-z_]+", row[3])]
    assert [pair for pair in named if pair not in moved] == []


def test_statuses_of_units_posts_and_entries() -> None:
    mine = [card for card in the_cards() if card.chain in ("unit", "post", "entry")]
    assert set(column(4, 1)) == {str(card.moves.to) for card in mine if card.moves.to}


def test_every_record_with_its_table_and_term() -> None:
    listed = {(row[0], row[1], row[2]) for row in rows(6)}
    assert listed == {(first_term(record), record.__name__, record.TABLE) for record in the_records()}


def test_every_kind_of_matter() -> None:
    listed = {(row[0], row[1], row[3]) for row in rows(7)}
    assert listed == {(kind.term, kind.id, kind.clause) for kind in book().kinds.values()}


def test_reach_effects_and_chains() -> None:
    effects = [thing.effect for thing in vars(cards).values() if isinstance(thing, Deadline)]
    assert sorted(column(8, 1)) == sorted([*map(str, Reach), *effects, *CHAIN_KINDS])


def test_every_provision_with_its_clauses() -> None:
    listed = {row[1]: row[3].split() for row in rows(9)}
    assert listed == {name: [p.clause for p in filled] for name, filled in book().filled.items()}
    assert list(listed) == [str(name) for name in Name]


def test_every_clause_named_exists() -> None:
    known = set(book().clauses)
    told = [*column(5, 3), *column(7, 3)]
    assert [clause for clause in told if not clause.endswith(".py") and clause not in known] == []


@pytest.mark.parametrize(("term", "identifier", "module"), [(row[0], row[1], row[3]) for row in rows(10)])
def test_words_of_the_machine(term: str, identifier: str, module: str) -> None:
    assert first_term(getattr(importlib.import_module(f"hotline.{module}"), identifier)) == term


@pytest.mark.parametrize("section", range(1, 11))
def test_no_row_stands_twice(section: int) -> None:
    listed = column(section, 1)
    assert sorted(listed) == sorted(set(listed))


def test_what_is_never_mixed_stands_in_the_code_unless_it_waits() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources.modules())
    gone = [row[1] for row in rows(11) if not row[4].startswith(NOT_YET) and not re.search(rf"\b{row[1]}", text)]
    assert gone == []
