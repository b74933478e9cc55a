"""我要反映 (submitting): form, check your answers, number and query code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hotline.casework import desks
from hotline.casework.transitions.callers import OF_AN_ENTERPRISE, caller_choices
from hotline.network.roles import CITIZEN
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.forms import Field, FormErrors, Problem, parse
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import Done, Reused, Subject, perform
from hotline.procedure.records import Record
from hotline.procedure.world import DOSSIERS
from hotline.rules import elements
from hotline.surfaces import frame, receiving
from hotline.surfaces.portal.site import site
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import CheckRow, Choice, FieldView, FormView, PortalCheck, PortalDone, PortalForm

RECEIPT, HALF_AN_HOUR = "receipt", 1800


def _kinds(case: Case[Any, Any]) -> list[tuple[str, str]]:
    ids = case.book.provision("service").values["kinds"]
    return [(i, case.book.kind(i).term) for i in ids]


def _wishes(case: Case[Any, Any]) -> list[tuple[str, str]]:
    return [("yes", "可以公开（不写您的姓名和电话）"), ("no", "不要公开")]


def _fields() -> tuple[Field, ...]:
    """What a citizen is asked: elements only where the rulebook has them, in the citizen's words."""
    asked = elements.terms(frame.book())
    return tuple(field for field in FIELDS if field.name not in ELEMENTS or field.name in asked)


ELEMENTS = ("place", "time")
FIELDS = (
    Field("kind", "您要", "choice", choices=_kinds),
    Field("gist", "一句话，是什么事", max_length=60, hint="例如：楼道灯三个月不亮"),
    Field(
        "words",
        "详细说说",
        "textarea",
        max_length=20000,
        hint="什么时候、在哪里、怎么回事、您希望怎样。想到哪写到哪，不怕长。",
    ),
    Field("place", "在哪里", required=False, max_length=200, hint="例如：某某小区 6 栋 2 单元"),
    Field("time", "什么时候的事", required=False, max_length=100),
    Field("caller", "您是", "choice", choices=caller_choices, required=False),
    Field("name", "怎么称呼您", required=False, max_length=60, hint="企业请写企业名称；匿名的不用填"),
    Field(
        "phone", "您的电话", "phone", required=False, max_length=20, hint="方便回电话。不留也可以，请记住编号和查询码。"
    ),
    Field("contact", "企业的联系人", required=False, max_length=60, hint="企业才填"),
    Field("credit_code", "统一社会信用代码", required=False, max_length=30, hint="企业才填，可以不填"),
    Field("secrecy", "替我保密", "flag", required=False),
    Field("publish_wish", "办理结果能放到网上吗", "choice", choices=_wishes),
    Field("files", "照片或文件", "files", required=False, max_length=2000),
)
RADIO = ("kind", "caller", "publish_wish")
AUTO = {"name": "name", "phone": "tel"}


def _case() -> Case[Any, Any]:
    card = REGISTRY["register"]
    dossier = DOSSIERS[card.chain](Chain(card.chain, 0), Head())
    return Case(card, dossier, Record(), CITIZEN, frame.now(), frame.book(), frame.tools())


def _choices(field: Field, case: Case[Any, Any], value: str) -> tuple[Choice, ...]:
    if field.kind == "files":
        return tuple(Choice(token, said_, chosen=True) for token, said_ in receiving.shown({"files": value}, "files"))
    if field.kind == "flag":
        return (Choice("1", "不要让被反映的人知道是我", chosen=bool(value)),)
    hints = {kind.id: kind.hint for kind in case.book.kinds.values()} if field.name == "kind" else {}
    return tuple(Choice(v, label, hints.get(v, ""), v == value) for v, label in field.options(case))


def _field(field: Field, case: Case[Any, Any], value: str, problem: str) -> FieldView:
    kind = "checkbox" if field.kind == "flag" else "radio" if field.name in RADIO else field.kind
    return FieldView(
        field.name, field.label, kind, value, (), _choices(field, case, value),  # type: ignore[arg-type]
        problem, receiving.hint() if field.kind == "files" else field.hint,
        field.required, None if field.choices or field.kind in ("flag", "files") else field.max_length, 8,
        missing_said=field.missing_said, autocomplete=AUTO.get(field.name, ""),
    )  # fmt: skip


def _form(request: HttpRequest, data: Mapping[str, Any], problems: Sequence[Problem] = ()) -> HttpResponse:
    case, wrong = _case(), {p.field: p.because for p in problems}
    fields = tuple(_field(f, case, str(data.get(f.name, "")), wrong.get(f.name, "")) for f in _fields())
    form = FormView("我要反映", "/submit/", fields, act_id=str(frame.act_id(data) or uuid4()), submit_term="下一步，核对")
    page = PortalForm("我要反映", "写下来，我们转给管事的单位，并告诉您几号之前答复。", form)
    return render(request, "portal/submit.html", {"site": site(request), "page": page}, status=422 if problems else 200)


