"""呈办的页面 (the desk): what waits longest opens by itself, with the form to instruct; then the next; beside it what waits
besides and what became of what was instructed before."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hotline.casework import at_leader, desks, submissions
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import TO_DESIGNATE, TO_INSTRUCT
from hotline.casework.records import Citizen, Matter, Submission
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import offers
from hotline.surfaces import frame
from hotline.surfaces.portions import cut
from hotline.surfaces.ui.shapes import Count, LeadersView
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, seen_since
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.leading.performing import OUTCOMES, pressed
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.shaping.desk import counted, cursor_read, desk_url
from hotline.surfaces.workbench.shaping.leading import (
    GIVEN,
    URL,
    Posed,
    given_line,
    given_page,
    leaders_view,
    waits_line,
)
from hotline.surfaces.workbench.shaping.starts import start_of
from hotline.surfaces.workbench.shaping.timeline import lines

LATELY = 6  # so many of the earlier ones stand beside


QUEUE = Queue(URL, TO_INSTRUCT, "instruct")


@require_http_methods(["GET", "POST"])
@staff
def leaders(request: StaffRequest) -> HttpResponse:
    """One matter, instructed on or given back; then the next."""
    return QUEUE.turn(request, _page, pressed)


@require_safe
@staff
def given(request: StaffRequest) -> HttpResponse:
    """What was instructed before, newest first, whole."""
    if no := QUEUE.closed_to(request):
        return no
    now, after = frame.now(), str(request.GET.get("after", ""))
    counts = desks.counts(request.visitor.actor, request.visitor.unit, now)
    rows = at_leader.given(request.visitor.actor, cursor_read(after))
    context = {"shell": QUEUE.shell(request, counts), "page": given_page(frame.book(), rows, now, desks.PAGE, after),
               "desk_url": URL}  # fmt: skip
    return render(request, "workbench/leaders_given.html", context)


def _page(request: StaffRequest, wrong: Wrong) -> HttpResponse:
    visitor, now, book = request.visitor, frame.now(), frame.book()
    counts = desks.counts(visitor.actor, visitor.unit, now)
    rows, before = at_leader.at_desk(visitor.actor, cursor_read(str(request.GET.get("after", ""))), LATELY)
    number = str(request.GET.get("m", "")) or (rows[0].number if rows else "")
    waiting, _more = cut(rows, at_leader.NEXT)
    lately, beyond = cut(before, LATELY)
    context = {
        "shell": QUEUE.shell(request, counts), "again_url": QUEUE.again(request),
        "list_url": desk_url(TO_INSTRUCT.name),
        "waits": tuple(waits_line(book, row, now, URL, number) for row in waiting),
         "waits_said": counted(counts[TO_INSTRUCT.name]),
        "given": tuple(given_line(book, row, now) for row in lately),
        "given_url": GIVEN if beyond else "",
        "designate": Count(TO_DESIGNATE.title, counted(counts[TO_DESIGNATE.name]), desk_url(TO_DESIGNATE.name)),
    }  # fmt: skip
    if number:
        context["lead"] = _shown(request, wrong, number, counts[TO_INSTRUCT.name])
    return render(request, "workbench/leaders.html", context, status=wrong.status)


def _mine(dossier: MatterDossier, actor: Actor) -> Submission:
    """What of the matter lies before this post, else what lay there last. Raises Http404."""
    found = [one for one in dossier.all(Submission)
             if one.post_id == actor.post_id and one.outcome != submissions.WITHDRAWN]  # fmt: skip
    if not found:
        raise Http404
    return next((one for one in found if not one.outcome), found[-1])


def _told(dossier: MatterDossier) -> at_leader.Told:
    phones = [one.phone_index for one in dossier.all(Citizen) if one.phone_index]
    matter = dossier.matter
    return at_leader.Told(matter.id, matter.area, matter.category or "", phones, dossier.body(matter.gist_id))


def _shown(request: StaffRequest, wrong: Wrong, number: str, count: int) -> LeadersView:
    dossier = opened(request, number)
    actor, now, book = request.visitor.actor, frame.now(), frame.book_of(dossier)
    row = _mine(dossier, actor)
    case: Case[MatterDossier, Matter] = Case(REGISTRY["instruct"], dossier, dossier.matter, actor, now, book,
                                             frame.tools())  # fmt: skip
    mine = [o for o in offers(dossier, actor, now, book, frame.tools()) if o.card.name() in OUTCOMES]
    mine.sort(key=lambda offer: OUTCOMES.index(offer.card.name()))
    data = wrong.data or start_of(case, request.visitor.person, request.visitor.unit)
    posed = Posed(case, row, mine, QUEUE.place(request, count, row.submitted_at, row.id),
                  QUEUE.kept(request, m=number), data, wrong.problems,
                  at_leader.related(actor, _told(dossier)), CONFLICT if wrong.unseen else "",
                  lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
    return leaders_view(posed, viewed(request, dossier, verbs=False))
