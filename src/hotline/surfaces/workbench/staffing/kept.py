"""热线办管的目录 (kept lists): what the pages of the duty catalogue, of the categories and of the wordings share: rows on the
office's own chain, each with verbs of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render

from hotline.network import desks
from hotline.network.dossier import UnitDossier
from hotline.network.records import Unit
from hotline.network.transitions.kept_by_office import OFFICE
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.case import Case
from hotline.procedure.engine import judge
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Subject
from hotline.procedure.records import Record
from hotline.surfaces import frame
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Choice, FieldView, FormView, Link
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, attempt, closed, see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.staffing.opening import unit_dossier

Check = Callable[[StaffRequest], Problem | None]


def keeper() -> Unit:
    """The office that keeps them. Raises Http404."""
    found = next((unit for unit in desks.centres() if unit.desk == OFFICE), None)
    if found is None:
        raise Http404
    return found


def today() -> date:
    """The day in the city."""
    return frame.now().astimezone(frame.book().tz).date()


def said_day(on: date | None) -> str:
    """A day in a list, as every page says it, with the year where it is another one; nothing for none."""
    return said.day_and_weekday(on, today()) if on else ""


def chosen(field: FieldView, options: Mapping[str, str]) -> FieldView:
    """A field as a list to choose from."""
    choices = tuple(Choice(value, term, chosen=value == field.value) for value, term in options.items())
    return replace(field, kind="choice", choices=choices, max_length=None, short=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """一份目录: where its page is, how its forms look there, and what the page itself looks at before it is done."""

    url: str
    fit: Callable[[FormView], FormView]
    check: Check = lambda request: None

    def add(self, request: StaffRequest, name: str, start: Mapping[str, Any], query: str) -> HttpResponse:
        """A verb that makes a row: its form, or what came of it; `query` names the field by which it is found then."""
        dossier = unit_dossier(str(keeper().id))
        return self._done(request, REGISTRY[name], dossier, dossier.root, start, query)

    def verb(self, request: StaffRequest, name: str, unit_id: int, row: tuple[type[Record], int],
             start: Mapping[str, Any], query: str) -> HttpResponse:  # fmt: skip
        """A verb on a row."""
        dossier = unit_dossier(str(unit_id))
        found = dossier.find(*row)
        if found is None:
            raise Http404
        return self._done(request, REGISTRY[name], dossier, found, start, query)

    def _done(self, request: StaffRequest, card: type[Card], dossier: UnitDossier, row: Any, start: Mapping[str, Any],
              query: str) -> HttpResponse:  # fmt: skip
        case: Case[Any, Any] = Case(card, dossier, row, request.visitor.actor, frame.now(), frame.book(), frame.tools())
        verdict, step = judge(case)
        if request.method != "POST" and not verdict.ok:
            return closed(request, card, None, verdict, step)
        if request.method != "POST":
            return self._form(request, case, start, Wrong())
        if problem := self.check(request):
            return self._form(request, case, start, Wrong([problem], data=request.POST, status=422))
        on = None if row is dossier.root else (type(row), row.id)
        done = attempt(request, card, Subject("unit", dossier.chain.id, on))
        if isinstance(done, Wrong):
            return self._form(request, case, start, done)
        desks.forget()
        return see_other(f"{self.url}?{urlencode({'q': request.POST.get(query, query), 'done': card.name()})}")

    def _form(self, request: StaffRequest, case: Case[Any, Any], start: Mapping[str, Any],
              wrong: Wrong) -> HttpResponse:  # fmt: skip
        form = form_view(case, request.get_full_path(), data=wrong.data or start, problems=wrong.problems,
                         seen_seq=case.dossier.head.seq, back=Link("不办了", self.url),
                         conflict=CONFLICT if wrong.unseen else "")  # fmt: skip
        context = {"shell": shell(request, frame.now()), "form": self.fit(form), "matter": None}
        return render(request, "workbench/verb.html", context, status=wrong.status)
