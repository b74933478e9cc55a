"""The calendar files: the official years day by day against an independent table, the provisional one by the law."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books
from hotline.rules import calendars
from hotline.rules.errors import RulebookError

CALENDAR = books.load(RULEBOOKS / CITIES[0]).calendar
OFFICIAL = range(2011, 2027)
GOOD = {
    "year": 2026,
    "status": "official",
    "notice": None,
    "holidays": {"元旦": [date(2026, 1, 1)]},
    "workdays": {"元旦": [date(2026, 1, 4)]},
}


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", OFFICIAL)
def test_each_day_agrees_with_an_independent_table(year: int) -> None:
    different = [day for day in days_of(year) if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)]
    assert different == []


@pytest.mark.parametrize("year", OFFICIAL)
def test_each_official_year_has_its_notice(year: int) -> None:
    notice = CALENDAR.notice(year)
    assert notice is not None
    assert notice.startswith(f"国办发明电〔{year - 1}〕")
    assert CALENDAR.status(date(year, 7, 1)) == "official"


def test_the_provisional_year_has_the_statutory_days_only() -> None:
    feasts = {
        "元旦": [(1, 1)],
        "春节": [(2, 5), (2, 6), (2, 7), (2, 8)],  # 除夕和正月初一至初三
        "清明节": [(4, 5)],
        "劳动节": [(5, 1), (5, 2)],
        "端午节": [(6, 9)],
        "中秋节": [(9, 15)],
        "国庆节": [(10, 1), (10, 2), (10, 3)],
    }
    statutory = {date(2027, month, day): name for name, days in feasts.items() for month, day in days}
    assert CALENDAR.years[2027].holidays == statutory
    assert CALENDAR.years[2027].workdays == {}


@pytest.mark.parametrize(
    "change, key",
    [
        ({"year": 2025}, "year"),
        ({"status": "maybe"}, "status"),
        ({"note": "x"}, "note"),
        ({"holidays": {"元旦": [date(2025, 1, 1)]}}, "holidays.元旦"),
        ({"holidays": {"元旦": ["一月一日"]}}, "holidays.元旦"),
        ({"holidays": None}, "holidays"),
        ({"holidays": {"元旦": [date(2026, 1, 4)]}}, "workdays.元旦"),
        ({"workdays": {"元旦": [date(2026, 1, 5)]}}, "workdays.元旦"),
    ],
)
def test_a_faulty_calendar_is_refused(change: dict[str, object], key: str) -> None:
    with pytest.raises(RulebookError) as error:
        calendars.year("calendars/2026.yaml", GOOD | change, frozenset({6, 7}))
    assert (error.value.file, error.value.key) == ("calendars/2026.yaml", key)


def test_a_good_calendar_is_taken() -> None:
    year = calendars.year("calendars/2026.yaml", GOOD, frozenset({6, 7}))
    assert (year.year, list(year.workdays)) == (2026, [date(2026, 1, 4)])
