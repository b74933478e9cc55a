"""词条 (entries): one entry's page, and the verbs on it; POST, then 303."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hotline.knowledge import desks
from hotline.knowledge.dossier import EntryDossier
from hotline.knowledge.records import Entry, Version
from hotline.knowledge.transitions.proposing import TEXTS
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.case import Case
from hotline.procedure.engine import judge, offers
from hotline.procedure.perform import Done, Subject
from hotline.procedure.records import Record
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Choice, FieldView, FormView, Link
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, attempt, card_named, closed, newborn, see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.knowing import inserting
from hotline.surfaces.workbench.knowing.lists import back
from hotline.surfaces.workbench.knowing.opening import entry_url, reader, tabs, the_entry
from hotline.surfaces.workbench.looking import opened
from hotline.surfaces.workbench.shaping import categories
from hotline.surfaces.workbench.shaping import knowledge as shaping
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shell import shell


@require_safe
@reader
def entry(request: StaffRequest, number: str) -> HttpResponse:
    """One entry: the version in force, or the one that the address names."""
    dossier, actor, now = the_entry(request, number), request.visitor.actor, frame.now()
    shown = desks.versions(actor, dossier)
    wanted = str(request.GET.get("v", "") or dossier.entry.version or shown[0].number)
    version = next((one for one in shown if str(one.number) == wanted), None)
    if version is None:
        raise Http404
    may, whole = offers(dossier, actor, now, frame.book(), frame.tools()), desks.sees_all(actor, dossier.entry)
    uses = desks.uses(dossier.chain.id)
    view = shaping.entry_view(frame.book(), dossier, shown, version, uses, may, now, tabs(actor), whole)
    return render(request, "workbench/entry.html", {"shell": shell(request, now), "entry": view})


def _row(dossier: EntryDossier, card: type[Card]) -> Record:
    """What a verb is about: the entry, or its newest version."""
    return dossier.versions[-1] if card.moves.record is Version else dossier.entry


def _start(case: Case[Any, Any]) -> dict[str, Any]:
    """What a form begins with: what the newest version says."""
    dossier: EntryDossier = case.dossier
    newest = dossier.versions[-1]
    known = {name: dossier.said(newest.number, name) for name in TEXTS}
    flags = {"public": "1" if newest.public else "", "sort": newest.sort, "category": newest.category}
    flags["last_day"] = _last_day(case)
    asked = {field.name for field in case.card.fields(case.book)}
    return {name: value for name, value in {**known, **flags}.items() if name in asked and "title" in asked}


def _last_day(case: Case[Any, Any]) -> str:
    """The day until which it shall hold, where one was said and is ahead; a revision does not lengthen it unasked."""
    dossier: EntryDossier = case.dossier
    wished, until, tz = dossier.versions[-1].last_day, dossier.entry.valid_until, case.book.tz
    last = (until - timedelta.resolution).astimezone(tz).date() if until and dossier.entry.version else wished
    return last.isoformat() if wished and last and last >= case.now.astimezone(tz).date() else ""


def _sorted_out(form: FormView) -> FormView:
    """The categories of this city to choose from, where it has a list of them."""

    def of(field: FieldView) -> FieldView:
        listed = categories.choices(field.value) if field.name == "category" else []
        choices = tuple(Choice(value, label, chosen=value == field.value) for value, label in listed)
        return replace(field, kind="choice", choices=choices, short=False) if choices else field

    return replace(form, fields=tuple(map(of, form.fields)))


def _form(request: StaffRequest, form: FormView, status: int) -> HttpResponse:
    context = {"shell": shell(request, frame.now()), "form": _sorted_out(form), "matter": None}
    return render(request, "workbench/verb.html", context, status=status)


@require_http_methods(["GET", "POST"])
@reader
def verb(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """A verb on an entry. A refusal comes back with everything typed still there."""
    card, dossier, wrong = card_named(verb, "entry"), the_entry(request, number), Wrong()
    row = _row(dossier, card)
    if request.method == "POST":
        done = attempt(request, card, Subject("entry", dossier.chain.id, None if isinstance(row, Entry) else
                                              (Version, row.id)))  # fmt: skip
        if isinstance(done, Done):
            return see_other(f"{entry_url(number)}?done={verb}")
        wrong = done
    return _asked(request, Case(card, dossier, row, request.visitor.actor, frame.now(), frame.book(), frame.tools()),
                  number, wrong)  # fmt: skip


def _asked(request: StaffRequest, case: Case[Any, Any], number: str, wrong: Wrong) -> HttpResponse:
    """The form of a verb, or why it is closed."""
    verdict, step = judge(case)
    if not verdict.ok and not wrong.data:
        return closed(request, case.card, None, verdict, step)
    dossier: EntryDossier = case.dossier
    form = form_view(case, request.get_full_path(), data=wrong.data or _start(case), problems=wrong.problems,
                     seen_seq=dossier.head.seq, back=Link("不办了", entry_url(number)),
                     conflict=CONFLICT if wrong.unseen else "")  # fmt: skip
    return _form(request, replace(form, intro=f"{number} {dossier.said(dossier.versions[-1].number, 'title')}"),
                 wrong.status)  # fmt: skip


@require_http_methods(["GET", "POST"])
@reader
def propose(request: StaffRequest) -> HttpResponse:
    """提出词条: empty, or begun with the answer of a matter that one may see."""
    case = newborn(REGISTRY["propose_entry"], request.visitor.actor)
    verdict, step = judge(case)
    if not verdict.ok:
        return closed(request, case.card, None, verdict, step)
    done: Done | Wrong = Wrong(data=_begun(request))
    if request.method == "POST":
        done = attempt(request, case.card, Subject("entry"))
    if isinstance(done, Done):
        return _proposed(done)
    form = form_view(case, request.get_full_path(), data=done.data, problems=done.problems, back=back())
    return _form(request, _hidden(form), done.status)


def _proposed(done: Done) -> HttpResponse:
    """To the entry that there is now."""
    number = done.dossier.entry.number if isinstance(done.dossier, EntryDossier) else ""
    return see_other(f"{entry_url(number)}?done=propose_entry" if number else back().url)


def _hidden(form: FormView) -> FormView:
    """Which matter it comes from goes along unseen."""
    fields = (replace(f, kind="hidden") if f.name == inserting.FROM else f for f in form.fields)
    return replace(form, fields=tuple(fields))


def _begun(request: StaffRequest) -> dict[str, str]:
    """What the form begins with."""
    number = str(request.GET.get("from", ""))
    return inserting.from_answer(opened(request, number)) if number else {}
