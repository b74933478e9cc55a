"""把门与寻找 (opening): these pages are the administrator's alone; what an address names is found, or is not there."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from hotline.network import desks
from hotline.network.dossier import PostDossier, UnitDossier
from hotline.network.look_ups import number
from hotline.network.records import Unit
from hotline.network.roles import Role
from hotline.procedure.perform import Unknown, read
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import Link, NetworkPage
from hotline.surfaces.workbench.guarding import StaffRequest, View, staff
from hotline.surfaces.workbench.shell import shell

HOME, SHEETS, DUTY, ACCOUNTS, CATALOGUE, CATEGORIES, WORDINGS, DANGER = (
    f"/staff/network/{part}"
    for part in ("", "sheets/", "duty/", "accounts/", "catalogue/", "categories/", "wordings/", "danger/")
)
TABS = (("单位", HOME), ("账号", ACCOUNTS), ("值班", DUTY), ("职责目录", CATALOGUE), ("类别", CATEGORIES), ("用语", WORDINGS),
        ("险情词", DANGER), ("导入导出", SHEETS))  # fmt: skip


def administrator(view: View) -> View:
    """Only for an administrator's post; 403 for everybody else who is signed in."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if request.visitor.actor.role != Role.ADMIN:
            raise PermissionDenied
        return view(request, **kwargs)

    return staff(guarded)


def tabs(chosen: str) -> tuple[Link, ...]:
    """The parts of the administrator's pages."""
    return tuple(Link(term, url, url == chosen) for term, url in TABS)


def shown(request: StaffRequest, page: NetworkPage, status: int = 200) -> HttpResponse:
    """A page of the network in its frame."""
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/network.html", context, status=status)


def unit_url(unit: Unit) -> str:
    """A unit's own page."""
    return f"{HOME}unit/{unit.id}/"


def the_unit(unit_id: str) -> Unit:
    """A unit by the number in the address, ended or not. Raises Http404."""
    found = desks.unit(number(unit_id))
    if found is None:
        raise Http404
    return found


def _dossier(chain: str, chain_id: str) -> Any:
    wanted = number(chain_id)
    try:
        return read(chain, wanted) if wanted else None
    except Unknown:
        return None


def unit_dossier(unit_id: str) -> UnitDossier:
    """A unit's dossier. Raises Http404."""
    found = _dossier("unit", unit_id)
    if not isinstance(found, UnitDossier):
        raise Http404
    return found


def post_dossier(post_id: str) -> PostDossier:
    """A post's dossier. Raises Http404."""
    found = _dossier("post", post_id)
    if not isinstance(found, PostDossier):
        raise Http404
    return found

