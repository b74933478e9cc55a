"""怎么说: instants, remaining time and numbers, in words. Nothing here takes the time itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from hotline.rules import spoken
from hotline.rules.spoken import day, day_and_weekday, limit_clock, limit_day

limit = spoken.limit  # 11月25日（周三）24:00
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


class Workdays(Protocol):
    """What is asked of `hotline.rules.worktime.WorkCalendar`."""

    def is_workday(self, day: date, /) -> bool: ...
    def working_days_between(self, after: date, until: date, /) -> int: ...


def instant(at: datetime, tz: ZoneInfo, today: date | None = None) -> str:
    """9月18日（周五）10:12"""
    local = at.astimezone(tz)
    return f"{day_and_weekday(local.date(), today)}{local:%H:%M}"


def short_instant(at: datetime, tz: ZoneInfo) -> str:
    """11月18日 09:58"""
    local = at.astimezone(tz)
    return f"{day(local.date())} {local:%H:%M}"


def clock(at: datetime, tz: ZoneInfo) -> str:
    return f"{at.astimezone(tz):%H:%M}"


def day_of(kept: str) -> str:
    """A day as a line keeps it, said: 11月25日（周三）."""
    return day_and_weekday(date.fromisoformat(kept))


def short_limit(at: datetime, tz: ZoneInfo, today: date | None = None) -> str:
    """11月25日 24:00"""
    return f"{day(limit_day(at, tz), today)} {limit_clock(at, tz)}"


def short_number(number: str) -> str:
    """20261118-0233-9 in a list: 1118-0233."""
    parts = number.split("-")
    return f"{parts[0][-4:]}-{parts[1]}" if len(parts) == 3 and len(parts[0]) == 8 else number


def working_time(start: datetime, end: datetime, tz: ZoneInfo, calendar: Workdays | None) -> timedelta:
    """How much of the span lies in working days; without a calendar all of it."""
    a, b = start.astimezone(tz), end.astimezone(tz)
    if calendar is None:
        return b - a
    if a >= b:
        return timedelta()
    first, last, worked = a.date(), b.date(), calendar.is_workday
    if first == last:
        return b.replace(tzinfo=None) - a.replace(tzinfo=None) if worked(first) else timedelta()
    whole = calendar.working_days_between(first, last) - worked(last)  # counted, not walked: files lie years overdue
    begun = datetime.combine(first + _DAY, time()) - a.replace(tzinfo=None) if worked(first) else timedelta()
    ended = b.replace(tzinfo=None) - datetime.combine(last, time()) if worked(last) else timedelta()
    return begun + whole * _DAY + ended


def span(length: timedelta, unit: str = "个工作日") -> str:
    """1 个工作日 3 小时; 14 小时; 34 分钟"""
    days, rest = divmod(length, _DAY)
    hours, minutes = rest // _HOUR, rest // _MINUTE
    parts = [f"{days} {unit}"] if days else []
    if hours:
        parts.append(f"{hours} 小时")
    elif minutes and not days:
        parts.append(f"{minutes} 分钟")
    return " ".join(parts)


def remaining(due_at: datetime, now: datetime, tz: ZoneInfo, calendar: Workdays | None) -> str:
    """还剩 1 个工作日 3 小时 / 今天到期，还剩 9 小时 / 已逾期 14 小时. Without a calendar (紧急件): calendar time."""
    unit = "个工作日" if calendar is not None else "天"
    if now >= due_at:
        late = span(working_time(due_at, now, tz, calendar), unit)
        return f"已逾期 {late}" if late else "已逾期"
    today = limit_day(due_at, tz) == now.astimezone(tz).date()
    left = span(working_time(now, due_at, tz, None if today else calendar), unit) or "不到 1 分钟"
    return f"今天到期，还剩 {left}" if today else f"还剩 {left}"


def ticks(due_at: datetime, now: datetime, tz: ZoneInfo, calendar: Workdays | None) -> str:
    """What a page needs to go on saying what `remaining` says: the seconds from now to the end, those to midnight,
    which of the days from today to the last one count, and by what word they are counted. Nothing when it is over."""
    if now >= due_at:
        return ""
    today, last = now.astimezone(tz).date(), limit_day(due_at, tz)
    midnight = datetime.combine(today + _DAY, time(), tz)
    days = (today + _DAY * n for n in range((last - today).days + 1))
    counts = "".join("1" if calendar is None or calendar.is_workday(on) else "0" for on in days)
    spans = (int((at - now).total_seconds()) for at in (due_at, midnight))
    return " ".join((*map(str, spans), counts, "天" if calendar is None else "个工作日"))


def settled(due_at: datetime, settled_at: datetime, tz: ZoneInfo, calendar: Workdays | None) -> str:
    """按时办结，提前 2 个工作日 / 逾期办结，迟 14 小时"""
    unit = "个工作日" if calendar is not None else "天"
    if settled_at >= due_at:
        late = span(working_time(due_at, settled_at, tz, calendar), unit)
        return f"逾期办结，迟 {late}" if late else "逾期办结"
    days = working_time(settled_at, due_at, tz, calendar) // _DAY
    return f"按时办结，提前 {days} {unit}" if days else "按时办结"
