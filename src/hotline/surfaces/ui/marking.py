"""记号: from what the rules say to what a page shows. Pure; `now` is passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from . import said
from .shapes import Clause, DueMark, DueState, WhyDay

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
Row = TypeVar("Row")
ClauseOf = Callable[[str], Clause]


class DueLike(Protocol):
    """What is asked of `hotline.rules.verdicts.Due`."""

    @property
    def at(self) -> datetime: ...
    @property
    def clause(self) -> str: ...
    @property
    def readings(self) -> tuple[str, ...]: ...
    @property
    def provisional(self) -> bool: ...


def due_state(
    due_at: datetime, now: datetime, soon_from: datetime | None, settled_at: datetime | None, reminded: bool = False
) -> DueState:
    if settled_at is not None:
        return "settled"
    if now >= due_at:
        return "over"
    return "soon" if reminded or (soon_from is not None and now >= soon_from) else "ontime"


def due_mark(
    due: DueLike,
    now: datetime,
    tz: ZoneInfo,
    clause_of: ClauseOf,
    *,
    calendar: said.Workdays | None,
    soon_from: datetime | None = None,
    settled_at: datetime | None = None,
    short: bool = False,
    reminded: bool = False,
    ticking: bool = False,
) -> DueMark:
    """期限记号. `soon_from`: the yellow instant of R-09; `calendar` None where calendar time runs; `short` in lists;
    `reminded`: the clock has reminded of this date, which is said until it is met or over; `ticking`: an open page
    goes on counting."""
    today = now.astimezone(tz).date()
    if settled_at is not None:
        words = said.settled(due.at, settled_at, tz, calendar)
        at, at_said = settled_at, f"{said.day(settled_at.astimezone(tz).date(), today)} {said.clock(settled_at, tz)}"
    else:
        words = ("提醒：" if reminded and now < due.at else "") + said.remaining(due.at, now, tz, calendar)
        at, at_said = due.at, (said.short_limit if short else said.limit)(due.at, tz, today)
    return DueMark(
        state=due_state(due.at, now, soon_from, settled_at, reminded),
        said=words,
        at_said=at_said,
        at_iso=at.astimezone(tz).isoformat(timespec="minutes"),
        clause=clause_of(due.clause),
        readings=() if short else tuple(clause_of(one) for one in due.readings),
        provisional=due.provisional,
        ticks=said.ticks(due.at, now, tz, calendar) if ticking and settled_at is None else "",
    )


def why_weeks(
    event: date, last: date, calendar: said.Workdays, event_word: str = "送达"
) -> tuple[tuple[WhyDay, ...], ...]:
    """为什么是这一天: whole weeks from the event to the last day, each counted day with its number (R-01)."""
    weeks: list[tuple[WhyDay, ...]] = []
    monday, counted = event - _DAY * event.weekday(), 0
    while monday <= last:
        row: list[WhyDay] = []
        for offset in range(7):
            on = monday + _DAY * offset
            working = calendar.is_workday(on)
            counted += working and event < on <= last
            row.append(_why_day(on, event, last, working, counted, event_word))
        weeks.append(tuple(row))
        monday += _WEEK
    return tuple(weeks)


def _why_day(on: date, event: date, last: date, working: bool, counted: int, event_word: str) -> WhyDay:
    outside = not event <= on <= last
    made_up = working and on.weekday() >= 5
    mark = event_word if on == event else "" if outside else "班" if made_up else "" if working else "休"
    first = on.weekday() == 0 and on <= event or on.day == 1
    return WhyDay(
        iso=on.isoformat(),
        label=f"{on.month}/{on.day}" if first else str(on.day),
        number=str(counted) if working and not outside and on != event else "",
        mark=mark,
        rest=not working and not outside and on != event,
        made_up=made_up and not outside and on != event,
        event=on == event,
        due=on == last,
        outside=outside,
    )


def due_groups(
    rows: Sequence[tuple[datetime | None, bool, Row]], now: datetime, tz: ZoneInfo
) -> list[tuple[str, list[Row]]]:
    """Rows in the order of their dates and of whether these were met, cut into 已逾期 / 已报送 / 今天 / a day / 没有期限."""
    groups: list[tuple[str, list[Row]]] = []
    for due_at, met, row in rows:
        title = due_day_title(due_at, now, tz, met)
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(row)
    return groups


def due_day_title(due_at: datetime | None, now: datetime, tz: ZoneInfo, met: bool = False) -> str:
    if due_at is None:
        return "没有期限"
    if now >= due_at:
        return "期限已到，已报送" if met else "已逾期"
    today, last = now.astimezone(tz).date(), said.limit_day(due_at, tz)
    words = {today: "今天 ", today + _DAY: "明天 "}.get(last, "")
    return f"{words}{said.day_and_weekday(last, today)}到期"
