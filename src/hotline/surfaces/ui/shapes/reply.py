"""写反馈件: the letter that is being written, beside what it answers, with what it lacks; and the letter as printed."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FormView
from .marks import Clause, Fact, TimelineLine
from .matter import LetterText, LetterView, MatterView


@dataclass(frozen=True, slots=True)
class ElementLine:
    """要素的一行: met or missing, the clause that asks for it, and the field where it is written."""

    term: str
    met: bool
    target: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class CiteView:
    """用过的文件: in its standard form, as the field has it, and how often it was cited."""

    said: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class ElementsView:
    """要素齐不齐: one line for each, all in a word, and when what is written was kept."""

    lines: tuple[ElementLine, ...]
    said: str
    saved_said: str = ""
    version: str = ""
    """Which state of the draft it is; nothing where it was not kept as the one that all go on with."""


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """另一份: what somebody wrote at the same time, by whom and when, and whether it may be taken or put away."""

    said: str
    texts: tuple[LetterText, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReplyView:
    """写反馈件的页面."""

    form: FormView
    matter: MatterView
    elements: ElementsView
    draft: str
    """The number under which what is typed is kept."""
    begun: bool
    cites: tuple[CiteView, ...]
    cite_clause: Clause | None
    returned: tuple[TimelineLine, ...]
    """Why the letter before came back."""
    earlier: tuple[LetterView, ...]
    version: int = 0
    begun_said: str = ""
    """Who of the unit wrote last, and when."""
    others: tuple[OtherDraft, ...] = ()
    over: bool = False
    """Whether keeping it puts it in the place of what somebody else wrote."""
    cite: tuple[str, str] = ("", "")
    """The document that was to be cited, title and number, as far as it was written; why it was not."""
    cite_error: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """打印的反馈件: head with its number, to whom, its parts in order, who answers for it, unit and date, with a place for
    the seal."""

    unit: str
    title: str
    to: str
    parts: tuple[LetterText, ...]
    facts: tuple[Fact, ...]
    signed: tuple[Fact, ...]
    date_said: str
    state_said: str
    number: str = ""
    seal: bool = False
    end_said: str = ""
    enclosed: tuple[str, ...] = ()
