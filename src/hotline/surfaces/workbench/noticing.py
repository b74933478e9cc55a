"""消息 (noticing): what others did on the matters at one's desk, what left it, and how many of these are new."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.casework import desks, left
from hotline.surfaces import frame, seen
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.shaping.home import News, changes_said, notices_page
from hotline.surfaces.workbench.shell import shell, waiting

LATELY = timedelta(days=3)  # how far back is shown of what was looked at already


def _changes(request: StaffRequest, back: timedelta) -> tuple[list[News], list[News]]:
    """The new ones, and those before, no further back than that."""
    visitor, now = request.visitor, frame.now()
    if not desks.desks_of(visitor.actor):
        raise PermissionDenied
    since = seen.until(visitor, now)
    found = left.news(visitor.actor, visitor.unit, min(since, now - back), frame.book().tz)
    return [one for one in found if one.line.at > since], [one for one in found if one.line.at <= since]


@require_safe
@staff
def notices(request: StaffRequest) -> HttpResponse:
    """All of them, newest first."""
    now = frame.now()
    fresh, older = _changes(request, LATELY)
    page = notices_page(frame.book(), now, fresh, older)
    context = {"shell": shell(request, now, news=changes_said(fresh)), "page": page}
    return render(request, "workbench/notices.html", context)


@require_safe
@staff
def count(request: StaffRequest) -> HttpResponse:
    """What the bell says, and nothing round it."""
    fresh, _ = _changes(request, timedelta())
    return render(request, "ui/base/bell.html", {"count": changes_said(fresh) if fresh else ""})


@require_safe
@staff
def waits(request: StaffRequest) -> HttpResponse:
    """What waits, for the bar of a page that has not counted it, or not lately."""
    if not desks.desks_of(request.visitor.actor):
        raise PermissionDenied
    return render(request, "ui/base/waits.html", {"counts": waiting(request, frame.now())})
