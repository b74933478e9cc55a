"""The calendar files of a city: dated data, apart from the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hotline.rules.errors import RulebookError
from hotline.rules.filling import mapping
from hotline.rules.sources import CALENDARS, YEAR, Sources, parse_sent
from hotline.rules.worktime import WorkCalendar, Year

ALARM_FROM = (11, 1)  # month and day: the notice about next year's holidays comes out about then
STATUSES = ("official", "provisional")
KEYS = frozenset({"year", "status", "notice", "amended_by", "holidays", "workdays"})


def calendar(sources: Sources, tz: ZoneInfo, weekend: frozenset[int]) -> WorkCalendar:
    """The city's calendar; RulebookError for a file whose year, status or days do not fit together."""
    years = [year(file, data, weekend) for file, data in sources.under(CALENDARS).items()]
    return WorkCalendar(tz, {entry.year: entry for entry in years}, weekend)


def alarm(calendar: WorkCalendar, now: datetime) -> str:
    """What is wrong with this year's calendar, or late in the year with the next one's; empty when all is well."""
    return alarm_on(calendar, calendar.day_of(now))


def alarm_on(calendar: WorkCalendar, on: date) -> str:
    """The same for a day."""
    return "；".join(said for year in _years(on) if (said := _wrong(calendar, year)))


def missing_on(calendar: WorkCalendar, on: date) -> bool:
    """Whether one of these years has no calendar at all, so that dates cannot be worked out; a provisional one can."""
    return any(year not in calendar.years for year in _years(on))


def _years(on: date) -> list[int]:
    return [on.year] if (on.month, on.day) < ALARM_FROM else [on.year + 1, on.year]


def _wrong(calendar: WorkCalendar, year: int) -> str:
    entry = calendar.years.get(year)
    if entry is not None and entry.status == "official":
        return ""
    return f"{year} 年的日历还是暂定的，期限按暂定日历计算" if entry else f"还没有 {year} 年的日历，期限将无法计算"


def year(file: str, data: Any, weekend: frozenset[int]) -> Year:
    """One calendar file as data; RulebookError where it contradicts its name or itself."""
    entry = mapping(file, "", "", data)
    number, status = entry.get("year"), entry.get("status")
    if type(number) is not int or not YEAR.fullmatch(f"{number}.yaml") or number >= date.max.year:
        raise RulebookError(file, "", "year", "应当是四位数的年份")
    if file.rsplit("/", 1)[-1] != f"{number}.yaml":
        raise RulebookError(file, "", "year", "应当与文件名相同")
    if status not in STATUSES:
        raise RulebookError(file, "", "status", "应当是 official 或 provisional")
    if not isinstance(entry.get("notice") or "", str):
        raise RulebookError(file, "", "notice", "应当是通知的文号")
    if unknown := entry.keys() - KEYS:
        raise RulebookError(file, "", str(min(unknown)), "日历没有这一项")
    holidays, workdays = (_named_days(file, key, number, entry.get(key)) for key in ("holidays", "workdays"))
    if both := holidays.keys() & workdays.keys():
        raise RulebookError(file, "", f"workdays.{workdays[min(both)]}", f"{min(both)} 既放假又上班")
    if needless := [day for day in workdays if day.isoweekday() not in weekend]:
        first = min(needless)
        raise RulebookError(file, "", f"workdays.{workdays[first]}", f"{first} 不是周末，不必列为调休上班")
    notices = entry.get("amended_by") or ()
    amended_by = tuple(str(notice) for notice in (notices if isinstance(notices, list | tuple) else [notices]))
    return Year(number, status, entry.get("notice"), holidays, workdays, amended_by)


def sent(content: str, weekend: frozenset[int]) -> Year:
    """The year in a file that somebody sent, as the loader would read it. Raises RulebookError."""
    data = parse_sent("日历文件", content.encode())
    number = data.get("year") if isinstance(data, dict) else None
    return year(f"{CALENDARS}/{number}.yaml", data, weekend)


def file_of(content: str) -> bytes:
    """The file made of what was published."""
    return f"{content}\n".encode()


def digest(content: str) -> str:
    """By which that file is known again: its SHA-256."""
    return hashlib.sha256(file_of(content)).hexdigest()


def told(content: str, wrong: RulebookError, name: str = "") -> str:
    """What is wrong with such a file, on which line and in which entry, by the name under which it was sent."""
    row = _line_of(content, wrong.key.split("."), wrong.problem.split(" ")[0])
    parts = (name, f"第 {row} 行" if row else "", f"{wrong.key} 一项" if wrong.key else "")
    place = "，".join(filter(None, parts))
    return f"{place}：{wrong.problem}。" if place else f"{wrong.problem}。"


def _line_of(content: str, within: Sequence[str], said: str) -> int:
    """The line on which stands what is said of an entry, the day that is wrong; else the one on which the entry begins,
    looked for within the one that it belongs to; 0 where it is not found."""
    lines = [line.split("#")[0] for line in content.splitlines()]
    names = [line.split(":")[0].strip(" '\"") for line in lines]
    at = -1
    for name in within:
        found = next((n for n in range(at + 1, len(names)) if name and names[n] == name), -1)
        if found < 0 or (at >= 0 and said in lines[at]):
            break
        at = found
    of_it = range(max(at, 0), next((n for n in range(at + 1, len(lines)) if ":" in lines[n]), len(lines)))
    return next((n for n in of_it if len(within) > 1 and said in lines[n]), at) + 1


def _named_days(file: str, key: str, year: int, groups: Any) -> Mapping[date, str]:
    found: dict[date, str] = {}
    for name, days in mapping(file, "", key, groups).items():
        for day in days if isinstance(days, list) else [days]:
            if type(day) is not date or day.year != year:
                raise RulebookError(file, "", f"{key}.{name}", f"{day} 不是 {year} 年的日期")
            found[day] = str(name)
    return found
