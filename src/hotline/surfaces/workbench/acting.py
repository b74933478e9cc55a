"""办 (acting): one generic view performs every verb; a plain form, POST, then 303."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from hotline.casework import desks
from hotline.casework.dossier import MatterDossier
from hotline.casework.numbers import well_formed
from hotline.casework.people import Revealed, revealed
from hotline.casework.records import Citizen, Order
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.case import Case
from hotline.procedure.dossier import Dossier
from hotline.procedure.engine import Conflict, Refused, judge
from hotline.procedure.forms import FOUND, FormErrors, Problem
from hotline.procedure.ledger import Chain, Head, LineMeta
from hotline.procedure.perform import Done, Reused, Subject, Unknown, perform
from hotline.procedure.records import Record
from hotline.procedure.world import DOSSIERS, current
from hotline.rules.verdicts import Verdict
from hotline.surfaces import drafts, frame, receiving
from hotline.surfaces.clauses import link
from hotline.surfaces.ui.shapes import Link, MatterView, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.intake import recording
from hotline.surfaces.workbench.knowing import inserting
from hotline.surfaces.workbench.leaving import looked
from hotline.surfaces.workbench.looking import opened, viewed
from hotline.surfaces.workbench.shaping.desk import desk_url
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shaping.starts import start_of
from hotline.surfaces.workbench.shaping.timeline import lines
from hotline.surfaces.workbench.shell import DESKS, shell

STALE = "这个页面不完整，或者已经交过一次。内容还在，请核对后再交一次。"
CONFLICT = "您打开这一页以后，别人办过这件事。"
NOT_YOURS = ("post", "reach", "not_by")
DIGITS = 18
FORGETS = "anonymise"
FROM_DRAFT = ("words",)  # who calls is the caller known already, or is written by hand


@dataclass(slots=True)
class Wrong:
    """What came of a POST that was not performed: problems by field, or what happened meanwhile; with what status."""

    problems: Sequence[Problem] = ()
    unseen: Sequence[LineMeta] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


def card_named(name: str, chain: str = "matter") -> type[Card]:
    """A card by its name in the address. Raises Http404."""
    card = REGISTRY.get(name)
    if card is None or card.chain != chain or card.creates:
        raise Http404
    return card


def _digits(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def _seen(request: StaffRequest) -> int | None:
    return _digits(str(request.POST.get("seen_seq", "")))


def subject_of(request: StaffRequest, dossier: MatterDossier, card: type[Card]) -> Record:
    if card.moves.record is not Order:
        return dossier.matter
    wanted = str(request.GET.get("order", ""))
    found = [o for o in dossier.orders if str(o.id) == wanted] if wanted else dossier.orders[-1:]
    if not found:
        raise Http404
    return found[0]


def wanted(request: StaffRequest, number: str, card: type[Card]) -> Subject:
    """What a POST is about: the question that finds it, if this post may see it; `perform` asks it with its lock.
    Raises Http404."""
    visitor, order = request.visitor, str(request.GET.get("order", ""))
    found = desks.behind(visitor.actor, visitor.unit, number) if well_formed(number) else None
    if found is None or (order and _digits(order) is None):
        raise Http404
    row = (Order, _digits(order)) if card.moves.record is Order else None
    return Subject("matter", row=row, found=found)


def attempt(request: StaffRequest, card: type[Card], subject: Subject, **added: str) -> Done | Wrong:
    """Perform what a form asks for; `added` is what the page itself puts in. What came of it otherwise, said."""
    return attempt_as(request, request.visitor.actor, card, subject, **added)


def attempt_as(request: StaffRequest, actor: Actor, card: type[Card], subject: Subject, **added: str) -> Done | Wrong:
    """The same as a post of one's own, whichever one acts as just now: for what is done to oneself."""
    sent, problems = receiving.gathered(request, card.fields(frame.book()))
    return acted(request, card, subject, {**sent, **added}, actor, problems)


