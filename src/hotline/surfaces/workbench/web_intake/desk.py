"""网络受理台的页面 (the desk): what came in writing waits in one queue; whoever presses for it gets the next one, which nobody
else has; done with it, the next comes by itself. Advertising is refused several at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import at_intake, at_web, desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import ALARMS, TO_APPROVE
from hotline.casework.numbers import well_formed
from hotline.casework.records import Matter
from hotline.casework.statuses import MatterStatus
from hotline.procedure.card import LINES, REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.perform import Done
from hotline.surfaces import claims, frame, taken_drafts
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Link, Shell, WrittenView
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, see_other, seen_since
from hotline.surfaces.workbench.alarms import standing
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.intake.recording import clock
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.queueing import Queue
from hotline.surfaces.workbench.shaping.starts import start_of
from hotline.surfaces.workbench.shaping.timeline import lines
from hotline.surfaces.workbench.shaping.web_intake import (
    ADDRESS,
    APPROVALS,
    Posed,
    Report,
    approvals,
    queue,
    written_view,
)
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.web_intake import begun, together
from hotline.surfaces.workbench.web_intake.performing import ACCEPT, pressed

QUEUE = Queue(ADDRESS, TO_APPROVE, ACCEPT)
TAKEN = "这件刚被别人取走了。"
NONE_FREE = "现在没有可取的件：都有人在办，或者都办完了。"


@require_http_methods(["GET", "POST"])
@staff
def web_intake(request: StaffRequest) -> HttpResponse:
    """What one has taken, or the queue; a POST takes, hands back, does, or refuses several."""
    if no := QUEUE.closed_to(request):
        return no
    if request.method != "POST":
        return _page(request, Wrong())
    do = str(request.POST.get("do", "")).partition(":")[0]
    if do in MOVES:
        return MOVES[do](request)
    number = str(request.GET.get("m", ""))
    outcome = pressed(request, number)
    if isinstance(outcome, HttpResponse):
        return outcome
    return _onward(request, number, outcome) if isinstance(outcome, Done) else _page(request, outcome, number or "-")


def _onward(request: StaffRequest, number: str, done: Done) -> HttpResponse:
    """On to the next one, which is taken at once; what has been done is said above it."""
    claims.take(request.visitor, at_web.offered(request.visitor.actor, number))
    verb = LINES[done.dossier.lines[-1].kind].name() if done.dossier and done.dossier.lines else ""
    return see_other(f"{ADDRESS}?done={verb}&was={number}")


def _next(request: StaffRequest) -> HttpResponse:
    """The next one that nobody has."""
    taken = claims.take(request.visitor, at_web.offered(request.visitor.actor))
    return see_other(ADDRESS) if taken else _queue(request, Report(NONE_FREE), status=409)


def _this(request: StaffRequest) -> HttpResponse:
    """One of one's own choice, if nobody has it. Raises Http404."""
    number = str(request.POST.get("do", "")).partition(":")[2]
    dossier = opened(request, number)
    waits = dossier.matter.status == MatterStatus.REGISTERED
    taken = claims.take(request.visitor, [(dossier.chain.id, number)]) if waits else None
    return see_other(ADDRESS) if taken else _queue(request, Report(TAKEN), status=409)


def _skip(request: StaffRequest) -> HttpResponse:
    """Back into the queue, and another one."""
    number = str(request.GET.get("m", ""))
    claims.hand_back(request.visitor)
    claims.take(request.visitor, at_web.offered(request.visitor.actor, number))
    return see_other(ADDRESS)


def _hand_back(request: StaffRequest) -> HttpResponse:
    """Back into the queue, and no other one."""
    claims.hand_back(request.visitor)
    return see_other(ADDRESS)


def _refuse(request: StaffRequest) -> HttpResponse:
    """Those ticked, for one reason."""
    done, why = together.refused(request)
    return _said(request, done, why, together.refusing().name())


def _approve(request: StaffRequest) -> HttpResponse:
    """Those ticked, by the shift leader."""
    done, why = together.approved(request)
    return _said(request, done, why, "approve_refusal")


