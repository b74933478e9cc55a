"""自己的话 (supplying): what a citizen says on the matter's own page: what was still missing, why a refusal should be
reviewed, why the matter should be dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that a citizen may say in words of their own: which verb, by which field, under which address."""

    verb: str
    address: str
    field: str
    title: str
    label: str
    lead: Callable[[MatterDossier], str]


SUPPLY = Saying("supply_facts", "supply", "facts", "补充情况", "您补充的情况", missing)
WITHDRAW = Saying("ask_to_withdraw", "withdraw", "words", "撤回这件事", "您为什么撤回",
                  lambda dossier: "我们会先向您核实，再撤回。还有别人反映，或者关系到大家安全的，会照常办理。")  # fmt: skip
REVIEW = Saying("ask_for_review", "review", "words", "请求复核", "您为什么觉得不对",
                lambda dossier: "由没有经手的另一位负责人再看一次，只能请求一次。")  # fmt: skip


def _form(saying: Saying, number: str, data: Mapping[str, Any], problems: Sequence[Problem]) -> FormView:
    """The citizen's own words, once; a form that was wrong gets a number of its own again."""
    wrong, name = {p.field: p.because for p in problems}, saying.field
    words = FieldView(name, saying.label, "textarea", str(data.get(name, "")), max_length=20000,
                      error=wrong.get(name, ""), missing_said=f"请写下{saying.label}。")  # fmt: skip
    kept = tuple(Choice(token, said, chosen=True) for token, said in receiving.shown(data, "files"))
    files = FieldView("files", "照片或文件", "files", choices=kept, error=wrong.get("files", ""), required=False,
                      hint=receiving.hint())  # fmt: skip
    url, again = f"/follow/{number}/{saying.address}/", None if problems else frame.act_id(data)
    fields = (words, files) if saying is SUPPLY else (words,)
    return FormView(saying.title, url, fields, act_id=str(again or uuid4()), problem=wrong.get("", ""),
                    submit_term="交给热线")  # fmt: skip


def _said(request: HttpRequest, number: str, saying: Saying) -> HttpResponse:
    """Room to say it; what was said goes through the verb."""
    dossier = mine(request, number)
    if dossier is None:
        return HttpResponseRedirect("/follow/")
    data, problems = receiving.gathered(request, REGISTRY[saying.verb].fields(frame.book_of(dossier)))
    if request.method == "POST" and data.get("act_id") and not problems:
        outcome = done_by_citizen(dossier, saying.verb, data)
        if outcome is None:
            return HttpResponseRedirect(f"/follow/{number}/")
        problems = list(outcome)
    if not may(dossier, saying.verb):
        raise Http404
    page = PortalForm(saying.title, saying.lead(dossier), _form(saying, number, data, problems))
    return render(request, "portal/rate.html", {"site": site(request), "page": page}, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
def supply(request: HttpRequest, number: str) -> HttpResponse:
    """What is missing, and room to say it."""
    return _said(request, number, SUPPLY)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Why the refusal should be looked at by somebody else."""
    return _said(request, number, REVIEW)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Why the matter should be dropped."""
    return _said(request, number, WITHDRAW)
