"""成文的 PDF (papers to print): the unit's letter, the answer on paper, what was put before a leader: each as a file, by
the same desk as its page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from hotline.casework.records import PaperDocument
from hotline.network.roles import OFFICE
from hotline.surfaces import frame
from hotline.surfaces.printing import pdf
from hotline.surfaces.ui.shapes import PrintedLetter
from hotline.surfaces.workbench import submitting
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened
from hotline.surfaces.workbench.reply import printing
from hotline.surfaces.workbench.shaping.answers import answer_letter


def answered(request: StaffRequest, number: str) -> PrintedLetter:
    """What the citizen is told, as a letter of the hotline's own: by the number and the day of the paper that the
    address names, else with the number left to be written. Raises Http404."""
    dossier = opened(request, number)
    if request.visitor.actor.role not in OFFICE:
        raise Http404
    wanted = str(request.GET.get("of", ""))
    paper = next((one for one in dossier.all(PaperDocument) if str(one.id) == wanted), None)
    letter = answer_letter(frame.book_of(dossier), dossier, paper, frame.now())
    if letter is None or (wanted and paper is None):
        raise Http404
    return letter


def _reply(request: StaffRequest, number: str) -> PrintedLetter:
    return printing.letter_of(request, number)[0]


PAPERS: dict[str, Callable[[StaffRequest, str], PrintedLetter]] = {
    "letter": _reply, "sheet": submitting.sheet_of, "answer": answered}  # fmt: skip


@require_safe
@staff
def paper(request: StaffRequest, number: str, what: str) -> HttpResponse:
    """One of them, to be taken away. Raises Http404."""
    if what not in PAPERS:
        raise Http404
    letter = PAPERS[what](request, number)
    name = content_disposition_header(as_attachment=True, filename=f"{letter.title}.pdf") or ""
    return HttpResponse(pdf.printed(letter), content_type="application/pdf", headers={"Content-Disposition": name})
