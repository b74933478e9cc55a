"""办 (verbs): every verb on a unit or a post, by the cards' own forms; POST, then 303. A new password is shown once on
the page that made it, since it stands nowhere to be shown again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.network import desks, passwords
from hotline.network.dossier import PostDossier, UnitDossier
from hotline.network.look_ups import number
from hotline.network.records import Person, Post, Unit
from hotline.network.roles import roles_at
from hotline.network.sheets.loading import Newcomer
from hotline.procedure import times
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.case import Case
from hotline.procedure.engine import judge
from hotline.procedure.forms import Problem
from hotline.procedure.perform import Done, Subject
from hotline.procedure.records import Record
from hotline.surfaces import frame, signed_in
from hotline.surfaces.ui.shapes import FieldView, FormView, Link
from hotline.surfaces.workbench.acting import CONFLICT, Wrong, attempt, card_named, closed, newborn, see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.forms import form_view
from hotline.surfaces.workbench.shell import shell
from hotline.surfaces.workbench.staffing.once import once
from hotline.surfaces.workbench.staffing.opening import (
    HOME,
    administrator,
    post_dossier,
    the_unit,
    unit_dossier,
    unit_url,
)

FOLLOWED: Mapping[str, Callable[[Person, Mapping[str, str]], object]] = {
    "lift_lock": lambda person, added: signed_in.forget_tries(person.id, person.login),
    "end_sessions": lambda person, added: signed_in.end_all(person.id),
    "end_session": lambda person, added: signed_in.end(person.id, added["session"]),
}
# verbs of one's own, on pages of their own
OWN = ("change_password", "enrol_factor", "renew_codes", "spend_code", "remove_factor")


@dataclass(frozen=True, slots=True)
class Place:
    """地方: where a verb is performed, on what, where one goes back to, and what the page puts in by itself."""

    dossier: UnitDossier | PostDossier
    row: Record
    unit: Unit
    added: Mapping[str, str]
    back: str = ""  # where one goes afterwards; the unit's page


def _one_time() -> str:
    return passwords.one_time(secrets.token_bytes(passwords.ONE_TIME_LETTERS))


def _row(request: StaffRequest, dossier: UnitDossier | PostDossier, card: type[Card]) -> Record:
    """What a verb is about: the unit or post itself, or the row that the address names. Raises Http404."""
    if isinstance(dossier.root, card.moves.record):
        return dossier.root
    row = dossier.find(card.moves.record, number(request.GET.get("row")))
    if row is None:
        raise Http404
    return row


def _local(at: Any) -> str:
    return at.astimezone(frame.book().tz).strftime("%Y-%m-%dT%H:%M")  # type: ignore[no-any-return]


def _start(case: Case[Any, Any]) -> dict[str, Any]:
    """What a form begins with: what stands, or a span from now on."""
    now = case.now.replace(minute=0, second=0, microsecond=0)
    subject = case.subject
    known: Record = case.dossier.get(Person, subject.person_id) if isinstance(subject, Post) else subject
    stands = {field.name: getattr(known, field.name, "") for field in case.card.fields(case.book)}
    span = {"from_at": _local(now), "until_at": _local(now + timedelta(days=1))}
    return {**{k: v for k, v in stands.items() if k != "login"}, **(span if "from_at" in stands else {})}


def _form(request: StaffRequest, card: type[Card], place: Place, wrong: Wrong) -> HttpResponse:
    case: Case[Any, Any] = Case(card, place.dossier, place.dossier.fresh(place.row), request.visitor.actor, frame.now(),
                                frame.book(), frame.tools())  # fmt: skip
    verdict, step = judge(case)
    if not verdict.ok and not wrong.data:
        return closed(request, card, None, verdict, step)
    form = form_view(case, request.get_full_path(), data=wrong.data or _start(case), problems=wrong.problems,
                     seen_seq=place.dossier.head.seq, back=Link("不办了", place.back or unit_url(place.unit)),
                     conflict=CONFLICT if wrong.unseen else "", skip=tuple(place.added))  # fmt: skip
    return _shown(request, replace(form, intro=_intro(place, card)), wrong.status)


def _intro(place: Place, card: type[Card]) -> str:
    if isinstance(place.dossier, PostDossier):
        person = place.dossier.get(Person, place.dossier.root.person_id)  # type: ignore[attr-defined]
        said = f"{place.unit.name} · {person.name}"
    else:
        said = place.unit.name
    return f"{said}。新口令由系统生成，只显示一回。" if "password" in place.added else said


def _shown(request: StaffRequest, form: FormView, status: int) -> HttpResponse:
    context = {"shell": shell(request, frame.now()), "form": form, "matter": None}
    return render(request, "workbench/verb.html", context, status=status)


def _performed(request: StaffRequest, card: type[Card], place: Place) -> HttpResponse:
    row = None if place.row is place.dossier.root else (type(place.row), place.row.id)
    done = attempt(request, card, Subject(card.chain, place.dossier.chain.id, row), **place.added)
    if isinstance(done, Wrong):
        return _form(request, card, place, done)
    desks.forget()
    _follow(card, place)
    if "password" in place.added and not done.repeated:
        person = place.dossier.get(Person, place.dossier.root.person_id)  # type: ignore[attr-defined]
        told = Newcomer(person.login, person.name, place.unit.short, place.added["password"])
        return once(request, [told], place.unit)
    return see_other(f"{place.back or unit_url(place.unit)}?done={card.name()}")


def _follow(card: type[Card], place: Place) -> None:
    """What is no domain row and goes with an act: tries that are forgotten, sessions that end."""
    if isinstance(place.dossier, PostDossier) and card.name() in FOLLOWED:
        person = place.dossier.get(Person, place.dossier.root.person_id)  # type: ignore[attr-defined]
        FOLLOWED[card.name()](person, place.added)


@require_http_methods(["GET", "POST"])
@administrator
def unit_verb(request: StaffRequest, unit_id: str, verb: str) -> HttpResponse:
    """A verb on a unit or on one of its turns of duty."""
    card, dossier = card_named(verb, "unit"), unit_dossier(unit_id)
    place = Place(dossier, _row(request, dossier, card), the_unit(unit_id), {})
    return _performed(request, card, place) if request.method == "POST" else _form(request, card, place, Wrong())


def _added(request: StaffRequest, dossier: PostDossier, verb: str) -> tuple[dict[str, str], str]:
    """What the page puts in by itself, and where it leads back to. Raises Http404 for a session that is over."""
    if verb == "end_session":
        key, person_id = str(request.GET.get("session", "")), dossier.root.person_id  # type: ignore[attr-defined]
        if key not in {live.key for live in signed_in.of(person_id, times.wall())}:
            raise Http404
        return {"session": key}, f"{HOME}post/{dossier.root.id}/sessions/"
    return ({"password": _one_time()} if verb == "set_password" else {}), ""


@require_http_methods(["GET", "POST"])
@administrator
def post_verb(request: StaffRequest, post_id: str, verb: str) -> HttpResponse:
    """A verb on a post, its person, or somebody acting in it."""
    card, dossier = card_named(verb, "post"), post_dossier(post_id)
    if verb in OWN:
        raise Http404
    unit = the_unit(str(dossier.root.unit_id))  # type: ignore[attr-defined]
    added, back = _added(request, dossier, verb)
    place = Place(dossier, _row(request, dossier, card), unit, added, back)
    return _performed(request, card, place) if request.method == "POST" else _form(request, card, place, Wrong())


def _created(request: StaffRequest, card: type[Card], data: Mapping[str, Any], problems: Sequence[Problem],
             back: str, status: int = 200, skip: Sequence[str] = ()) -> FormView:  # fmt: skip
    case = newborn(card, request.visitor.actor)
    return form_view(case, request.get_full_path(), data=data, problems=problems, back=Link("不办了", back), skip=skip)


@require_http_methods(["GET", "POST"])
@administrator
def open_unit(request: StaffRequest) -> HttpResponse:
    """增设单位; below another when the address names one."""
    card, above = REGISTRY["open_unit"], desks.unit(number(request.GET.get("above")))
    start = {"parent": above.code, "level": str(above.level + 1)} if above else {}
    wrong = Wrong(data=start)
    if request.method == "POST":
        done = attempt(request, card, Subject("unit"))
        if isinstance(done, Done):
            desks.forget()
            return see_other(f"{HOME}unit/{done.chain.id}/?done=open_unit")
        wrong = done
    return _shown(request, _created(request, card, wrong.data, wrong.problems, HOME), wrong.status)


def _roles_of(form: FormView, unit: Unit) -> FormView:
    """Only the posts that this unit may have."""
    may = {str(role) for role in roles_at(unit.level, unit.desk)}

    def fitting(field: FieldView) -> FieldView:
        choices = tuple(choice for choice in field.choices if choice.value in may)
        return replace(field, choices=choices) if field.name == "role" else field

    said = f"{unit.name}。新账号的口令由系统生成，只显示一回。"
    return replace(form, fields=tuple(map(fitting, form.fields)), intro=said)


@require_http_methods(["GET", "POST"])
@administrator
def appoint(request: StaffRequest, unit_id: str) -> HttpResponse:
    """设岗: somebody known, or somebody new, who gets a password shown once."""
    card, unit, wrong = REGISTRY["appoint_post"], the_unit(unit_id), Wrong()
    if request.method == "POST":
        password = _one_time()
        done = attempt(request, card, Subject("post"), unit=str(unit.id), password=password)
        if isinstance(done, Done):
            return _appointed(request, done, unit, password)
        wrong = done
    form = _created(request, card, wrong.data, wrong.problems, unit_url(unit), skip=("unit", "password"))
    return _shown(request, _roles_of(form, unit), wrong.status)


def _appointed(request: StaffRequest, done: Done, unit: Unit, password: str) -> HttpResponse:
    if done.repeated or (done.extra or {}).get("person") is not None:
        return see_other(f"{unit_url(unit)}?done=appoint_post")
    login, name = (str(request.POST.get(field, "")).strip() for field in ("login", "name"))
    return once(request, [Newcomer(login, name, unit.short, password)], unit)
