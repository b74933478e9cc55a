"""看不见的字 (cleaning): a NUL, which nobody types and no text of the database holds, is taken out of what a form says
before any view or look-up reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


def _clean(said: QueryDict) -> QueryDict:
    """The same without it; the very same where there is none."""
    if not any(NUL in value for _, values in said.lists() for value in values):
        return said
    cleaned = said.copy()
    for name, values in said.lists():
        cleaned.setlist(name, [value.replace(NUL, "") for value in values])
    return cleaned


class Cleaned:
    """Just before the view, when what was posted has been read by the guard against forged forms already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """What the form says; an address with one in it leads nowhere as it is."""
        if request.method == "POST":
            request.POST = _clean(request.POST)  # type: ignore[assignment]
