"""班长台 (the shift leader's desk): what waits for the leader's word is decided in place; who sits where, how long the
queues are, what was begun and left lying."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import at_home, at_shift
from hotline.casework.lists import ALARMS
from hotline.network import desks as network
from hotline.network import handing, rosters
from hotline.network.look_ups import number
from hotline.network.records import Duty, ShiftNote, Unit
from hotline.network.roles import Role
from hotline.procedure import times
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Done, Subject
from hotline.surfaces import frame, sitting
from hotline.surfaces.workbench.acting import CONFLICT, acted, see_other, wanted
from hotline.surfaces.workbench.alarms import standing
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.shaping.desk import cursor_read
from hotline.surfaces.workbench.shaping.shift import IN_PLACE, URL, Wrong, shift_page
from hotline.surfaces.workbench.shell import desks_for, shell

GONE = "这份草稿已经不在了：写的人接着写了，或者别人已经处理。"
NOTHING = "请按下面的一个办法。"
NOTES = ("write_shift_note", "confirm_shift_note")
DRAFTS = {"take": sitting.take, "discard": sitting.discard}


@require_http_methods(["GET", "POST"])
@staff
def shift_desk(request: StaffRequest) -> HttpResponse:
    """Show the desk, or do what was pressed on it."""
    if request.visitor.actor.role != Role.SHIFT_LEADER:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, Wrong())
    do = str(request.POST.get("do", ""))
    if do in DRAFTS:
        return _draft(request, do)
    if do in NOTES:
        return _noted(request, do)
    return _decided(request, do) if do in IN_PLACE else _page(request, Wrong(because=NOTHING), 422)


def _decided(request: StaffRequest, do: str) -> HttpResponse:
    """By the card of the button; raises Http404 for what is not there, or kept from whoever asks."""
    of, card, words = str(request.GET.get("m", "")), REGISTRY[do], str(request.POST.get("because", ""))
    done = acted(request, card, wanted(request, of, card), {"because": words})
    if isinstance(done, Done):
        return see_other(f"{URL}?done={do}")
    because = CONFLICT if done.unseen else "；".join(one.because for one in done.problems)
    return _page(request, Wrong(of, because, words), done.status)


def _draft(request: StaffRequest, do: str) -> HttpResponse:
    """Take one over, and on to the operator's desk with it; or put it away."""
    try:
        lay = DRAFTS[do](request.visitor, UUID(str(request.POST.get("draft", ""))))
    except ValueError:
        lay = False
    if not lay:
        return _page(request, Wrong(because=GONE), 409)
    return see_other(f"/staff/desk/intake/?draft={request.POST['draft']}" if do == "take" else f"{URL}?done=discarded")


def _noted(request: StaffRequest, do: str) -> HttpResponse:
    """Write for the next shift, or confirm what the last one wrote; both on one's own unit. Raises Http404."""
    note = number(str(request.POST.get("note", "")))
    confirms = do == "confirm_shift_note"
    if confirms and not note:
        raise Http404
    subject = Subject("unit", request.visitor.actor.unit_id, row=(ShiftNote, note) if confirms else None)
    done = acted(request, REGISTRY[do], subject, {"body": str(request.POST.get("body", ""))})
    if isinstance(done, Done):
        return see_other(f"{URL}?done={do}")
    because = "；".join(one.because for one in done.problems)
    return _page(request, Wrong("", because, str(request.POST.get("body", ""))), done.status)


def _duty() -> list[tuple[Duty, Unit]]:
    """Who is on duty at the hotline's own centres."""
    units = {unit.id: unit for unit in network.centres()}
    found = rosters.on_duty(units.keys(), frame.now())
    return [(turn, units[unit_id]) for unit_id in units for turn in found.get(unit_id, ())]


def _page(request: StaffRequest, wrong: Wrong, status: int = 200) -> HttpResponse:
    visitor, now, book = request.visitor, frame.now(), frame.book()
    waiting = at_home.waiting(visitor.actor, visitor.unit, now, book.tz)
    proposed = at_shift.proposed(visitor.actor, visitor.unit)
    names = network.names({row.person_id for row in proposed if row.person_id})
    before = str(request.GET.get("notes", ""))
    page = shift_page(book, now, times.wall(), waiting, proposed, sitting.now(visitor), sitting.lying(visitor), _duty(),
                      visitor.actor.persons(), names, desks_for(visitor.actor.role),
                      handing.latest(visitor.actor, cursor_read(before)), wrong, before)  # fmt: skip
    counts = {one.spec.name: one.count for one in waiting}
    context = {"shell": shell(request, now, counts), "page": page,
               "alarms": standing(request) if counts[ALARMS.name] else None}  # fmt: skip
    return render(request, "workbench/shift.html", context, status=status)
