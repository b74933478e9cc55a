"""派单台: what waits, one matter beside it, the units that come into question and why, and what each date would be."""

from __future__ import annotations

from dataclasses import dataclass

from .desk import DeskRow
from .forms import FieldView, FormView
from .marks import Clause, DueMark, Fact, FactGroup, Link, VerbView
from .matter import MatterView, Place


@dataclass(frozen=True, slots=True)
class Because:
    """为什么是这个单位: the catalogue, its law, what was ruled or done before."""

    said: str
    note: str = ""
    url: str = ""
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class ProposedUnit:
    """建议的单位: why, by when it would have to answer as lead and as assistant, and why it cannot be given an order.
    `value`: what its button sends; `code`: what its box for assisting sends."""

    value: str
    code: str
    unit: str
    because: tuple[Because, ...]
    due: DueMark | None = None
    share: DueMark | None = None
    key: str = ""
    ticked: bool = False
    closed: str = ""
    closed_clause: Clause | None = None
    primary: bool = False
    does: str = "派给它"
    """What its button does."""
    assistable: bool = True


@dataclass(frozen=True, slots=True)
class SideText:
    """一方的话: who, when and as what; what was said, on what basis, and what was decided of it."""

    who: str
    at_said: str
    texts: tuple[tuple[str, str], ...]
    decided_said: str = ""


@dataclass(frozen=True, slots=True)
class DispatchView:
    """派单台, with one matter on it."""

    form: FormView
    matter: MatterView
    place: Place
    due_said: str
    due: DueMark | None
    sides: tuple[SideText, ...]
    units: tuple[ProposedUnit, ...]
    units_note: str
    dates: tuple[Fact, ...]
    fields: tuple[FieldView, ...]
    outcomes: tuple[FactGroup, ...]
    verbs: tuple[VerbView, ...]
    settle: Link | None = None
    """Where it is put down what was settled about whose it is."""


@dataclass(frozen=True, slots=True)
class QueueView:
    """台旁的队: the lists of the desk, and what waits in the one that is open, the chosen row marked."""

    lists: tuple[Link, ...]
    rows: tuple[DeskRow, ...]
    next_url: str = ""
