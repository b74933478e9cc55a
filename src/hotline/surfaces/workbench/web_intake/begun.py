"""写到一半的 (begun): what has been typed about the matter that one has taken, kept on the server while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from hotline.procedure.card import REGISTRY
from hotline.rules.book import Rulebook
from hotline.surfaces import claims, frame, taken_drafts
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.intake.recording import clock
from hotline.surfaces.workbench.web_intake.performing import ACCEPT, ASK, ASKED, NOT_YOURS

REASON = "reason"
GONE = "这件事的诉求人已经不在了，写的不再保存。"


def typed(book: Rulebook, data: Mapping[str, Any]) -> dict[str, str]:
    """What of a POST was typed by a person."""
    names = (*(f.name for f in REGISTRY[ACCEPT].fields(book)),
             *(ASKED + f.name for f in REGISTRY[ASK].fields(book)), REASON)  # fmt: skip
    return {name: str(data.get(name, "")) for name in names}  # what was emptied is empty


def save(request: StaffRequest) -> HttpResponse:
    """Keep it; whoever goes on typing keeps the matter for as long again."""
    book, number = frame.book(), str(request.GET.get("m", ""))
    mine = claims.mine(request.visitor) if claims.keep(request.visitor, number) else None
    if mine is None or mine.number != number:
        return HttpResponse(NOT_YOURS, status=409, content_type="text/plain; charset=utf-8")
    at = taken_drafts.save(request.visitor, mine.matter_id, typed(book, request.POST.dict()))
    if at is None:
        return HttpResponse(GONE, status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204, headers={"X-Saved-At": clock(book, at)})
