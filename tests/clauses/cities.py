"""What the tests of the clauses know of the two cities, and short ways to say instants."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due

RULEBOOKS = Path(__file__).resolve().parents[2] / "rulebooks"
CITIES = ("suzhou-2018", "example-city")
MINUTE = timedelta(minutes=1)
T = TypeVar("T")


def here(book: Rulebook, *, suzhou: T, example: T) -> T:
    """What is expected in this city: written by hand from its text, never computed from its rulebook."""
    return {"suzhou-2018": suzhou, "example-city": example}[book.id]


def at(book: Rulebook, local: str) -> datetime:
    """An instant given as local time."""
    return datetime.fromisoformat(local).replace(tzinfo=book.tz)


def said(due: Due | None) -> str | None:
    """A due date as local time, to the minute."""
    return due.at.strftime("%Y-%m-%dT%H:%M") if due else None


# The four kinds of day on which a limit begins, by hand from each city's own calendar (宿州, 云渡: rest on Friday and
# Saturday), and the local day whose 00:00 is 24:00 of the n-th working day after; 0: of that day itself.
DAYS = {
    "a working day": ("2026-09-16", "2026-09-16"),
    "before rest days": ("2026-11-06", "2026-11-05"),
    "before a make-up workday": ("2026-09-18", "2026-09-24"),  # 次日休息，再次日调休上班
    "across New Year": ("2026-12-30", "2026-12-29"),
}
ENDS: dict[str, tuple[dict[int, str], dict[int, str]]] = {
    "a working day": (
        {0: "2026-09-17", 1: "2026-09-18", 2: "2026-09-19", 3: "2026-09-21", 5: "2026-09-23", 15: "2026-10-14"},
        {0: "2026-09-17", 1: "2026-09-18", 2: "2026-09-21", 3: "2026-09-22", 4: "2026-09-23", 5: "2026-09-24",
         7: "2026-09-27", 20: "2026-10-19"}),
    "before rest days": (
        {0: "2026-11-07", 1: "2026-11-10", 2: "2026-11-11", 3: "2026-11-12", 5: "2026-11-14", 15: "2026-11-28"},
        {0: "2026-11-06", 1: "2026-11-09", 2: "2026-11-10", 3: "2026-11-11", 4: "2026-11-12", 5: "2026-11-13",
         7: "2026-11-17", 20: "2026-12-04"}),
    "before a make-up workday": (
        {0: "2026-09-19", 1: "2026-09-21", 2: "2026-09-22", 3: "2026-09-23", 5: "2026-09-25", 15: "2026-10-16"},
        {0: "2026-09-25", 1: "2026-09-27", 2: "2026-09-28", 3: "2026-10-05", 4: "2026-10-06", 5: "2026-10-07",
         7: "2026-10-09", 20: "2026-10-27"}),
    "across New Year": (
        {0: "2026-12-31", 1: "2027-01-01", 2: "2027-01-05", 3: "2027-01-06", 5: "2027-01-08", 15: "2027-01-22"},
        {0: "2026-12-30", 1: "2027-01-04", 2: "2027-01-05", 3: "2027-01-06", 4: "2027-01-07", 5: "2027-01-08",
         7: "2027-01-12", 20: "2027-01-29"}),
}  # fmt: skip
RATING_ENDS = {  # 24:00 of the fifteenth (ninth) calendar day after
    "a working day": ("2026-10-02", "2026-09-26"),
    "before rest days": ("2026-11-22", "2026-11-15"),
    "before a make-up workday": ("2026-10-04", "2026-10-04"),
    "across New Year": ("2027-01-15", "2027-01-08"),
}
# What is counted in minutes begins at 23:30 and ends the next day, whatever day that is: the one and the other.
NIGHTS = {
    "a working day": (("2026-09-16", "2026-09-17"), ("2026-09-16", "2026-09-17")),
    "before rest days": (("2026-11-06", "2026-11-07"), ("2026-11-05", "2026-11-06")),
    "before a make-up workday": (("2026-10-09", "2026-10-10"), ("2026-10-08", "2026-10-09")),
    "across New Year": (("2026-12-31", "2027-01-01"), ("2026-12-31", "2027-01-01")),
}
BEFORE_AT_AFTER = ((-MINUTE, True), (timedelta(0), False), (MINUTE, False))  # and whether that is in time


def begins(book: Rulebook, day: str, clock: str = "16:05") -> datetime:
    """A limit begins, on one of the four kinds of day."""
    return at(book, f"{here(book, suzhou=DAYS[day][0], example=DAYS[day][1])}T{clock}")


def ends(book: Rulebook, day: str, *, suzhou: int, example: int) -> datetime:
    """24:00 of the n-th working day after that day; each city's own n, from its text."""
    return at(book, f"{here(book, suzhou=ENDS[day][0][suzhou], example=ENDS[day][1][example])}T00:00")


def rating_ends(book: Rulebook, day: str) -> datetime:
    """The end of the rating period of what was approved on that day."""
    return at(book, f"{here(book, suzhou=RATING_ENDS[day][0], example=RATING_ENDS[day][1])}T00:00")


def night(book: Rulebook, day: str, *, suzhou: str, example: str) -> tuple[datetime, datetime]:
    """23:30 of a kind of day, and a local time of the next day, where a limit in minutes ends."""
    before, after = here(book, suzhou=NIGHTS[day][0], example=NIGHTS[day][1])
    return at(book, f"{before}T23:30"), at(book, f"{after}T{here(book, suzhou=suzhou, example=example)}")


def letter(**changes: Any) -> dict[str, object]:
    """A letter that lacks nothing in either city, with changes."""
    whole = {
        "reply": "已派人修复路灯。",
        "answer": "您反映的路灯已经修好。",
        "publishable": "某路路灯已修复。",
        "responds_to_request": True,
        "citations": [{"title": "某条例", "number": "某府发〔2017〕1号"}],
        "contact_means": "电话",
        "contact_summary": "已电话告知",
        "satisfaction": "满意",
        "responsible_name": "甲某",
        "responsible_unit": "某局",
        "responsible_phone": "0000-1234567",
        "handler_name": "乙某",
        "handler_unit": "某局一科",
        "handler_phone": "0000-7654321",
        "truthful": "属实",
        "solved": True,
        "publish_opinion": "公开",
    }
    return whole | changes
