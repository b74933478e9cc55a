"""查办理进度 (following): number and query code in, state, promise and answer out; and the citizen's rating."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.numbers import printed, well_formed
from hotline.network.roles import CITIZEN
from hotline.procedure import times
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import Refused, judge
from hotline.procedure.forms import FormErrors, Problem
from hotline.procedure.perform import Reused, Subject, perform
from hotline.procedure.world import current
from hotline.rules import follow_up
from hotline.rules.book import Rulebook
from hotline.surfaces import frame, sessions, throttle
from hotline.surfaces.portal.shaping import follow_view
from hotline.surfaces.portal.site import site
from hotline.surfaces.ui.shapes import Choice, FieldView, FormView, PortalForm

COOKIE, HALF_AN_HOUR = "follow", 1800
WRONG = "编号和查询码对不上。请照收到时的样子再填一次；查询码没有 0 和 1，字母大小写都行。"


def _query_form(data: Mapping[str, Any], problem: str = "") -> FormView:
    fields = (
        FieldView(
            "number",
            "编号",
            value=str(data.get("number", "")),
            hint="例如 20261118-0233-9",
            missing_said="请填写编号。",
        ),
        FieldView(
            "code", "查询码", value=str(data.get("code", "")), hint="12 个字母和数字", missing_said="请填写查询码。"
        ),
    )
    return FormView("查办理进度", "/follow/", fields, problem=problem, submit_term="查")


def _clean(text: object) -> str:
    return "".join(str(text).replace("\x00", "").split()).upper()


def _number(text: object) -> str:
    """A number as printed, also when typed without its strokes."""
    return printed(_clean(text).replace("-", ""))


def _tried(request: HttpRequest, number: str, code: str) -> tuple[int | None, str]:
    """The matter behind number and code, or why not; every try counts before it is looked at."""
    try:
        with throttle.one_try("follow", number, sessions.address(request), times.wall()) as tried:
            found = desks.by_code(current().keys, number, code) if well_formed(number) else None
            tried.good = found is not None
    except throttle.TooMany as too_many:
        return None, too_many.because
    return found, "" if found is not None else WRONG


@require_http_methods(["GET", "POST"])
def query(request: HttpRequest) -> HttpResponse:
    """The way in. Tries are limited per number and per address."""
    data, problem = request.POST.dict(), ""
    if request.method == "POST":
        number = _number(data.get("number", ""))
        matter_id, problem = _tried(request, number, _clean(data.get("code", "")))
        if matter_id is not None:
            return _let_in(number, matter_id)
    page = PortalForm("查办理进度", "填编号和查询码，就能看到办到哪一步。", _query_form(data, problem))
    return render(
        request, "portal/follow_query.html", {"site": site(request), "page": page}, status=422 if problem else 200
    )


def _let_in(number: str, matter_id: int) -> HttpResponse:
    response = HttpResponseRedirect(f"/follow/{number}/")
    response.status_code = 303
    value = signing.dumps([matter_id, number], salt=COOKIE)
    response.set_cookie(COOKIE, value, max_age=HALF_AN_HOUR, httponly=True, samesite="Lax", path="/follow/",
                        secure=settings.SESSION_COOKIE_SECURE)
    return response


def mine(request: HttpRequest, number: str) -> MatterDossier | None:
    """The matter this browser was let in to, or none."""
    try:
        matter_id, known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=HALF_AN_HOUR)
    except signing.BadSignature:
        return None
    return desks.citizens_matter(matter_id) if known == number else None


def may(dossier: MatterDossier, verb: str) -> bool:
    """Whether the citizen may do this here, now."""
    case: Case[Any, Any] = Case(REGISTRY[verb], dossier, dossier.matter, CITIZEN, frame.now(),
                                frame.book_of(dossier), frame.tools())  # fmt: skip
    return judge(case)[0].ok


@require_safe
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """现在 / 答应您 / 谁在办, the answer, the steps."""
    dossier = mine(request, number)
    if dossier is None:
        return HttpResponseRedirect("/follow/")
    page = follow_view(frame.book_of(dossier), dossier, frame.now(), may(dossier, "follow_up"),
                       may(dossier, "ask_to_withdraw"))  # fmt: skip
    response = render(request, "portal/follow.html", {"site": site(request), "follow": page})
    response["Cache-Control"] = "no-store"
    return response


def _grades(book: Rulebook, name: str, label: str, data: Mapping[str, Any], error: str) -> FieldView:
    terms = enumerate(follow_up.grades(book), 1)
    choices = tuple(Choice(str(i), term, chosen=data.get(name) == str(i)) for i, term in terms)
    return FieldView(
        name, label, "radio", str(data.get(name, "")), choices=choices, error=error, missing_said="请选一个。"
    )


def _rate_form(dossier: MatterDossier, data: Mapping[str, Any], problems: Sequence[Problem]) -> FormView:
    """The grades the matter's rulebook asks for; a form that was wrong gets a number of its own again."""
    book, url = frame.book_of(dossier), f"/follow/{dossier.matter.number}/rate/"
    again = None if problems else data.get("act_id")
    wrong = {p.field: p.because for p in problems}
    solved, aspects = str(data.get("solved", "")), follow_up.aspects(book)
    fields = (
        FieldView("solved", "事情解决了吗", "radio", solved, error=wrong.get("solved", ""), missing_said="请选一个。",
                  choices=(Choice("yes", "解决了", chosen=solved == "yes"), Choice("no", "没有解决", chosen=solved == "no"))),
        *(_grades(book, name, f"对办事的{term}", data, wrong.get(name, "")) for name, term in aspects.items()),
        FieldView("opinion", "还想说的话", "textarea", str(data.get("opinion", "")), required=False, max_length=2000),
    )  # fmt: skip
    return FormView("评价", url, fields, act_id=str(again or uuid4()), problem=wrong.get("", ""), submit_term="交评价")


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """The citizen's rating: one question came first on the progress page, the grades follow here."""
    dossier = mine(request, number)
    if dossier is None:
        return HttpResponseRedirect("/follow/")
    data, problems = request.POST.dict(), ()
    if request.method == "POST" and data.get("act_id"):  # one sent twice is answered like the first time
        outcome = done_by_citizen(dossier, "follow_up", data, means="rating", reached="1")
        if outcome is None:
            return HttpResponseRedirect(f"/follow/{number}/")
        problems = tuple(outcome)
    if not may(dossier, "follow_up"):
        raise Http404
    page = PortalForm("您的评价", "不到 1 分钟。", _rate_form(dossier, data, problems))
    return render(request, "portal/rate.html", {"site": site(request), "page": page}, status=422 if problems else 200)


def done_by_citizen(
    dossier: MatterDossier, verb: str, data: Mapping[str, Any], **fixed: str
) -> Sequence[Problem] | None:
    """Perform one of the citizen's own verbs; what was wrong, or none."""
    form = {**data, **fixed}
    act, again = frame.act_id(data), [Problem("", "请再交一次。")]
    if act is None:
        return again
    subject = Subject("matter", dossier.chain.id)
    try:
        perform(REGISTRY[verb], subject, form, actor=CITIZEN, now=frame.now(), act_id=act)
    except FormErrors as wrong:
        return wrong.problems
    except Refused as refused:
        return [Problem("", refused.verdict.because)]
    except Reused:
        return again
    return None
