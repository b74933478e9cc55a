"""类别 (categories): the tree as it is today, by which letters each is found, what it was called before; added, renamed
and retired by the network's own cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from hotline.network import categories
from hotline.network.look_ups import number
from hotline.network.records import Category
from hotline.procedure.forms import Problem
from hotline.surfaces.ui.initials import initials
from hotline.surfaces.ui.shapes import Cell, FormView, Link, NetworkPage, Section, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.staffing.kept import Kept, chosen, said_day, today
from hotline.surfaces.workbench.staffing.opening import CATALOGUE, CATEGORIES, administrator, shown, tabs

HEADS = ("类别", "首字母", "起用", "停用", "现在叫、改用", "办理")
SAID = "受理台、网络受理台和知识库按这份清单选类别。改了名、停用的，以前归在它下面的件照旧写着原来的名称；停用的可以恢复，从写明的那一天另起一条。"
ADD, VERBS = "add_category", {"rename_category": "改名", "retire_category": "停用"}
UNREADABLE = "?"  # what stands for a character without a letter, where anything does


def _last(row: Category) -> bool:
    """Whether it ended under this name and nothing has taken the name since, so that it may be taken up again."""
    alike = [one for one in categories.rows() if one.name == row.name]
    return row.status == "ended" and not row.renamed and alike[-1].id == row.id


def _row(row: Category, day: date) -> tuple[Cell, ...]:
    url = f"{CATEGORIES}{row.id}/"
    verbs = [Link(term, f"{url}{verb}/") for verb, term in VERBS.items()] if row.status == "open" else []
    if row.status == "open" and row.above and row.holds(day):
        verbs.append(Link("职责目录", f"{CATALOGUE}?q={row.name}"))
    if _last(row):
        verbs.append(Link("恢复", f"{CATEGORIES}add/?again={row.id}"))
    return (Cell(row.name, lead="　" if row.above else ""), Cell(initials(row.name)), Cell(said_day(row.from_on)),
            Cell(said_day(row.ends_on)), Cell(row.successor), Cell("", links=tuple(verbs)))  # fmt: skip


def _in_tree(day: date) -> list[Category]:
    """What holds on a day, each first level with what stands below it."""
    there = {row.name: row for row in categories.rows() if row.holds(day)}
    return [there[name] for top, leaves in categories.tree(day).items() for name in (top, *leaves)]


def _sections(query: str) -> tuple[Section, ...]:
    day = today()
    every = [row for row in categories.rows() if not query or query in row.name or query.lower() in initials(row.name)]
    now = [row for row in _in_tree(day) if row in every]
    later = [row for row in every if row.from_on > day and row.ends_on != row.from_on]
    over = [row for row in every if row not in now and row not in later]
    parts = (("现行", now), ("以后起用", later), ("已停用", over))
    return tuple(Section(title, f"{len(rows)} 个", HEADS, tuple(_row(row, day) for row in rows), (),
                         "" if rows else "没有这样的类别。")
                 for title, rows in parts if rows or title == "现行")  # fmt: skip


@require_safe
@administrator
def listing(request: StaffRequest) -> HttpResponse:
    """What may be chosen now, what will be, and what could be once."""
    query = str(request.GET.get("q", "")).replace("\x00", "").strip()[:40]
    return shown(request, NetworkPage(
        "类别", SAID, tabs=tabs(CATEGORIES), search_url=CATEGORIES, search_term="找类别（名称或首字母）", query=query,
        sections=_sections(query), verbs=(VerbView(ADD, "增设类别", f"{CATEGORIES}add/", True),),
    ))  # fmt: skip


def _as_page(form: FormView) -> FormView:
    """As this page has it: what stands above, and what is used instead, to choose from."""
    lists = {"above": {top: top for top in categories.tree(today())}, "successor": categories.paths(today())}
    fields = (chosen(one, lists[one.name]) if one.name in lists else one for one in form.fields)
    return replace(form, fields=tuple(fields))


def _findable(request: StaffRequest) -> Problem | None:
    """Every character has a letter, so that the desk finds the name by its initials."""
    name = str(request.POST.get("name", "")).strip()
    odd = [one for one in name if not initials(one).strip(UNREADABLE)]
    return Problem("name", f"“{'、'.join(odd)}”没有拼音首字母，受理台上会找不到，请换个写法。") if odd else None


PAGE = Kept(CATEGORIES, _as_page, _findable)


@require_http_methods(["GET", "POST"])
@administrator
def add(request: StaffRequest) -> HttpResponse:
    """One more, or one that ended and is taken up again."""
    if again := str(request.GET.get("again", "")):
        return PAGE.add(request, ADD, _again(_found(again)), "name")
    return PAGE.add(request, ADD, {"from_on": today().isoformat()}, "name")


def _again(row: Category) -> dict[str, str]:
    """As it was, from the day on which it ended, or from today; below what its first level is called then."""
    first = max(today(), row.ends_on or today())
    return {"name": row.name, "above": categories.now_called(row.above, first) if row.above else "",
            "from_on": first.isoformat()}  # fmt: skip


def _found(row_id: str) -> Category:
    row = next((one for one in categories.rows() if one.id == number(row_id)), None)
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
@administrator
def verb(request: StaffRequest, row_id: str, verb: str) -> HttpResponse:
    """It gets another name, or is retired."""
    row = _found(row_id)
    if verb not in VERBS:
        raise Http404
    first = max(today(), row.from_on).isoformat()
    start = {"name": row.name, "from_on": first, "ends_on": first}
    return PAGE.verb(request, verb, row.unit_id, (Category, row.id), start, row.name)
