"""呈办单与批示单 (submission sheets): what was put before a leader, on paper: with lines to write on while it waits, with
the instruction once there is one (四（二）4)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.casework import submissions
from hotline.casework.records import Submission
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Link, PrintedLetter
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened
from hotline.surfaces.workbench.shaping.submissions import sheet
from hotline.surfaces.workbench.shell import shell


@require_safe
@staff
def printed(request: StaffRequest, number: str) -> HttpResponse:
    """One submission on a page of its own."""
    context = {"shell": shell(request, frame.now()), "letter": sheet_of(request, number),
               "back": Link(f"回到 {number}", f"/staff/m/{number}/"),
               "pdf_url": f"/staff/m/{number}/pdf/sheet/?{request.GET.urlencode()}"}  # fmt: skip
    return render(request, "workbench/printed.html", context)


def sheet_of(request: StaffRequest, number: str) -> PrintedLetter:
    """The one that the address names, else the newest, for the office and the leader before whom it lies. Raises
    Http404."""
    dossier = opened(request, number)
    wanted, actor = str(request.GET.get("of", "")), request.visitor.actor
    mine = [one for one in dossier.all(Submission) if submissions.may_read(one, actor)]
    found = next((one for one in reversed(mine) if not wanted or str(one.id) == wanted), None)
    if found is None:
        raise Http404
    return sheet(frame.book_of(dossier), dossier, found)