def _said(field: Field, case: Case[Any, Any], value: str) -> str:
    if field.kind == "flag":
        return "是" if value else "否"
    if field.kind == "files":
        return "\n".join(said_ for _, said_ in receiving.shown({"files": value}, "files")) or "没有"
    return dict(field.options(case)).get(value, value) if field.choices else value or "没有写"


def _check(request: HttpRequest, data: Mapping[str, Any], problem: str = "") -> HttpResponse:
    case, values = _case(), {f.name: str(data.get(f.name, "")) for f in _fields()}
    rows = tuple(CheckRow(f.name, f.label, _said(f, case, values[f.name])) for f in _fields()
                 if values[f.name] or f.name not in OF_AN_ENTERPRISE)  # fmt: skip
    page = PortalCheck("/submit/", rows, tuple(values.items()), str(frame.act_id(data) or uuid4()), problem)
    return render(request, "portal/check.html", {"site": site(request), "check": page})


def _problems(data: Mapping[str, Any]) -> Sequence[Problem]:
    try:
        parse(_fields(), data, _case())
    except FormErrors as wrong:
        return wrong.problems
    return ()


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Write, look it over, send. What was written travels along; nothing is lost on the way."""
    data, refused = receiving.gathered(request, _fields()) if request.method == "POST" else ({}, [])
    if request.method != "POST" or data.get("edit"):
        return _form(request, data, refused)
    if problems := [*_problems(data), *refused]:
        return _form(request, data, problems)
    sending = data.get("step") == "send" and frame.act_id(data) is not None
    return _send(request, data) if sending else _check(request, data)


def _send(request: HttpRequest, data: Mapping[str, Any]) -> HttpResponse:
    form = {f.name: data.get(f.name, "") for f in _fields()} | {"channel": "web"}
    try:
        done = perform(
            REGISTRY["register"], Subject("matter"), form, actor=CITIZEN, now=frame.now(), act_id=frame.act_id(data)
        )
    except FormErrors as wrong:
        return _form(request, data, wrong.problems)
    except Reused:
        return _form(request, {**data, "act_id": ""})
    response = HttpResponseRedirect("/submit/done/")
    response.status_code = 303
    if not done.repeated or _held(request)[0] != done.chain.id:
        response.set_cookie(
            RECEIPT, _receipt(done), max_age=HALF_AN_HOUR, httponly=True, samesite="Lax", path="/submit/",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _receipt(done: Done) -> str:
    """Number and query code; of a form sent twice the number alone, since nobody keeps the code."""
    told = done.extra or {"number": desks.citizens_matter(done.chain.id).matter.number, "code": ""}
    return frame.hidden([done.chain.id, told["number"], told["code"]], RECEIPT)


def _held(request: HttpRequest) -> tuple[int, str, str]:
    """The receipt this browser holds: the matter, its number and query code; a zero and empty words without one."""
    try:
        matter_id, number, code = frame.unhidden(request.COOKIES.get(RECEIPT, ""), RECEIPT, HALF_AN_HOUR)
    except frame.NotOurs:
        return 0, "", ""
    return matter_id, number, code


def _promise(matter_id: int) -> tuple[str, str, str]:
    book, matter = frame.book(), desks.citizens_matter(matter_id).matter
    if matter.promised_at is None or matter.promised_clause is None:
        return "", "", ""
    kind, provisional = (
        book.kind(matter.kind),
        book.calendar.status(said.limit_day(matter.promised_at, book.tz)) == "provisional",
    )
    words = f"{kind.term}，{kind.working_days} 个工作日内答复" if kind.working_days else kind.term
    to_unit = book.provision("office_dates").values["web_dispatch_working_days"]
    why = f"依据《{book.title}》{matter.promised_clause}：{words}，从转给单位算起；转给单位最多 {to_unit} 个工作日"
    later = "明年的放假安排还没有公布，日期可能提前或推后几天，我们会告诉您。" if provisional else ""
    return f"{said.limit(matter.promised_at, book.tz)} 前答复您", why, later


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """收到了: number and query code large, the promised date with its clause, what happens next."""
    matter_id, number, code = _held(request)
    if not matter_id:
        return HttpResponseRedirect("/follow/")
    promised, why, later = _promise(matter_id)
    steps = ("我们看过后转给管事的单位。", "单位会联系您，把事情问清楚。", "答复写在网上，用编号和查询码就能看到。")
    page = PortalDone(number, code, promised, None, why, "/follow/", later, steps)
    response = render(request, "portal/done.html", {"site": site(request), "done": page})
    response["Cache-Control"] = "no-store"
    return response
