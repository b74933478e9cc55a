"""习惯 (habits): the table of who performs which card, when, and with what form. A verb that people should use here
is one more entry, in the module of those whose habit it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.jobs.simulate.view import View
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.records import Record

Form = Mapping[str, str]
Who = Callable[[View], Actor | None]
When = Callable[[View], datetime | None]


def nothing(view: View) -> Form:
    """An empty form."""
    return {}


@dataclass(frozen=True, slots=True)
class Habit:
    """习惯: a card; who performs it; when, or None where they do not think of it; what they fill in. `may_fail`: it is
    tried whatever stands in its way, and then something else is done."""

    name: str
    who: Who
    when: When
    form: Callable[[View], Form]
    may_fail: bool = False

    @property
    def card(self) -> type[Card]:
        """The card."""
        return REGISTRY[self.name]


HABITS: list[Habit] = []
_BY_STATUS: dict[tuple[type[Record], str], list[Habit]] = {}


def habit(name: str, who: Who, form: Callable[[View], Form] = nothing, *, may_fail: bool = False
          ) -> Callable[[When], When]:  # fmt: skip
    """Note a habit; the function below it says when."""

    def note(when: When) -> When:
        HABITS.append(Habit(name, who, when, form, may_fail))
        return when

    return note


def habits_on(record: type[Record], status: str) -> list[Habit]:
    """Those that can be about a row in this status, in the order of the table."""
    found = _BY_STATUS.get((record, status))
    if found is None:
        mine = [h for h in HABITS if h.card.moves.record is record and status in h.card.moves.from_]
        found = _BY_STATUS[record, status] = mine
    return found
