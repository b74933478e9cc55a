"""网络受理台的办理 (performing): what each button does with what one has taken; all by the cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.rules import refusals
from hotline.surfaces import claims, frame, taken_drafts
from hotline.surfaces.workbench.acting import Wrong, acted, see_other, wanted
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.looking import opened
from hotline.surfaces.workbench.queueing import NOTHING_PRESSED
from hotline.surfaces.workbench.shaping.web_intake import IN_DANGER

ACCEPT, ASK, DECLINE, PROPOSE = "accept", "ask_for_facts", "decline", "propose_refusal"
ASKED = "ask_"  # before the names of what asking for facts asks for, since the record has an element of one's name
JOIN, REFUSE, ADVERT = "join", "refuse", "advert"
NOT_YOURS = "这件不在您手上了：留着的时间过了，或者您已经交回，别人可能正在办。写的都还在，可以再取一次。"


def pressed(request: StaffRequest, number: str) -> Done | Wrong | HttpResponse:
    """What the button that was pressed does; only for whoever has it. Raises Http404."""
    do, _, rest = str(request.POST.get("do", "")).partition(":")
    data = request.POST.dict()
    if not claims.keep(request.visitor, number):
        return Wrong([Problem("", NOT_YOURS)], data=data, status=409)
    if do == ACCEPT:
        return _done(request, number, ACCEPT, data)
    if do == JOIN:
        return _joined(request, number, data, rest)
    if do == ASK:
        return _asked(request, number, data)
    if do in (REFUSE, ADVERT):
        return _refused(request, number, data, rest)
    return Wrong([Problem("", NOTHING_PRESSED)], data=data, status=422)


def _done(request: StaffRequest, number: str, verb: str, data: Mapping[str, Any], **more: str) -> Done | Wrong:
    """Performed; or wrong, with all that was typed."""
    card = REGISTRY[verb]
    done = acted(request, card, wanted(request, number, card), {**data, **more})
    if isinstance(done, Wrong):
        done.data = data
    else:
        taken_drafts.drop(request.visitor, done.chain.id)
    return done


def _joined(request: StaffRequest, number: str, data: Mapping[str, Any], main: str) -> Done | Wrong | HttpResponse:
    """Taken in, and on to the form of joining, begun with the main matter and why it is the same."""
    done = _done(request, number, ACCEPT, data)
    if isinstance(done, Wrong):
        return done
    claims.hand_back(request.visitor)
    category = str(data.get("category", ""))
    because = f"同是{category}，说的是同一件事" if category else "说的是同一件事"
    return see_other(f"/staff/m/{number}/join_matter/?{urlencode({'number': main, 'reason': because, 'desk': 'web'})}")


def _asked(request: StaffRequest, number: str, data: Mapping[str, Any]) -> Done | Wrong:
    """The citizen is asked for what is missing; problems stand at this desk's own fields."""
    given = {name.removeprefix(ASKED): value for name, value in data.items() if name.startswith(ASKED)}
    done = _done(request, number, ASK, data, **given)
    if isinstance(done, Wrong):
        done.problems = [replace(p, field=ASKED + p.field) if p.field in given else p for p in done.problems]
    return done


def _in_danger(request: StaffRequest, number: str) -> bool:
    """Whether words of danger to life stand in it, taken or not: that is no advertising by one key. Raises Http404."""
    return opened(request, number).matter.alarm_at is not None


def _refused(request: StaffRequest, number: str, data: Mapping[str, Any], ground: str) -> Done | Wrong | HttpResponse:
    """Refused, or proposed to the shift leader, as the ground wants; an emergency is handed over instead."""
    book = frame.book()
    advert, because = refusals.advertising(book)
    found = refusals.items(book).get(ground) if ground else advert
    if found is None:
        return Wrong([Problem("", "没有这一项不予受理的情形。")], data=data, status=422)
    if not ground and _in_danger(request, number):
        return Wrong([Problem("", IN_DANGER, book.provision("danger").clause)], data=data, status=409)
    if found.hand_over:
        return see_other(f"/staff/m/{number}/hand_over/?desk=web")
    reason = str(data.get("reason", "")).strip() or ("" if ground else because)
    return _done(request, number, PROPOSE if found.approver else DECLINE, data, refusal=found.id, reason=reason)

