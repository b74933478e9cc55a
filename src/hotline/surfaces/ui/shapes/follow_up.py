"""回访台: whom to call and why, what to say, what was tried, what is asked; or what becomes of a dissatisfied one."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FieldView, FormView
from .marks import DueMark, Fact, FactGroup, VerbView
from .matter import LetterView, MatterView, Place
from .review import CallLine


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """回访台, with one matter on it."""

    form: FormView
    matter: MatterView
    place: Place
    calls: tuple[CallLine, ...]
    drawn: tuple[Fact, ...]
    script: tuple[str, ...]
    letters: tuple[LetterView, ...]
    tries: tuple[Fact, ...]
    fields: tuple[FieldView, ...]
    outcomes: tuple[FactGroup, ...]
    verbs: tuple[VerbView, ...]
    draw: tuple[Fact, ...] = ()
    """How it was drawn, so that anybody can work it out again."""
    due: DueMark | None = None
