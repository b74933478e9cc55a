"""看 (looking): lists and matters, fetched through desks alone."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.numbers import well_formed
from hotline.casework.people import Revealed
from hotline.casework.records import Attachment
from hotline.casework.records import Link as Linked
from hotline.casework.statuses import MatterStatus
from hotline.network import rosters
from hotline.network.roles import OFFICE, UNIT
from hotline.procedure.card import REGISTRY
from hotline.procedure.engine import offers
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import FactGroup, Link, MatterView, VerbView
from hotline.surfaces.workbench import codes
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.knowing import inserting
from hotline.surfaces.workbench.shaping.desk import Asked, Page, desk_page, next_of, place_of
from hotline.surfaces.workbench.shaping.files import file_views
from hotline.surfaces.workbench.shaping.links import beside_verbs
from hotline.surfaces.workbench.shaping.matter import brief, matter_view
from hotline.surfaces.workbench.shell import shell

ENDS_A_CALL = ("register", "accept", "answer_at_once", "rate_at_once", "connect", "hand_over", "decline",
               "propose_refusal", "join_matter", "record_repeat", "dispatch", "submit")  # fmt: skip
AT_INTAKE = (MatterStatus.REGISTERED, MatterStatus.AWAITING_FACTS)


def _verbs(request: StaffRequest) -> tuple[VerbView, ...]:
    card = REGISTRY["register"]
    return (
        (VerbView("register", card.term, "/staff/desk/intake/", True, "X"),)
        if request.visitor.actor.role in card.by
        else ()
    )


def _asked(request: StaffRequest, name: str) -> Asked:
    visitor, wanted = request.visitor, request.GET
    try:
        spec = desks.desk(visitor.actor, name)
    except desks.NoDesk:
        raise Http404 from None
    return Asked(visitor.actor, visitor.unit, spec, frame.now(), str(wanted.get("after", "")), str(wanted.get("m", "")))


@require_safe
@staff
def desk(request: StaffRequest, name: str) -> HttpResponse:
    """One list, keyset-paged; with `m` a matter stands open beside it."""
    asked = _asked(request, name)
    page = desk_page(frame.book(), asked, _verbs(request))
    record = _record(request, asked, page) if asked.chosen else None
    frame_ = shell(request, asked.now, page.counts, next_of(page, asked))
    context = {"shell": frame_, "desk": page.desk, "record": record, "back": Link("收起", asked.closing())}
    return render(request, "workbench/desk.html", context)


def _record(request: StaffRequest, asked: Asked, page: Page) -> MatterView:
    dossier = opened(request, asked.chosen)
    view = viewed(request, dossier, desk=asked.spec.name)
    return replace(view, place=place_of(page, asked), fact_groups=brief(frame.book_of(dossier), view.fact_groups))


def opened(request: StaffRequest, number: str) -> MatterDossier:
    """The matter behind a number, or the same 404 for what does not exist and what is somebody else's."""
    visitor = request.visitor
    dossier = desks.open_matter(visitor.actor, visitor.unit, number) if well_formed(number) else None
    if dossier is None:
        raise Http404
    return dossier


def may_reveal(dossier: MatterDossier, role: str) -> bool:
    """Whether the button is there at all; the card itself decides."""
    return role in REGISTRY["reveal"].by and not (dossier.matter.secrecy and role in UNIT)


def viewed(request: StaffRequest, dossier: MatterDossier, *, verbs: bool = True, shown: Revealed | None = None,
           desk: str = "", whole: bool = False) -> MatterView:  # fmt: skip
    """A matter as this post sees it, with what it may do now; without `verbs` to be looked at only; `whole` with its
    orders, and who is on duty at their units."""
    actor, now, book = request.visitor.actor, frame.now(), frame.book_of(dossier)
    may = offers(dossier, actor, now, book, frame.tools()) if verbs else []
    duty = rosters.on_duty({order.unit_id for order in dossier.open_orders()}, now) if whole else {}
    hidden = dossier.matter.secrecy and actor.role in UNIT
    warned = desks.warned(dossier, now) if actor.role in OFFICE and dossier.matter.status in AT_INTAKE else None
    view = matter_view(book, dossier, now, may, shown, desk, reveals=may_reveal(dossier, actor.role), duty=duty,
                       hidden=hidden, actor=actor, warned=warned, seen=_seen(request, dossier))  # fmt: skip
    if about := inserting.facts(request, dossier) if whole else ():
        view = replace(view, fact_groups=(*view.fact_groups, FactGroup("知识库", about)))
    if dossier.all(Attachment):
        view = replace(view, files=file_views(book, dossier, actor))
    more = beside_verbs(book, dossier) if verbs and actor.role in REGISTRY["register"].by else ()
    return replace(view, more_verbs=(*view.more_verbs, *more)) if more else view


def _seen(request: StaffRequest, dossier: MatterDossier) -> dict[int, str]:
    """Which of the matters this one is linked to the visitor may see; no question where it is linked to none."""
    ids, visitor = {link.other_id for link in dossier.all(Linked)}, request.visitor
    return desks.seen_among(visitor.actor, visitor.unit, ids) if ids else {}


def _next_call(request: StaffRequest) -> Link | None:
    """After what ends a call, the next one: whoever takes calls comes from that desk."""
    takes = request.visitor.actor.role in REGISTRY["register"].by and request.GET.get("done") in ENDS_A_CALL
    return Link("接下一个来电", "/staff/desk/intake/?new=1", key="X") if takes else None


@require_safe
@staff
def matter(request: StaffRequest, number: str) -> HttpResponse:
    """One matter, whole."""
    view = viewed(request, opened(request, number), whole=True)
    if code := codes.held(request, number):
        view = replace(view, tags=(f"查询码 {code}，请和编号一起念给诉求人记下，只显示这一次", *view.tags))
    frame_ = shell(request, frame.now(), following=_next_call(request))
    page = render(request, "workbench/matter.html", {"shell": frame_, "matter": view})
    return codes.spent(page, number) if code else page