def _said(request: StaffRequest, done: int, why: str, verb: str) -> HttpResponse:
    if not why:
        of = APPROVALS if request.GET.get("of") == APPROVALS else "all"  # not to what one has taken: keys differ there
        return see_other(f"{ADDRESS}?done={verb}&of={of}")
    kept = Report(why, frozenset() if done else frozenset(request.POST.getlist("numbers")),
                  str(request.POST.get("reason", "")))  # fmt: skip
    return _queue(request, kept, status=422)


MOVES = {"save": begun.save, "next": _next, "take": _this, "skip": _skip, "hand_back": _hand_back,
         "refuse_all": _refuse, "approve_all": _approve}  # fmt: skip


def _page(request: StaffRequest, wrong: Wrong, number: str = "") -> HttpResponse:
    """What one has; where a press went wrong, what that was about, so that nothing typed is lost. Raises Http404."""
    mine = claims.mine(request.visitor)
    dossier = opened(request, number) if well_formed(number) else None if number else _waiting(request, mine)
    if dossier is None:
        return _queue(request, Report("；".join(one.because for one in wrong.problems)), wrong.status)
    counts = desks.counts(request.visitor.actor, request.visitor.unit, frame.now())
    context = {"shell": _shell(request, counts), "written": _shown(request, wrong, dossier, mine),
               "alarms": standing(request) if counts[ALARMS.name] else None}  # fmt: skip
    return render(request, "workbench/web_intake.html", context, status=wrong.status)


def _waiting(request: StaffRequest, mine: claims.Claim | None) -> MatterDossier | None:
    """The matter that one has, if it waits still, unless the queue is asked for."""
    visitor = request.visitor
    if mine is None or request.GET.get("of"):
        return None
    found = desks.open_matter(visitor.actor, visitor.unit, mine.number)
    return found if found and found.matter.status == MatterStatus.REGISTERED else None


def _shell(request: StaffRequest, counts: Mapping[str, int]) -> Shell:
    was = str(request.GET.get("was", ""))
    link = Link(f"看刚办的 {said.short_number(was)}", f"/staff/m/{was}/") if well_formed(was) else None
    return shell(request, frame.now(), counts, link)


def _queue(request: StaffRequest, report: Report, status: int = 200) -> HttpResponse:
    visitor, book = request.visitor, frame.book()
    counts = desks.counts(visitor.actor, visitor.unit, frame.now())
    if request.GET.get("of") == APPROVALS and TO_APPROVE in desks.desks_of(visitor.actor):
        view = approvals(book, frame.now(), together.proposed(request),
                         at_web.how_many(visitor.actor), counts, report)  # fmt: skip
    else:
        rows = at_web.waiting(visitor.actor, together.cursor(request))
        held = claims.held(visitor, [row.id for row in rows])
        may = REGISTRY["approve_refusal"].by
        view = queue(book, frame.now(), rows, held, counts if visitor.actor.role in may else {}, report,
                     str(request.GET.get("after", "")))  # fmt: skip
    context = {"shell": _shell(request, counts), "queue": view,
               "alarms": standing(request) if counts[ALARMS.name] else None}  # fmt: skip
    return render(request, "workbench/web_intake.html", context, status=status)


def _shown(request: StaffRequest, wrong: Wrong, dossier: MatterDossier, mine: claims.Claim | None) -> WrittenView:
    matter, book, actor, now = dossier.matter, frame.book_of(dossier), request.visitor.actor, frame.now()
    case: Case[MatterDossier, Matter] = Case(REGISTRY[ACCEPT], dossier, matter, actor, now, book, frame.tools())
    kept = taken_drafts.kept(request.visitor, matter.id) if mine and mine.number == matter.number else None
    data = wrong.data or {**start_of(case, request.visitor.person, request.visitor.unit), **(kept.data if kept else {})}
    told = dossier.body(matter.gist_id)
    near = at_intake.nearby(actor, matter.area, str(data.get("category", "")), told)
    posed = Posed(case, at_web.how_many(actor), mine, data, wrong.problems, near,
                  CONFLICT if wrong.unseen else "", lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
    saved = f"{clock(book, kept.saved_at)} 已保存在服务器" if kept else ""
    return replace(written_view(posed, viewed(request, dossier, verbs=False)), saved_said=saved)
