"""把门 (guarding): staff pages are for people who are signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from hotline.surfaces.sessions import Visitor

View = Callable[..., HttpResponse]
SIGN_IN, PASSWORD = "/staff/sign-in/", "/staff/password/"


class StaffRequest(HttpRequest):
    """A request whose visitor is known."""

    visitor: Visitor


def staff(view: View) -> View:
    """Only for people signed in; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if request.visitor is None:
            return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': request.get_full_path()})}")
        if request.visitor.must_change_password and request.path != PASSWORD:
            return HttpResponseRedirect(PASSWORD)
        response = view(request, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded
