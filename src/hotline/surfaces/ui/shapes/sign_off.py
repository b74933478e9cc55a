"""签批台: a letter as its signer reads it."""

from __future__ import annotations

from dataclasses import dataclass

from .forms import FieldView, FormView
from .marks import DueMark, VerbView
from .matter import FileView, LetterView, MatterView, Place
from .review import CheckItem, HintView


@dataclass(frozen=True, slots=True)
class SignOffView:
    """签批台, with one letter on it; `ticks`: what may be wrong with it, for handing it back at two taps."""

    form: FormView
    matter: MatterView
    place: Place
    due: DueMark | None
    letter: LetterView
    earlier: tuple[LetterView, ...]
    hints: tuple[HintView, ...]
    ticks: tuple[CheckItem, ...]
    words: FieldView
    verbs: tuple[VerbView, ...]
    print_url: str
    pdf_url: str = ""
    files: tuple[FileView, ...] = ()
