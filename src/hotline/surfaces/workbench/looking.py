"""看 (looking): lists and matters, fetched through desks alone."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.procedure.card import REGISTRY
from hotline.procedure.engine import Offer, offers
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Desk, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.shaping.desk import desk_view
from hotline.surfaces.workbench.shaping.matter import matter_view
from hotline.surfaces.workbench.shell import shell

NOTHING = Desk("工作台", (), empty_said="这个岗位没有事项清单。", empty_hint="系统管理员管人、单位和岗位，不看事项。")


def _verbs(request: StaffRequest) -> tuple[VerbView, ...]:
    card = REGISTRY["register"]
    return (VerbView("register", card.term, "/staff/register/", True, "N"),) if request.visitor.actor.role in card.by else ()


@require_safe
@staff
def home(request: StaffRequest) -> HttpResponse:
    """The home of a post: its first list."""
    mine = desks.desks_of(request.visitor.actor)
    if mine:
        return HttpResponseRedirect(f"/staff/desk/{mine[0].name}/")
    return render(request, "workbench/desk.html", {"shell": shell(request, frame.now()), "desk": NOTHING, "record": None})


@require_safe
@staff
def desk(request: StaffRequest, name: str) -> HttpResponse:
    """One list, keyset-paged."""
    visitor, now = request.visitor, frame.now()
    try:
        spec = desks.desk(visitor.actor, name)
    except desks.NoDesk:
        raise Http404 from None
    after = str(request.GET.get("after", ""))
    page, counts = desk_view(frame.book(), visitor.actor, visitor.unit, spec, now, after, _verbs(request))
    return render(request, "workbench/desk.html", {"shell": shell(request, now, counts), "desk": page, "record": None})


def opened(request: StaffRequest, number: str) -> MatterDossier:
    """The matter behind a number, or the same 404 for what does not exist and what is somebody else's."""
    dossier = desks.open_matter(request.visitor.actor, request.visitor.unit, number)
    if dossier is None:
        raise Http404
    return dossier


def offered(request: StaffRequest, dossier: MatterDossier) -> list[Offer]:
    """What this post may do with it now."""
    return offers(dossier, request.visitor.actor, frame.now(), frame.book_of(dossier), frame.tools())


@require_safe
@staff
def matter(request: StaffRequest, number: str) -> HttpResponse:
    """One matter, whole."""
    dossier, now = opened(request, number), frame.now()
    view = matter_view(frame.book_of(dossier), dossier, now, offered(request, dossier))
    return render(request, "workbench/matter.html", {"shell": shell(request, now), "matter": view})
