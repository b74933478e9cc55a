"""顺延的一页 (shifting): whoever the rulebook names says for which days and on which document, sees how many orders that
would move, and moves them; by the same function as the command `shift`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import shifting
from hotline.casework.transitions.shifting import ShiftDates, shift_id
from hotline.procedure.forms import FormErrors, Problem, parse
from hotline.rules import shifts
from hotline.surfaces import frame
from hotline.surfaces.workbench.guarding import StaffRequest, View, staff
from hotline.surfaces.workbench.shaping.shifting import form_view, result
from hotline.surfaces.workbench.shell import shell

SECONDS = 8.0  # for which one pressing works; what is left then is shifted by the next


def orderer(view: View) -> View:
    """Only for the post by whose order dates are shifted; 403 for everybody else who is signed in."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if not shifting.may_order(frame.book(), request.visitor.actor.role, request.visitor.unit).ok:
            raise PermissionDenied
        return view(request, **kwargs)

    return staff(guarded)


@require_http_methods(["GET", "POST"])
@orderer
def shift_dates(request: StaffRequest) -> HttpResponse:
    """An empty form; how many orders what was typed would move; or, once that was seen, they are moved."""
    if request.method == "GET":
        return _asked(request, {})
    typed = {field.name: str(request.POST.get(field.name, "")) for field in ShiftDates.fields(frame.book())}
    form, problems = _read(typed)
    if problems:
        return _asked(request, typed, problems)
    if request.POST.get("seen") != str(shift_id(form)):
        return _asked(request, typed, found=shifting.how_many(frame.book(), form, request.visitor.actor), form=form)
    return _shifted(request, typed, form)


def _read(typed: Mapping[str, str]) -> tuple[dict[str, Any], Sequence[Problem]]:
    """What was typed, as the card takes it, and what is wrong with it."""
    book = frame.book()
    try:
        form = parse(ShiftDates.fields(book), typed, None)
        wrong = shifts.lacks(book, form["first_on"], form["last_on"], form["document"], frame.now())
    except FormErrors as errors:
        return {}, errors.problems
    return form, [Problem(*wrong, book.provision("date_shift").clause)] if wrong else []


def _asked(request: StaffRequest, typed: Mapping[str, str], problems: Sequence[Problem] = (), found: int | None = None,
           form: Mapping[str, Any] | None = None) -> HttpResponse:  # fmt: skip
    view = form_view(frame.book(), typed, problems, found, form)
    context = {"shell": shell(request, frame.now()), "form": view, "matter": None}
    return render(request, "workbench/verb.html", context, status=422 if problems else 200)


def _shifted(request: StaffRequest, typed: Mapping[str, str], form: Mapping[str, Any]) -> HttpResponse:
    """How many went, and how many are left."""
    book, actor = frame.book(), request.visitor.actor
    went, _ = shifting.shift_all(book, form, actor, frame.now, SECONDS)
    page = result(book, typed, form, went, shifting.how_many(book, form, actor))
    return render(request, "workbench/network.html", {"shell": shell(request, frame.now()), "page": page})
