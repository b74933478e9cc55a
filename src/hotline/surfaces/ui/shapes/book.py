"""规则: clauses, readings and duties as pages."""

from __future__ import annotations

from dataclasses import dataclass

from .marks import Clause, Count, Link


@dataclass(frozen=True, slots=True)
class DutyRow:
    """义务: one half-sentence of a clause and what carries it out."""

    id: str
    text: str
    state_term: str
    because: str = ""
    tests: tuple[str, ...] = ()
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """取值: what a clause gives under one provision: what each value is called, the value, its key in the file."""

    term: str
    name: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ClausePage:
    """条款页: a clause's text, or a reading's question, answer and reason."""

    id: str
    said: str
    """条款 or 读法 and the rulebook it belongs to."""
    text: str = ""
    question: str = ""
    answer: str = ""
    why: str = ""
    path: tuple[Clause, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    values: tuple[ValueGroup, ...] = ()
    uses: tuple[str, ...] = ()
    related: tuple[Clause, ...] = ()
    previous: Clause | None = None
    next: Clause | None = None


@dataclass(frozen=True, slots=True)
class BookLine:
    clause: Clause
    text: str
    heading: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RulebookPage:
    """规则本: the text, the readings, the duties."""

    title: str
    said: str
    tabs: tuple[Link, ...]
    lines: tuple[BookLine, ...] = ()
    duties: tuple[DutyRow, ...] = ()
    counts: tuple[Count, ...] = ()
    search_url: str = ""
    query: str = ""
    empty_said: str = ""
