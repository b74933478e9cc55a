"""呈办: a matter as a city leader reads it and writes on it, and what became of earlier instructions."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FieldView, FormView
from .intake import NearView
from .marks import DueMark, Fact, VerbView
from .matter import MatterView, OrderView, Place


@dataclass(frozen=True, slots=True)
class WaitsLine:
    """等批示的一行: why it was submitted, how long it waits."""

    number: str
    number_short: str
    gist: str
    url: str
    said: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class GivenLine:
    """批示过的一件: the words, who answers for it by when, where it stands, what was reported."""

    number: str
    number_short: str
    gist: str
    url: str
    at_said: str
    at_iso: str
    outcome: str
    words: str
    unit: str
    now_said: str
    due: DueMark | None = None
    wanted: DueMark | None = None
    """By when the leader asked for the result."""
    report: str = ""
    report_said: str = ""


@dataclass(frozen=True, slots=True)
class LeadersView:
    """呈办的一件, with the form to write on it."""

    form: FormView
    matter: MatterView
    place: Place
    waited: DueMark | None
    words_short: str
    words_rest: str
    """The whole of the citizen's words, where more was said than is shown at first."""
    opinion: str
    proposed: tuple[Fact, ...]
    meanwhile: tuple[OrderView, ...]
    linked: tuple[Fact, ...]
    related: tuple[NearView, ...]
    fields: tuple[FieldView, ...]
    verbs: tuple[VerbView, ...]
    sheet_url: str
    pdf_url: str = ""


@dataclass(frozen=True, slots=True)
class GivenPage:
    """批示过的, a page of them."""

    said: str
    rows: tuple[GivenLine, ...]
    first_url: str = ""
    next_url: str = ""
