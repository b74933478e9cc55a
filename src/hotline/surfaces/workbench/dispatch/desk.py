"""派单台的页面 (the desk): what is due first opens by itself beside the list it stands in: to be dispatched, returns to be
decided, disputes before the government; after each the next one opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import at_dispatch, desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import TO_DECIDE, TO_DECIDE_RETURN, TO_DESIGNATE
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import MATTER_TERMS, MatterStatus
from hotline.network import catalogue
from hotline.network.records import Unit
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import offers
from hotline.surfaces import frame
from hotline.surfaces.portions import cut
from hotline.surfaces.ui.shapes import DeskRow, DispatchView, Link, QueueView
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, seen_since
from hotline.surfaces.workbench.dispatch.performing import DISPATCH, OUTCOMES, PROPOSE, pressed
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.shaping.desk import Asked, counted, cursor_read, cursor_said, desk_url, row_view
from hotline.surfaces.workbench.shaping.dispatch import Posed, dispatch_view
from hotline.surfaces.workbench.shaping.proposed import Found
from hotline.surfaces.workbench.shaping.starts import start_of
from hotline.surfaces.workbench.shaping.timeline import lines

QUEUE = Queue("/staff/desk/dispatch/", TO_DECIDE, DISPATCH)
QUEUES = (QUEUE, *(replace(QUEUE, spec=spec) for spec in (TO_DECIDE_RETURN, TO_DESIGNATE)))
HERE = MATTER_TERMS[MatterStatus.ACCEPTED]
PRESSES = {TO_DECIDE.name: DISPATCH, TO_DECIDE_RETURN.name: PROPOSE}  # what a button that names a unit does


@require_http_methods(["GET", "POST"])
@staff
def dispatch(request: StaffRequest) -> HttpResponse:
    """One matter, and who gets it; then the next."""
    return _queue(request).turn(request, _page, pressed)


def _queue(request: StaffRequest) -> Queue:
    """What waits to be dispatched, or the list that the address names."""
    return next((one for one in QUEUES if one.spec.name == request.GET.get("of")), QUEUE)


def _page(request: StaffRequest, wrong: Wrong) -> HttpResponse:
    visitor, queue = request.visitor, _queue(request)
    counts = desks.counts(visitor.actor, visitor.unit, frame.now())
    rows = desks.page(visitor.actor, visitor.unit, queue.spec, cursor_read(str(request.GET.get("after", ""))),
                      frame.now())  # fmt: skip
    number = str(request.GET.get("m", "")) or (rows[0].number if rows else "")
    context = {"shell": queue.shell(request, counts), "queue": _waiting(request, queue, rows, number, counts),
               "list_url": desk_url(queue.spec.name), "again_url": queue.again(request)}  # fmt: skip
    if number:
        wanted = str(request.GET.get("order", "")) or next((str(r.id) for r in rows if r.number == number), "")
        context["dispatch"] = _shown(request, wrong, number, wanted, counts[queue.spec.name])
    return render(request, "workbench/dispatch.html", context, status=wrong.status)


def _waiting(request: StaffRequest, queue: Queue, rows: Sequence[desks.Row], number: str,
             counts: dict[str, int]) -> QueueView:  # fmt: skip
    """The list as it stands beside the matter."""
    lists = tuple(Link(f"{one.spec.title} {counted(counts[one.spec.name])}", f"{one.address}?of={one.spec.name}",
                       one is queue) for one in QUEUES)  # fmt: skip
    visitor, (shown, beyond) = request.visitor, cut(rows, desks.PAGE)
    asked = Asked(visitor.actor, visitor.unit, queue.spec, frame.now(), chosen=number)
    views = (_line(row_view(frame.book(), row, asked), queue.kept(request, m=row.number)) for row in shown)
    more = queue.kept(request, after=cursor_said(shown[-1])) if beyond else ""
    return QueueView(lists, tuple(views), more)


def _line(row: DeskRow, url: str) -> DeskRow:
    """A row beside the matter; that it waits here its list says already."""
    status = " · ".join(part for part in row.status_term.split(" · ") if part != HERE)
    return replace(row, url=url, status_term=status)


def _subject(dossier: MatterDossier, queue: Queue, wanted: str) -> Matter | Order:
    """The matter, or the order whose return is to be decided. Raises Http404."""
    if not queue.spec.orders:
        return dossier.matter
    found = next((o for o in dossier.orders if str(o.id) == wanted or not wanted and o.return_filed_at), None)
    if found is None:
        raise Http404
    return found


def _told(dossier: MatterDossier, county: Unit | None) -> at_dispatch.Told:
    matter, place = dossier.matter, county.place if county else ""
    return at_dispatch.Told(matter.id, matter.category, matter.area or place, place, dossier.body(matter.gist_id))


def _shown(request: StaffRequest, wrong: Wrong, number: str, wanted: str, count: int) -> DispatchView:
    dossier, queue = opened(request, number), _queue(request)
    subject = _subject(dossier, queue, wanted)
    matter, book, actor, now = dossier.matter, frame.book_of(dossier), request.visitor.actor, frame.now()
    case: Case[MatterDossier, Matter] = Case(REGISTRY[DISPATCH], dossier, matter, actor, now, book, frame.tools())
    open_to = offers(dossier, actor, now, book, frame.tools())
    mine = [o for o in open_to if o.card.name() in OUTCOMES and o.subject.id in (subject.id, matter.id)]
    at = getattr(subject, queue.spec.sorted_by)
    order = str(subject.id) if isinstance(subject, Order) else ""
    posed = Posed(case, subject, mine, queue.spec, PRESSES.get(queue.spec.name, ""),
                  queue.place(request, count, at, subject.id), queue.kept(request, m=number, order=order),
                  wrong.data or start_of(case, request.visitor.person, request.visitor.unit), wrong.problems,
                  CONFLICT if wrong.unseen else "",
                  lines(seen_since(wrong.unseen, dossier), book), open_to)  # fmt: skip
    county = catalogue.local(matter.area, dossier.body(matter.gist_id))
    found = Found(catalogue.duties(matter.category, county, now.astimezone(book.tz).date()), county,
                  at_dispatch.before(actor, _told(dossier, county)))  # fmt: skip
    return dispatch_view(posed, found, viewed(request, dossier, verbs=False))
