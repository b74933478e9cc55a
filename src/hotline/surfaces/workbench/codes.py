"""念查询码 (codes): who registers a call reads number and query code out, once; nobody keeps the code (R-35)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hotline.procedure.perform import Done
from hotline.surfaces import frame

CODE, SECONDS = "code", 600


def _place(number: str) -> str:
    return f"/staff/m/{number}/"


def kept(response: HttpResponse, done: Done) -> HttpResponse:
    """The code travels to the matter's page in this browser alone; of a form sent twice there is none."""
    told = done.extra or {}
    if told.get("code"):
        sealed = frame.hidden([told["number"], told["code"]], CODE)
        response.set_cookie(CODE, sealed, max_age=SECONDS, httponly=True, samesite="Lax", path=_place(told["number"]),
                            secure=settings.SESSION_COOKIE_SECURE)  # fmt: skip
    return response


def held(request: HttpRequest, number: str) -> str:
    """The code of this matter, where this browser has just registered it."""
    try:
        whose, code = frame.unhidden(request.COOKIES.get(CODE, ""), CODE, SECONDS)
    except frame.NotOurs:
        return ""
    return str(code) if whose == number else ""


def spent(response: HttpResponse, number: str) -> HttpResponse:
    """Shown once, and kept by no browser."""
    response.delete_cookie(CODE, path=_place(number))
    response["Cache-Control"] = "no-store"
    return response
