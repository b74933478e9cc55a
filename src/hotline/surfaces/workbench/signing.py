"""一起签收 (signing together): what a unit has not signed for yet, looked through on one page and signed for at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import desks
from hotline.casework.lists import TO_SIGN
from hotline.casework.records import Order
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Subject, perform_many
from hotline.surfaces import frame
from hotline.surfaces.clauses import link
from hotline.surfaces.ui.shapes import FieldView, FormView, Link
from hotline.surfaces.workbench.acting import see_other
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.several import NONE_CHOSEN, THIS_PAGE, Portion, portion, report
from hotline.surfaces.workbench.shaping.desk import TOGETHER, desk_url
from hotline.surfaces.workbench.shaping.together import choices
from hotline.surfaces.workbench.shell import shell

LIST = desk_url(TO_SIGN.name)
SAID = "逐件看一眼标题和期限；不该本单位办的先去掉勾，从它自己的页面申请退回。签收的时刻是按下按钮的时刻。"
GONE = "选的这些都不在待签收里了：已经签收，或者已被收回。"


@require_http_methods(["GET", "POST"])
@staff
def sign_together(request: StaffRequest) -> HttpResponse:
    """A page of the list with everything ticked; or what was ticked is signed for."""
    visitor = request.visitor
    if visitor.actor.role not in REGISTRY["sign_for"].by:
        raise PermissionDenied
    page = portion(request, TO_SIGN, TOGETHER.url)
    if not page.rows:  # the list says so itself
        return see_other(LIST if TO_SIGN in desks.desks_of(visitor.actor) else "/staff/")
    if request.method == "GET":
        return _shown(request, page, {row.number for row in page.rows})
    numbers = set(request.POST.getlist("numbers"))
    chosen = [row for row in page.rows if row.number in numbers]
    if not chosen:
        return _shown(request, page, set(), GONE if numbers else NONE_CHOSEN)
    return _signed(request, chosen)


def _signed(request: StaffRequest, chosen: Sequence[desks.Row]) -> HttpResponse:
    """Back to the list, or, where some were not signed for, which and why."""
    each = {row.matter_id: Subject("matter", row.matter_id, (Order, row.id)) for row in chosen}
    card = REGISTRY["sign_for"]
    done = perform_many(card, [*each.values()], {}, actor=request.visitor.actor, now=frame.now())
    if done.performed == len(each):
        return see_other(f"{LIST}?done=sign_for&n={done.performed}")
    left = portion(request, TO_SIGN, TOGETHER.url)
    return _shown(request, left, set(), report(done, {row.matter_id: row.number for row in chosen}, {}))


def _shown(request: StaffRequest, page: Portion, ticked: set[str], problem: str = "") -> HttpResponse:
    ticks = choices(page.rows, ticked, frame.book(), frame.now())
    fields = (FieldView("numbers", "待签收的工单", "checkbox", choices=ticks),)
    form = FormView(
        TOGETHER.term, page.address, fields, link(frame.book().provision("sign_for").clause), intro=SAID,
        problem=problem, submit_term="签收勾选的", back=Link("回到清单", LIST),
        first_url=page.first_url, next_url=page.next_url,
        pages_said=THIS_PAGE,
    )  # fmt: skip
    context = {"shell": shell(request, frame.now()), "form": form, "matter": None}
    return render(request, "workbench/verb.html", context, status=422 if problem else 200)
