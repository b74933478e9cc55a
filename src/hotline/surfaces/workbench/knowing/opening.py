"""把门与寻找 (opening): who has the knowledge base before them; an entry that one may not read is not there."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from hotline.knowledge import desks
from hotline.knowledge.dossier import CONFIRMERS, EntryDossier
from hotline.procedure.actor import Actor
from hotline.surfaces.ui.shapes import Link
from hotline.surfaces.workbench.guarding import StaffRequest, View, staff

HOME, MINE, WAITING, PROPOSE = (f"/staff/knowledge/{part}" for part in ("", "mine/", "waiting/", "propose/"))


def reader(view: View) -> View:
    """Only for those who handle matters; 403 for everybody else who is signed in."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if request.visitor.actor.role not in desks.READERS:
            raise PermissionDenied
        return view(request, **kwargs)

    return staff(guarded)


def tabs(actor: Actor, chosen: str = "") -> tuple[Link, ...]:
    """The lists that this post has."""
    found = [("查词条", HOME)]
    found += [("本单位的", MINE)] if actor.role in desks.PROPOSERS else []
    found += [("待确认", WAITING)] if actor.role in CONFIRMERS else []
    return tuple(Link(term, url, url == chosen) for term, url in found)


def entry_url(number: str) -> str:
    """An entry's own page."""
    return f"{HOME}e/{number}/"


def the_entry(request: StaffRequest, number: str) -> EntryDossier:
    """An entry by the number in the address. Raises Http404."""
    found = desks.entry(request.visitor.actor, number) if number.isalnum() else None
    if found is None:
        raise Http404
    return found
