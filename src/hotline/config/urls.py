"""The addresses: the surfaces' own, and four plain error pages that repeat nothing of the request."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def alive(request: HttpRequest) -> HttpResponse:
    """For supervisors: the process answers; no database, no data."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [path("-/alive", alive), path("", include("hotline.surfaces.urls"))]

handler400 = "hotline.config.errors.bad_request"
handler403 = "hotline.config.errors.forbidden"
handler404 = "hotline.config.errors.not_found"
handler500 = "hotline.config.errors.broken"
