"""期限、牌、事实、经过、动作: the marks every page is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DueState = Literal["ontime", "soon", "over", "settled"]
CardColour = Literal["yellow", "red"]


@dataclass(frozen=True, slots=True)
class Link:
    term: str
    url: str
    chosen: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: a clause or reading, one click away."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class DueMark:
    """期限记号: shape, word, instant and clause, never one without the others."""

    state: DueState
    said: str
    at_said: str
    clause: Clause | None = None
    readings: tuple[Clause, ...] = ()
    provisional: bool = False
    at_iso: str = ""
    ticks: str = ""
    """An open page goes on counting from this (`said.ticks`)."""


@dataclass(frozen=True, slots=True)
class CardMark:
    """牌: 黄牌 or 红牌, with its cause."""

    colour: CardColour
    word: str
    because: str = ""
    clause: Clause | None = None
    lifted_said: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    said: str = ""
    note: str = ""
    clause: Clause | None = None
    due: DueMark | None = None
    card: CardMark | None = None
    url: str = ""
    reveal_url: str = ""
    reveal_form: str = ""  # the form that is sent with it, so that nothing typed there is lost
    """POST here shows what is masked, and leaves a line."""
    pending: bool = False
    """It waits for somebody, who is told of it beside a list, too."""


@dataclass(frozen=True, slots=True)
class FactGroup:
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """经过的一行: who · post · when · clause."""

    day_said: str
    time_said: str
    said: str
    who: str = ""
    post: str = ""
    clause: Clause | None = None
    facts: tuple[str, ...] = ()
    card: CardMark | None = None
    at_iso: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class VerbView:
    """动作: open, or closed with its reason. With an act_id it is POSTed at once; else url shows its form."""

    name: str
    term: str
    url: str
    open: bool
    key: str = ""
    because: str = ""
    clause: Clause | None = None
    primary: bool = False
    act_id: str = ""
    seen_seq: int = 0
    until_said: str = ""
    """Until when it may still be done."""


@dataclass(frozen=True, slots=True)
class Count:
    term: str
    count: str
    url: str = ""
