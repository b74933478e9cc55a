"""附件 (attached): one view hands a file out, behind the desk of its matter; to be taken away, never shown here."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.casework.attachments import keeping, seeing
from hotline.casework.attachments.ports import StoreFailed
from hotline.surfaces import frame
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened
from hotline.surfaces.workbench.shell import shell

DIGITS = 18


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise Http404
    return int(text)


@require_safe
@staff
def attachment(request: StaffRequest, number: str, file_id: str) -> HttpResponse:
    """A file of a matter that this post may see; the same 404 for what is not there and what is kept from it."""
    one = seeing.find(opened(request, number), _number(file_id), request.visitor.actor)
    if one is None:
        raise Http404
    try:
        found = keeping.opened(one)
    except (keeping.Lost, StoreFailed) as wrong:
        said = {"title": "附件打不开", "text": f"{wrong}请告诉系统管理员，编号 {one.id}。", "parent": "ui/base.html"}
        return render(request, "errors.html", {**said, "shell": shell(request, frame.now())}, status=503)
    if found is None:
        raise Http404
    return _handed_out(found)


def _handed_out(found: keeping.Opened) -> HttpResponse:
    response = HttpResponse(found.body, content_type=found.media_type)
    plain = "".join(c if c.isascii() and c.isalnum() or c in "-_." else "_" for c in found.name)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
