"""一起下派 (handing down together): several orders of a level-2 unit given to one unit below at once, each with its own
line, its own date and its own message; which were left, and why, is said (R-16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework.lists import HANDED_DOWN, TO_HAND_DOWN
from hotline.casework.records import Order
from hotline.casework.rows import Row
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Field, FormErrors, Problem
from hotline.procedure.perform import Many, Subject, perform_many
from hotline.surfaces import frame
from hotline.surfaces.clauses import link
from hotline.surfaces.ui.shapes import FieldView, FormView, Link
from hotline.surfaces.workbench.acting import newborn, see_other
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.several import NONE_CHOSEN, THIS_PAGE, Portion, portion, report
from hotline.surfaces.workbench.shaping.desk import DOWN, desk_url
from hotline.surfaces.workbench.shaping.forms import field_view
from hotline.surfaces.workbench.shaping.together import choices
from hotline.surfaces.workbench.shell import shell

CARD = "hand_down"
LIST = desk_url(HANDED_DOWN.name)
SAID = "勾选要交给同一个下级单位的件。每一件各有自己的期限，各记各的台账；对外仍由本单位负责。已经下派的不在这里。"
GONE = "选的这些现在都不能下派了：已经下派、报送，或者已被收回。"


@dataclass(frozen=True, slots=True)
class Typed:
    """填了什么: what was ticked and typed, and what is wrong with it."""

    ticked: frozenset[str] = frozenset()
    data: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    problem: str = ""


@require_http_methods(["GET", "POST"])
@staff
def hand_down_together(request: StaffRequest) -> HttpResponse:
    """The list of what may be handed down, nothing ticked; or what was ticked is handed down."""
    visitor = request.visitor
    if visitor.actor.role not in REGISTRY[CARD].by:
        raise PermissionDenied
    page = _page(request)
    if request.method == "GET":
        return _shown(request, page, Typed())
    numbers = frozenset(request.POST.getlist("numbers"))
    typed = Typed(numbers, {one.name: str(request.POST.get(one.name, "")) for one in _fields()})
    chosen = [row for row in page.rows if row.number in numbers]
    if not chosen:
        return _shown(request, page, Typed(numbers, typed.data, problem=GONE if numbers else NONE_CHOSEN))
    return _handed(request, chosen, typed)


def _page(request: StaffRequest) -> Portion:
    """What may be handed down; a unit of level 3 has nobody to hand anything to."""
    visitor = request.visitor
    if visitor.unit is None or visitor.unit.level != 2:
        return Portion((), DOWN.url)
    return portion(request, TO_HAND_DOWN, DOWN.url)


def _fields() -> Sequence[Field]:
    return REGISTRY[CARD].fields(frame.book())


def _handed(request: StaffRequest, chosen: Sequence[Row], typed: Typed) -> HttpResponse:
    """Back to the list, or, where some were not handed down, which and why, with everything typed still there."""
    each = {row.matter_id: Subject("matter", row.matter_id, (Order, row.id)) for row in chosen}
    done = perform_many(REGISTRY[CARD], [*each.values()], typed.data, actor=request.visitor.actor, now=frame.now())
    if done.performed == len(each):
        return see_other(f"{LIST}?done={CARD}&n={done.performed}")
    if common := _common(done, len(each)):
        return _shown(request, _page(request), Typed(typed.ticked, typed.data, common))
    why = report(done, {row.matter_id: row.number for row in chosen}, {})
    return _shown(request, _page(request), Typed(typed.ticked, typed.data, problem=why))


def _common(done: Many, tried: int) -> dict[str, Problem]:
    """What is wrong with the form itself: what every one of them was refused for."""
    errors = [error.problems for error in done.aside.values() if isinstance(error, FormErrors)]
    alike = len(errors) == tried and all(found == errors[0] for found in errors)
    return {one.field: one for one in errors[0]} if alike else {}


def _shown(request: StaffRequest, page: Portion, typed: Typed) -> HttpResponse:
    case, book = newborn(REGISTRY[CARD], request.visitor.actor), frame.book()
    asked = [field_view(one, case, typed.data.get(one.name, ""), typed.problems.get(one.name)) for one in _fields()]
    several = FieldView("numbers", "要下派的工单", "checkbox", choices=choices(page.rows, typed.ticked, book, case.now))
    form = FormView(
        DOWN.term, page.address, (several, *asked) if page.rows else (), link(book.provision("handed_down").clause),
        intro=SAID, problem=typed.problem or ("" if page.rows else "现在没有可以下派的件。"), submit_term="下派勾选的",
        back=Link("回到清单", LIST), first_url=page.first_url, next_url=page.next_url,
        pages_said=THIS_PAGE,
    )  # fmt: skip
    wrong = bool(typed.problem or typed.problems)
    context = {"shell": shell(request, frame.now()), "form": form, "matter": None}
    return render(request, "workbench/verb.html", context, status=422 if wrong else 200)
