"""单位统计 (figures): how one's own unit and those below it stand, for whoever works in a unit."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hotline.casework import figures_of_units
from hotline.casework.figures_of_units import Lately, Standing
from hotline.casework.lists import FROM_BELOW
from hotline.casework.transitions.looking import PURPOSES
from hotline.network.records import Unit
from hotline.network.roles import UNIT
from hotline.network.sheets.export import XLSX
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Link, NetworkPage
from hotline.surfaces.workbench.exporting import NO_PURPOSE, purpose_form
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.leaving import looked
from hotline.surfaces.workbench.shaping.desk import desk_url
from hotline.surfaces.workbench.shaping.exporting import mark, sheet
from hotline.surfaces.workbench.shaping.figures import EXPORT, LATELY, SHEET, WIDTHS, figures_page, figures_table
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.staffing.once import attached

SAID = "导出的表里只有各单位的件数，没有件的内容。谁、什么岗位、什么时候、为什么导出，写在表上，也记在您自己的查看台账里。"
HOME = "/staff/unit/"


@require_safe
@staff
def figures(request: StaffRequest) -> HttpResponse:
    """Of level 2 its units side by side; of level 3 its own."""
    unit, standing, lately = _counted(request)
    page = figures_page(unit, standing, lately, desk_url(FROM_BELOW.name))
    return render(request, "workbench/figures.html", {"shell": shell(request, frame.now()), "page": page})


def _counted(request: StaffRequest) -> tuple[Unit, list[Standing], list[Lately]]:
    """Whose figures they are, and they. Raises PermissionDenied."""
    visitor, now, tz = request.visitor, frame.now(), frame.book().tz
    if visitor.actor.role not in UNIT or visitor.unit is None:
        raise PermissionDenied
    standing = figures_of_units.standing(visitor.actor, visitor.unit, now, tz)
    return visitor.unit, standing, figures_of_units.lately(visitor.actor, visitor.unit, now, tz, LATELY)


@require_http_methods(["GET", "POST"])
@staff
def export(request: StaffRequest) -> HttpResponse:
    """The form that asks what for; a POST gives the sheet, after a line in one's own chain."""
    unit, standing, lately = _counted(request)
    purpose = dict(PURPOSES).get(str(request.POST.get("purpose")), "") if request.method == "POST" else ""
    if not purpose:
        return _asked(request, NO_PURPOSE if request.method == "POST" else "")
    visitor, book, now, rows = request.visitor, frame.book(), frame.now(), figures_table(unit, standing, lately)
    looked(request, "export_figures", at=now, purpose=request.POST["purpose"], units=len(rows))
    line = mark(visitor.person.name, visitor.post_said, now, book, purpose, f"单位统计，{len(rows)} 个单位")
    return attached(sheet(rows, line, now, SHEET, WIDTHS, "单位统计"), XLSX, "units.xlsx")


def _asked(request: StaffRequest, problem: str) -> HttpResponse:
    form = purpose_form(request, EXPORT, HOME, problem)
    page = NetworkPage("导出：单位统计", SAID, (Link("单位统计", HOME),), form=form)
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/network.html", context, status=422 if problem else 200)
