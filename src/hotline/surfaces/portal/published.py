"""公开的答复 (published): what everybody may read, newest first, page by page; each on a page of its own."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.casework import public_desk
from hotline.casework.public_desk import PublicRow
from hotline.network import desks as network
from hotline.rules.book import Rulebook
from hotline.surfaces import frame
from hotline.surfaces.portal.site import site
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact, PublishedPage, PublishedRow, PublishedText

AT_HOME = 5
LARGEST = 2**63 - 1


def _day(book: Rulebook, at: datetime | None) -> str:
    return said.day(at.astimezone(book.tz).date()) if at else ""


def row_view(book: Rulebook, row: PublicRow) -> PublishedRow:
    """One line of the list."""
    unit = network.name(row.unit_id) if row.unit_id else ""
    told = f"{_day(book, row.published_at)}公开"
    return PublishedRow(book.kind(row.kind).term, row.title, " · ".join(filter(None, (unit, told))),
                        f"/published/{row.id}/")  # fmt: skip


def at_home() -> tuple[PublishedRow, ...]:
    """The newest few, for the first page of the site."""
    return tuple(row_view(frame.book(), row) for row in cut(public_desk.listed(most=AT_HOME), AT_HOME)[0])


def _cursor(text: str) -> tuple[datetime, int] | None:
    """A keyset cursor from an address; nothing for anything else."""
    at, _, row_id = text.partition("_")
    try:
        found, number = datetime.fromisoformat(at), int(row_id)
    except ValueError:
        return None
    return (found, number) if found.tzinfo and 0 <= number <= LARGEST else None


def _next(last: PublicRow) -> str:
    """The address of what comes behind a row."""
    return "/published/?" + urlencode({"after": f"{last.published_at.isoformat()}_{last.id}"})


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The list."""
    after = _cursor(request.GET.get("after", ""))
    found, book = public_desk.listed(after), frame.book()
    shown, beyond = cut(found, public_desk.PAGE)
    more = _next(shown[-1]) if beyond else ""
    page = PublishedPage(tuple(row_view(book, row) for row in shown), more, "/published/" if after else "")
    return render(request, "portal/published.html", {"site": site(request), "page": page})


@require_safe
def text(request: HttpRequest, row_id: int) -> HttpResponse:
    """One of them; what was taken off the site is not there, like what never was."""
    row, book = public_desk.one(row_id) if row_id <= LARGEST else None, frame.book()
    if row is None:
        raise Http404
    facts = (("种类", book.kind(row.kind).term), ("承办单位", network.name(row.unit_id) if row.unit_id else book.hotline),
             ("受理", _day(book, row.accepted_at)), ("答复", _day(book, row.replied_at)),
             ("公开", _day(book, row.published_at)))  # fmt: skip
    page = PublishedText(row.title, row.question, row.answer, tuple(Fact(*fact) for fact in facts if fact[1]))
    return render(request, "portal/published_text.html", {"site": site(request), "page": page})
