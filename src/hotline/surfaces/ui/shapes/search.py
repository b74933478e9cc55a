"""查找: the page on which staff search, and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FieldView
from .marks import CardMark, DueMark, Link


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """查到的一处: in which text, and what stands round the word."""

    said: str
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    id: str
    number: str
    number_short: str
    gist: str
    kind_term: str
    unit: str
    status_term: str
    url: str
    at_said: str
    """When it was registered, or given to the unit: by what the rows are sorted."""
    due: DueMark | None = None
    card: CardMark | None = None
    places: tuple[FoundPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedLink:
    """存下的查找: leads to it; its number, to put it away."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """查找页. `said`: what was looked for, where something was; `more` leads on, `more_said` says from where."""

    url: str
    words: FieldView
    fields: tuple[FieldView, ...]
    opened: bool = False
    said: str = ""
    problem: str = ""
    rows: tuple[FoundRow, ...] = ()
    total_said: str = ""
    first_url: str = ""
    more: Link | None = None
    more_said: str = ""
    empty_said: str = ""
    empty_hint: str = ""
    phone: FieldView | None = None
    """What the hotline's own people may look for besides, by a POST of its own."""
    kept: tuple[FieldView, ...] = ()
    """Hidden: what goes with the next search."""
    clear_url: str = ""
    acts: tuple[Link, ...] = ()
    keep: FieldView | None = None
    """Under which name to keep this search, which stands in `query`."""
    query: str = ""
    saved: tuple[SavedLink, ...] = ()
    sorted_said: str = "登记，新的在前"

    @property
    def note(self) -> str:
        """What stands under the rows."""
        return " · ".join(filter(None, (self.said if self.rows else "", self.more_said, self.total_said)))
