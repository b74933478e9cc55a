"""怎么说：时刻、还剩多少、为什么是这一天。"""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from hotline.surfaces.ui import marking, said
from surfaces.gallery_staff import NOW, TZ, Workdays, c

CALENDAR = Workdays()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


@pytest.mark.parametrize(
    "instant,words",
    [
        ("2026-11-26T00:00", "11月25日（周三）24:00"),
        ("2026-11-25T00:01", "11月25日（周三）00:01"),
        ("2026-11-25T15:30", "11月25日（周三）15:30"),
        ("2027-01-01T00:00", "12月31日（周四）24:00"),
    ],
)
def test_limit_ends_at_24_of_the_day_before(instant: str, words: str) -> None:
    assert said.limit(at(instant), TZ) == words


def test_year_is_said_when_it_is_another_one() -> None:
    assert said.limit(at("2027-01-05T00:00"), TZ, NOW.date()) == "2027年1月4日（周一）24:00"
    assert said.instant(at("2026-09-18T10:12"), TZ, NOW.date()) == "9月18日（周五）10:12"


@pytest.mark.parametrize(
    "now,due,words",
    [
        ("2026-11-24T21:00", "2026-11-26T00:00", "还剩 1 个工作日 3 小时"),
        ("2026-11-24T14:26", "2026-11-26T00:00", "还剩 1 个工作日 9 小时"),
        ("2026-11-24T15:00", "2026-11-25T00:00", "今天到期，还剩 9 小时"),
        ("2026-11-24T23:26", "2026-11-25T00:00", "今天到期，还剩 34 分钟"),
        ("2026-11-24T14:00", "2026-11-21T00:00", "已逾期 1 个工作日 14 小时"),
        ("2026-11-24T14:26", "2026-11-24T00:00", "已逾期 14 小时"),
        ("2026-11-21T09:00", "2026-11-25T00:00", "还剩 2 个工作日"),
        ("2026-11-21T09:00", "2026-11-21T00:00", "已逾期"),
        ("2026-09-30T10:00", "2026-10-10T00:00", "还剩 2 个工作日 14 小时"),
    ],
)
def test_remaining_counts_working_days(now: str, due: str, words: str) -> None:
    assert said.remaining(at(due), at(now), TZ, CALENDAR) == words


def test_remaining_in_calendar_time() -> None:
    assert said.remaining(at("2026-11-22T12:00"), at("2026-11-21T10:00"), TZ, None) == "还剩 1 天 2 小时"


def test_settled() -> None:
    assert said.settled(at("2026-11-26T00:00"), at("2026-11-23T15:12"), TZ, CALENDAR) == "按时办结，提前 2 个工作日"
    assert said.settled(at("2026-11-24T00:00"), at("2026-11-24T14:00"), TZ, CALENDAR) == "逾期办结，迟 14 小时"


def test_numbers() -> None:
    assert said.short_number("20261118-0233-9") == "1118-0233"
    assert said.short_number("别的") == "别的"


def due(when: str) -> SimpleNamespace:
    return SimpleNamespace(at=at(when), clause="五（二）4", readings=("R-01",), provisional=True)


@pytest.mark.parametrize(
    "soon_from,settled_at,now,state",
    [
        ("2026-11-25T00:00", None, "2026-11-24T10:00", "ontime"),
        ("2026-11-25T00:00", None, "2026-11-25T00:00", "soon"),
        ("2026-11-25T00:00", None, "2026-11-26T00:00", "over"),
        (None, None, "2026-11-25T10:00", "ontime"),
        (None, "2026-11-25T10:00", "2026-11-27T10:00", "settled"),
    ],
)
def test_due_mark(soon_from: str | None, settled_at: str | None, now: str, state: str) -> None:
    mark = marking.due_mark(
        due("2026-11-26T00:00"),
        at(now),
        TZ,
        c,
        calendar=CALENDAR,
        soon_from=at(soon_from) if soon_from else None,
        settled_at=at(settled_at) if settled_at else None,
    )
    assert (mark.state, mark.provisional, mark.clause) == (state, True, c("五（二）4"))
    assert mark.readings == (c("R-01"),)
    assert mark.at_said == ("11月25日 10:00" if settled_at else "11月25日（周三）24:00")


def test_why_weeks_numbers_every_counted_day() -> None:
    weeks = marking.why_weeks(date(2026, 9, 18), date(2026, 10, 15), CALENDAR)
    days = [day for week in weeks for day in week]
    assert [day.number for day in days if day.number] == [str(n) for n in range(1, 16)]
    assert {day.iso for day in days if day.mark == "班"} == {"2026-09-20", "2026-10-10"}
    assert [day.mark for day in days if day.event] == ["送达"]
    assert [day.number for day in days if day.due] == ["15"]
    assert all(len(week) == 7 for week in weeks)
    assert days[0].label == "9/14"
    assert not any(day.number or day.mark for day in days if day.outside)


def test_due_groups() -> None:
    rows = [(at("2026-11-21T00:00"), False, 1), (at("2026-11-21T00:00"), True, 0), (at("2026-11-25T00:00"), True, 2),
            (at("2026-11-26T00:00"), False, 3), (None, False, 4)]  # fmt: skip
    assert marking.due_groups(rows, NOW, TZ) == [
        ("已逾期", [1]),
        ("期限已到，已报送", [0]),
        ("今天 11月24日（周二）到期", [2]),
        ("明天 11月25日（周三）到期", [3]),
        ("没有期限", [4]),
    ]
