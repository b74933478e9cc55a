"""试拨值班电话 (trial calls): which duty telephones are to be called now, and what came of it; for the hotline's
supervision, inspection and shift leaders, and for a unit's people over the units below it (五段1, R-40)."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hotline.network import trials
from hotline.network.dossier import UnitDossier
from hotline.network.look_ups import number
from hotline.network.trials import Tried
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import judge
from hotline.procedure.perform import Done, Subject
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Link
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, attempt, closed, see_other
from hotline.surfaces.workbench.guarding import StaffRequest, View, staff
from hotline.surfaces.workbench.shaping.desk import cursor_read
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shaping.trials import ADDRESS, BEFORE, LATELY, beside, trial_page
from hotline.surfaces.workbench.shell import shell

CARD = "try_duty_phone"


def above(view: View) -> View:
    """Only for posts that try duty telephones; 403 for everybody else who is signed in."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if request.visitor.actor.role not in REGISTRY[CARD].by:
            raise PermissionDenied
        return view(request, **kwargs)

    return staff(guarded)


@require_safe
@above
def listing(request: StaffRequest) -> HttpResponse:
    """All that this post tries, what is to be tried now first."""
    book, actor, now = frame.book(), request.visitor.actor, frame.now()
    rows = trials.standing(book, actor, now)
    tried = trials.lately(book, actor, now, timedelta(days=LATELY))
    query, wanted = str(request.GET.get("q", ""))[:40], str(request.GET.get("page", "1"))
    page = trial_page(book, now, rows, tried, query, min(number(wanted) or 1, 1000))
    return render(request, "workbench/network.html", {"shell": shell(request, now), "page": page})


@require_http_methods(["GET", "POST"])
@above
def trial(request: StaffRequest, unit_id: str) -> HttpResponse:
    """One unit's telephone: the number to call, and what came of it."""
    found = trials.one_of_mine(frame.book(), request.visitor.actor, number(unit_id), frame.now())
    if found is None:
        raise Http404
    wrong = Wrong()
    if request.method == "POST":
        done = attempt(request, REGISTRY[CARD], Subject("unit", found[0].unit.id))
        if isinstance(done, Done):
            return see_other(f"{ADDRESS}?done={CARD}")
        wrong = done
    return _form(request, *found, wrong)


def _form(request: StaffRequest, one: Tried, dossier: UnitDossier, wrong: Wrong) -> HttpResponse:
    book, now = frame.book(), frame.now()
    case: Case[Any, Any] = Case(REGISTRY[CARD], dossier, dossier.root, request.visitor.actor, now, book, frame.tools())
    verdict, step = judge(case)
    if not verdict.ok:
        return closed(request, REGISTRY[CARD], None, verdict, step)
    form = form_view(case, request.get_full_path(), data=wrong.data or {"phone": one.phone}, problems=wrong.problems,
                     seen_seq=dossier.head.seq, back=Link("不拨了，回去", ADDRESS),
                     conflict=CONFLICT if wrong.unseen else "")  # fmt: skip
    before = str(request.GET.get("before", ""))
    page = beside(book, one, trials.of_unit(one.unit.id, BEFORE, cursor_read(before)), form, before)
    return render(request, "workbench/network.html", {"shell": shell(request, now), "page": page}, status=wrong.status)
