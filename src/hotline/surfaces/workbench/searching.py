"""查找 (searching): the page on which a post searches what it may see. What is asked for stands in the address, so that a
page can be kept and shared; a telephone number never does: it is posted, each look leaves a line, and the address bears
a sealed token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hotline.casework import desks, searching
from hotline.casework.numbers import meant, printed, well_formed
from hotline.network.roles import OFFICE, UNIT
from hotline.surfaces import frame, saved_searches
from hotline.surfaces.ui.shapes import FieldView, Link, SavedLink, SearchPage
from hotline.surfaces.workbench.acting import see_other
from hotline.surfaces.workbench.guarding import StaffRequest, View, staff
from hotline.surfaces.workbench.leaving import looked
from hotline.surfaces.workbench.shaping import found as shaping
from hotline.surfaces.workbench.shaping import searching as reading
from hotline.surfaces.workbench.shell import SEARCH, shell

CALLER, MINUTES = "caller", 30
ONLY_OFFICE = "按电话查找由热线办理，请打电话给热线办。"
IN_ADDRESS = "电话不写在这里，网址会留下痕迹。请用下面的“按诉求人的电话查”。"
NO_PHONE = "请填写电话，如 13912345678 或 0557-1234567。"
EXPIRED = "按电话查到的只保留半小时，请重新填写电话。"
NO_NUMBER = "没有编号 {} 的事项，或者不在您能看的范围里。"
FULL = f"本岗位已经存了 {saved_searches.MOST} 个查找，先收掉不要的。"
HINT = "只查您能看的事项。少写几个字，或者去掉一个条件再试。"
GIVEN = {"sorted_said": "送达，新的在前"}  # an order, by when it was given; a matter, by when it was registered
WALKED = "这一段里没有，更早的还没有查。"
_PHONE = re.compile(r"(\+?86)?(1\d{10}|0\d{9,11}|[2-9]\d{6,7})")


def searcher(view: View) -> View:
    """For whoever sees matters; 403 for administrators, who see none."""

    @wraps(view)
    def guarded(request: StaffRequest, **kwargs: Any) -> HttpResponse:
        if not desks.desks_of(request.visitor.actor):
            raise PermissionDenied
        return view(request, **kwargs)

    return staff(guarded)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: the form as it was read, and whose matters alone, by a token."""

    form: reading.Reading
    callers: tuple[int, ...] | None
    token: str
    problem: str = ""

    @property
    def any(self) -> bool:
        """Whether there is something to look for, and nothing wrong with it."""
        return bool(self.form.asked or self.callers is not None) and not self.form.errors and not self.problem

    def query(self) -> dict[str, str]:
        """What stands in the address."""
        return {name: value for name, value in {**self.form.typed, CALLER: self.token}.items() if value}


def phone_of(typed: str) -> str:
    """A telephone number as it was typed, without its gaps; empty for anything else."""
    bare = re.sub(r"[\s\-]", "", typed)
    return bare if bare.isascii() and _PHONE.fullmatch(bare) else ""


def _callers(request: StaffRequest) -> tuple[tuple[int, ...] | None, str, str]:
    """Whom a token means, which is good for half an hour and for whoever looked alone; the token; what is wrong."""
    token = str(request.GET.get(CALLER, ""))
    if not token:
        return None, "", ""
    try:
        person, *callers = frame.unhidden(token, CALLER, MINUTES * 60)
    except frame.NotOurs:
        return None, "", EXPIRED
    if person != request.visitor.person.id or request.visitor.actor.role not in OFFICE:
        return None, "", EXPIRED
    return tuple(map(int, callers)), token, ""


def asked_of(request: StaffRequest, data: Mapping[str, Any]) -> Asked:
    """What is asked for."""
    visitor, (callers, token, problem) = request.visitor, _callers(request)
    form = reading.read(frame.book(), data, visitor.actor.role, visitor.unit, narrowed=callers is not None)
    if phone_of(form.typed["q"]) and not well_formed(form.typed["q"]):
        form.errors["q"] = IN_ADDRESS if visitor.actor.role in OFFICE else ONLY_OFFICE
    return Asked(form, callers, token, problem)


def _numbers(typed: str) -> tuple[str, ...]:
    """The numbers that may be meant by what was typed: a whole one, or one as lists say it."""
    whole = printed(typed)
    return (whole,) if well_formed(whole) else meant(typed, frame.book().calendar.day_of(frame.now()))


@require_http_methods(["GET", "POST"])
@searcher
def search(request: StaffRequest) -> HttpResponse:
    """查找: by words and what a matter is. A POST brings a telephone number, or what stood in the top bar's box."""
    if request.method == "POST":
        return _sent(request)
    asked, numbers = asked_of(request, request.GET), _numbers(str(request.GET.get("q", "")))
    if numbers:
        there = next((one for one in numbers if desks.numbered(request.visitor.actor, request.visitor.unit, one)), "")
        if there:
            return HttpResponseRedirect(f"/staff/m/{there}/")
        said = NO_NUMBER.format(asked.form.typed["q"])
        return _shown(request, asked, _page(request, asked, empty_said=said))
    return _shown(request, asked, _searched(request, asked) if asked.any else _blank(request, asked))


