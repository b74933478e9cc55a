"""单位与人员: the administrator's pages, each a few tables and lists."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FormView
from .marks import FactGroup, Link, VerbView


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, where it leads, what stands before it, what can be done from it, one thing at once."""

    said: str
    url: str = ""
    links: tuple[Link, ...] = ()
    lead: str = ""
    verb: VerbView | None = None

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.said or self.links or self.verb)


@dataclass(frozen=True, slots=True)
class Section:
    """一节: a table, or lines, or the words that say why there are none."""

    title: str
    note: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[str, ...] = ()
    empty_said: str = ""
    alike: bool = False
    """Its columns stand below those of the page's other tables."""

    @property
    def headed(self) -> tuple[tuple[tuple[str, Cell], ...], ...]:
        """Each row's cells with what stands over them: on a telephone it stands before them."""
        return tuple(tuple(zip(self.heads, row, strict=False)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """单位与人员的一页."""

    title: str
    said: str = ""
    trail: tuple[Link, ...] = ()
    tabs: tuple[Link, ...] = ()
    facts: FactGroup | None = None
    search_url: str = ""
    search_term: str = "找单位"
    query: str = ""
    problem: str = ""
    """What stands in the way, said first."""
    sections: tuple[Section, ...] = ()
    verbs: tuple[VerbView, ...] = ()
    form: FormView | None = None
    more: tuple[Link, ...] = ()
    """Further pages, or files to take away."""
    form_first: bool = False
    """Whether the form is what the page is for, and stands above everything that is listed."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """启用第二步验证: the secret as a picture and in letters, and the form for the code that shows it arrived."""

    form: FormView
    first_said: str
    """Why this stands before anything else, where it does."""
    path: str
    width: int
    secret: str
