"""写反馈件的页面 (the desk): the form of the card, kept while it is written; what is missing is said by the server each
time, whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import cited_before
from hotline.casework.attachments import keeping
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import judge
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done
from hotline.rules.verdicts import Verdict
from hotline.surfaces import frame, receiving, shared_drafts
from hotline.surfaces.sessions import KEPT_LETTERS
from hotline.surfaces.shared_drafts import Begun
from hotline.surfaces.ui.shapes import Link
from hotline.surfaces.workbench.acting import (
    CONFLICT,
    NOT_YOURS,
    Wrong,
    attempt,
    closed,
    see_other,
    seen_since,
    subject_of,
    wanted,
    way_back,
)
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.knowing import inserting
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.reply.begun import (
    VERB,
    OrderCase,
    place_of,
    read,
    seen,
    typed,
    with_citation,
    with_entry,
)
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shaping.reply import Posed, elements_view, reply_view
from hotline.surfaces.workbench.shaping.starts import start_of
from hotline.surfaces.workbench.shaping.timeline import lines
from hotline.surfaces.workbench.shell import shell

KEEPS = ("save", "check", "cite", "find", "print")  # what only keeps what is written, and shows it in some way
NO_TITLE = Problem("cite_title", "请写上文件名称和文号，再加进依据。")
BOTH = "您写的这段时间，同事也写了。您写的还在下面，另存了一份；同事的一份在右边。再存一次，就用您的这一份，同事的也还留着。"
BESIDE = "同事也在写：您的另存了一份，按“存草稿”把两份放在一起看。"
PLACES = {"cite": "#f-citations", "entry": "#f-answer", "find": "#knowledge"}


@require_http_methods(["GET", "POST"])
@staff
def compose(request: StaffRequest, number: str) -> HttpResponse:
    """The letter on an order; a POST hands it in, or only keeps it."""
    do = str(request.POST.get("do", ""))
    if request.method != "POST":
        return _page(request, number, Wrong())
    if do == "drop" or "take" in request.POST or "leave" in request.POST:
        return _put(request, number)
    if do in KEEPS or "cite" in request.POST or "entry" in request.POST:
        return _kept(request, number, do)
    done = attempt(request, REGISTRY[VERB], wanted(request, number, REGISTRY[VERB]))
    return _handed_in(request, number, done) if isinstance(done, Done) else _page(request, number, done)


def _handed_in(request: StaffRequest, number: str, done: Done) -> HttpResponse:
    """It is on record; what was kept of it is needed no longer."""
    dossier = done.dossier
    if isinstance(dossier, MatterDossier) and "draft" in request.POST:
        order = subject_of(request, dossier, REGISTRY[VERB])
        assert isinstance(order, Order)
        shared_drafts.hand_in(request.visitor, place_of(request, dossier, order, before=True), seen(request))
    return see_other(way_back(request, number, VERB))


def _case(request: StaffRequest, number: str) -> OrderCase:
    """The order that is written about, as the card looks at it. Raises Http404."""
    card, dossier = REGISTRY[VERB], opened(request, number)
    order = dossier.fresh(subject_of(request, dossier, card))
    return Case(card, dossier, order, request.visitor.actor, frame.now(), frame.book_of(dossier), frame.tools())


def _put(request: StaffRequest, number: str) -> HttpResponse:
    """Begin anew; or take up, or put away, what was written besides. What somebody else wrote is kept aside."""
    case = _case(request, number)
    verdict, _ = judge(case)
    if not verdict.ok:
        return _page(request, number, Wrong([_refused(verdict)], status=409))
    at, visitor = place_of(request, case.dossier, case.subject), request.visitor
    if name := str(request.POST.get("take", "")):
        shared_drafts.take(visitor, at, name)
    elif name := str(request.POST.get("leave", "")):
        shared_drafts.leave(at, name)
    else:
        shared_drafts.put_away(visitor, at)
    return see_other(request.get_full_path())


def _cited(request: StaffRequest, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """With the document that is to be cited: one of those cited before, or the one that was written; None where it was
    not written whole."""
    title, number = (str(request.POST.get(name, "")).strip() for name in ("cite_title", "cite_number"))
    if "cite" in request.POST:
        title, _, number = str(request.POST["cite"]).partition("|")
    return with_citation(data, title, number) if title.strip() and number.strip() else None


def _kept(request: StaffRequest, number: str, do: str) -> HttpResponse:
    case = _case(request, number)
    verdict, step = judge(case)
    sent, problems = receiving.gathered(request, case.card.fields(case.book))
    if not verdict.ok:
        return _page(request, number, Wrong([_refused(verdict)], data=sent, status=403 if step in NOT_YOURS else 409))
    data: dict[str, Any] | None = typed(case.book, sent)
    if cites := do == "cite" or "cite" in request.POST:
        data = _cited(request, data or {})
    if "entry" in request.POST and data is not None:
        data = _with_entry(request, data)
    if problems or data is None:
        return _page(request, number, Wrong(problems or [NO_TITLE], data=sent, status=422))
    draft, both = _saved(request, case, data)
    if do == "check":
        return _elements(request, case, draft, data, both)
    if both:
        return _page(request, number, Wrong([Problem("", BOTH)], data=data, status=409))
    if do == "print":
        return see_other(f"/staff/m/{number}/{VERB}/print/?order={case.subject.id}&of=draft")
    return see_other(_back_to(request, "cite" if cites else "entry" if "entry" in request.POST else do))


def _saved(request: StaffRequest, case: OrderCase, data: Mapping[str, Any]) -> tuple[Begun | None, bool]:
    """What is kept of it, and whether somebody else wrote at the same time."""
    at, visitor = place_of(request, case.dossier, case.subject), request.visitor
    keeping.hold(str(data.get("files", "")).split(), KEPT_LETTERS)
    try:
        if request.POST.get("over"):
            return shared_drafts.instead(visitor, at, data), False
        return shared_drafts.save(visitor, at, data, seen(request)), False
    except shared_drafts.Twice:
        return None, True


def _back_to(request: StaffRequest, what: str) -> str:
    """The same page where it goes on, and what was looked for in the knowledge base."""
    kept = {name: value for name, value in request.GET.dict().items() if name != inserting.FIND}
    if find := str(request.POST.get(inserting.FIND, "")).strip()[: inserting.LONGEST]:
        kept[inserting.FIND] = find
    return f"{request.path}{'?' + urlencode(kept) if kept else ''}{PLACES.get(what, '')}"


def _with_entry(request: StaffRequest, data: Mapping[str, Any]) -> dict[str, Any]:
    """With the words of an entry, as long as it is in force."""
    entry = inserting.in_force(request, str(request.POST["entry"]))
    return with_entry(data, entry) if entry else dict(data)


def _refused(verdict: Verdict) -> Problem:
    return Problem("", verdict.because, verdict.clause)


def _elements(request: StaffRequest, case: OrderCase, draft: Begun | None, data: Mapping[str, Any],
              both: bool) -> HttpResponse:  # fmt: skip
    """Only the list of what is there and what is missing."""
    view = elements_view(case, read(case, data), draft)
    context = {"elements": replace(view, saved_said=BESIDE) if both else view}
    return render(request, "workbench/reply/elements.html", context)


def _page(request: StaffRequest, number: str, wrong: Wrong) -> HttpResponse:
    case, visitor = _case(request, number), request.visitor
    dossier, book = case.dossier, case.book
    beside = viewed(request, dossier, verbs=False)
    verdict, step = judge(case)
    if not verdict.ok and (not wrong.data or step in NOT_YOURS):
        return closed(request, case.card, beside, verdict, step)
    at = place_of(request, dossier, case.subject)
    kept = shared_drafts.kept(at)
    data = wrong.data or (kept.shared.data if kept.shared else start_of(case, visitor.person, visitor.unit))
    form = form_view(case, request.get_full_path(), data=data,
                     problems=wrong.problems or ([] if verdict.ok else [_refused(verdict)]), seen_seq=dossier.head.seq,
                     back=Link("不写了", way_back(request, number)), conflict=CONFLICT if wrong.unseen else "",
                     conflict_lines=lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
    cites = cited_before.earlier(visitor.actor, visitor.unit, dossier.matter.category)
    both = bool(wrong.data) and wrong.status == 409 and kept.shared is not None
    view = reply_view(Posed(case, beside, form, str(at.key), kept, read(case, data), cites, visitor.person.id, both))
    if NO_TITLE in wrong.problems:  # what was written of it stays where it was
        title, cited = (str(wrong.data.get(name, "")) for name in ("cite_title", "cite_number"))
        view = replace(view, cite=(title, cited), cite_error=NO_TITLE.because)
    context = {"shell": shell(request, case.now), "reply": view,
               "entries": inserting.searched(request, case.card, dossier), "find": request.GET.get(inserting.FIND, "")}
    return render(request, "workbench/reply.html", context, status=wrong.status)
