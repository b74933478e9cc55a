"""通知方式 (telling me): which of one's notices also go out by SMS or mail, where to, at what hours; about oneself alone,
whichever post one acts as just now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.gateways import mail
from hotline.network import choices
from hotline.network.dossier import PostDossier
from hotline.network.notice_groups import GROUPS
from hotline.network.records import NoticeChoice, NoticeKey
from hotline.network.transitions.choosing import ALWAYS, CONTENT, ChooseNotices, begins_with
from hotline.procedure import times
from hotline.procedure.case import Case
from hotline.procedure.perform import Subject
from hotline.surfaces import frame
from hotline.surfaces.clauses import link
from hotline.surfaces.ui.shapes import Fact, FactGroup, Link, NetworkPage
from hotline.surfaces.workbench.acting import Wrong, attempt_as, see_other
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.security.own import my_dossier, myself
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shell import NEWS, shell

TITLE = "通知方式"
BY_MAIL = ("mail", *(f"mail_{group}" for group in GROUPS))


def _address(dossier: PostDossier, field: str) -> str:
    """What was given last, opened for its own person."""
    row = next((one for one in dossier.all(NoticeChoice) if one.ended_at is None), None)
    return choices.opened(frame.tools().keys, row, dossier.find(NoticeKey, row.id), field) if row else ""


def _asked(request: StaffRequest, dossier: PostDossier, wrong: Wrong) -> HttpResponse:
    case: Case[Any, Any] = Case(ChooseNotices, dossier, dossier.root, myself(request), frame.now(), frame.book(),
                                frame.tools())  # fmt: skip
    data = wrong.data or begins_with(case, _address(dossier, "phone"), _address(dossier, "mail"))
    skip = () if mail.configured(times.birth_record().born) else BY_MAIL
    form = form_view(case, request.path, data=data, problems=wrong.problems, back=Link("不改了", NEWS), skip=skip)
    rule, danger = (frame.book().provision(name) for name in ("own_notices", "danger"))
    told = Fact("险情", ALWAYS, clause=link(danger.clause)), Fact("内容", CONTENT, clause=link(rule.clause))
    page = NetworkPage(TITLE, trail=(Link("消息", NEWS),), facts=FactGroup("", told),
                       form=replace(form, submit_term="保存"))  # fmt: skip
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/network.html", context, status=wrong.status)


@require_http_methods(["GET", "POST"])
@staff
def ways(request: StaffRequest) -> HttpResponse:
    """The form as one chose last, and one's choice."""
    if myself(request).role not in ChooseNotices.by:
        raise PermissionDenied
    dossier = my_dossier(request)
    if request.method == "GET":
        return _asked(request, dossier, Wrong())
    done = attempt_as(request, myself(request), ChooseNotices, Subject("post", dossier.chain.id))
    if isinstance(done, Wrong):
        return _asked(request, dossier, done)
    return see_other(f"{NEWS}?done={ChooseNotices.name()}")
