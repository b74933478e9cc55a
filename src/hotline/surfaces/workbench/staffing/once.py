"""只显示一回 (once): first passwords, shown on the page that made them, to be printed or taken away; they stand nowhere, so
the answer to the POST itself shows them, and what is taken away travels back encrypted from that page."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from hotline.network.records import Unit
from hotline.network.sheets.export import XLSX, as_xlsx, escaped
from hotline.network.sheets.loading import Newcomer
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Cell, FieldView, FormView, Link, NetworkPage, Section
from hotline.surfaces.workbench.acting import see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.staffing.opening import HOME, SHEETS, administrator, shown, unit_url

HEADS = ("登录名", "姓名", "单位", "一次性口令")
PURPOSE = "hotline.first_passwords"
MINUTES = 30
ADDRESS = "/staff/network/passwords/"


def attached(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be taken away, never shown."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def once(
    request: StaffRequest, newcomers: Sequence[Newcomer], unit: Unit | None = None, said: str = ""
) -> HttpResponse:
    """The page with the passwords, and a button to take them away."""
    rows = [[one.login, one.name, one.unit, one.password] for one in newcomers]
    section = Section("新口令", f"{len(rows)} 个", HEADS, tuple(tuple(map(Cell, row)) for row in rows))
    fields = (FieldView("rows", "", "hidden", value=frame.hidden(rows, PURPOSE)),)
    back = Link("记下了，回去", unit_url(unit) if unit else SHEETS)
    return shown(request, NetworkPage(
        "请把口令交给本人", f"{said}口令只在这一页显示一回，离开就看不到了。首次登录须改成自己的。", (Link("单位与人员", HOME),),
        sections=(section,), form=FormView("下载", ADDRESS, fields, submit_term="下载为 Excel", back=back),
    ))  # fmt: skip


@require_POST
@administrator
def passwords(request: StaffRequest) -> HttpResponse:
    """The same table as a file, for half an hour, out of what the page itself carries."""
    try:
        rows = frame.unhidden(str(request.POST.get("rows", "")), PURPOSE, MINUTES * 60)
    except frame.NotOurs:
        return see_other(HOME)
    table = [list(HEADS), *([escaped(cell) for cell in row] for row in rows)]
    return attached(as_xlsx({"一次性口令": table}), XLSX, "passwords.xlsx")
