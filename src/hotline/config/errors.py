"""Error pages. They say what a person can do and repeat nothing of the request or of the failure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from hotline.surfaces.receiving import TooLarge

TOO_LARGE = "文件加起来太大或太多，这次没有收，别的也没有交上来。请返回上一页（写的字一般还在），去掉几个文件或把照片缩小，再交一次。"

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>{title}</h1><p>{text}</p><p><a href="/">回到首页</a></p></main></body></html>
"""


def _service() -> Mapping[str, Any]:
    """The numbers to call, read from the rulebook and never from the database; none while even that fails."""
    from hotline.config import wiring

    try:
        return wiring.load_book(settings.HOTLINE_RULEBOOK).provision("service").values
    except Exception:
        return {}


def _frame(request: HttpRequest) -> Mapping[str, Any]:
    """The workbench's own frame for who is signed in, with their posts to choose from; nothing for citizens, and
    nothing when it cannot be made."""
    from hotline.surfaces import frame
    from hotline.surfaces.workbench.shell import shell

    if getattr(request, "visitor", None) is None:
        return {}
    try:
        made = shell(cast(Any, request), frame.now())
        return {"parent": "ui/base.html", "shell": replace(made, notice="", notice_link=None)}
    except Exception:
        return {}


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """The surfaces' `errors.html` when there is one, with `title` and `text`; else a bare page."""
    try:
        said = {"title": title, "text": text, "status": status, "service": _service(), **_frame(request)}
        body = get_template("errors.html").render(said, request)
    except TemplateDoesNotExist:
        body = PAGE.format(title=title, text=text)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where files were too large all together, or too many."""
    if isinstance(exception, TooLarge | TooManyFilesSent):
        return _page(request, 413, "传的文件太大或太多", TOO_LARGE)
    return _page(request, 400, "无法处理这个请求", "请求的格式不对。请返回上一页再试。")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, also Django's answer when a form's token is missing."""
    return _page(request, 403, "没有权限", "您现在的岗位不能做这件事，或页面已过期。请返回上一页刷新后再试。")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return _page(request, 403, "页面已过期", "为了安全，这个页面需要刷新一次。请返回上一页，刷新后再提交。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what does not exist and for what one may not see."""
    return _page(request, 404, "没有找到", "没有这个页面，或您现在的岗位看不到它。")


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    try:
        return _page(request, 500, "系统出错", "这次操作没有完成，也没有留下一半。请稍后再试。")
    except Exception:
        return HttpResponse(PAGE.format(title="系统出错", text="请稍后再试。"), status=500)
