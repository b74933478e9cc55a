"""受理台的页面 (the desk): a plain form that comes back filled, whatever happens; what is typed is kept on the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import at_intake
from hotline.casework.numbers import well_formed
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import judge
from hotline.procedure.world import current
from hotline.surfaces import drafts, frame, receiving
from hotline.surfaces.drafts import Draft
from hotline.surfaces.portions import cut
from hotline.surfaces.workbench.acting import Wrong, closed, newborn, see_other
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.intake import recording
from hotline.surfaces.workbench.intake.performing import pressed
from hotline.surfaces.workbench.knowing import inserting
from hotline.surfaces.workbench.leaving import looked
from hotline.surfaces.workbench.shaping.intake import Beside, intake_view
from hotline.surfaces.workbench.shell import shell

ADDRESS = "/staff/desk/intake/"
GONE = "这份草稿已经登记过，或者已经收起。内容还在这一页上，还要登记就再按一次。"


@require_http_methods(["GET", "POST"])
@staff
def intake(request: StaffRequest) -> HttpResponse:
    """One call: the newest draft, the one asked for, or an empty desk; a POST keeps it, looks for the caller, or does
    what the button says."""
    card = REGISTRY["register"]
    case = newborn(card, request.visitor.actor)
    verdict, step = judge(case)
    if not verdict.ok:
        return closed(request, card, None, verdict, step)
    return _posted(request, case) if request.method == "POST" else _page(request, case, *_begun(request))


def _begun(request: StaffRequest) -> tuple[Draft, list[Draft]]:
    """What lies on the desk, and what else was begun."""
    mine, wanted = drafts.mine(request.visitor), str(request.GET.get("draft", ""))
    if wanted:
        found = next((one for one in mine if str(one.act_id) == wanted), None)
    else:
        found = mine[0] if mine and "new" not in request.GET else None
    return found or Draft(uuid4(), recording.STARTS), [one for one in mine if one is not found]


def _posted(request: StaffRequest, case: Case[Any, Any]) -> HttpResponse:
    book, act_id = case.book, frame.act_id(request.POST) or uuid4()
    sent, problems = receiving.gathered(request, recording.fields(book))
    data, do = recording.typed(book, sent), str(request.POST.get("do", ""))
    if do == "look":
        problems = [*problems, *recording.phone_problems(book, data)]
    if do == "drop":
        drafts.spent(request.visitor, act_id)
        return see_other(f"{ADDRESS}?new=1")
    if do in ("save", "look") and not problems:
        return _kept(request, act_id, data, look=do == "look")
    if number := str(request.POST.get("repeat", "")):
        return _called_again(request, act_id, data, number)
    outcome = Wrong(problems, data=data, status=422) if problems else pressed(request, data)
    if isinstance(outcome, HttpResponse):
        return outcome
    draft = drafts.save(request.visitor, act_id, data) or Draft(uuid4(), data)
    others = [one for one in drafts.mine(request.visitor) if one.act_id != draft.act_id]
    return _page(request, case, draft, others, outcome)


def _kept(request: StaffRequest, act_id: UUID, data: Mapping[str, Any], *, look: bool) -> HttpResponse:
    """Kept; the caller looked for where that is asked, with a line of it in the looker's own chain, once a number."""
    draft = drafts.save(request.visitor, act_id, data)
    if draft is None:
        return HttpResponse(GONE, status=409, content_type="text/plain; charset=utf-8")
    if not look:
        return HttpResponse(status=204, headers={"X-Saved-At": recording.clock(frame.book(), draft.saved_at)})
    if data.get("phone") and not draft.looked:
        _look(request, str(data["phone"]))
        drafts.save(request.visitor, act_id, data, looked=True)
    find = str(request.POST.get(inserting.FIND, "")).strip()
    return see_other(f"{ADDRESS}?{urlencode({'draft': act_id, **({inserting.FIND: find} if find else {})})}")


def _called_again(request: StaffRequest, act_id: UUID, data: Mapping[str, Any], number: str) -> HttpResponse:
    """One more call about a matter there is: what was typed comes along. Raises Http404."""
    if not well_formed(number):
        raise Http404
    drafts.save(request.visitor, act_id, data)
    return see_other(f"/staff/m/{number}/record_repeat/?draft={act_id}")


def _look(request: StaffRequest, phone: str) -> None:
    found = at_intake.earlier(request.visitor.actor, current().keys.phone_index(phone))
    looked(request, "look_up_caller", found=len(cut(found, at_intake.MOST)[0]))


def _beside(request: StaffRequest, draft: Draft, others: list[Draft]) -> Beside:
    """What is read for the call: of the caller only once they were looked for."""
    actor, phone = request.visitor.actor, str(draft.data.get("phone", ""))
    area, category, *words = (str(draft.data.get(name, "")) for name in ("area", "category", "cause", "course"))
    near = at_intake.nearby(actor, area, category, " ".join(words))
    named = at_intake.communities(actor, area)
    find = str({**request.GET.dict(), **request.POST.dict()}.get(inserting.FIND, ""))
    entries = inserting.beside(inserting.found(request, find, " ".join(words)))
    if not phone or not draft.looked:
        return Beside(tuple(others), near=near, communities=named, entries=entries, find=find)
    index = current().keys.phone_index(phone)
    return Beside(tuple(others), at_intake.earlier(actor, index), at_intake.cautions(index, frame.now()), near, named,
                  entries, find)  # fmt: skip


def _page(request: StaffRequest, case: Case[Any, Any], draft: Draft, others: list[Draft],
          wrong: Wrong | None = None) -> HttpResponse:  # fmt: skip
    problems = recording.shown(case.book, wrong.problems) if wrong else []
    view = intake_view(case, draft, _beside(request, draft, others), problems)
    context = {"shell": shell(request, case.now), "intake": view}
    return render(request, "workbench/intake.html", context, status=wrong.status if wrong else 200)