def acted(request: StaffRequest, card: type[Card], subject: Subject, data: Mapping[str, Any],
          actor: Actor | None = None, found: Sequence[Problem] = ()) -> Done | Wrong:  # fmt: skip
    """Perform what was gathered already, under the number that the form carries; what was `found` wrong with it is told
    together with all else that is."""
    act_id = frame.act_id(request.POST)
    if act_id is None:
        return Wrong([*found, Problem("", STALE)], data=data, status=422)
    told = {**data, FOUND: tuple(found)} if found else data
    try:
        return perform(card, subject, told, actor=actor or request.visitor.actor, now=frame.now(), act_id=act_id,
                       seen_seq=_seen(request))  # fmt: skip
    except Reused:
        return Wrong([Problem("", STALE)], data=data, status=409)
    except FormErrors as wrong:
        return Wrong(wrong.problems, data=data, status=422)
    except Conflict as conflict:
        return Wrong(unseen=conflict.lines, data=data, status=409)
    except Refused as refused:
        said = Problem("", refused.verdict.because, refused.verdict.clause)
        return Wrong([said], data=data, status=403 if refused.step in NOT_YOURS else 409)
    except Unknown:
        raise Http404 from None


def see_other(url: str) -> HttpResponse:
    """303: look there now; going back does not send the form again."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _from_desk(request: StaffRequest) -> str:
    """The list, or the desk of one thing after the other, that one comes from, if it is one's own."""
    name, actor = str(request.GET.get("desk", "")), request.visitor.actor
    own = {one.name for one in desks.desks_of(actor)}
    own |= {url.split("/")[-2] for _, url, verb in DESKS if actor.role in REGISTRY[verb].by}
    return name if name in own else ""


def way_back(request: StaffRequest, number: str, done: str = "") -> str:
    """Where one goes from a verb: back to the list with the matter beside it, or to the matter's own page."""
    desk = _from_desk(request)
    said = f"done={done}" if done else ""
    if desk:
        return f"{desk_url(desk)}?m={number}&{said}".rstrip("&")
    return f"/staff/m/{number}/?{said}".rstrip("?")


def _home(request: StaffRequest, done: Done) -> str:
    """One's own first list, from a matter that has just turned out to be about oneself (R-21)."""
    dossier = done.dossier
    return "/staff/" if isinstance(dossier, MatterDossier) and dossier.barred(request.visitor.actor) else ""


