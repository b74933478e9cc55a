"""单位统计成形: how a unit and those below it stand, as charts titled by their answer and one table to compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from hotline.casework.figures_of_units import Lately, Standing
from hotline.casework.seeking import NOT_OVER
from hotline.network import desks as network
from hotline.network.records import Unit
from hotline.surfaces.portions import cut
from hotline.surfaces.ui.shapes import Bar, Cell, Chart, FiguresPage, Link, Section
from hotline.surfaces.workbench.shaping.desk import desk_url

HEADS = ("单位", "未结", "已逾期", "今天到期", "待审核", "有牌", "退回过", "待决申请")
COMPARED = ("单位", "送达", "按时", "逾期", "按时率", "退回过")
BARS = 8
EXPORT = "/staff/unit/export/"
LATELY = timedelta(days=30)  # what is compared: what was given within so many days
DAYS = f"近 {LATELY.days} 天送达的"


def _found(unit_id: int, own: Unit) -> str:
    """All that a unit below was given; of one's own unit, the list of what is open."""
    return f"/staff/search/?unit={unit_id}" if unit_id != own.id else desk_url("open")


def _open(unit_id: int, own: Unit) -> str:
    """What is open of it, as many as the figure says."""
    return f"{_found(unit_id, own)}&status=o-{NOT_OVER}" if unit_id != own.id else _found(unit_id, own)


def _name(unit_id: int, own: Unit) -> str:
    return f"{network.name(unit_id)}（本级）" if unit_id == own.id and own.level == 2 else network.name(unit_id)


def _share(part: int, whole: int) -> str:
    """In whole per cent, a half rounded up."""
    return f"{(part * 200 + whole) // (2 * whole)}%" if whole else "—"


def _bars(rows: Sequence[tuple[int, int]], own: Unit, said: Callable[[int], str]) -> tuple[Bar, ...]:
    most = max((n for _, n in rows), default=0)
    shown = cut(rows, BARS)[0]
    return tuple(Bar(_name(unit_id, own), said(n), n * 100 // most, _open(unit_id, own)) for unit_id, n in shown)


def _drawn(beyond: int) -> str:
    """What is said of the units for which there is no bar."""
    return f"；图上是最前面的 {BARS} 个，另有 {beyond} 个在下面的表里" if beyond else ""


def _overdue(rows: Sequence[Standing], own: Unit) -> Chart:
    """Who is overdue, and how much of it the first have."""
    late = [(one.unit_id, one.overdue) for one in rows if one.overdue]
    every, all_open = sum(n for _, n in late), sum(one.open for one in rows)
    note = f"未结 {all_open} 件，其中已逾期 {every} 件" + _drawn(cut(late, BARS)[1])
    if not late:
        return Chart("没有逾期的件", note, ())
    if len(late) == 1:
        return Chart(f"逾期的 {every} 件都在{_name(late[0][0], own)}", note, _bars(late, own, lambda n: f"{n} 件"))
    first = next(n for n in range(1, len(late) + 1) if 2 * sum(one for _, one in late[:n]) >= every)
    share = _share(sum(n for _, n in late[:first]), every)
    who = _name(late[0][0], own) if first == 1 else f"{first} 个单位"
    return Chart(f"{who}占了逾期的 {share}", note, _bars(late, own, lambda n: f"{n} 件"))


def _in_time(rows: Sequence[Lately], own: Unit) -> Chart:
    """How much was in time, the worst first."""
    judged = [one for one in rows if one.in_time + one.late]
    good, all_ = sum(one.in_time for one in judged), sum(one.in_time + one.late for one in judged)
    note = f"{DAYS} {sum(one.given for one in rows)} 件，已经看得出按时与否的 {all_} 件"
    if not judged:
        return Chart("还看不出按时率", note, ())
    ranked = sorted(judged, key=lambda one: one.in_time / (one.in_time + one.late))
    shown, beyond = cut(ranked, BARS)
    rates = [(one.unit_id, one.in_time, one.in_time + one.late) for one in shown]
    bars = tuple(Bar(_name(unit_id, own), f"{_share(n, of)}，{of} 件", n * 100 // of, _found(unit_id, own))
                 for unit_id, n, of in rates)  # fmt: skip
    return Chart(f"{_share(good, all_)} 按时报送", note + _drawn(beyond), bars)


def _standing(rows: Sequence[Standing], own: Unit, to_review: str) -> Section:
    """Every unit in a row; the figures that are lists of their own lead there."""
    cells = tuple((Cell(_name(one.unit_id, own), _open(one.unit_id, own)), Cell(str(one.open)), Cell(str(one.overdue)),
                   Cell(str(one.today)), Cell(str(one.filed), to_review if one.filed and one.unit_id != own.id else ""),
                   Cell(str(one.carded)), Cell(str(one.sent_back)), Cell(str(one.asked)))
                  for one in rows)  # fmt: skip
    return Section("现在", "未结的；点单位看它的件，在件上审核、催办、督办、查访", HEADS, cells,
                   empty_said="" if cells else "现在没有未结的件。")  # fmt: skip


def _compared(rows: Sequence[Lately], own: Unit) -> Section:
    cells = tuple((Cell(_name(one.unit_id, own), _found(one.unit_id, own)), Cell(str(one.given)),
                   Cell(str(one.in_time)), Cell(str(one.late)), Cell(_share(one.in_time, one.in_time + one.late)),
                   Cell(str(one.sent_back)))
                  for one in sorted(rows, key=lambda one: -one.given))  # fmt: skip
    return Section("比一比", f"{DAYS}；按时率＝按时报送÷（按时＋逾期），还在办、没到期的不算", COMPARED, cells,
                   empty_said="" if cells else "这段时间没有送达的件。")  # fmt: skip


def figures_page(own: Unit, now: Sequence[Standing], lately: Sequence[Lately], to_review: str) -> FiguresPage:
    """The whole page."""
    below = any(one.parent_id == own.id for one in network.units_below())
    title = "下级单位" if below else "本单位统计"
    said = "本级和各下级单位并排看。" if below else "只看本单位自己的。"
    return FiguresPage(title, said, (_overdue(now, own), _in_time(lately, own)),
                       (_standing(now, own, to_review), _compared(lately, own)),
                       Link("导出成表", EXPORT) if now or lately else None)  # fmt: skip


SHEET = (*HEADS, f"{DAYS}", *COMPARED[2:])
WIDTHS = (28, *(10,) * (len(SHEET) - 1))


def figures_table(own: Unit, now: Sequence[Standing], lately: Sequence[Lately]) -> list[tuple[str, ...]]:
    """Every unit in one row, as a sheet to take away: how it stands now, what became of what it was given lately."""
    stands, given = {one.unit_id: one for one in now}, {one.unit_id: one for one in lately}
    none, nothing = Standing(0, 0, 0, 0, 0, 0, 0, 0), Lately(0, 0, 0, 0, 0)

    def row(unit_id: int) -> tuple[str, ...]:
        a, b = stands.get(unit_id, none), given.get(unit_id, nothing)
        counts = (a.open, a.overdue, a.today, a.filed, a.carded, a.sent_back, a.asked, b.given, b.in_time, b.late)
        return (_name(unit_id, own), *map(str, counts), _share(b.in_time, b.in_time + b.late), str(b.sent_back))

    return [row(unit_id) for unit_id in dict.fromkeys([*stands, *given])]
