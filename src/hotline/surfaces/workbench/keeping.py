"""存下查找 (keeping): a search kept under a name for whoever acts in the post, and put away again."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from hotline.surfaces import frame, saved_searches
from hotline.surfaces.workbench.acting import see_other
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.searching import CALLER, asked_of, found_said, searcher
from hotline.surfaces.workbench.shell import SEARCH

LONGEST, LONGEST_QUERY = 30, 2000


@require_POST
@searcher
def keep(request: StaffRequest) -> HttpResponse:
    """Keep what is asked for in `query`, or put away what `end` names. A caller that was looked for is not kept.
    One comes back to what was found."""
    if "end" in request.POST:
        return _ended(request)
    asked = asked_of(request, QueryDict(str(request.POST.get("query", ""))[:LONGEST_QUERY]))
    query = {name: value for name, value in asked.query().items() if name != CALLER}
    if not query or not asked.any:
        return see_other(f"{SEARCH}?{urlencode(query)}" if query else SEARCH)
    typed = str(request.POST.get("name", "")).replace("\x00", "").strip()
    name = (typed or found_said(request, asked, frame.now()))[:LONGEST]
    done = saved_searches.save(request.visitor, name, urlencode(query))
    return see_other(f"{SEARCH}?{urlencode({**query, 'done': 'search'} if done else {'full': 'search'})}")


def _ended(request: StaffRequest) -> HttpResponse:
    with suppress(ValueError):  # no number of anything
        saved_searches.end(request.visitor, UUID(str(request.POST["end"])))
    return see_other(SEARCH)
