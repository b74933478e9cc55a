"""把门 (guarding): staff pages are for people who are signed in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from hotline.network import factors
from hotline.network.roles import Role
from hotline.procedure import times
from hotline.surfaces.sessions import Visitor
from hotline.surfaces.workbench import way_in

View = Callable[..., HttpResponse]
PASSWORD, ENROL = "/staff/password/", "/staff/security/second-factor/"
WORDS, SENTENCE = re.compile("[\u4e00-\u9fff]"), 8
ASKED_OF = (str(Role.ADMIN), factors.OFFICE_HEAD)


class StaffRequest(HttpRequest):
    """A request whose visitor is known."""

    visitor: Visitor


def must_enrol(visitor: Visitor) -> bool:
    """Whether a second factor is asked of this post, and its person has none yet. In a simulated city it is asked where
    the settings say so alone."""
    if visitor.has_factor:
        return False
    asked = settings.HOTLINE_SECOND_FACTOR or (() if times.simulated() else ASKED_OF)
    return factors.sort_of(visitor.post, visitor.unit) in asked


def looks_after(visitor: Visitor) -> bool:
    """Whoever looks after the system: administrators, and the head of the hotline's office."""
    return factors.sort_of(visitor.post, visitor.unit) in ASKED_OF


def _first(request: StaffRequest) -> str:
    """What must be done before anything else, if anything: a password of one's own, then the second factor."""
    if request.visitor.must_change_password:
        return PASSWORD
    return ENROL if must_enrol(request.visitor) else ""


def _written(request: HttpRequest) -> tuple[str, ...]:
    """What somebody had written when their session was over: sentences, nothing that is chosen, no password."""
    said = [value for name, values in request.POST.lists() if "password" not in name for value in values]
    return tuple(value for value in said if len(value) >= SENTENCE and WORDS.search(value))


def _signed_out(request: HttpRequest) -> HttpResponse:
    """To sign in, and come back; what was written just now is shown, since it would be lost."""
    if written := _written(request):
        return way_in.again(request, written)
    return HttpResponseRedirect(f"{way_in.SIGN_IN}?{urlencode({'next': request.get_full_path()})}")


def staff(view: View) -> View:
    """Only for people signed in; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if request.visitor is None:
            return _signed_out(request)
        if (first := _first(request)) and request.path not in (first, PASSWORD):
            return HttpResponseRedirect(first)
        response = view(request, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded
