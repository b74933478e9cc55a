"""审核台的页面 (the desk): the letter that is due first opens by itself; after an outcome the next one does."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import TO_REVIEW
from hotline.casework.records import Order
from hotline.casework.transitions.base import letter_facts_of
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import offers
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import ReviewView
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, seen_since
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.review.performing import OUTCOMES, pressed
from hotline.surfaces.workbench.shaping.desk import desk_url
from hotline.surfaces.workbench.shaping.review import Posed, review_view
from hotline.surfaces.workbench.shaping.timeline import lines

QUEUE = Queue("/staff/desk/review/", TO_REVIEW, "approve")


@require_http_methods(["GET", "POST"])
@staff
def review(request: StaffRequest) -> HttpResponse:
    """One letter, and what becomes of it; then the next."""
    return QUEUE.turn(request, _page, pressed)


def _order(dossier: MatterDossier, wanted: str) -> Order:
    """The order whose letter is on the desk. Raises Http404."""
    found = next((o for o in reversed(dossier.orders) if str(o.id) == wanted or not wanted), None)
    if found is None or dossier.letter_of(found) is None:
        raise Http404
    return found


def _page(request: StaffRequest, wrong: Wrong) -> HttpResponse:
    counts = desks.counts(request.visitor.actor, request.visitor.unit, frame.now())
    waiting = QUEUE.waiting(request)
    context = {"shell": QUEUE.shell(request, counts), "list_url": desk_url(TO_REVIEW.name),
               "again_url": QUEUE.again(request)}  # fmt: skip
    if waiting:
        context["review"] = _shown(request, wrong, waiting, counts[TO_REVIEW.name])
    return render(request, "workbench/review.html", context, status=wrong.status)


def _shown(request: StaffRequest, wrong: Wrong, waiting: tuple[str, str], count: int) -> ReviewView:
    dossier = opened(request, waiting[0])
    order, book, actor, now = _order(dossier, waiting[1]), frame.book_of(dossier), request.visitor.actor, frame.now()
    case: Case[MatterDossier, Order] = Case(REGISTRY["approve"], dossier, order, actor, now, book, frame.tools())
    mine = [o for o in offers(dossier, actor, now, book, frame.tools())
            if o.card.name() in OUTCOMES and o.subject.id == order.id]  # fmt: skip
    mine.sort(key=lambda offer: list(OUTCOMES).index(offer.card.name()))
    letter = dossier.letter_of(order)
    assert letter is not None, "the desk has looked"
    posed = Posed(case, mine, QUEUE.place(request, count, order.review_until, order.id),
                  QUEUE.kept(request, m=dossier.matter.number, order=str(order.id)), wrong.data, wrong.problems,
                  CONFLICT if wrong.unseen else "", lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
    return review_view(posed, letter, letter_facts_of(dossier, letter), viewed(request, dossier, verbs=False))
