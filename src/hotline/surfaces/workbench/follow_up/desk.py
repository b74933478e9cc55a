"""回访台的页面 (the desk): who comes first on the list of those drawn opens by itself; who was reached and is content goes,
who is not stays on the desk until it is said what becomes of it, or goes to somebody else."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import DISSATISFIED, TO_FOLLOW_UP
from hotline.casework.people import Revealed
from hotline.casework.records import Matter
from hotline.casework.statuses import MatterStatus
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import offers
from hotline.procedure.perform import Done
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import FollowUpView, Link
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, reveals, seen_since
from hotline.surfaces.workbench.follow_up.performing import FOLLOW_UP, OUTCOMES, REDO, pressed
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.shaping.desk import counted, cursor_at, desk_url
from hotline.surfaces.workbench.shaping.follow_up import Posed, follow_up_view
from hotline.surfaces.workbench.shaping.timeline import lines

QUEUE = Queue("/staff/desk/follow-up/", TO_FOLLOW_UP, FOLLOW_UP)
QUEUES = (QUEUE, replace(QUEUE, spec=DISSATISFIED))


@require_http_methods(["GET", "POST"])
@staff
def follow_up(request: StaffRequest) -> HttpResponse:
    """One call, and what was said; then the next."""
    if no := QUEUE.closed_to(request):
        return no
    number = str(request.GET.get("m", ""))
    if request.method != "POST":
        return _page(request, Wrong())
    if request.GET.get("show"):
        return _page(request, Wrong(data=request.POST.dict()), reveals(request, opened(request, number)))
    outcome = pressed(request, number)
    return _onward(request, number, outcome) if isinstance(outcome, Done) else _page(request, outcome)


def _queue(request: StaffRequest) -> Queue:
    """Those drawn, or, where the address says so, those who are not content."""
    return next((one for one in QUEUES if one.spec.name == request.GET.get("of")), QUEUE)


def _onward(request: StaffRequest, number: str, done: Done) -> HttpResponse:
    """Who is not content stays on the desk; who was not reached is called again at another hour."""
    queue, dossier = _queue(request), done.dossier
    do = str(request.POST["do"])
    matter = dossier.matter if isinstance(dossier, MatterDossier) else None
    if matter is None or matter.status != MatterStatus.REPLIED:
        return queue.onward(request, do, number)
    if matter.satisfied is False:
        return queue.onward(request, do, number, m=number)
    return queue.onward(request, do, number, after=cursor_at(matter.registered_at, matter.id))


def _page(request: StaffRequest, wrong: Wrong, shown: Revealed | None = None) -> HttpResponse:
    counts, queue = desks.counts(request.visitor.actor, request.visitor.unit, frame.now()), _queue(request)
    waiting = queue.waiting(request)
    lists = tuple(Link(f"{one.spec.title} {counted(counts[one.spec.name])}", f"{one.address}?of={one.spec.name}",
                       one is queue) for one in QUEUES)  # fmt: skip
    context = {"shell": queue.shell(request, counts), "lists": lists, "list_url": desk_url(queue.spec.name),
               "again_url": queue.again(request)}  # fmt: skip
    if waiting:
        context["follow"] = _shown(request, wrong, waiting[0], counts[queue.spec.name], shown)
    return render(request, "workbench/follow_up.html", context, status=wrong.status)


def _shown(request: StaffRequest, wrong: Wrong, number: str, count: int, shown: Revealed | None) -> FollowUpView:
    dossier, queue = opened(request, number), _queue(request)
    matter, book, actor, now = dossier.matter, frame.book_of(dossier), request.visitor.actor, frame.now()
    case: Case[MatterDossier, Matter] = Case(REGISTRY[FOLLOW_UP], dossier, matter, actor, now, book, frame.tools())
    mine = [o for o in offers(dossier, actor, now, book, frame.tools()) if o.card.name() in OUTCOMES]
    again = next((str(o.subject.id) for o in mine if o.card.name() == REDO), "")
    posed = Posed(case, mine, queue.place(request, count, matter.registered_at, matter.id),
                  queue.kept(request, m=number, order=again), queue.kept(request, m=number, show="1"), wrong.data,
                  wrong.problems, CONFLICT if wrong.unseen else "",
                  lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
    return follow_up_view(posed, viewed(request, dossier, verbs=False, shown=shown))
