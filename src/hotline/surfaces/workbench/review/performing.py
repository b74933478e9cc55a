"""审核台的办理 (performing): what each button does; all by the cards. Nothing that was ticked is lost: a reason that is not
one of the outcome pressed holds it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework.transitions.sending_back import NO_REASON
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.rules.book import Rulebook
from hotline.surfaces import frame
from hotline.surfaces.workbench.acting import Wrong, acted, wanted
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.queueing import NOTHING_PRESSED

# Each outcome, with its own name for what is written in the one box of the desk.
OUTCOMES = {"approve": "remarks", "approve_explained": "remarks", "approve_in_part": "rest", "send_back": "words",
            "bounce": "words"}  # fmt: skip
WORDS, BOX = "words", "“意见”"


def reasons(book: Rulebook) -> dict[str, str]:
    """Every reason for which a letter goes back, by the name of its box, in its words."""
    fields = (f for name in ("send_back", "bounce") for f in REGISTRY[name].fields(book) if f.kind == "tick")
    return {field.name: field.label for field in fields}


def pressed(request: StaffRequest, number: str) -> Done | Wrong:
    """What the button that was pressed does. Raises Http404."""
    data, do = request.POST.dict(), str(request.POST.get("do", ""))
    if do not in OUTCOMES:
        return Wrong([Problem("", NOTHING_PRESSED)], data=data, status=422)
    card, book = REGISTRY[do], frame.book()
    subject = wanted(request, number, card)
    if stray := _stray(card, book, data):
        because = f"已勾选“{'、'.join(stray)}”，“{card.term}”不带这些理由。去掉勾再按。"
        return Wrong([Problem("", because)], data=data, status=422)
    lacking = _no_reason(card, book, data)
    done = acted(request, card, subject, {**data, OUTCOMES[do]: data.get(WORDS, "")}, found=lacking)
    return done if isinstance(done, Done) else in_the_box(done, card, book, OUTCOMES[do])


def _stray(card: type[Card], book: Rulebook, data: Mapping[str, Any]) -> list[str]:
    """The ticked reasons that this outcome has no place for."""
    own = {field.name for field in card.fields(book)}
    return [term for name, term in reasons(book).items() if data.get(name) and name not in own]


def _no_reason(card: type[Card], book: Rulebook, data: Mapping[str, Any]) -> list[Problem]:
    """That nothing is ticked where something must be, told together with what else is wrong."""
    ticks = [field.name for field in card.fields(book) if field.kind == "tick"]
    none = ticks and not any(data.get(name) for name in ticks)
    return [Problem(ticks[0], NO_REASON, card.provision(book).clause)] if none else []


def in_the_box(wrong: Wrong, card: type[Card], book: Rulebook, name: str) -> Wrong:
    """What is wrong with the words stands where they were written, under the name that they bear there."""
    label = next(f"“{field.label}”" for field in card.fields(book) if field.name == name)
    wrong.problems = [Problem(WORDS, p.because.replace(label, BOX), p.clause) if p.field == name else p
                      for p in wrong.problems]  # fmt: skip
    return wrong
