"""Headers that every answer bears: what the browser may load, who may frame it, what it must not guess. Made once a
process; strict for everybody, so that no page can loosen them."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    """A content security policy as its header says it."""
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def fixed() -> dict[str, str]:
    """The headers that are the same for every answer."""
    return {
        "Content-Security-Policy": policy(settings.CONTENT_SECURITY_POLICY),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


class Headers:
    """Puts them on. Strict transport is said over https alone, as browsers want it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.fixed = fixed()
        self.transport = f"max-age={settings.SECURE_HSTS_SECONDS}" if settings.SECURE_HSTS_SECONDS else ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.fixed.items():
            response.headers[name] = value
        if self.transport and request.is_secure():
            response.headers["Strict-Transport-Security"] = self.transport
        return response
