"""网络受理台: what came in writing; what somebody has taken of it, with what may be done; alarms that nobody has taken."""

from __future__ import annotations

from dataclasses import dataclass

from .desk import FilterGroup
from .forms import FieldView, FormView
from .intake import NearView, RefusalView
from .marks import DueMark, Link, VerbView
from .matter import MatterView, Place


@dataclass(frozen=True, slots=True)
class AlarmView:
    """没有人接手的险情: what, since when, when the shift leader is told again; `act_id` is its button's."""

    number: str
    number_short: str
    gist: str
    url: str
    action: str
    said: str
    act_id: str


@dataclass(frozen=True, slots=True)
class AlarmsView:
    """险情的横幅: those that nobody has taken, and how often the shift leader is told."""

    alarms: tuple[AlarmView, ...]
    said: str = ""
    count: str = ""
    more: Link | None = None
    """Where those beyond are that are not shown."""


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """队里的一件: from where, how long it has waited, which date binds, who has it. `free`: it may be ticked, or taken."""

    number: str
    number_short: str
    gist: str
    kind_term: str
    url: str
    source_said: str
    since_said: str
    held_said: str = ""
    due: DueMark | None = None
    due_note: str = ""
    tags: tuple[str, ...] = ()
    free: bool = True
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class WrittenQueue:
    """网络受理台的队. `form`: its number, and what came of the last press; `reason` is asked once for all that are ticked;
    `together`: what is done with those."""

    title: str
    filter_groups: tuple[FilterGroup, ...]
    rows: tuple[WrittenRow, ...]
    form: FormView
    together: VerbView
    reason: FieldView | None = None
    next_one: VerbView | None = None
    next_url: str = ""
    first_url: str = ""
    empty_said: str = ""
    note: str = ""
    heads: tuple[str, str, str] = ("来源", "等候", "先到的是")
    """What stands over where it came from, how long it has waited, and what its date is for."""
    enter: Link | None = None
    """Where what has come on paper is registered."""


@dataclass(frozen=True, slots=True)
class WrittenView:
    """取到手里的一件: what it says, what to take it in with, what is alike, on which ground it is not taken in."""

    form: FormView
    matter: MatterView
    place: Place
    held_said: str
    due_said: str
    due: DueMark | None
    fields: tuple[tuple[FieldView, bool], ...]
    """What taking it in asks for, each with whether it stands half as wide."""
    asked: tuple[FieldView, ...]
    near: tuple[NearView, ...]
    near_said: str
    refusals: tuple[RefusalView, ...]
    reason: FieldView
    verbs: tuple[VerbView, ...]
    elsewhere: tuple[Link, ...] = ()
    asked_open: bool = False
    refusing_open: bool = False
    saved_said: str = ""
