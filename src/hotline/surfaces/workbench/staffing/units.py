"""单位 (units): the list of units, and a unit's own page with its posts and its duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hotline.casework.transitions.base import said_lacking
from hotline.network import desks, rosters, staffing
from hotline.network.records import Duty, Unit
from hotline.network.roles import TERMS, Role
from hotline.network.sorts import DESKS, SORTS
from hotline.network.staffing import Staffed, Stand
from hotline.procedure.card import REGISTRY
from hotline.procedure.ledger import LineMeta
from hotline.surfaces import frame
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, Fact, FactGroup, Link, NetworkPage, Section, VerbView
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.shaping.timeline import facts_of, lines, read_once
from hotline.surfaces.workbench.staffing.opening import (
    HOME,
    administrator,
    shown,
    tabs,
    the_unit,
    unit_dossier,
    unit_url,
)

AHEAD = timedelta(days=31)
HEADS = ("编码", "单位", "级别", "类别", "岗位", "值班电话", "接单")
POSTS = ("岗位", "姓名", "登录名", "电话", "代理", "办理")
DONE = ("时刻", "办了什么", "谁", "岗位", "依据")
DONE_TO = (*DONE[:2], "谁的", *DONE[2:])
LATELY = 20  # so many of the newest lines
TURNS = ("开始", "结束", "值班人", "电话", "")


def _at(at: datetime) -> str:
    return said.short_instant(at, frame.book().tz)


def short_lacking(lacks: Sequence[Sequence[str]]) -> str:
    """What is lacking, in a cell's width: whoever may sign is one thing."""
    return "、".join("签批人" if len(options) > 1 else said_lacking(options) for options in lacks)


def _receives(stand: Stand) -> Cell:
    if stand.unit.level == 1:
        return Cell("不接单")
    return Cell(f"缺{short_lacking(stand.lacks)}") if stand.lacks else Cell("可以")


def _row(stand: Stand) -> tuple[Cell, ...]:
    unit, levels = stand.unit, frame.book().provision("levels").values["names"]
    sort = SORTS[unit.sort] + (f" · {DESKS[unit.desk]}" if unit.desk else "")
    indent = "　" * max(0, unit.level - 2)
    return (Cell(unit.code), Cell(unit.name, unit_url(unit), lead=indent), Cell(str(levels[unit.level])), Cell(sort),
            Cell(str(stand.posts)), Cell(unit.phone or "—"), _receives(stand))  # fmt: skip


def _further(query: str, number: int, total: int) -> tuple[Link, ...]:
    pages = ((number - 1, "上一页"), (number + 1, "下一页"))
    last = (total + staffing.PAGE - 1) // staffing.PAGE
    return tuple(Link(term, f"{HOME}?{urlencode({'q': query, 'page': to})}") for to, term in pages if 1 <= to <= last)


@require_safe
@administrator
def units(request: StaffRequest) -> HttpResponse:
    """All open units, each with what it lacks; found by code or name."""
    query, wanted = str(request.GET.get("q", ""))[:40], str(request.GET.get("page", "1"))
    number = min(max(int(wanted), 1), 1000) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 1
    stands, total = staffing.page(frame.book(), query, number)
    empty = "" if stands else "没有这样的单位。"
    section = Section("在册单位", f"{total} 个", HEADS, tuple(map(_row, stands)), (), empty)
    return shown(request, NetworkPage(
        "单位与人员", tabs=tabs(HOME), search_url=HOME, query=query, sections=(section,),
        verbs=(VerbView("open_unit", "增设单位", f"{HOME}open/", True),), more=_further(query, number, total),
    ))  # fmt: skip


def _acting(staffed: Staffed) -> Cell:
    names = "，".join(f"{name} {_at(one.from_at)} 至 {_at(one.until_at)}" for one, name in staffed.acting)
    links = (Link("结束", f"{HOME}post/{one.post_id}/end_acting/?row={one.id}") for one, _ in staffed.acting)
    return Cell(names, links=tuple(links))


def _post(staffed: Staffed) -> tuple[Cell, ...]:
    post, person, url = staffed.post, staffed.person, f"{HOME}post/{staffed.post.id}/"
    verbs = (("amend_person", "改姓名电话"), ("set_password", "重置口令"), ("appoint_acting", "设代理"), ("end_post", "离岗"))
    return (Cell(TERMS[Role(post.role)]), Cell(person.name), Cell(person.login), Cell(person.phone), _acting(staffed),
            Cell("", links=tuple(Link(term, f"{url}{verb}/") for verb, term in verbs)))  # fmt: skip


