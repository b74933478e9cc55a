"""总览: what a post finds when it sits down."""

from __future__ import annotations

from dataclasses import dataclass

from .marks import Clause, Count, DueMark, Link


@dataclass(frozen=True, slots=True)
class ListLine:
    """一张清单: `url` empty where its rows are others' to open; how many wait, how long the first has, and how many of
    them are overdue or due today, each empty where there are none; `desk`: where they are done one after the
    other; `by`: who does them, where they are others'."""

    term: str
    url: str
    count: str
    since_said: str = ""
    overdue_said: str = ""
    today_said: str = ""
    desk: Link | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class TodayLine:
    number_short: str
    url: str
    gist: str
    kind_term: str
    list_term: str
    due: DueMark


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """一处变化: on which matter, what, by whom, when; `url` empty where one may open it no more; `clause` of what left."""

    number_short: str
    url: str
    gist: str
    said: str
    who: str
    at_said: str
    at_iso: str = ""
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class HomePage:
    """总览的页面."""

    title: str
    said: str
    lists: tuple[ListLine, ...]
    idle: tuple[Link, ...]
    """Lists on which nothing waits."""
    across: tuple[Count, ...]
    """Lists whose rows stand in others too."""
    today: tuple[TodayLine, ...]
    today_said: str
    changes: tuple[ChangeLine, ...]
    changes_said: str
    changes_title: str
    seen_url: str = ""
    until: str = ""
    """Up to when the page looked: what its button marks."""
    today_more: str = ""
    """What is said of those due today beyond what is shown; and where the other changes are."""
    changes_more: Link | None = None
    city: tuple[ListLine, ...] = ()
    """How the queues of the whole city stand, for whoever heads the hotline's office."""
    city_said: str = ""
