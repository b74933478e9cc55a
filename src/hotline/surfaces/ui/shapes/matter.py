"""事项: one matter, whole."""

from __future__ import annotations

from dataclasses import dataclass

from .marks import CardMark, Clause, DueMark, DueState, Fact, FactGroup, TimelineLine, VerbView


@dataclass(frozen=True, slots=True)
class Words:
    """诉求人的话."""

    text: str
    source_said: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    at_said: str
    said: str


@dataclass(frozen=True, slots=True)
class FileView:
    """附件: its name (or why it has none here), who gave it when; the address only for whoever may have it."""

    name: str
    note: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrderView:
    """工单."""

    role_term: str
    unit: str
    status_said: str
    due: DueMark | None = None
    cards: tuple[CardMark, ...] = ()
    clocks: tuple[Fact, ...] = ()
    """Its other dates: 签收, 首次联系, 退回."""


@dataclass(frozen=True, slots=True)
class LetterText:
    term: str
    text: str
    empty_said: str = "还没有写。"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a letter: met, or missing with its clause."""

    term: str
    met: bool
    note: str = ""
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class LetterView:
    """反馈件: three texts apart."""

    title: str
    status_said: str
    texts: tuple[LetterText, ...]
    signed_said: str = ""
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyDay:
    """One day of "为什么是这一天"."""

    iso: str
    label: str
    number: str = ""
    mark: str = ""
    rest: bool = False
    made_up: bool = False
    event: bool = False
    due: bool = False
    outside: bool = False

    @property
    def look(self) -> str:
        """The classes of its cell."""
        looks = {
            "outside": self.outside,
            "rest": self.rest,
            "made-up": self.made_up,
            "event": self.event,
            "due": self.due,
        }
        return " ".join(f"day-{name}" for name, so in looks.items() if so)


@dataclass(frozen=True, slots=True)
class WhyDate:
    title: str
    said: str
    clauses: tuple[Clause, ...] = ()
    weeks: tuple[tuple[WhyDay, ...], ...] = ()
    notes: tuple[Fact, ...] = ()
    notice_said: str = ""
    tone: DueState = "ontime"
    open: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list one stands: 第 8 / 23 件; `back`: what the way back leads to."""

    said: str
    previous_url: str = ""
    next_url: str = ""
    back: str = "上一件"


@dataclass(frozen=True, slots=True)
class MatterView:
    """诉求事项, whole."""

    number: str
    gist: str
    kind_term: str
    status_term: str
    url: str = ""
    tags: tuple[str, ...] = ()
    secrecy_said: str = ""
    publish_said: str = ""
    due: DueMark | None = None
    cards: tuple[CardMark, ...] = ()
    fact_groups: tuple[FactGroup, ...] = ()
    words: Words | None = None
    contacts: tuple[ContactLine, ...] = ()
    timeline: tuple[TimelineLine, ...] = ()
    timeline_said: str = "最新在下"
    orders: tuple[OrderView, ...] = ()
    letters: tuple[LetterView, ...] = ()
    verbs: tuple[VerbView, ...] = ()
    more_verbs: tuple[VerbView, ...] = ()
    why: WhyDate | None = None
    place: Place | None = None
    no_due_said: str = ""
    files: tuple[FileView, ...] = ()