@require_http_methods(["GET", "POST"])
@staff
def verb(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Show a verb's form, or perform it. A refusal comes back with everything typed still there."""
    card, wrong = card_named(verb), Wrong()
    if request.method == "POST":
        begun, of = _begun(request, number) if verb == FORGETS else ((), ())
        done = attempt(request, card, wanted(request, number, card))
        if isinstance(done, Done):
            drafts.forget(begun, of)
            _spend(request)
            return see_other(_home(request, done) or way_back(request, number, verb))
        wrong = done
    dossier = opened(request, number)
    return _form(request, card, dossier, subject_of(request, dossier, card), wrong)


def _begun(request: StaffRequest, number: str) -> tuple[tuple[bytes, ...], tuple[int, ...]]:
    """By which telephone and in which matter whoever is to be forgotten is found, in what somebody has begun about them
    at a desk too."""
    dossier = opened(request, number)
    chosen, first = str(request.POST.get("citizen", "")), dossier.citizen()
    wanted = chosen or (str(first.id) if first else "")
    phones = tuple(c.phone_index for c in dossier.all(Citizen) if c.phone_index and str(c.id) == wanted)
    return phones, (dossier.chain.id,)


def _form(request: StaffRequest, card: type[Card], dossier: MatterDossier, row: Record, wrong: Wrong) -> HttpResponse:
    book = frame.book_of(dossier)
    case: Case[Any, Any] = Case(
        card, dossier, dossier.fresh(row), request.visitor.actor, frame.now(), book, frame.tools()
    )
    beside = viewed(request, dossier, verbs=False)
    verdict, step = judge(case)
    if not verdict.ok and (not wrong.data or step in NOT_YOURS):
        return closed(request, card, beside, verdict, step)
    data = wrong.data or {**start_of(case, request.visitor.person, request.visitor.unit), **_asked_for(request, card)}
    problems = wrong.problems or ([] if verdict.ok else [Problem("", verdict.because, verdict.clause)])
    form = form_view(case, request.get_full_path(), data=data, problems=problems, seen_seq=dossier.head.seq,
                     back=Link("不办了", way_back(request, dossier.matter.number)),
                     conflict=CONFLICT if wrong.unseen else "",
                     conflict_lines=lines(seen_since(wrong.unseen, dossier), book))  # fmt: skip
    form = inserting.told(form, request.GET)
    context = {"shell": shell(request, case.now), "form": form, "matter": beside,
               "entries": inserting.searched(request, card, dossier), "find": request.GET.get(inserting.FIND, "")}
    return render(request, "workbench/verb.html", context, status=wrong.status)


def _asked_for(request: StaffRequest, card: type[Card]) -> dict[str, str]:
    """What the address itself fills in: a page that leads here says what it knows already, and nothing personal."""
    wanted = {f.name for f in card.fields(frame.book())}
    begun = _draft(request)
    typed = recording.whole(frame.book(), begun.data) if begun else {}
    told = {name: typed[name] for name in FROM_DRAFT if typed.get(name)}
    inserted = inserting.begun(request, card)
    return {name: str(value) for name, value in {**told, **request.GET.dict(), **inserted}.items() if name in wanted}


def _draft(request: StaffRequest) -> drafts.Draft | None:
    """What was typed at the operator's desk before one was led here."""
    wanted = str(request.GET.get("draft", ""))
    return next((one for one in drafts.mine(request.visitor) if str(one.act_id) == wanted), None) if wanted else None


def _spend(request: StaffRequest) -> None:
    """It is on record now, in the matter it was about."""
    if (begun := _draft(request)) is not None:
        drafts.spent(request.visitor, begun.act_id)


def seen_since(unseen: Sequence[LineMeta], dossier: MatterDossier) -> list[LineMeta]:
    """What happened meanwhile, as far as this post may read it."""
    there = {line.seq for line in dossier.lines}
    return [line for line in unseen if line.seq in there]


def closed(
    request: StaffRequest, card: type[Card], beside: MatterView | None, verdict: Verdict, step: str
) -> HttpResponse:
    """A verb that is not open now, with its reason."""
    view = VerbView(card.name(), card.term, "", False, because=verdict.because, clause=link(verdict.clause))
    context = {"shell": shell(request, frame.now()), "verb": view, "matter": beside}
    return render(request, "workbench/closed.html", context, status=403 if step in NOT_YOURS else 409)


def newborn(card: type[Card], actor: Any) -> Case[Any, Any]:
    """A case of a creating card, to show its form."""
    dossier: Dossier = DOSSIERS[card.chain](Chain(card.chain, 0), Head())
    return Case(card, dossier, Record(), actor, frame.now(), frame.book(), frame.tools())


def reveals(request: StaffRequest, dossier: MatterDossier) -> Revealed:
    """The citizen's name and phone, once, after a line in the looker's own chain. Raises Http404, PermissionDenied."""
    if dossier.citizen() is None:
        raise Http404
    try:
        looked(request, "reveal", matter_id=dossier.chain.id)
    except (Refused, FormErrors):
        raise PermissionDenied from None
    return revealed(dossier, current().keys)


@require_POST
@staff
def reveal(request: StaffRequest, number: str) -> HttpResponse:
    """显示: the citizen's name and phone, on the matter's page."""
    dossier = opened(request, number)
    view = viewed(request, dossier, shown=reveals(request, dossier), whole=True)
    return render(request, "workbench/matter.html", {"shell": shell(request, frame.now()), "matter": view})
