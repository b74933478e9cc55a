"""导出 (exporting): what a search has found, as a sheet to take away: asked once more what for, noted in one's own chain,
marked with who took it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import searching
from hotline.casework.transitions.looking import PURPOSES
from hotline.network.sheets.export import XLSX
from hotline.surfaces import frame
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Choice, FieldView, FormView, Link, NetworkPage
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.leaving import looked
from hotline.surfaces.workbench.searching import Asked, asked_of, found_said, searcher
from hotline.surfaces.workbench.shaping import exporting as shaping
from hotline.surfaces.workbench.shaping import searching as reading
from hotline.surfaces.workbench.shell import SEARCH, shell
from hotline.surfaces.workbench.staffing.once import attached

MOST = 5_000
SAID = "导出的表里有编号、要点、承办、状态和日期，没有姓名和电话。谁、什么岗位、什么时候、为什么导出，写在表上，也记在您自己的查看台账里。"
NO_PURPOSE = "请选用途。"
TOO_MANY = f"查到的超过 {MOST} 件，一次最多导出 {MOST} 件，请加条件或者缩小日期。"
TOO_FAR = "要翻的太多，翻到 {} 登记的还没有翻完，请加条件或者缩小日期。"
NOTHING = "没有查到，没有可导出的。"


@require_http_methods(["GET", "POST"])
@searcher
def export(request: StaffRequest) -> HttpResponse:
    """The form that asks what for; a POST gives the file."""
    asked = asked_of(request, request.GET)
    if not asked.any:
        return HttpResponseRedirect(f"{SEARCH}?{urlencode(asked.query())}" if asked.query() else SEARCH)
    if request.method == "GET":
        return _page(request, asked)
    purpose = dict(PURPOSES).get(str(request.POST.get("purpose")), "")
    return _file(request, asked, purpose) if purpose else _page(request, asked, error=NO_PURPOSE)


def _page(request: StaffRequest, asked: Asked, problem: str = "", error: str = "") -> HttpResponse:
    back, now = f"{SEARCH}?{urlencode(asked.query())}", frame.now()
    form = purpose_form(request, f"{SEARCH}export/?{urlencode(asked.query())}", back, error)
    page = NetworkPage(f"导出：{found_said(request, asked, now)}", SAID, (Link("查找", back),), problem=problem, form=form)
    context = {"shell": shell(request, now), "page": page}
    return render(request, "workbench/network.html", context, status=422 if problem or error else 200)


def purpose_form(request: StaffRequest, url: str, back: str, error: str = "") -> FormView:
    """What for something is taken away: asked each time, and written on the sheet."""
    chosen = str(request.POST.get("purpose", ""))
    options = tuple(Choice(value, term, chosen=value == chosen) for value, term in PURPOSES)
    purpose = FieldView("purpose", "用途", "radio", chosen, (), options, error, missing_said=NO_PURPOSE)
    return FormView("导出", url, (purpose,), submit_term="导出", back=Link("不导出了", back))


def _file(request: StaffRequest, asked: Asked, purpose: str) -> HttpResponse:
    visitor, book, now = request.visitor, frame.book(), frame.now()
    try:
        hits = searching.every(visitor.actor, visitor.unit, reading.wanted(book, asked.form, asked.callers), MOST)
    except searching.TooMany:
        return _page(request, asked, TOO_MANY)
    except searching.TooFar as far:
        day = said.day(far.back_to.astimezone(book.tz).date()) if far.back_to else ""
        return _page(request, asked, TOO_FAR.format(day))
    if not hits:
        return _page(request, asked, NOTHING)
    looked(request, "export_matters", at=now, purpose=request.POST["purpose"], matters=len(hits))
    found = f"查 {found_said(request, asked, now)}，共 {len(hits)} 件"
    line = shaping.mark(visitor.person.name, visitor.post_said, now, book, purpose, found)
    return attached(shaping.sheet(shaping.table(book, hits, visitor.actor), line, now), XLSX, "search.xlsx")
