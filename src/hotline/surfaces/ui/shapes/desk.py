"""工作台: the frame round staff pages, and the lists."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FormView
from .marks import CardMark, Count, DueMark, Fact, Link, VerbView
from .notices import Bell


@dataclass(frozen=True, slots=True)
class Post:
    """岗位: one of the posts a person may act as."""

    id: str
    said: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """外框: what stands round every staff page."""

    brand: str
    home_url: str
    strip: str = ""
    post_said: str = ""
    posts: tuple[Post, ...] = ()
    switch_url: str = ""
    nav: tuple[Link, ...] = ()
    counts: tuple[Count, ...] = ()
    person: str = ""
    sign_out_url: str = ""
    search_url: str = ""
    query: str = ""
    here: str = ""
    notice: str = ""
    """What has just been done, said once at the top."""
    notice_link: Link | None = None
    waits_url: str = ""
    """Where what waits is counted anew."""
    bell: Bell | None = None
    person_url: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    term: str
    count: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FilterGroup:
    title: str
    filters: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class DeskRow:
    number: str
    number_short: str
    gist: str
    kind_term: str
    unit: str
    status_term: str
    url: str
    due: DueMark | None = None
    chosen: bool = False
    card: CardMark | None = None
    whole: str = ""
    """Where the matter stands, before where its order does; left out where a record beside says both."""


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """A run of rows with one due day: "今天 11月24日（周二）到期"."""

    title: str
    rows: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    title: str
    groups: tuple[DeskGroup, ...]
    filter_groups: tuple[FilterGroup, ...] = ()
    total_said: str = ""
    first_url: str = ""
    next_url: str = ""
    empty_said: str = "没有要办的事。"
    empty_hint: str = ""
    problem: str = ""
    """Why the list cannot be shown now."""
    verbs: tuple[VerbView, ...] = ()
    """Verbs that need no matter: 登记."""
    unit_term: str = "承办"
    """What the rows' third column says: who has it, or why it is here."""
    sorted_said: str = "截止，最急的在前"
    rule_said: str = ""
    rule: tuple[Fact, ...] = ()
    """By which rule rows come here, where the list tells."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class SignIn:
    brand: str
    form: FormView
    strip: str = ""
    accounts: tuple[DemoAccount, ...] = ()
    accounts_said: str = ""
    title: str = "登录工作台"
    written: tuple[str, ...] = ()
    """What was sent when the session was over already."""
