"""首页 (asking): the home page, the size of type, and what the hotline does not take."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from hotline.rules import refusals
from hotline.surfaces import frame
from hotline.surfaces.portal.published import at_home
from hotline.surfaces.portal.site import TYPE_COOKIE, site
from hotline.surfaces.ui.shapes import Link, NotAccepted, PortalFollow, PortalHome, WhereTo

YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """您遇到什么事，告诉我们."""
    page = PortalHome("/submit/", "/follow/", Link("哪些事热线不办，该找谁", "/refused/"), published=at_home())
    return render(request, "portal/home.html", {"site": site(request), "home": page})


@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """标准 or 大字, kept in a cookie; works without scripts."""
    wanted = str(request.POST.get("next", ""))
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(wanted if safe else "/")
    size = "large" if request.POST.get("type") == "large" else "standard"
    response.set_cookie(TYPE_COOKIE, size, max_age=YEAR, samesite="Lax", httponly=True,
                        secure=settings.SESSION_COOKIE_SECURE)
    return response


def emergencies() -> tuple[WhereTo, ...]:
    """The emergency numbers, each with what it is for."""
    numbers = frame.book().provision("service").values["emergency_numbers"]
    return tuple(WhereTo(term, phone=number) for number, term in numbers.items())


def _ours(ground: refusals.Refusal) -> bool:
    """Whether the only door named is this hotline itself."""
    return ground.numbers == (frame.book().provision("service").values["number"],)


def _door(ground: refusals.Refusal) -> WhereTo:
    """What it is, and where to go; a number of its own only where there is just one."""
    return WhereTo(ground.term, ground.channel, ground.numbers[0] if len(ground.numbers) == 1 else "")


@require_safe
def refused(request: HttpRequest) -> HttpResponse:
    """What is not taken, each with the right door."""
    grounds = (g for g in refusals.items(frame.book()).values() if not g.hand_over)
    elsewhere = tuple(_door(ground) for ground in grounds if not _ours(ground))
    doors = NotAccepted("下面这些事请找对应的地方，他们能真正解决。", (*emergencies(), *elsewhere), title="")
    page = PortalFollow("", "哪些事热线不办，该找谁", "", not_accepted=doors)
    return render(request, "portal/follow.html", {"site": site(request), "follow": page})
