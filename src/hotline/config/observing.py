"""Outermost of all: a number for each request, how often and how long by route, and two addresses for balancers.

What is counted names the route as the address table writes it (`staff/m/<number>/`), never what stands in its place.
With PROMETHEUS_MULTIPROC_DIR set, as `hotline web` does, every worker counts into files of that folder, which
`hotline metrics` adds up.
"""

import os
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from hotline.config.logs import REQUEST

LIVE, READY = "/health/live", "/health/ready"
HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "POST", "HEAD"})
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
REQUESTS = Counter("minsheng_http_requests", "网站请求数，按路径样式、方法、状态码", ["route", "method", "status"])
SECONDS = Histogram("minsheng_http_request_seconds", "网站请求用时（秒），按路径样式", ["route"], buckets=BOUNDS)
NOWHERE, STATIC = "(none)", "(static)"


def ready() -> HttpResponse:
    """Whether this process can serve: its database answers. Costs one statement; says nothing of why not. Balancers ask
    it all the time, so that a machine without loops hears here of a calendar that was published elsewhere."""
    from hotline.network import years

    try:
        with connection.cursor() as cur:
            years.follow(cur, settings.HOTLINE_CALENDARS_DIR)
    except Exception:
        connection.close()
        return HttpResponse("database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def health(path: str) -> HttpResponse | None:
    """The answer to a balancer's question, None for any other address. Asked before host, session and all else."""
    if path == LIVE:
        return HttpResponse("ok", content_type="text/plain")
    return ready() if path == READY else None


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, free of numbers and names."""
    found = request.resolver_match
    if found is not None:
        return found.route or "/"
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NOWHERE


class Observed:
    """Middleware: the first to see a request and the last to see its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._counts: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = health(request.path_info) if request.path_info.startswith("/health/") else None
        if asked is not None:
            return asked
        began, number = perf_counter(), os.urandom(8).hex()
        token = REQUEST.set(number)
        try:
            response = self.get_response(request)
        finally:
            REQUEST.reset(token)
        response.headers[HEADER] = number
        self.count(request, response.status_code, perf_counter() - began)
        return response

    def count(self, request: HttpRequest, status: int, seconds: float) -> None:
        """One request more. The series of a route are looked up once a process."""
        method = request.method if request.method in METHODS else "other"
        key = (route_of(request), str(method), status)
        series = self._counts.get(key)
        if series is None:
            series = self._counts[key] = (REQUESTS.labels(*map(str, key)), SECONDS.labels(key[0]))
        series[0].inc()
        series[1].observe(seconds)
