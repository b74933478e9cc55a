"""受理台的办理 (performing): what the desk's buttons do: register, take in, and go on where the way of handling is; all by
the cards, one after the other, each under a number of its own, so that a form sent twice does nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.http import HttpResponse

from hotline.network import desks as network
from hotline.procedure.card import REGISTRY
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FOUND, FormErrors, Problem
from hotline.procedure.perform import Done, Subject, perform
from hotline.rules import refusals
from hotline.surfaces import drafts, frame
from hotline.surfaces.workbench import codes
from hotline.surfaces.workbench.acting import Wrong, acted, see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.intake import recording
from hotline.surfaces.workbench.registering import number_of

ANSWER = "answer_at_once"
WAYS = (ANSWER, "connect", "dispatch", "submit")
FIRST = "register"
NO_ITEM = "请选受理项：属于受理范围的哪一项。"


def may(request: StaffRequest, card: str) -> bool:
    """Whether this post does that itself."""
    return request.visitor.actor.role in REGISTRY[card].by


def pressed(request: StaffRequest, data: Mapping[str, Any]) -> HttpResponse | Wrong:
    """What the button that was pressed does."""
    book, said = frame.book(), request.POST
    if number := str(said.get("hand_over", "")):
        return _register(request, recording.in_an_emergency(book, data, number), f"hand_over/?number={number}")
    if ground := str(said.get("refuse", "")):
        return _refuse(request, data, ground)
    if number := str(said.get("join", "")):
        return _take_in(request, recording.whole(book, data), f"join_matter/?{_joined(number, data)}")
    if number := str(said.get("use", "")):
        return _take_in(request, recording.whole(book, data), _with(number) if may(request, ANSWER) else "?done=accept")
    do = str(said.get("do", ""))
    if do not in WAYS:
        return _register(request, recording.whole(book, data), f"?done={FIRST}")
    return _take_in(request, recording.whole(book, data), f"{do}/" if may(request, do) else "?done=accept")


def _register(request: StaffRequest, record: Mapping[str, Any], onward: str) -> HttpResponse | Wrong:
    """Registered, the draft is spent, and one goes on from the new matter's page."""
    done = acted(request, REGISTRY[FIRST], Subject("matter"), record)
    return _gone_on(request, done, onward) if isinstance(done, Done) else done


def _gone_on(request: StaffRequest, done: Done, onward: str) -> HttpResponse:
    act_id = frame.act_id(request.POST)
    if act_id is not None:
        drafts.spent(request.visitor, act_id)
    return codes.kept(see_other(f"/staff/m/{number_of(done)}/{onward}"), done)


def _refuse(request: StaffRequest, data: Mapping[str, Any], ground: str) -> HttpResponse | Wrong:
    """Registered, and on to refusing it: by the operator, or proposed to the shift leader, as the item says; an
    emergency is handed over, whatever is missing."""
    book = frame.book()
    record, found = recording.whole(book, data), refusals.items(book).get(ground)
    if found is None:
        return Wrong([Problem("", "没有这一项不予受理的情形。")], data=record, status=422)
    if found.hand_over:
        return _register(request, recording.in_an_emergency(book, data, recording.RESCUE), "hand_over/")
    return _register(request, record, f"{'propose_refusal' if found.approver else 'decline'}/?refusal={found.id}")


def _with(number: str) -> str:
    """The form of answering, begun with an entry of the knowledge base."""
    return f"{ANSWER}/?{urlencode({'cites': number})}"


def _joined(number: str, data: Mapping[str, Any]) -> str:
    """What the form of joining begins with: the main matter, and why it is the same; the operator betters it."""
    place = dict(network.places()).get(str(data.get("area", "")), "")
    because = "，".join(filter(None, (place and f"同在{place}", data.get("category") and f"同是{data['category']}")))
    return urlencode({"number": number, "reason": because or "同一件事"})


def _take_in(request: StaffRequest, record: Mapping[str, Any], onward: str) -> HttpResponse | Wrong:
    """Registered and taken in, and on to the way of handling. What was registered and
    could not be taken in goes on from its own form."""
    if not record.get("item"):
        clause = REGISTRY["accept"].provision(frame.book()).clause
        record = {**record, FOUND: (Problem("item", NO_ITEM, clause),)}  # told with whatever else is wrong
    done = acted(request, REGISTRY[FIRST], Subject("matter"), record)
    if isinstance(done, Wrong):
        return done
    if not _accepted(request, done, record):
        return _gone_on(request, done, "accept/")
    return _gone_on(request, done, onward)


def _accepted(request: StaffRequest, done: Done, record: Mapping[str, Any]) -> bool:
    """Taken in, now or when this form was sent the first time."""
    subject, act_id = Subject("matter", done.chain.id), _second(frame.act_id(request.POST))
    try:
        perform(REGISTRY["accept"], subject, record, actor=request.visitor.actor, now=frame.now(), act_id=act_id)
    except (FormErrors, Refused):
        return False
    return True


def _second(act_id: UUID | None) -> UUID | None:
    """The number of the second act of one form."""
    return uuid5(act_id, "accept") if act_id else None
