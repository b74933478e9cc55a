"""登记 (registering): an operator records a caller's words; by itself, or beside a matter that is there already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Contact
from hotline.casework.records.links import FOLLOWS, SAME_CALL
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import judge
from hotline.procedure.perform import Done, Subject
from hotline.rules import office
from hotline.surfaces.ui.shapes import FormView, Link
from hotline.surfaces.workbench import codes
from hotline.surfaces.workbench.acting import Wrong, attempt, closed, newborn, see_other
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shell import shell

ADDRESS = "/staff/register/"
NEVER = ("entered_late", "beside", "relation")
SAID = {SAME_CALL: "同一次来电说的另一件事：来电人、来源和时间照原来的，这里只记这一件。",
        FOLLOWS: "原来那件不再重开：这里登记新的一件，两件互相关联。还是原来那位来电的，姓名和电话可以不填。"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """The matter beside which one is registered, and how the two belong together."""

    relation: str
    dossier: MatterDossier

    @property
    def number(self) -> str:
        """Its printed number."""
        return self.dossier.matter.number

    def added(self) -> dict[str, str]:
        """What the page itself puts into the form."""
        call = {"channel": self.dossier.all(Contact)[-1].channel} if self.relation == SAME_CALL else {}
        return {"beside": self.number, "relation": self.relation, **call}

    def skipped(self) -> tuple[str, ...]:
        """What is not asked: of a call on record, who called and by which channel."""
        return ("caller", "name", "phone", "contact", "credit_code", "channel") if self.relation == SAME_CALL else ()


def _beside(request: StaffRequest) -> Beside | None:
    """Raises Http404 for a matter that is not there, or not for this visitor."""
    found = next(((name, str(request.GET[name])) for name in (SAME_CALL, FOLLOWS) if request.GET.get(name)), None)
    return Beside(found[0], opened(request, found[1])) if found else None


@require_http_methods(["GET", "POST"])
@staff
def register(request: StaffRequest) -> HttpResponse:
    """登记: by itself, or beside what the same caller told in this call, or beside what is not reopened."""
    card, wrong = REGISTRY["register"], Wrong()
    case = newborn(card, request.visitor.actor)
    verdict, step = judge(case)
    if not verdict.ok:
        return closed(request, card, None, verdict, step)
    beside = _beside(request)
    if request.method == "POST":
        done = attempt(request, card, Subject("matter"), **(beside.added() if beside else {}))
        if isinstance(done, Done):
            return codes.kept(see_other(f"/staff/m/{number_of(done)}/?done=register"), done)
        wrong = done
    return _page(request, case, wrong, beside)


def _page(request: StaffRequest, case: Case[Any, Any], wrong: Wrong, beside: Beside | None) -> HttpResponse:
    view = viewed(request, beside.dossier, verbs=False) if beside else None
    asked = str(request.GET.get("channel", ""))
    channel = asked if asked in office.WRITTEN else "phone"
    context = {"shell": shell(request, case.now), "form": _form(case, wrong, beside, channel), "matter": view}
    return render(request, "workbench/verb.html", context, status=wrong.status)


def _form(case: Case[Any, Any], wrong: Wrong, beside: Beside | None, channel: str) -> FormView:
    data = wrong.data or {"channel": channel, "publish_wish": "not_asked"}
    if beside is None:
        return form_view(case, ADDRESS, data=data, problems=wrong.problems, back=Link("不登记了", "/staff/"), skip=NEVER)
    address, back = f"{ADDRESS}?{beside.relation}={beside.number}", Link("不登记了", f"/staff/m/{beside.number}/")
    form = form_view(case, address, data=data, problems=wrong.problems, back=back, skip=(*NEVER, *beside.skipped()))
    return replace(form, intro=SAID[beside.relation])


def number_of(done: Done) -> str:
    """The new matter's number; a repeated POST looks it up."""
    if done.extra and "number" in done.extra:
        return str(done.extra["number"])
    return desks.citizens_matter(done.chain.id).matter.number
