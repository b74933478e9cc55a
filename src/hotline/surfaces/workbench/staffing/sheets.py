"""导入导出 (sheets): a file is uploaded, what it would change is shown, then it is done or left. Faults come back by row
and column, and nothing is changed then."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hotline.network.sheet import SheetError
from hotline.network.sheets import loading
from hotline.network.sheets.export import XLSX, export
from hotline.network.sheets.files import NotASheet
from hotline.network.sheets.loading import Moved
from hotline.network.sheets.plan import Plan
from hotline.surfaces import frame, uploads
from hotline.surfaces.portions import cut
from hotline.surfaces.ui.shapes import Cell, FieldView, FormView, Link, NetworkPage, Section
from hotline.surfaces.workbench.acting import see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.staffing.once import attached, once
from hotline.surfaces.workbench.staffing.opening import HOME, SHEETS, administrator, shown, tabs

CONFIRM = f"{SHEETS}confirm/"
MOST_SHOWN = 200
MOST_BYTES = 5 * 1024 * 1024
FILES = (("全部（Excel）", "all.xlsx"), ("单位 CSV", "units.csv"), ("人员 CSV", "people.csv"), ("值班 CSV", "duties.csv"),
         ("职责目录 CSV", "catalogue.csv"))  # fmt: skip
HINT = "Excel（.xlsx）或 CSV，最大 5 MB。表头用中文或英文都可以；最省事的是先导出，改好再传回来。"
SAID = "先看会改什么，确认了才改。没写在表里的单位、岗位和目录不会动；要撤销、离岗或停用，请在“状态”一栏写明。"
NO_FILE = "没有收到文件，或者文件大于 5 MB。"
GONE = "这个文件放得太久或者已经导入过，请重新上传。"
MOVED = "您看过以后，有人改动了单位、人员或目录。请重新看一遍会改什么。"


def _upload_form(error: str = "") -> FormView:
    field = FieldView("file", "表格文件", "file", hint=HINT, error=error, missing_said="请选择文件。")
    return FormView("看看会改什么", SHEETS, (field,))


def _page(request: StaffRequest, error: str = "", sections: tuple[Section, ...] = (), problem: str = "",
          status: int = 200) -> HttpResponse:  # fmt: skip
    more = tuple(Link(f"导出{term}", f"{SHEETS}{name}") for term, name in FILES)
    return shown(request, NetworkPage("导入导出", SAID, tabs=tabs(SHEETS), sections=sections, problem=problem,
                                      form=_upload_form(error), more=more), status)  # fmt: skip


def _faulty(request: StaffRequest, wrong: SheetError) -> HttpResponse:
    rows = tuple((Cell(f.sheet or "—"), Cell(str(f.row)), Cell(f.column or "—"), Cell(f.because)) for f in wrong.faults)
    first, beyond = cut(rows, MOST_SHOWN)
    rest = f"另有 {beyond} 处没有列出，改好这些再上传就会列出来。" if beyond else ""
    section = Section("要改的地方", "改好后再上传", ("表", "行", "列", "问题"), tuple(first), (), rest)
    return _page(request, "", (section,), f"有 {len(rows)} 处要改，什么也没有导入。", 422)


def _described(term: str, said: Sequence[str]) -> Section:
    first, beyond = cut(said, MOST_SHOWN)
    return Section(term, f"{len(said)} 项", lines=tuple(first), empty_said=f"另有 {beyond} 项没有列出。" if beyond else "")


def _preview(request: StaffRequest, made: Plan, token: str, problem: str = "", status: int = 200) -> HttpResponse:
    sections = [_described(term, said) for term, said in loading.described(made)]
    fields = (FieldView("file", "", "hidden", value=token), FieldView("shown", "", "hidden", value=made.fingerprint()))
    form = FormView("导入", CONFIRM, fields, submit_term="确认导入", back=Link("不导入了", SHEETS))
    return shown(request, NetworkPage(
        "导入会改这些", "".join(made.notes), (Link("导入导出", SHEETS),), problem=problem,
        sections=tuple(sections) or (Section("没有要改的", empty_said="文件与现状一样。"),),
        form=form if sections else None,
    ), status)  # fmt: skip


@require_http_methods(["GET", "POST"])
@administrator
def sheets(request: StaffRequest) -> HttpResponse:
    """The page with the form; a POST shows what the file would change."""
    if request.method == "GET":
        return _page(request)
    given = request.FILES.get("file")
    if given is None or given.size > MOST_BYTES:
        return _page(request, NO_FILE, status=422)
    return _looked_at(request, given.read())


def _looked_at(request: StaffRequest, data: bytes) -> HttpResponse:
    now = frame.now()
    try:
        made = loading.plan(data, now)
        loading.rehearse(made, request.visitor.actor, now)
    except NotASheet as error:
        return _page(request, str(error), status=422)
    except SheetError as wrong:
        return _faulty(request, wrong)
    except Moved:
        return _page(request, MOVED, status=409)
    return _preview(request, made, uploads.keep(request.visitor, data) if made.changes else "")


@require_POST
@administrator
def confirm(request: StaffRequest) -> HttpResponse:
    """Do what was shown, if it is still what would be done."""
    token = str(request.POST.get("file", ""))
    data = uploads.kept(request.visitor, token)
    if data is None:
        return _page(request, GONE, status=409)
    try:
        return _confirmed(request, data, token)
    except SheetError as wrong:
        return _faulty(request, wrong)


def _confirmed(request: StaffRequest, data: bytes, token: str) -> HttpResponse:
    made = loading.plan(data, frame.now())
    try:
        newcomers = loading.load(made, request.visitor.actor, frame.now(), str(request.POST.get("shown", "")) or "-")
    except Moved:
        return _preview(request, made, token, MOVED, 409)
    uploads.drop(request.visitor, token)
    said = "，".join(f"{term} {count}" for term, count in loading.counted(made))
    return once(request, newcomers, said=f"已导入：{said}。") if newcomers else see_other(f"{HOME}?done=sheets")


@require_safe
@administrator
def download(request: StaffRequest, what: str, kind: str) -> HttpResponse:
    """What stands, as a file."""
    try:
        data = export(what, kind, frame.now(), frame.book().tz)
    except KeyError:
        raise Http404 from None
    return attached(data, XLSX if kind == "xlsx" else "text/csv; charset=utf-8", f"network-{what}.{kind}")
