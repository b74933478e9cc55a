"""审核台的页面 (the desk): the letter that is due first opens by itself; after an outcome the next one does."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import TO_REVIEW
from hotline.casework.numbers import well_formed
from hotline.casework.records import Order
from hotline.casework.transitions.base import letter_facts_of
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import offers
from hotline.procedure.perform import Done
from hotline.rules.verdicts import Verdict
from hotline.surfaces import frame
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Link, Place
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, closed, see_other, seen_since
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.review.performing import OUTCOMES, pressed
from hotline.surfaces.workbench.shaping.desk import counted, cursor_at, cursor_read
from hotline.surfaces.workbench.shaping.review import Posed, review_view
from hotline.surfaces.workbench.shaping.timeline import lines
from hotline.surfaces.workbench.shell import shell

ADDRESS = "/staff/desk/review/"
LIST = "/staff/desk/to-review/"


@require_http_methods(["GET", "POST"])
@staff
def review(request: StaffRequest) -> HttpResponse:
    """One letter, and what becomes of it; then the next."""
    card = REGISTRY["approve"]
    if request.visitor.actor.role not in card.by:
        clause, because = card.provision(frame.book()).clause, f"您现在的岗位不办“{card.term}”。"
        return closed(request, card, None, Verdict(False, clause, because), "post")
    if request.method != "POST":
        return _page(request, Wrong())
    number = str(request.GET.get("m", ""))
    outcome = pressed(request, number)
    return _onward(request, number) if isinstance(outcome, Done) else _page(request, outcome)


def _kept(request: StaffRequest, **more: str) -> str:
    """The desk's address, with what was skipped so far."""
    asked = {**more, "after": str(request.GET.get("after", ""))}
    return f"{ADDRESS}?{urlencode({name: value for name, value in asked.items() if value})}"


def _onward(request: StaffRequest, number: str) -> HttpResponse:
    return see_other(_kept(request, done=str(request.POST["do"]), was=number))


def _waiting(request: StaffRequest) -> tuple[str, str] | None:
    """The letter asked for, or the one due first behind those that were skipped: its matter's number, its order's."""
    if number := str(request.GET.get("m", "")):
        return number, str(request.GET.get("order", ""))
    visitor, after = request.visitor, cursor_read(str(request.GET.get("after", "")))
    rows = desks.page(visitor.actor, visitor.unit, TO_REVIEW, after)
    return (rows[0].number, str(rows[0].id)) if rows else None


def _order(dossier: MatterDossier, wanted: str) -> Order:
    """The order whose letter is on the desk. Raises Http404."""
    found = next((o for o in reversed(dossier.orders) if str(o.id) == wanted or not wanted), None)
    if found is None or dossier.letter_of(found) is None:
        raise Http404
    return found


def _page(request: StaffRequest, wrong: Wrong) -> HttpResponse:
    visitor, now = request.visitor, frame.now()
    counts = desks.counts(visitor.actor, visitor.unit)
    waiting = _waiting(request)
    was = str(request.GET.get("was", ""))
    following = Link(f"看刚办的 {said.short_number(was)}", f"/staff/m/{was}/") if well_formed(was) else None
    context = {"shell": shell(request, now, counts, following), "list_url": LIST, "again_url": _again(request)}
    if waiting:
        context["review"] = _shown(request, wrong, waiting, counted(counts[TO_REVIEW.name]))
    return render(request, "workbench/review.html", context, status=wrong.status)


def _again(request: StaffRequest) -> str:
    """Back to those that were skipped, where some were."""
    return ADDRESS if request.GET.get("after") else ""


def _shown(request: StaffRequest, wrong: Wrong, waiting: tuple[str, str], count: str) -> object:
    dossier = opened(request, waiting[0])
    order, book, actor, now = _order(dossier, waiting[1]), frame.book_of(dossier), request.visitor.actor, frame.now()
    case: Case[MatterDossier, Order] = Case(REGISTRY["approve"], dossier, order, actor, now, book, frame.tools())
    mine = [o for o in offers(dossier, actor, now, book, frame.tools())
            if o.card.name() in OUTCOMES and o.subject.id == order.id]  # fmt: skip
    mine.sort(key=lambda offer: list(OUTCOMES).index(offer.card.name()))
    skip = f"{ADDRESS}?{urlencode({'after': cursor_at(order.due_at, order.id)})}"
    letter = dossier.letter_of(order)
    assert letter is not None
    posed = Posed(case, mine, Place(f"待审核 {count}", _again(request), skip),
                  _kept(request, m=dossier.matter.number, order=str(order.id)), wrong.data, wrong.problems,
                  CONFLICT if wrong.unseen else "", lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
    return review_view(posed, letter, letter_facts_of(dossier, letter), viewed(request, dossier, verbs=False))
