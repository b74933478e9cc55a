"""清单 (lists): the search over what is in force, what one's own unit proposed, what waits for the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hotline.knowledge import desks
from hotline.knowledge.dossier import CONFIRMERS
from hotline.knowledge.seeking import MOST, Wanted, words_of
from hotline.network import desks as network
from hotline.network.look_ups import number
from hotline.rules import knowledge
from hotline.surfaces import frame
from hotline.surfaces.portions import cut
from hotline.surfaces.ui.shapes import Choice, FieldView, KnowledgePage, Link, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.knowing.opening import HOME, MINE, PROPOSE, WAITING, reader, tabs
from hotline.surfaces.workbench.shaping import categories
from hotline.surfaces.workbench.shaping import knowledge as shaping
from hotline.surfaces.workbench.shaping.desk import cursor_at, cursor_read
from hotline.surfaces.workbench.shell import shell

NAMES = ("q", "sort", "category", "unit", "public")
LONGEST = 80
HINT = "几个词用空格分开，都要有才算；不写就列最近确认的"
NOTHING = "换个说法再查，或者提一条新的。"


def _shown(request: StaffRequest, page: KnowledgePage) -> HttpResponse:
    context = {"shell": shell(request, frame.now()), "page": page}
    return render(request, "workbench/knowledge.html", context)


def verbs(request: StaffRequest) -> tuple[VerbView, ...]:
    """Whoever may propose is offered to."""
    may = request.visitor.actor.role in desks.PROPOSERS
    return (VerbView("propose_entry", "提出词条", PROPOSE, True, "N"),) if may else ()


def _options() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    book = frame.book()
    units = [*network.centres(), *network.units_below()]
    return {
        "sort": ("种类", list(knowledge.sorts(book).items())),
        "category": ("类别", categories.choices("")),
        "unit": ("单位", [(str(one.id), "　" * max(0, one.level - 2) + one.short) for one in units]),
        "public": ("公开", [("1", "可以公开的")]),
    }


def _fields(typed: Mapping[str, str]) -> tuple[FieldView, ...]:
    return tuple(
        FieldView(name, label, "choice", typed[name], (),
                  tuple(Choice(value, said, chosen=value == typed[name]) for value, said in options), required=False)
        for name, (label, options) in _options().items() if options
    )  # fmt: skip


def _wanted(typed: Mapping[str, str]) -> Wanted:
    return Wanted(words_of(typed["q"]), typed["sort"], typed["category"], categories.within(typed["category"]),
                  number(typed["unit"]), bool(typed["public"]))  # fmt: skip


def _after(request: StaffRequest) -> desks.After | None:
    """Behind which row, as the address says it; nothing for anything else."""
    said = str(request.GET.get("after", ""))
    found = cursor_read(said[1:]) if said[:1] in ("0", "1") else None
    return desks.After(said[0] == "1", *found) if found else None


def _paged(request: StaffRequest, found: Sequence[desks.Listed], url: str, **asked: str) -> dict[str, str]:
    """The ways to the first page and to the next one."""
    kept = {name: value for name, value in asked.items() if value}
    first = f"{url}?{urlencode(kept)}" if kept else url
    shown, beyond = cut(found, MOST)
    last = shown[-1] if beyond else None
    after = f"{last.first:d}{cursor_at(last.at, last.id)}" if last else ""
    more = f"{url}?{urlencode({**kept, 'after': after})}" if after else ""
    return {"first_url": first if request.GET.get("after") else "", "next_url": more}


@require_safe
@reader
def search(request: StaffRequest) -> HttpResponse:
    """What is in force, by words and by what it is."""
    typed = {name: str(request.GET.get(name, "")).replace("\x00", "").strip()[:LONGEST] for name in NAMES}
    found = desks.search(request.visitor.actor, _wanted(typed), frame.now(), _after(request))
    words = FieldView("q", "问题、口径、来源或文号里的字词", "text", typed["q"], hint=HINT, required=False, max_length=LONGEST)
    shown, _next = cut(found, MOST)
    asked, ways = any(typed.values()), _paged(request, found, HOME, **typed)
    return _shown(request, KnowledgePage(
        "知识库", tabs(request.visitor.actor, HOME), rows=shaping.rows(frame.book(), shown, frame.now()),
        words=words, fields=_fields(typed), opened=any(typed[name] for name in NAMES[1:]), url=HOME,
        clear_url=HOME if asked else "", note="" if any(ways.values()) else f"共 {len(found)} 条", **ways,
        empty_said="没有查到。" if asked else "知识库里还没有现行有效的词条。", empty_hint=NOTHING, verbs=verbs(request),
    ))  # fmt: skip


def _list(request: StaffRequest, title: str, url: str, found: Sequence[desks.Listed], **more: Any) -> HttpResponse:
    shown, _next = cut(found, MOST)
    rows = shaping.rows(frame.book(), shown, frame.now(), waits=url == WAITING, states=True)
    return _shown(request, KnowledgePage(title, tabs(request.visitor.actor, url), rows=rows, url=url,
                                         **_paged(request, found, url), **more))  # fmt: skip


@require_safe
@reader
def mine(request: StaffRequest) -> HttpResponse:
    """What one's own unit proposed, what it was asked about first."""
    if request.visitor.actor.role not in desks.PROPOSERS:
        raise PermissionDenied
    found = desks.mine(request.visitor.actor, _after(request))
    return _list(request, "本单位的词条", MINE, found, empty_said="本单位还没有提过词条。", verbs=verbs(request))


@require_safe
@reader
def waiting(request: StaffRequest) -> HttpResponse:
    """What waits for the office, what is due first first."""
    if request.visitor.actor.role not in CONFIRMERS:
        raise PermissionDenied
    found = desks.waiting(request.visitor.actor, _after(request))
    return _list(request, "待确认的词条", WAITING, found, date_said="确认期限", empty_said="没有要确认的词条。")


def back() -> Link:
    """Where one goes from a form that is not about an entry yet."""
    return Link("不办了", MINE)
