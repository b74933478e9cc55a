"""审核台: a letter beside what it answers, the list of what it must have, what to look at, and the outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FieldView, FormView
from .marks import Clause, DueMark, FactGroup, VerbView
from .matter import LetterView, MatterView, Place


@dataclass(frozen=True, slots=True)
class CallLine:
    """一次来电来信: when, what was said; `since`: after the letter was written."""

    at_said: str
    channel: str
    text: str = ""
    since: bool = False


@dataclass(frozen=True, slots=True)
class CheckItem:
    """核对的一项: found, missing, or to be judged by eye; `name` is the reason that is ticked where it is wanting."""

    name: str
    term: str
    state: str
    note: str = ""
    ticked: bool = False
    key: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """一组要核对的: the clause that asks for them, and what becomes of a letter without them."""

    title: str
    consequence: str
    clause: Clause
    items: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class HintView:
    """一条提示."""

    said: str
    source: str
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """审核台, with one letter on it."""

    form: FormView
    matter: MatterView
    place: Place
    due: DueMark | None
    calls: tuple[CallLine, ...]
    letter: LetterView
    earlier: tuple[LetterView, ...]
    hints: tuple[HintView, ...]
    checks: tuple[CheckGroup, ...]
    words: FieldView
    outcomes: tuple[FactGroup, ...]
    verbs: tuple[VerbView, ...]
