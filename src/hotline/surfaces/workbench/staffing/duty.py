"""值班 (duty): who is on duty now, the coming week, and where the hotline's own desks have nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hotline.network import desks, rosters
from hotline.network.records import Duty, Unit
from hotline.rules import rosters as rules
from hotline.rules.rosters import Hole
from hotline.surfaces import frame
from hotline.surfaces.clauses import sure
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, NetworkPage, Section
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.staffing.opening import DUTY, administrator, shown, tabs, unit_url

AHEAD = timedelta(days=7)
HEADS = ("单位", "值班人", "电话", "开始", "结束")


def _at(at: datetime) -> str:
    return said.instant(at, frame.book().tz)


def _rows(turns: Iterable[Duty]) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for turn in turns:
        unit = desks.unit(turn.unit_id)
        if unit is not None:
            cells = map(Cell, (turn.name, turn.phone, _at(turn.from_at), _at(turn.until_at)))
            rows.append((Cell(unit.name, unit_url(unit)), *cells))
    return tuple(rows)


def _hole(unit: Unit, hole: Hole) -> tuple[Cell, ...]:
    clause = Cell(hole.clause, sure(hole.clause).url)
    return (Cell(unit.name, unit_url(unit)), Cell(_at(hole.begin)), Cell(_at(hole.end)), clause)


def _holes(now: datetime) -> tuple[str, Section]:
    book = frame.book()
    found = rosters.uncovered(book, now, AHEAD)
    rows = tuple(_hole(one.unit, hole) for one in found for hole in one.holes)
    wanted = "热线全天受理" if rules.round_the_clock(book) else "热线不要求全天受理"
    section = Section("没有人值班的时段", f"{wanted}，看今后 {AHEAD.days} 天", ("单位", "开始", "结束", "依据"), rows, (),
                      "" if rows else "没有空档。")  # fmt: skip
    return (f"今后 {AHEAD.days} 天有 {len(rows)} 个时段没有人值班。" if rows else ""), section


@require_safe
@administrator
def duty(request: StaffRequest) -> HttpResponse:
    """Who answers the telephone now and in the coming week."""
    now = frame.now()
    problem, holes = _holes(now)
    turns = rosters.between(now, now + AHEAD)
    present, later = _rows(t for t in turns if t.from_at <= now), _rows(t for t in turns if t.from_at > now)
    sections = (
        Section("现在值班", "", HEADS, present, (), "" if present else "现在没有排班。"),
        holes,
        Section(f"今后 {AHEAD.days} 天", "", HEADS, later, (), "" if later else "还没有排班。可以在单位页上一班一班排，也可以导入值班表。"),
    )
    words = "、".join(rules.duties(frame.book()))
    return shown(request, NetworkPage("值班", words, tabs=tabs(DUTY), sections=sections, problem=problem))
