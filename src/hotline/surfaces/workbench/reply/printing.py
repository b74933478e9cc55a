"""打印的反馈件 (printing): the letter as it leaves the unit: the one that is being written, or the one on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework.attachments import keeping
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import judge
from hotline.surfaces import frame
from hotline.surfaces.shared_drafts import kept
from hotline.surfaces.ui.shapes import Link, PrintedLetter
from hotline.surfaces.workbench.addressing import greeted, may_name
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened
from hotline.surfaces.workbench.reply.begun import VERB, OrderCase, place_of, read
from hotline.surfaces.workbench.shaping.files import enclosed
from hotline.surfaces.workbench.shaping.printed import printed_letter
from hotline.surfaces.workbench.shaping.starts import start_of
from hotline.surfaces.workbench.shell import shell


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def printed(request: StaffRequest, number: str) -> HttpResponse:
    """One letter on a page of its own; with `of=draft` the one that its unit has begun. A POST shows whose it is."""
    dossier = opened(request, number)
    letter, back = letter_of(request, dossier)
    context = {"shell": shell(request, frame.now()), "letter": letter, "back": back,
               "name_url": request.get_full_path() if may_name(request, dossier) else "",
               "pdf_url": f"/staff/m/{number}/pdf/letter/?{request.GET.urlencode()}"}  # fmt: skip
    return render(request, "workbench/printed.html", context)


def letter_of(request: StaffRequest, dossier: MatterDossier, *, on_paper: bool = False) -> tuple[PrintedLetter, Link]:
    """The letter that the address names, and the way back from it. Raises Http404, PermissionDenied."""
    order = _order(dossier, str(request.GET.get("order", "")))
    case: OrderCase = Case(REGISTRY[VERB], dossier, order, request.visitor.actor, frame.now(), frame.book_of(dossier),
                           frame.tools())  # fmt: skip
    begun = request.GET.get("of") == "draft"
    says = read(case, _said(request, case, begun))
    letter = printed_letter(case, says, greeted(request, dossier, on_paper=on_paper), begun=begun)
    letter = replace(letter, enclosed=_enclosed(case, says))
    return letter, _back(dossier.matter.number, order, begun)


def _enclosed(case: OrderCase, says: Mapping[str, Any]) -> tuple[str, ...]:
    """The files that were put in with it, and those that wait with the draft."""
    waiting = keeping.kept([str(token) for token in says.get("files") or ()])
    return (*enclosed(case.dossier, case.subject, case.actor), *(one.name for one in waiting))


def _back(number: str, order: Order, begun: bool) -> Link:
    if begun:
        return Link("回去接着写", f"/staff/m/{number}/{VERB}/?order={order.id}")
    return Link(f"回到 {number}", f"/staff/m/{number}/")


def _order(dossier: MatterDossier, wanted: str) -> Order:
    """The one that is asked for, else the newest with a letter. Raises Http404."""
    found = (o for o in reversed(dossier.orders) if (str(o.id) == wanted if wanted else dossier.letter_of(o)))
    order = next(found, None)
    if order is None:
        raise Http404
    return order


def _said(request: StaffRequest, case: OrderCase, begun: bool) -> dict[str, Any]:
    """What stands in it. Raises Http404."""
    may = begun and judge(case)[0].ok  # whoever of the unit may write it
    draft = kept(place_of(request, case.dossier, case.subject)).shared if may else None
    if draft is not None:
        return dict(draft.data)
    if begun or case.dossier.letter_of(case.subject) is None:
        raise Http404
    return start_of(case, request.visitor.person, request.visitor.unit)
