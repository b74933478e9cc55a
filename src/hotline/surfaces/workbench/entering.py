"""进出 (entering): sign out, switch post, change the password; signing in is the way in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from hotline.network import passwords
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done, Subject
from hotline.surfaces import frame, sessions
from hotline.surfaces.ui.shapes import FieldView, FormView
from hotline.surfaces.workbench.acting import Wrong, attempt_as
from hotline.surfaces.workbench.guarding import PASSWORD, StaffRequest, staff
from hotline.surfaces.workbench.security.again import insisted
from hotline.surfaces.workbench.security.own import myself
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.way_in import SIGN_IN

AGAIN = "again"
NOT_ALIKE = Problem(AGAIN, "两遍新口令不一样，请都重新输一遍。")


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
