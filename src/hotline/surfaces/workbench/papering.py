"""成文的 PDF (papers to print): the unit's letter, the answer on paper, what was put before a leader: each as a file, by
the same desk as its page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import PaperDocument
from hotline.network.roles import OFFICE
from hotline.surfaces import frame
from hotline.surfaces.printing import pdf
from hotline.surfaces.ui.shapes import Link, PrintedLetter
from hotline.surfaces.workbench import submitting
from hotline.surfaces.workbench.addressing import greeted, may_name
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened
from hotline.surfaces.workbench.reply import printing
from hotline.surfaces.workbench.shaping.answers import answer_letter, answer_of
from hotline.surfaces.workbench.shell import shell


def answered(request: StaffRequest, dossier: MatterDossier, *, on_paper: bool = True) -> PrintedLetter:
    """What the citizen is told, as a letter of the hotline's own: by the number and the day of the paper that the
    address names, else with the number left to be written. Raises Http404, PermissionDenied."""
    if request.visitor.actor.role not in OFFICE:
        raise Http404
    wanted = str(request.GET.get("of", ""))
    paper = next((one for one in dossier.all(PaperDocument) if str(one.id) == wanted), None)
    if not answer_of(dossier) or (wanted and paper is None):
        raise Http404
    to = greeted(request, dossier, on_paper=on_paper)
    return answer_letter(frame.book_of(dossier), dossier, paper, frame.now(), to)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def answer(request: StaffRequest, number: str) -> HttpResponse:
    """The answer on paper as a page of its own. A POST shows whose it is."""
    dossier = opened(request, number)
    context = {"letter": answered(request, dossier, on_paper=False), "shell": shell(request, frame.now()),
               "back": Link(f"回到 {number}", f"/staff/m/{number}/"),
               "name_url": request.get_full_path() if may_name(request, dossier) else "",
               "pdf_url": f"/staff/m/{number}/pdf/answer/?{request.GET.urlencode()}"}  # fmt: skip
    return render(request, "workbench/printed.html", context)


def _answer(request: StaffRequest, number: str) -> PrintedLetter:
    return answered(request, opened(request, number))


def _reply(request: StaffRequest, number: str) -> PrintedLetter:
    return printing.letter_of(request, opened(request, number), on_paper=True)[0]


PAPERS: dict[str, Callable[[StaffRequest, str], PrintedLetter]] = {
    "letter": _reply, "sheet": submitting.sheet_of, "answer": _answer}  # fmt: skip
NAMED = ("letter", "answer")  # what goes to the citizen, too


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def paper(request: StaffRequest, number: str, what: str) -> HttpResponse:
    """One of them, to be taken away; by a POST with the name of whose matter it is, which leaves a line. Raises
    Http404."""
    if what not in PAPERS or (request.method == "POST" and what not in NAMED):
        raise Http404
    letter = PAPERS[what](request, number)
    name = content_disposition_header(as_attachment=True, filename=f"{letter.title}.pdf") or ""
    return HttpResponse(pdf.printed(letter), content_type="application/pdf", headers={"Content-Disposition": name})