def _shown(request: StaffRequest, asked: Asked, page: SearchPage) -> HttpResponse:
    status = 422 if asked.form.errors or asked.problem or (page.phone and page.phone.error) else 200
    context = {"shell": shell(request, frame.now(), query=asked.form.typed["q"]), "page": page}
    return render(request, "workbench/search.html", context, status=status)


def _page(
    request: StaffRequest, asked: Asked, phone_error: str = "", phone_typed: str = "", **more: Any
) -> SearchPage:
    """The form as it was typed, and what else there is to show."""
    visitor, book = request.visitor, frame.book()
    words, fields = reading.fields(book, asked.form, visitor.actor.role, visitor.unit)
    opened = not asked.any or any(field.error for field in fields)
    phone = FieldView("phone", "诉求人的电话", "phone", phone_typed, error=phone_error, short=True, missing_said=NO_PHONE,
                      hint="每次查找都记在您自己的查看台账里")  # fmt: skip
    kept = (FieldView(CALLER, "", "hidden", asked.token),) if asked.token else ()
    problem = "；".join(filter(None, (asked.problem, *asked.form.errors_said(), phone_error)))
    return SearchPage(SEARCH, words, fields, opened, problem=problem, kept=kept,
                      phone=phone if visitor.actor.role in OFFICE else None,
                      clear_url=SEARCH if asked.query() else "", **more)  # fmt: skip


def _blank(request: StaffRequest, asked: Asked) -> SearchPage:
    """Nothing asked for, or not so that it could be found: what the post keeps is offered."""
    mine = saved_searches.mine(request.visitor)
    page = _page(request, asked, saved=tuple(SavedLink(str(one.id), one.name, f"{SEARCH}?{one.query}") for one in mine))
    return replace(page, problem=FULL) if "full" in request.GET and not page.problem else page


def found_said(request: StaffRequest, asked: Asked, now: datetime) -> str:
    """What was looked for, in words."""
    visitor = request.visitor
    words = reading.in_words(frame.book(), asked.form, visitor.actor.role, visitor.unit, now)
    return "，".join(filter(None, ("这个电话反映的" if asked.callers is not None else "", words)))


def _searched(request: StaffRequest, asked: Asked) -> SearchPage:
    visitor, book, now = request.visitor, frame.book(), frame.now()
    wanted = reading.wanted(book, asked.form, asked.callers)
    by_order = visitor.actor.role in UNIT or bool(wanted.unit_id)
    after = str(request.GET.get("after", ""))
    found = searching.search(visitor.actor, visitor.unit, wanted, shaping.cursor_of(after, by_order))
    rows = shaping.rows(book, found.hits, visitor.actor, now, by_order=by_order)
    on = shaping.more(found, asked.query(), SEARCH, book, now.astimezone(book.tz).date())
    said, whole = found_said(request, asked, now), not after and found.following is None
    hint = WALKED if found.looked_back_to else HINT
    return _page(request, asked, said=f"查 {said}", rows=rows, **(GIVEN if by_order else {}),
                 more=on.link, more_said=on.said, total_said=f"共 {len(rows)} 件" if whole and rows else "",
                 first_url=f"{SEARCH}?{urlencode(asked.query())}" if after else "",
                 empty_said=f"没有查到：{said}。", empty_hint=hint,
                 keep=FieldView("name", "名称", max_length=30, required=False, short=True, hint="不写就用上面的条件"),
                 query=urlencode({name: value for name, value in asked.query().items() if name != CALLER}),
                 acts=(Link("导出", f"{SEARCH}export/?{urlencode(asked.query())}"),) if rows else ())  # fmt: skip


def _sent(request: StaffRequest) -> HttpResponse:
    """A telephone number leads to what it brought, by a token; anything else to the search for it."""
    typed = str(request.POST.get("q", "")).replace("\x00", "").strip()[: reading.MOST["q"]]
    number, phone = printed(typed), str(request.POST.get("phone", "")).strip()[:20]
    if "phone" not in request.POST and not (phone_of(typed) and not well_formed(number)):
        return see_other(f"{SEARCH}?{urlencode({'q': number})}" if typed else SEARCH)
    return _by_phone(request, phone_of(phone or typed), phone)


def _by_phone(request: StaffRequest, phone: str, typed: str) -> HttpResponse:
    """What a caller brought; what was typed and is no number comes back to be mended, on this page alone."""
    visitor, nothing = request.visitor, asked_of(request, {})
    if visitor.actor.role not in OFFICE:
        return _shown(request, nothing, _page(request, nothing, empty_said=ONLY_OFFICE))
    if not phone:
        return _shown(request, nothing, _page(request, nothing, phone_error=NO_PHONE, phone_typed=typed))
    found = desks.sought(visitor.actor, visitor.unit, phone)
    looked(request, "seek_caller", found=len(found))
    token = frame.hidden([visitor.person.id, *(one for one, _, _ in found)], CALLER)
    return see_other(f"{SEARCH}?{urlencode({CALLER: token})}")
