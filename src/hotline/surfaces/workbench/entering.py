"""进出 (entering): sign in, sign out, switch post, change the password."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from hotline.network import passwords
from hotline.procedure import times
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done, Subject
from hotline.surfaces import devices, frame, second_step, sessions
from hotline.surfaces.ui.shapes import FieldView, FormView, Link, SignIn
from hotline.surfaces.workbench.acting import Wrong, attempt_as
from hotline.surfaces.workbench.guarding import PASSWORD, SECOND, SIGN_IN, StaffRequest, staff
from hotline.surfaces.workbench.security.again import insisted
from hotline.surfaces.workbench.security.own import myself
from hotline.surfaces.workbench.shell import shell

HALFWAY = "hotline.halfway"
OVER = "登录已经过期，刚才的没有交上去。您写的字在下面，请先复制，登录以后再交一次。"
TOO_MANY, AGAIN = 429, "again"
NOT_ALIKE = Problem(AGAIN, "两遍新口令不一样，请都重新输一遍。")


def _next(request: HttpRequest) -> str:
    wanted = str(request.POST.get("next") or request.GET.get("next") or "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) and wanted.startswith("/staff/")
    return wanted if safe else "/staff/"


def _sign_in_form(request: HttpRequest, problem: str = "", to: str = "") -> FormView:
    fields = (
        FieldView(
            "login",
            "登录名",
            value=str(request.POST.get("login", "")),
            missing_said="请填写登录名。",
            autocomplete="username",
        ),
        FieldView("password", "口令", "password", missing_said="请填写口令。", autocomplete="current-password"),
        FieldView("next", "", "hidden", value=to or _next(request)),
    )
    return FormView("登录", SIGN_IN, fields, problem=problem)


@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """The way in. A wrong password keeps the login and says nothing about whether it exists."""
    if request.method == "GET":
        return _shown(request, _sign_in_form(request), 200)
    login, password = (str(request.POST.get(name, "")).replace("\x00", "") for name in ("login", "password"))
    whence = sessions.address(request), times.wall(), _device(request)
    try:
        entered = sessions.sign_in(login, password, *whence)
    except sessions.SignInRefused as refused:
        return _shown(request, _sign_in_form(request, refused.because), _status(refused))
    if isinstance(entered, sessions.Halfway):
        return _shown(request, _second_form(request, _kept(entered)), 200)
    return _entered(request, entered)


def _status(refused: sessions.SignInRefused) -> int:
    return TOO_MANY if refused.locked else 422


def _device(request: HttpRequest) -> str:
    return devices.said(str(request.META.get("HTTP_USER_AGENT", "")))


def again(request: HttpRequest, written: tuple[str, ...]) -> HttpResponse:
    """The session was over when something was sent: what had been written stands there to be taken along."""
    return _shown(request, _sign_in_form(request, OVER, request.get_full_path()), 401, written)


def _shown(request: HttpRequest, form: FormView, status: int, written: tuple[str, ...] = ()) -> HttpResponse:
    title = {"title": form.term} if form.action == SECOND else {}
    page = SignIn(frame.brand(), form, frame.strip(frame.now()), written=written, **title)
    response = render(request, "workbench/signin.html", {"signin": page}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _entered(request: HttpRequest, entered: sessions.SignedIn) -> HttpResponse:
    response = HttpResponseRedirect(_next(request))
    sessions.enter(request, response, entered)
    return response


def _kept(half: sessions.Halfway) -> str:
    return frame.hidden([half.person_id, half.mark.hex()], HALFWAY)


def _second_form(request: HttpRequest, kept: str, problem: str = "") -> FormView:
    fields = (
        FieldView("code", "验证码", hint="手机验证器里现在显示的六位数字；手机不在身边，填一个恢复码", short=True,
                  missing_said="请填写验证码或恢复码。", autocomplete="one-time-code"),
        FieldView("half", "", "hidden", value=kept),
        FieldView("next", "", "hidden", value=_next(request)),
    )  # fmt: skip
    return FormView("第二步验证", SECOND, fields, problem=problem, submit_term="登录", back=Link("重新登录", SIGN_IN))


@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code from the telephone, or a recovery code. Without a first step one begins anew."""
    kept = str(request.POST.get("half", ""))
    try:
        person_id, mark = frame.unhidden(kept, HALFWAY, second_step.MINUTES * 60)
    except frame.NotOurs:
        return HttpResponseRedirect(SIGN_IN)
    half = sessions.Halfway(int(person_id), bytes.fromhex(mark))
    typed = str(request.POST.get("code", "")).replace("\x00", "")
    try:
        entered = second_step.prove(half, typed, sessions.address(request), times.wall(), _device(request))
    except sessions.SignInRefused as refused:
        return _shown(request, _second_form(request, kept, refused.because), _status(refused))
    return _entered(request, entered)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The way out."""
    response = HttpResponseRedirect(SIGN_IN)
    sessions.leave(request, response)
    return response


@require_POST
@staff
def switch(request: StaffRequest) -> HttpResponse:
    """Act as another of one's own posts; its home is shown, since the page may not be its own."""
    sessions.switch_post(request.visitor, str(request.POST.get("post", ""))[:18])
    return HttpResponseRedirect("/staff/")


def _password_form(problems: Sequence[Problem] = ()) -> FormView:
    said = {p.field: p.because for p in problems}
    fields = tuple(
        FieldView(name, label, "password", error=said.get(name, ""), hint=hint, missing_said=f"请填写“{label}”。",
                  autocomplete=f"{which}-password", short=True)
        for name, label, which, hint in (("old", "原口令", "current", ""), ("password", "新口令", "new", passwords.asked()),
                                         (AGAIN, "再输一遍新口令", "new", ""))
    )  # fmt: skip
    return FormView("改口令", PASSWORD, fields, act_id=str(uuid4()), problem=said.get("", ""))


def _changed(request: StaffRequest) -> Done | Wrong:
    """Change the password, typed twice alike, and let this session live on."""
    if request.POST.get(AGAIN) != request.POST.get("password"):
        return Wrong([NOT_ALIKE], status=422)
    subject = Subject("post", request.visitor.own_post.post.id)
    done = insisted(request, attempt_as, myself(request), REGISTRY["change_password"], subject)
    if isinstance(done, Done):
        sessions.renew(request.visitor)
    return done


@require_http_methods(["GET", "POST"])
@staff
def password(request: StaffRequest) -> HttpResponse:
    """Change one's own password; asked for at the first sign-in with a one-time password."""
    done: Done | Wrong = _changed(request) if request.method == "POST" else Wrong()
    if isinstance(done, Done):
        return HttpResponseRedirect("/staff/?done=password")
    context = {"shell": shell(request, frame.now()), "form": _password_form(done.problems), "matter": None}
    return render(request, "workbench/verb.html", context, status=done.status)
