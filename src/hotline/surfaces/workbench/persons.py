"""个人信息 (persons): the data officer finds a person by telephone, hands out what there is, forgets them. Each look leaves
a line in the looker's own chain; addresses carry a sealed token, never a name or a number."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import desks, forgetting, handing_out
from hotline.casework.dossier import MatterDossier
from hotline.casework.statuses import MATTER_TERMS, MatterStatus
from hotline.network.roles import DATA_OFFICERS
from hotline.procedure.card import REGISTRY
from hotline.procedure.world import current
from hotline.surfaces import drafts, frame, saved_searches
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, FieldView, FormView, Link, NetworkPage, Section
from hotline.surfaces.workbench.guarding import StaffRequest, View, staff
from hotline.surfaces.workbench.leaving import looked
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.staffing.once import attached

HOME, PURPOSE, MINUTES = "/staff/persons/", "person", 30
SAID = "本人提出查阅、更正或删除时，按电话找到本人的事项。每次查找和导出都记在您自己的查看台账里。"
FORGET_SAID = "匿名以后不能恢复：姓名、电话、原话和附件都不再打得开，别人写的文字里提到的也隐去；编号、期限、统计不变。"
BACK = (Link("个人信息", HOME),)


def officer(view: View) -> View:
    """Only for the post that answers for people's data; 403 for everybody else who is signed in."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if request.visitor.actor.role not in DATA_OFFICERS:
            raise PermissionDenied
        return view(request, **kwargs)

    return staff(guarded)


def _shown(request: StaffRequest, page: NetworkPage, status: int = 200) -> HttpResponse:
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/network.html", context, status=status)


def _search(value: str = "", error: str = "") -> FormView:
    phone = FieldView("phone", "诉求人的电话", "phone", value, error=error, missing_said="请填写电话。", short=True)
    return FormView("查找诉求人", HOME, (phone,), submit_term="查找")


@require_http_methods(["GET", "POST"])
@officer
def persons(request: StaffRequest) -> HttpResponse:
    """Find somebody by telephone; a name alone finds nobody."""
    phone = str(request.POST.get("phone", "")).replace("\x00", "").strip()[:20]
    if request.method == "GET" or not phone:
        error = "请填写电话。" if request.method == "POST" else ""
        return _shown(request, NetworkPage("个人信息", SAID, form=_search(phone, error)), 422 if error else 200)
    found = desks.sought(request.visitor.actor, request.visitor.unit, phone)
    looked(request, "seek_person", found=len(found))
    index = current().keys.phone_index(phone).hex()
    rows = tuple((Cell(name or "没有留姓名", f"{HOME}{frame.hidden([one, name, index], PURPOSE)}/"), Cell(str(count)))
                 for one, name, count in found)  # fmt: skip
    section = Section("找到的人", f"{len(rows)} 位", ("姓名", "事项"), rows, empty_said="" if rows else "没有用这个电话的诉求人。")
    return _shown(request, NetworkPage("个人信息", SAID, sections=(section,), form=_search()))


def _person(token: str) -> tuple[int, str, bytes]:
    """Whom an address means, for half an hour, and by which blind index they were found. Raises Http404."""
    try:
        citizen_id, name, *index = frame.unhidden(token, PURPOSE, MINUTES * 60)
    except frame.NotOurs:
        raise Http404 from None
    return int(citizen_id), str(name), bytes.fromhex(index[0]) if index else b""


def _mine(request: StaffRequest, citizen_id: int) -> list[forgetting.Brought]:
    """Of a person's matters those that this post may see at all (R-21)."""
    return desks.brought(request.visitor.actor, request.visitor.unit, citizen_id)


def _forget_form(token: str) -> FormView:
    card = REGISTRY["anonymise"]
    fields = tuple(FieldView(f.name, f.label, "textarea", hint=f.hint, required=f.required, max_length=f.max_length,
                             rows=3, missing_said=f.missing_said)
                   for f in card.fields(frame.book()) if f.name != "citizen")  # fmt: skip
    return FormView(card.term, f"{HOME}{token}/", fields, act_id=str(uuid4()), intro=FORGET_SAID, submit_term="匿名这个人")


def _section(brought: list[forgetting.Brought]) -> Section:
    tz = frame.book().tz

    def state(one: forgetting.Brought) -> str:
        return "已匿名" if one.forgotten else MATTER_TERMS[MatterStatus(one.status)]

    rows = tuple((Cell(one.number, f"/staff/m/{one.number}/"), Cell(said.instant(one.at, tz)), Cell(state(one)))
                 for one in brought)  # fmt: skip
    return Section("反映的事项", f"{len(rows)} 件", ("编号", "最初来电", "状态"), rows, empty_said="" if rows else "没有。")


@require_http_methods(["GET", "POST"])
@officer
def person(request: StaffRequest, token: str) -> HttpResponse:
    """One person's matters; a POST forgets them in all that are not being handled."""
    citizen_id, name, index = _person(token)
    problem, status = "", 200
    if request.method == "POST":
        problem, status = _forgotten(request, citizen_id, name, index)
    brought = _mine(request, citizen_id)
    left = any(not one.forgotten for one in brought)
    page = NetworkPage(name or "没有留姓名", FORGET_SAID if left else "", BACK, sections=(_section(brought),),
                       problem=problem, form=_forget_form(token) if left else None,
                       more=(Link("导出全部个人信息", f"{HOME}{token}/export/"),) if left else ())  # fmt: skip
    return _shown(request, page, status)


def _forgotten(request: StaffRequest, citizen_id: int, name: str, index: bytes) -> tuple[str, int]:
    """What became of it, in words; whatever somebody has begun about them at a desk goes too."""
    form = {name: str(request.POST.get(name, "")) for name in ("reason", "also")}
    if not form["reason"].strip():
        return "请写明理由：谁提出、什么时候、怎样核实是本人。", 422
    mine = _mine(request, citizen_id)
    result = forgetting.forget(citizen_id, mine, form, request.visitor.actor, frame.now())
    if result.done:
        drafts.forget([index], [one.matter_id for one in mine])
        saved_searches.forget([name, *form["also"].splitlines()])
    waiting = "；".join(f"{number}：{because}" for number, because in result.waiting.items())
    told = f"已在 {result.done} 件里匿名。" + ("密钥已销毁。" if result.done and result.key_destroyed else "")
    return told + (f"还没有办的：{waiting}办结后再来一次。" if waiting else ""), 409 if waiting else 200


@require_http_methods(["GET", "POST"])
@officer
def export(request: StaffRequest, token: str) -> HttpResponse:
    """Asked once more before anything is handed out; then a file, after a line in the looker's own chain."""
    citizen_id, name, _ = _person(token)
    if request.method == "GET":
        form = FormView("导出个人信息", f"{HOME}{token}/export/", submit_term="导出", back=Link("不导出了", f"{HOME}{token}/"))
        return _shown(request, NetworkPage(f"导出{name}的个人信息", "压缩文件里有一份文字和本人交来的附件，只交给本人。", BACK, form=form))
    return _handed_out(request, citizen_id)


def _handed_out(request: StaffRequest, citizen_id: int) -> HttpResponse:
    brought = [one for one in _mine(request, citizen_id) if not one.forgotten]
    if not brought:
        raise Http404
    looked(request, "export_person", citizen=citizen_id, matters=len(brought))
    dossiers: list[MatterDossier] = [desks.citizens_matter(one.matter_id) for one in brought]
    pairs = [(dossier, frame.book_of(dossier)) for dossier in dossiers]
    return attached(handing_out.bundle(pairs, citizen_id, current().keys, frame.now()), "application/zip", "person.zip")


