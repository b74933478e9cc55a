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