def _turn(unit: Unit, duty: Duty) -> tuple[Cell, ...]:
    url = f"{unit_url(unit)}cancel_duty/?row={duty.id}"
    begins, ends = (said.instant(at, frame.book().tz) for at in (duty.from_at, duty.until_at))
    return (Cell(begins), Cell(ends), Cell(duty.name), Cell(duty.phone),
            Cell("", links=(Link("撤班", url),)))  # fmt: skip


def _facts(unit: Unit) -> FactGroup:
    levels, heir = frame.book().provision("levels").values["names"], desks.unit(unit.successor_id)
    lacks = short_lacking(staffing.lacks(frame.book(), unit))
    rows = [
        Fact("编码", unit.code), Fact("级别", f"{levels[unit.level]} · {SORTS[unit.sort]}"),
        Fact("职能", DESKS.get(unit.desk, "")), Fact("上级", desks.name(unit.parent_id)), Fact("区划代码", unit.place),
        Fact("值班电话", unit.phone or "没有"), Fact("还缺", f"{lacks}，不能接单" if lacks else ""),
        Fact("撤销于", _at(unit.ended_at) if unit.ended_at else ""), Fact("承接", heir.name if heir else ""),
    ]  # fmt: skip
    return FactGroup("单位", tuple(row for row in rows if row.said))


def _verbs(unit: Unit) -> tuple[VerbView, ...]:
    if unit.status != "open":
        return ()
    url = unit_url(unit)
    rows = (("appoint_post", "设岗", f"{url}appoint/"), ("roster_duty", "排班", f"{url}roster_duty/"),
            ("amend_unit", "变更单位", f"{url}amend_unit/"), ("open_unit", "增设下级", f"{HOME}open/?above={unit.id}"),
            ("end_unit", "撤销单位", f"{url}end_unit/"))  # fmt: skip
    return tuple(VerbView(name, term, to, True, primary=name == "appoint_post") for name, term, to in rows)


def _done(one: LineMeta, said_: str) -> str:
    """What was done; of a turn of duty, which."""
    if one.kind != REGISTRY["roster_duty"].ledger.kind:
        return said_
    facts = facts_of(read_once(one))
    begins, ends = (_at(datetime.fromisoformat(str(facts[name]))) for name in ("from_at", "until_at"))
    return f"{said_}：{begins} 至 {ends}"


def _history(unit: Unit) -> Section:
    """What was done to it and what it keeps, by whom: the newest lines of its chain."""
    dossier = unit_dossier(str(unit.id))
    newest, before = cut(dossier.lines[::-1], LATELY)
    done = lines(newest, frame.book())
    rows = tuple((Cell(_at(one.at)), Cell(_done(one, line.said)), Cell(line.who), Cell(line.post),
                  Cell(line.clause.id, line.clause.url) if line.clause else Cell("—"))
                 for one, line in zip(newest, done, strict=True))  # fmt: skip
    note = f"最近 {LATELY} 条，以前还有 {before} 条" if before else "每一次变更都在台账里"
    return Section("经过", note, DONE, rows, (), "" if rows else "还没有变更过。")


def _accounts(unit: Unit) -> Section:
    """What was done to its posts and to the accounts of those who hold them, by whom: the newest lines."""
    newest, beyond = cut(staffing.done_at(unit.id, LATELY + 1), LATELY)
    done = lines([one.line for one in newest], frame.book())
    rows = tuple((Cell(_at(one.line.at)), Cell(line.said), Cell(f"{one.name}（{TERMS[Role(one.role)]}）"), Cell(line.who),
                  Cell(line.post), Cell(line.clause.id, line.clause.url) if line.clause else Cell("—"))
                 for one, line in zip(newest, done, strict=True))  # fmt: skip
    note = f"最近 {LATELY} 条，更早的在台账里" if beyond else "每一次变更都在台账里"
    return Section("岗位和账号的经过", note, DONE_TO, rows, (), "" if rows else "还没有变更过。")


@require_safe
@administrator
def unit(request: StaffRequest, unit_id: str) -> HttpResponse:
    """One unit: its people by their posts, and who is on duty the coming month."""
    found, now = the_unit(unit_id), frame.now()
    posts = tuple(map(_post, staffing.posts_in(found.id, now)))
    turns = tuple(_turn(found, duty) for duty in rosters.between(now, now + AHEAD, [found.id]))
    sections = (
        Section("岗位", "", POSTS, posts, (), "" if posts else "还没有人。"),
        Section("值班", "今后一个月", TURNS, turns, (), "" if turns else "还没有排班。"), _history(found),
        _accounts(found),
    )
    return shown(request, NetworkPage(found.name, trail=(Link("单位与人员", HOME),), facts=_facts(found),
                                      sections=sections, verbs=_verbs(found)))  # fmt: skip
