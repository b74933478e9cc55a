"""称呼 (addressing): whose name a letter bears that is shown or taken away: masked, until somebody asks for it by a POST,
which leaves a line among what they have looked up."""

from __future__ import annotations

from django.http import Http404

from hotline.casework.dossier import MatterDossier
from hotline.surfaces import frame
from hotline.surfaces.workbench.acting import reveals
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.looking import may_reveal
from hotline.surfaces.workbench.shaping.addressing import MASK, TO_WRITE, greeting, nameless


def may_name(request: StaffRequest, dossier: MatterDossier) -> bool:
    """Whether there is a name to be asked for, and this post may ask."""
    return not nameless(frame.book_of(dossier), dossier) and may_reveal(dossier, request.visitor.actor.role)


def greeted(request: StaffRequest, dossier: MatterDossier, *, on_paper: bool = False) -> str:
    """To whom the letter is written; on paper room for the name where it was not asked for. Raises Http404 where a name
    is asked for that is not to be had, PermissionDenied."""
    shown = None
    if request.method == "POST":
        if not may_name(request, dossier):
            raise Http404
        shown = reveals(request, dossier)
    return greeting(frame.book_of(dossier), dossier, shown, TO_WRITE if on_paper else MASK)
