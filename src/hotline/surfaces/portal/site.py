"""网站外框 (site): what stands round every citizens' page."""

from __future__ import annotations

from django.http import HttpRequest

from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Emergency, Link, Site

TYPE_COOKIE = "type"
NAV = (("首页", "/"), ("我要反映", "/submit/"), ("查办理进度", "/follow/"), ("公开的答复", "/published/"))


def _name() -> tuple[str, ...]:
    whole, service = frame.book().hotline, frame.book().provision("service").values["number"]
    before, number, rest = whole.partition(service)
    return (before + number, rest) if rest else (whole,)


def site(request: HttpRequest) -> Site:
    """The frame, with the emergency numbers always on it."""
    service = frame.book().provision("service").values
    return Site(
        _name(), "/", "/type/", request.get_full_path(), service["number"],
        request.COOKIES.get(TYPE_COOKIE) == "large", "演示网站，内容均为虚构" if frame.strip(frame.now()) else "",
        tuple(Link(term, url, request.path == url) for term, url in NAV),
        emergencies=tuple(Emergency(number, term) for number, term in service["emergency_numbers"].items()),
        footer=(Link("工作人员登录", "/staff/"),),
    )  # fmt: skip
