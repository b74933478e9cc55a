"""职责目录 (the duty catalogue): which unit answers for a category; what holds, what will, what held. Entries are added,
changed and ended by the administrator, by the network's own cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from hotline.network import catalogue as kept
from hotline.network import categories, desks
from hotline.network.catalogue import Listed
from hotline.network.look_ups import number
from hotline.network.records import CatalogueEntry, Unit
from hotline.network.sorts import LOCAL, PLACES, SECOND
from hotline.surfaces.ui.initials import initials
from hotline.surfaces.ui.shapes import Cell, FormView, Link, NetworkPage, Section, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.staffing.kept import Kept, chosen, said_day, today
from hotline.surfaces.workbench.staffing.opening import CATALOGUE, SHEETS, administrator, shown, tabs, unit_url

HEADS = ("类别", "范围", "牵头", "起用", "停用", "协办", "依据", "办理")
SAID = "派单台按这份目录提示牵头和协办单位。改动从写明的那一天起算，以前的条目都留着；停用的可以恢复，从写明的那一天另起一条。"
NOTHING = "没有这样的条目。"
VERBS = {"change_catalogue_entry": "变更", "end_catalogue_entry": "停用"}
ADD = "add_catalogue_entry"
CITY = "全市"


def _unit(code: str) -> Cell:
    unit = desks.tree().by_code(code)
    if code == LOCAL or unit is None:
        return Cell(code)
    heir = desks.tree().heir(unit)
    if unit.status == "open":
        return Cell(unit.short, unit_url(unit))
    return Cell(f"{unit.short}（已撤销，{'由' + heir.short + '承接' if heir else '没有承接单位'}）", unit_url(unit))


def _last(one: Listed) -> bool:
    """Whether it ended and nothing has taken its place, so that it may be taken up again."""
    alike = [row for row in kept.entries()
             if (row.entry.category, row.entry.county) == (one.entry.category, one.entry.county)]  # fmt: skip
    return one.entry.status == "ended" and alike[-1].entry.id == one.entry.id


def _row(one: Listed, paths: dict[str, str]) -> tuple[Cell, ...]:
    entry, url = one.entry, f"{CATALOGUE}{one.entry.id}/"
    verbs = tuple(Link(term, f"{url}{verb}/") for verb, term in VERBS.items()) if entry.status == "open" else ()
    verbs = (Link("恢复", f"{CATALOGUE}add/?again={entry.id}"),) if _last(one) else verbs
    assisting = "、".join(_unit(code).said for code in one.assisting)
    name, county = paths.get(entry.category, entry.category), _unit(entry.county).said if entry.county else CITY
    return (Cell(name), Cell(county), _unit(entry.lead),
            Cell(said_day(entry.from_on)), Cell(said_day(entry.ends_on)),
            Cell(assisting or "—"), Cell(one.basis or "没有写"), Cell("", links=verbs))  # fmt: skip


def _found(one: Listed, query: str, paths: dict[str, str]) -> bool:
    """By category, by its initials, by its first level, or by a unit."""
    entry = one.entry
    units = (_unit(code).said for code in (entry.lead, *one.assisting))
    words = (*paths.get(entry.category, entry.category).split(" › "), *units)
    return any(query in word for word in words) or query.lower() in initials(entry.category)


def _sections(query: str) -> tuple[Section, ...]:
    day = today()
    paths = categories.paths(day)
    places = {one: at for at, one in enumerate(paths)}
    found = [one for one in kept.entries() if not query or _found(one, query, paths)]
    found.sort(key=lambda one: (places.get(one.entry.category, len(places)), one.entry.county, one.entry.from_on))
    now = [one for one in found if one.entry.holds(day)]
    later = [one for one in found if one.entry.from_on > day and one.entry.ends_on != one.entry.from_on]
    over = [one for one in found if one not in now and one not in later]
    parts: tuple[tuple[str, Sequence[Listed]], ...] = (("现行", now), ("以后起用", later), ("已停用", over))
    return tuple(Section(title, f"{len(rows)} 条", HEADS, tuple(_row(one, paths) for one in rows), (),
                         "" if rows else NOTHING)
                 for title, rows in parts if rows or title == "现行")  # fmt: skip


def _lacking(day: date) -> str:
    """Categories for which nothing holds in the whole city."""
    there = {categories.now_called(one.entry.category, day) for one in kept.entries()
             if one.entry.holds(day) and not one.entry.county}  # fmt: skip
    tree = categories.tree(day)
    leaves = [leaf for below in tree.values() for leaf in below]
    missing = [leaf for leaf in leaves if leaf not in there]
    return f"{len(missing)} 个类别没有全市的牵头单位：{'、'.join(missing[:8])}{'等' if len(missing) > 8 else ''}。" if missing else ""


@require_safe
@administrator
def entries(request: StaffRequest) -> HttpResponse:
    """What holds, what will, and what held, found by category or by unit."""
    query = str(request.GET.get("q", "")).replace("\x00", "").strip()[:40]
    return shown(request, NetworkPage(
        "职责目录", SAID, tabs=tabs(CATALOGUE), search_url=CATALOGUE, search_term="找类别、单位", query=query,
        problem=_lacking(today()), sections=_sections(query),
        verbs=(VerbView(ADD, "目录增项", f"{CATALOGUE}add/", True),),
        more=(Link("导出目录（CSV）", f"{SHEETS}catalogue.csv"), Link("导出目录（Excel）", f"{SHEETS}catalogue.xlsx"),
              Link("导入", SHEETS)),
    ))  # fmt: skip


def _as_page(form: FormView) -> FormView:
    """As this page has it: categories and counties to choose from, in their tree."""
    lists = {"category": categories.paths(today()),
             "county": {one.code: one.short for one in counties()}}  # fmt: skip
    fields = (chosen(one, lists[one.name]) if one.name in lists else one for one in form.fields)
    return replace(form, fields=tuple(fields))


PAGE = Kept(CATALOGUE, _as_page)


def counties() -> list[Unit]:
    """The units for whose place alone an entry may hold."""
    return [one for one in desks.units_below() if one.level == SECOND and one.sort in PLACES]


@require_http_methods(["GET", "POST"])
@administrator
def add(request: StaffRequest) -> HttpResponse:
    """One more; the category may be named by the address, or an entry that ended and is taken up again."""
    if again := str(request.GET.get("again", "")):
        return PAGE.add(request, ADD, _again(_entry(again)), "category")
    start = {"category": str(request.GET.get("category", "")), "from_on": today().isoformat()}
    return PAGE.add(request, ADD, start, "category")


def _again(one: Listed) -> dict[str, Any]:
    """As it was, from the day on which it ended, or from today; who is named has ended since: its successor."""
    entry = one.entry
    first = max(today(), entry.ends_on or today())
    return {**_start(one), "category": entry.category, "county": entry.county, "from_on": first.isoformat()}


def _entry(entry_id: str) -> Listed:
    found = next((one for one in kept.entries() if one.entry.id == number(entry_id)), None)
    if found is None:
        raise Http404
    return found


def _typed(code: str) -> str:
    """A unit as one would write it: by its short name, where that means it alone."""
    every = desks.tree().units.values()
    unit = desks.tree().heir(desks.tree().by_code(code))
    alone = unit and sum(one.short == unit.short and one.status == "open" for one in every) == 1
    return unit.short if unit and alone else unit.code if unit else code


def _start(one: Listed) -> dict[str, Any]:
    entry, first = one.entry, max(today(), one.entry.from_on).isoformat()
    return {"lead": _typed(entry.lead), "assisting": "、".join(map(_typed, one.assisting)), "basis": one.basis,
            "from_on": first, "ends_on": first}  # fmt: skip


@require_http_methods(["GET", "POST"])
@administrator
def verb(request: StaffRequest, entry_id: str, verb: str) -> HttpResponse:
    """Another takes its place, or it ends."""
    one = _entry(entry_id)
    if verb not in VERBS:
        raise Http404
    return PAGE.verb(request, verb, one.entry.unit_id, (CatalogueEntry, one.entry.id), _start(one), one.entry.category)
