"""知识库: lists of entries, and one entry with its versions."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FieldView
from .marks import Clause, DueMark, FactGroup, Link, TimelineLine, VerbView


@dataclass(frozen=True, slots=True)
class EntryRow:
    """词条一行. `valid_said`: until when it holds; `due`: until when the office is to decide, or that it ends soon."""

    number: str
    title: str
    sort_term: str
    unit: str
    state_said: str
    valid_said: str
    url: str
    excerpt: str = ""
    uses_said: str = ""
    due: DueMark | None = None


@dataclass(frozen=True, slots=True)
class KnowledgePage:
    """知识库的一张清单; with `words`, the page on which one searches."""

    title: str
    tabs: tuple[Link, ...]
    said: str = ""
    rows: tuple[EntryRow, ...] = ()
    date_said: str = "有效到"
    words: FieldView | None = None
    fields: tuple[FieldView, ...] = ()
    kept: tuple[FieldView, ...] = ()
    opened: bool = False
    problem: str = ""
    clear_url: str = ""
    url: str = ""
    note: str = ""
    empty_said: str = ""
    empty_hint: str = ""
    verbs: tuple[VerbView, ...] = ()
    first_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class VersionLink:
    """一版: which, what became of it, where it is read."""

    said: str
    note: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class EntryView:
    """一条: what one version of it says, and what else there is of it."""

    number: str
    title: str
    state_said: str
    version_said: str
    body: str
    facts: FactGroup
    versions: tuple[VersionLink, ...]
    timeline: tuple[TimelineLine, ...]
    clause: Clause
    in_force: bool = False
    because: str = ""
    """Why this version was sent back, or the entry withdrawn."""
    verbs: tuple[VerbView, ...] = ()
    tabs: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryBeside:
    """台旁的词条: one that may be put into an answer; `insert_url` begins the form anew with it, `key` does it at once;
    `ends`: that it soon holds no longer."""

    number: str
    cited: str
    title: str
    body: str
    url: str
    policy: str = ""
    insert_url: str = ""
    key: str = ""
    ends: DueMark | None = None
