"""规则页 (books): the text, the readings, the duties; every clause one click away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.rules.book import Duty, Rulebook
from hotline.surfaces import frame
from hotline.surfaces.clauses import sure
from hotline.surfaces.ui.shapes import BookLine, ClausePage, Count, DutyRow, Link, RulebookPage
from hotline.surfaces.workbench.guarding import StaffRequest, staff
from hotline.surfaces.workbench.shaping import rulebook as shaping
from hotline.surfaces.workbench.shell import shell

STATES = {"executed": "已执行", "pending": "待执行", "narrative": "叙述"}
RULES = "/staff/rulebook/"
TABS = (("条文", RULES), ("读法", "/staff/rulebook/readings/"), ("义务表", "/staff/rulebook/duties/"))


def _duty(duty: Duty) -> DutyRow:
    return DutyRow(duty.id, duty.text, STATES[duty.state], duty.because, tuple(duty.tests), sure(duty.clause))


def _page(request: StaffRequest, chosen: int, said: str, lines: Sequence[BookLine] = (), duties: Sequence[DutyRow] = (),
          counts: Sequence[Count] = (), query: str = "", empty: str = "") -> HttpResponse:  # fmt: skip
    tabs = tuple(Link(term, url, i == chosen) for i, (term, url) in enumerate(TABS))
    page = RulebookPage(frame.book().title, said, tabs, tuple(lines), tuple(duties), tuple(counts),
                        RULES if not chosen else "", query, empty)
    return render(request, "workbench/rulebook.html", {"shell": shell(request, frame.now()), "book": page})


@require_safe
@staff
def text(request: StaffRequest) -> HttpResponse:
    """The regulation, clause by clause; or those where something stands: in text, values, or what rests on them."""
    book, query = frame.book(), str(request.GET.get("q", "")).strip()[:40]
    found = shaping.haystacks(book)
    wanted = [c for c in book.clauses.values() if query.casefold() in found[c.id]]
    lines = [BookLine(sure(c.id), c.text, c.heading, shaping.note(book, c.id)) for c in wanted]
    said = f"{book.issuer} {book.published:%Y年%-m月%-d日} 发布"
    empty = "" if lines else "没有一条里有这几个字。"
    return _page(request, 0, f"{said} · 找到 {len(lines)} 条" if query else said, lines, query=query, empty=empty)


@require_safe
@staff
def readings(request: StaffRequest) -> HttpResponse:
    """What the text leaves open and how it is read here."""
    lines = [BookLine(sure(r.id), f"{r.question} {r.answer}") for r in frame.book().readings.values()]
    return _page(request, 1, "规范没有说清的地方，我们的读法", lines)


@require_safe
@staff
def duties(request: StaffRequest) -> HttpResponse:
    """Every duty and what carries it out."""
    book = frame.book()
    tally = Counter(d.state for d in book.duties)
    counts = [Count(STATES[state], str(tally[state])) for state in STATES]
    return _page(request, 2, "每一条拆成的义务，由什么执行", (), [_duty(d) for d in book.duties], counts)


def _neighbours(ids: Sequence[str], one: str) -> tuple[str, str]:
    at = list(ids).index(one)
    return (ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else "")


def _clause_page(book: Rulebook, clause_id: str) -> ClausePage | None:
    if clause_id in book.clauses:
        before, after = _neighbours(list(book.clauses), clause_id)
        return ClausePage(clause_id, f"条款 · {book.title}", book.clauses[clause_id].text,
                          duties=tuple(_duty(d) for d in book.duties if d.clause == clause_id),
                          values=shaping.groups(book, clause_id), uses=shaping.uses(book).get(clause_id, ()),
                          previous=sure(before) if before else None, next=sure(after) if after else None)  # fmt: skip
    reading = book.readings.get(clause_id)
    if reading is None:
        return None
    before, after = _neighbours(list(book.readings), clause_id)
    return ClausePage(clause_id, f"读法 · {book.title}", "", reading.question, reading.answer, reading.why,
                      values=shaping.groups(book, clause_id), uses=shaping.uses(book).get(clause_id, ()),
                      previous=sure(before) if before else None, next=sure(after) if after else None)  # fmt: skip


@require_safe
@staff
def clause(request: StaffRequest, clause_id: str) -> HttpResponse:
    """One clause or reading."""
    page = _clause_page(frame.book(), clause_id)
    if page is None:
        raise Http404
    return render(request, "workbench/clause.html", {"shell": shell(request, frame.now()), "clause": page})
