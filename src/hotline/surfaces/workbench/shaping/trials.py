"""试拨成形: the list of duty telephones, what is to be tried now first; one of them with its number and its past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from hotline.network import desks
from hotline.network.records import TrialCall
from hotline.network.trials import Tried
from hotline.rules.book import Rulebook
from hotline.rules.rosters import trial
from hotline.surfaces.clauses import sure
from hotline.surfaces.portions import at, cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Cell, Fact, FactGroup, FormView, Link, NetworkPage, Section
from hotline.surfaces.workbench.shaping.desk import cursor_at

ADDRESS = "/staff/duty-calls/"
LATELY = 30  # days that the share of good calls is told for
PAGE = 50
BEFORE = 12  # earlier trials shown on a page beside the form
HEADS = ("单位", "现在值班", "拨", "上次", "结果", "该拨")
PAST = ("拨于", "号码", "结果", "备注")


def _when(book: Rulebook, at: datetime) -> str:
    return said.short_instant(at, book.tz)


def _said(book: Rulebook, call: TrialCall) -> str:
    """What came of it: a shape and words."""
    return f"{'✓' if call.good else '✗'} {trial(book).outcomes.get(call.outcome, call.outcome)}"


def _due(book: Rulebook, one: Tried, now: datetime) -> str:
    if one.due_at is None:
        return "现在 · 没有拨过"
    return "现在" if one.due(now) else f"{said.day(one.due_at.astimezone(book.tz).date())}以后"


def _row(book: Rulebook, one: Tried, now: datetime) -> tuple[Cell, ...]:
    who = "、".join(turn.name for turn in one.on_duty) or "没有排班"
    last = one.last
    return (Cell(desks.name(one.unit.id)), Cell(who), Cell(one.phone or "没有号码，去记录", f"{ADDRESS}{one.unit.id}/"),
            Cell(_when(book, last.at) if last else "—"), Cell(_said(book, last) if last else "—"),
            Cell(_due(book, one, now)))  # fmt: skip


def _share(tried: tuple[int, int]) -> str:
    calls, good = tried
    return f"近 {LATELY} 天拨了 {calls} 次，通了 {good} 次（{good * 100 // calls}%）。" if calls else f"近 {LATELY} 天没有拨过。"


def trial_page(book: Rulebook, now: datetime, rows: Sequence[Tried], tried: tuple[int, int], query: str,
               page: int) -> NetworkPage:  # fmt: skip
    """The list; `page` begins with 1."""
    words = query.strip().casefold()
    found = [one for one in rows if words in f"{one.unit.code} {one.unit.name} {one.unit.short}".casefold()]
    shown, _beyond = cut(found[PAGE * (page - 1) :], PAGE)
    due = sum(one.due(now) for one in found)
    rule = trial(book)
    how = f"通了的 {rule.every_days} 天以后再拨，没通的 {rule.again_days} 天以后。{_share(tried)}"
    section = Section("值班电话", f"{len(found)} 个单位，现在该拨 {due} 个", HEADS,
                      tuple(_row(book, one, now) for one in shown), (), "" if shown else "没有这样的单位。")  # fmt: skip
    last = (len(found) + PAGE - 1) // PAGE
    more = tuple(Link(term, f"{ADDRESS}?{urlencode({'q': query, 'page': to})}")
                 for to, term in ((page - 1, "上一页"), (page + 1, "下一页")) if 1 <= to <= last)  # fmt: skip
    return NetworkPage("试拨值班电话", how, search_url=ADDRESS, query=query, sections=(section,), more=more)


def beside(book: Rulebook, one: Tried, calls: Sequence[TrialCall], form: FormView,
           before: str = "") -> NetworkPage:  # fmt: skip
    """One unit's telephone, the form under it, and a page of what came of it before."""
    shown, beyond = cut(calls, BEFORE)
    here = f"{ADDRESS}{one.unit.id}/"
    pages = [Link("回到最近的", here)] if before else []
    if beyond:
        pages.append(Link("看更早的试拨", at(here, before=cursor_at(shown[-1].at, shown[-1].id))))
    facts = [Fact("现在值班", "、".join(turn.name for turn in one.on_duty) or "没有排班"), Fact("该拨的号码", one.phone or "没有登记"),
             Fact("单位的值班电话", one.unit.phone if one.unit.phone != one.phone else ""),
             Fact("依据", "电话有人接", clause=sure(trial(book).clause))]  # fmt: skip
    rows = tuple((Cell(_when(book, c.at)), Cell(c.phone), Cell(_said(book, c)), Cell(c.remark or "—")) for c in shown)
    past = Section("以前试拨", "", PAST, rows, (), "" if rows else "没有拨过。")
    return NetworkPage(desks.name(one.unit.id), trail=(Link("试拨值班电话", ADDRESS),),
                       form=replace(form, submit_term="记下结果"), sections=(past,), more=tuple(pages),
                       facts=FactGroup("电话", tuple(fact for fact in facts if fact.said)))  # fmt: skip
