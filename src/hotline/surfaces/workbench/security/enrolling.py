"""启用第二步验证 (enrolling): a secret shown as a picture and in letters, a code from the telephone that took it, then the
recovery codes once. Everything is made here; nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.network import factors
from hotline.procedure import times
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Subject
from hotline.surfaces import frame, second_step, signed_in
from hotline.surfaces.clauses import link
from hotline.surfaces.ui.shapes import Enrolment, FieldView, FormView, Link
from hotline.surfaces.workbench.acting import Wrong, attempt_as, see_other
from hotline.surfaces.workbench.guarding import ENROL, StaffRequest, staff
from hotline.surfaces.workbench.security.again import insisted
from hotline.surfaces.workbench.security.own import HOME, asked_first, myself, shown_once
from hotline.surfaces.workbench.shell import shell

PURPOSE, SECONDS = "hotline.second_factor", 30 * 60
GROUP = 4
GONE = (Problem("", "这一页放得太久，请用下面新的二维码重新扫一次。"),)
QUIET = 4  # modules round a code


def address_of(secret: str, issuer: str, login: str) -> str:
    """What the picture says to an authenticator (Google's key URI format)."""
    return f"otpauth://totp/{quote(f'{issuer}:{login}')}?secret={secret}&issuer={quote(issuer)}"


def drawn(text: str) -> tuple[str, int]:
    """A QR code as one path of an SVG, and how wide it is."""
    from qrcode import QRCode

    made = QRCode(border=QUIET)
    made.add_data(text)
    rows = made.get_matrix()
    return "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark), len(rows)


@require_http_methods(["GET", "POST"])
@staff
def enrol(request: StaffRequest) -> HttpResponse:
    """The picture and the form; once the code fits, the recovery codes."""
    if request.visitor.has_factor:
        return see_other(HOME)
    secret = _secret(request)
    if request.method == "GET" or not secret:
        return _page(request, factors.new_secret(), GONE if request.method == "POST" else ())
    codes = factors.recovery_codes()
    card, subject = REGISTRY["enrol_factor"], Subject("post", request.visitor.own_post.post.id)
    done = insisted(request, attempt_as, myself(request), card, subject, secret=secret, recovery=" ".join(codes))
    if isinstance(done, Wrong):
        return _page(request, secret, done.problems, done.status)
    second_step.taken(request.visitor.person.id, secret, str(request.POST.get("code", "")), times.wall())
    signed_in.end_others(request.visitor.person.id, request.visitor.session.key)
    return see_other(f"{HOME}?done=enrol_factor") if done.repeated else shown_once(request, codes)


def _secret(request: StaffRequest) -> str:
    """The secret that the form carries, for half an hour, for this person alone."""
    try:
        owner, secret = frame.unhidden(str(request.POST.get("secret", "")), PURPOSE, SECONDS)
    except frame.NotOurs:
        return ""
    return str(secret) if owner == request.visitor.person.id else ""


def _page(request: StaffRequest, secret: str, problems: Sequence[Problem] = (), status: int = 200) -> HttpResponse:
    card, wrong = REGISTRY["enrol_factor"], {problem.field: problem.because for problem in problems}
    own, asked = card.fields(frame.book())[-2:]
    kept = frame.hidden([request.visitor.person.id, secret], PURPOSE)
    fields = (
        FieldView("secret", "", "hidden", value=kept),
        FieldView(own.name, own.label, "password", error=wrong.get(own.name, ""), hint=own.hint, short=True,
                  missing_said="请填写口令。", autocomplete="current-password"),
        FieldView("code", asked.label, error=wrong.get("code", ""), hint=asked.hint, missing_said="请填写六位验证码。",
                  autocomplete="one-time-code", short=True),
    )  # fmt: skip
    form = FormView(card.term, ENROL, fields, link(card.provision(frame.book()).clause), str(uuid4()),
                    problem=wrong.get("", ""), back=Link("以后再说", HOME))  # fmt: skip
    path, width = drawn(address_of(secret, frame.brand(), request.visitor.person.login))
    grouped = " ".join(secret[i : i + GROUP] for i in range(0, len(secret), GROUP))
    page = Enrolment(form, asked_first(request), path, width, grouped)
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/enrol.html", context, status=422 if problems and status == 200 else status)
