"""总览 (homing): what a post finds when it sits down, and up to where it has looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from hotline.casework import at_home, at_office, desks, left
from hotline.casework.lists import ALARMS
from hotline.knowledge import at_home as entries
from hotline.surfaces import frame, seen
from hotline.surfaces.sessions import Visitor
from hotline.surfaces.ui.shapes import HomePage, ListLine
from hotline.surfaces.workbench.acting import see_other
from hotline.surfaces.workbench.alarms import standing
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.shaping.desk import desk_url
from hotline.surfaces.workbench.shaping.home import changes_said, city_lines, city_said, entry_lines, home_page
from hotline.surfaces.workbench.shell import NETWORK, NEWS, desks_for, shell


@require_safe
@staff
def home(request: StaffRequest) -> HttpResponse:
    """The home of a post."""
    visitor, now, book = request.visitor, frame.now(), frame.book()
    actor, unit, tz = visitor.actor, visitor.unit, book.tz
    if not desks.desks_of(actor):
        return HttpResponseRedirect(NETWORK)  # administrators see no matters; they look after people, units and posts
    since = seen.until(visitor, now)
    waiting = at_home.waiting(actor, unit, now, tz)
    changes = left.news(actor, unit, since, tz)
    own = [one for one in waiting if one.spec.awaits(actor.role)]
    page = home_page(book, now, since, waiting, own, at_home.today(own), changes, desks_for(actor.role))
    frame_ = shell(request, now, {one.spec.name: one.count for one in waiting}, news=changes_said(changes))
    alarmed = any(one.spec is ALARMS and one.count for one in waiting)
    return render(request, "workbench/home.html", {"shell": frame_, "page": _whole(page, request.visitor, now),
                                                   "alarms": standing(request) if alarmed else None})  # fmt: skip


def _entries(visitor: Visitor, now: datetime) -> tuple[ListLine, ...]:
    """What waits for this post in the knowledge base, after the matters."""
    tz = frame.book().tz
    tonight = datetime.combine(now.astimezone(tz).date() + timedelta(days=1), time(), tz)
    return entry_lines(entries.waiting(visitor.actor, now, tonight, desks.MANY + 1), now)


def _whole(page: HomePage, visitor: Visitor, now: datetime) -> HomePage:
    """With what waits in the knowledge base; and with the queues of the whole city, for whoever heads the hotline's
    office."""
    page = replace(page, lists=(*page.lists, *_entries(visitor, now)))
    if not at_office.watches(visitor.actor, visitor.unit):
        return page
    city = at_office.queues(visitor.actor, now, frame.book().tz)
    return replace(page, city=city_lines(city, now), city_said=city_said(city, at_office.cards(visitor.actor, now)))


@require_safe
@staff
def lists(request: StaffRequest) -> HttpResponse:
    """The first list of a post."""
    mine = desks.desks_of(request.visitor.actor)
    return HttpResponseRedirect(desk_url(mine[0].name) if mine else NETWORK)


@require_POST
@staff
def look(request: StaffRequest) -> HttpResponse:
    """看过了: up to when the page looked from which it is said, and no further."""
    now, back = frame.now(), NEWS if request.POST.get("next") == NEWS else "/staff/"
    try:
        until = datetime.fromisoformat(str(request.POST.get("until", "")))
        seen.mark(request.visitor, min(until, now))
    except (ValueError, TypeError):  # no instant, or one without a zone
        return see_other(back)
    return see_other(f"{back}?done=seen")
