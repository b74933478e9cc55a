"""进门 (way in): the page by which people sign in, in one step or two; for whoever is signed in by no session, so that
what guards the other pages can show it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from hotline.procedure import times
from hotline.surfaces import devices, frame, second_step, sessions
from hotline.surfaces.ui.shapes import FieldView, FormView, Link, SignIn

SIGN_IN, SECOND = "/staff/sign-in/", "/staff/sign-in/second/"
HALFWAY = "hotline.halfway"
OVER = "登录已经过期，刚才的没有交上去。您写的字在下面，请先复制，登录以后再交一次。"
TOO_MANY = 429


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
