"""单位统计 (figures): how one's own unit and those below it stand, for whoever works in a unit."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.casework import figures_of_units
from hotline.casework.lists import FROM_BELOW
from hotline.network.roles import UNIT
from hotline.surfaces import frame
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.shaping.desk import desk_url
from hotline.surfaces.workbench.shaping.figures import LATELY, figures_page
from hotline.surfaces.workbench.shell import shell


@require_safe
@staff
def figures(request: StaffRequest) -> HttpResponse:
    """Of level 2 its units side by side; of level 3 its own."""
    visitor, now, tz = request.visitor, frame.now(), frame.book().tz
    if visitor.actor.role not in UNIT or visitor.unit is None:
        raise PermissionDenied
    standing = figures_of_units.standing(visitor.actor, visitor.unit, now, tz)
    lately = figures_of_units.lately(visitor.actor, visitor.unit, now, tz, LATELY)
    page = figures_page(visitor.unit, standing, lately, desk_url(FROM_BELOW.name))
    return render(request, "workbench/figures.html", {"shell": shell(request, now), "page": page})
