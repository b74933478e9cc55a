"""变更单 (plans): what a file would change of what stands. Nothing ends by being left out; it ends when its row says
so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from hotline.network.sheet import Fault, SheetError
from hotline.network.sheets.columns import Line
from hotline.procedure.card import Card
from hotline.procedure.forms import FormErrors, parse
from hotline.rules.book import Rulebook


@dataclass(frozen=True, slots=True)
class Change:
    """一项变更: a card with its form, on whom, said in Chinese; and the row that asks for it. `on` names the unit by its
    code, or the post, the turn of duty, the entry by number; `unit` is the code of the unit that it happens in,
    `place` its number where the code says nothing."""

    card: type[Card]
    line: Line
    said: str
    form: Mapping[str, str]
    unit: str = ""
    on: int | None = None
    place: int | None = None

    def fault(self, column: str, because: str) -> Fault:
        """Something wrong with it."""
        return self.line.fault(column, because)


@dataclass(slots=True)
class Plan:
    """变更单: all changes, in the order in which they can be made, and what was passed over."""

    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, *cards: type[Card]) -> list[Change]:
        """The changes by these cards."""
        return [change for change in self.changes if change.card in cards]

    def fingerprint(self) -> str:
        """The same for the same changes: so that nobody confirms what they have not seen."""
        told = [[c.card.name(), c.unit, c.on, dict(c.form)] for c in self.changes]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """一个单位: one that stands or is opened, as far as people and duty need to know it."""

    short: str
    level: int
    desk: str


@dataclass(frozen=True, slots=True)
class Places:
    """在册的单位: by code; of `doubtful` ones the file says something wrong, so that what hangs on them is left alone."""

    known: Mapping[str, Place]
    doubtful: frozenset[str] = frozenset()

    def name(self, code: str) -> str:
        """A unit's short name; its code where there is none."""
        return self.known[code].short if code in self.known else code


class Faults:
    """Collects what is wrong, so that a person sees everything at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, line: Line, column: str, because: str) -> None:
        """One more."""
        self.found.append(line.fault(column, because))

    def raise_any(self) -> None:
        """Raises SheetError when anything was wrong."""
        if self.found:
            raise SheetError(sorted(self.found, key=lambda fault: (fault.sheet, fault.row)))


def fits(book: Rulebook, card: type[Card], form: Mapping[str, str], line: Line, faults: Faults) -> bool:
    """Whether the card's own form would take these values; what it would not take is noted by its column."""
    try:
        parse(card.fields(book), form, SimpleNamespace(book=book))
    except FormErrors as wrong:
        for problem in wrong.problems:
            faults.add(line, problem.field, problem.because)
        return False
    return True


def twice(lines: Iterable[Line], key: Sequence[str], column: str, faults: Faults) -> None:
    """Notes every row whose key stood in an earlier row."""
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        mine = tuple(line.get(one) for one in key)
        if mine in seen:
            faults.add(line, column, "前面已有同样的一行。")
        seen.add(mine)


def differing(line: Line, now: Any, names: Sequence[str]) -> dict[str, str]:
    """The columns that the file has and that say something else than what stands."""
    return {name: line.cells[name] for name in names if name in line.cells and line.cells[name] != getattr(now, name)}
