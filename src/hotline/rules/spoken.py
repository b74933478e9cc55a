"""说时刻: how days and instants are said to people, the same in a refusal and on every page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = "一二三四五六日"


def day(on: date, today: date | None = None) -> str:
    """11月25日; with the year when `today` lies in another one."""
    year = f"{on.year}年" if today is not None and today.year != on.year else ""
    return f"{year}{on.month}月{on.day}日"


def weekday(on: date) -> str:
    """周三"""
    return f"周{WEEKDAYS[on.weekday()]}"


def day_and_weekday(on: date, today: date | None = None) -> str:
    """11月25日（周三）"""
    return f"{day(on, today)}（{weekday(on)}）"


def limit_day(at: datetime, tz: ZoneInfo) -> date:
    """The day a limit ends on: 00:00 belongs to the day before."""
    local = at.astimezone(tz)
    return local.date() - timedelta(days=1) if local.time() == time() else local.date()


def limit_clock(at: datetime, tz: ZoneInfo) -> str:
    """24:00 for the end of a day, else the time of day."""
    local = at.astimezone(tz)
    return "24:00" if local.time() == time() else f"{local:%H:%M}"


def limit(at: datetime, tz: ZoneInfo, today: date | None = None) -> str:
    """11月25日（周三）24:00"""
    return f"{day_and_weekday(limit_day(at, tz), today)}{limit_clock(at, tz)}"
