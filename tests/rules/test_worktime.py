"""Working time (R-01): what must hold for every instant and every number of days, in both cities."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear
from hotline.rules.worktime import WorkCalendar, Year, plus_minutes

MOMENT = timedelta(microseconds=1)
calendars = st.sampled_from([books.load(RULEBOOKS / city).calendar for city in CITIES])
seconds = st.integers(0, int(timedelta(days=6000).total_seconds()))
instants = seconds.map(lambda s: datetime(2011, 1, 10, tzinfo=UTC) + timedelta(seconds=s))
counts = st.integers(1, 60)


@given(calendars, instants, instants, counts)
def test_who_starts_earlier_never_ends_later(calendar: WorkCalendar, a: datetime, b: datetime, n: int) -> None:
    first, second = sorted((a, b))
    assert calendar.end_of_working_day(first, n)[0] <= calendar.end_of_working_day(second, n)[0]


@given(calendars, instants, counts)
def test_one_day_more_ends_strictly_later(calendar: WorkCalendar, start: datetime, n: int) -> None:
    assert calendar.end_of_working_day(start, n)[0] < calendar.end_of_working_day(start, n + 1)[0]


@given(calendars, instants, counts)
def test_a_limit_never_ends_on_a_rest_day(calendar: WorkCalendar, start: datetime, n: int) -> None:
    end, _ = calendar.end_of_working_day(start, n)
    assert calendar.at_midnight(end)
    assert calendar.is_workday(calendar.day_of(end - MOMENT))


@given(calendars, instants, counts)
def test_counting_is_the_inverse_of_ending(calendar: WorkCalendar, start: datetime, n: int) -> None:
    end, _ = calendar.end_of_working_day(start, n)
    assert calendar.working_days_between(start, end - MOMENT) == n
    assert calendar.working_days_between(end - MOMENT, start) == -n
    assert sum(day.workday for day in calendar.days(start, end - MOMENT)) == n


@given(calendars, instants, counts)
def test_before_is_the_inverse_of_after(calendar: WorkCalendar, start: datetime, n: int) -> None:
    day = calendar.day_of(start)
    later = calendar.workday_after(day, n)
    if calendar.is_workday(day):
        assert calendar.workday_before(later, n) == day
    else:
        assert calendar.workday_before(later, n) < day


@given(calendars, instants, counts)
def test_the_day_of_the_event_does_not_count(calendar: WorkCalendar, start: datetime, n: int) -> None:
    day = calendar.day_of(start)
    assert calendar.end_of_working_day(start, n) == calendar.end_of_working_day(day, n)
    assert calendar.day_of(calendar.end_of_working_day(start, n)[0] - MOMENT) > day


@given(calendars, instants)
def test_midnight_belongs_to_the_new_day_but_ends_the_old(calendar: WorkCalendar, start: datetime) -> None:
    midnight, _ = calendar.end_of_day(calendar.day_of(start))
    assert calendar.day_of(midnight) == calendar.day_of(start) + timedelta(days=1)
    assert calendar.day_ended_by(midnight) == calendar.day_of(start)
    assert calendar.day_ended_by(midnight + MOMENT) == calendar.day_of(midnight)


@given(calendars, instants, st.integers(-5000, 5000))
def test_minutes_are_calendar_time(calendar: WorkCalendar, start: datetime, minutes: int) -> None:
    assert plus_minutes(start, minutes, calendar.tz) - start == timedelta(minutes=minutes)


def test_minutes_run_on_while_the_clocks_are_changed() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 29, 1, 30, tzinfo=berlin)
    assert plus_minutes(before, 60, berlin).hour == 3


def test_a_make_up_workday_counts_and_a_holiday_does_not(book: Rulebook) -> None:
    calendar = book.calendar
    for year in calendar.years.values():
        assert all(calendar.is_workday(day) and day.isoweekday() in calendar.weekend for day in year.workdays)
        assert not any(calendar.is_workday(day) for day in year.holidays)


def test_a_make_up_workday_is_counted_from_both_sides(book: Rulebook) -> None:
    for worked in (day for year in book.calendar.years.values() for day in year.workdays):
        before, after = worked - timedelta(days=1), worked + timedelta(days=1)
        assert book.calendar.workday_after(before) == worked
        assert book.calendar.workday_before(after) == worked
        assert book.calendar.working_days_between(before, worked) == 1


def test_across_new_year_into_a_provisional_year_it_says_so(book: Rulebook) -> None:
    start = datetime(2026, 12, 28, 10, tzinfo=book.tz)
    within, crossing = book.calendar.end_of_working_day(start, 1), book.calendar.end_of_working_day(start, 12)
    assert within[1] is False
    assert crossing[1] is True
    assert crossing[0].year == 2027
    assert book.calendar.end_of_working_day(datetime(2025, 12, 28, 10, tzinfo=book.tz), 12)[1] is False


def test_the_status_of_a_year_and_its_notice(book: Rulebook) -> None:
    assert book.calendar.status(date(2026, 5, 1)) == "official"
    assert book.calendar.status(date(2027, 5, 1)) == "provisional"
    assert book.calendar.notice(2027) is None
    assert all(book.calendar.notice(year) for year in range(2011, 2027))


@pytest.mark.parametrize("year", [2010, 2028])
def test_an_uncovered_year_is_an_error(book: Rulebook, year: int) -> None:
    day = date(year, 6, 1)
    for ask in (
        lambda: book.calendar.is_workday(day),
        lambda: book.calendar.status(day),
        lambda: book.calendar.notice(year),
        lambda: book.calendar.end_of_working_day(day, 1),
        lambda: book.calendar.workday_before(day),
        lambda: book.calendar.working_days_between(day, date(2020, 1, 1)),
        lambda: book.calendar.end_of_day(day),
    ):
        with pytest.raises(UncoveredYear, match=str(year)):
            ask()


def test_a_limit_that_runs_out_of_the_calendar_is_an_error(book: Rulebook) -> None:
    with pytest.raises(UncoveredYear, match="2028"):
        book.calendar.end_of_working_day(date(2027, 12, 20), 15)
    with pytest.raises(UncoveredYear, match="2010"):
        book.calendar.workday_before(date(2011, 1, 3), 5)


def test_a_year_missing_between_others_is_an_error() -> None:
    years = {y: Year(y, "official", None, {}, {}) for y in (2020, 2022)}
    calendar = WorkCalendar(ZoneInfo("UTC"), years, frozenset({7}))
    with pytest.raises(UncoveredYear, match="2021"):
        calendar.end_of_working_day(date(2020, 12, 25), 20)
    with pytest.raises(UncoveredYear, match="2021"):
        calendar.workday_before(date(2022, 1, 3), 20)
    with pytest.raises(UncoveredYear, match="2021"):
        calendar.working_days_between(date(2020, 12, 25), date(2022, 2, 1))


def test_a_naive_instant_is_refused(book: Rulebook) -> None:
    with pytest.raises(ValueError, match="时区"):
        book.calendar.end_of_working_day(datetime(2026, 6, 1), 1)  # noqa: DTZ001


@pytest.mark.parametrize("n", [0, -1])
def test_a_limit_has_at_least_one_day(book: Rulebook, n: int) -> None:
    with pytest.raises(ValueError, match="至少"):
        book.calendar.workday_after(date(2026, 6, 1), n)
    with pytest.raises(ValueError, match="至少"):
        book.calendar.workday_before(date(2026, 6, 1), n)


def test_each_day_says_why_it_does_not_count() -> None:
    calendar = books.load(RULEBOOKS / CITIES[0]).calendar
    days = calendar.days(date(2026, 9, 18), date(2026, 10, 1))
    rows = {day.on.isoformat(): (day.workday, day.reason) for day in days}
    assert rows["2026-09-19"] == (False, "周末")
    assert rows["2026-09-20"] == (True, "国庆节")
    assert rows["2026-09-25"] == (False, "中秋节")
    assert rows["2026-09-28"] == (True, "")
