"""补充情况 (supplying): the citizen says on the matter's own page what was still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework.dossier import MatterDossier
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.surfaces import frame, receiving
from hotline.surfaces.portal.following import done_by_citizen, may, mine
from hotline.surfaces.portal.shaping import missing
from hotline.surfaces.portal.site import site
from hotline.surfaces.ui.shapes import Choice, FieldView, FormView, PortalForm


def _form(dossier: MatterDossier, data: Mapping[str, Any], problems: Sequence[Problem]) -> FormView:
    """The citizen's own words, once; a form that was wrong gets a number of its own again."""
    wrong = {p.field: p.because for p in problems}
    facts = FieldView("facts", "您补充的情况", "textarea", str(data.get("facts", "")), max_length=20000,
                      error=wrong.get("facts", ""), missing_said="请写下您补充的情况。")  # fmt: skip
    kept = tuple(Choice(token, said, chosen=True) for token, said in receiving.shown(data, "files"))
    files = FieldView("files", "照片或文件", "files", choices=kept, error=wrong.get("files", ""), required=False,
                      hint=receiving.hint())  # fmt: skip
    url, again = f"/follow/{dossier.matter.number}/supply/", None if problems else frame.act_id(data)
    return FormView("补充情况", url, (facts, files), act_id=str(again or uuid4()), problem=wrong.get("", ""),
                    submit_term="交给热线")  # fmt: skip


@require_http_methods(["GET", "POST"])
def supply(request: HttpRequest, number: str) -> HttpResponse:
    """What is missing, and room to say it."""
    dossier = mine(request, number)
    if dossier is None:
        return HttpResponseRedirect("/follow/")
    data, problems = receiving.gathered(request, REGISTRY["supply_facts"].fields(frame.book_of(dossier)))
    if request.method == "POST" and data.get("act_id") and not problems:
        outcome = done_by_citizen(dossier, "supply_facts", data)
        if outcome is None:
            return HttpResponseRedirect(f"/follow/{number}/")
        problems = list(outcome)
    if not may(dossier, "supply_facts"):
        raise Http404
    page = PortalForm("补充情况", missing(dossier), _form(dossier, data, problems))
    return render(request, "portal/rate.html", {"site": site(request), "page": page}, status=422 if problems else 200)
