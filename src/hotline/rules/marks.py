"""提醒与红黄牌：from when a date calls for a reminder, a yellow or a red card, and how often being sent back does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.rules.worktime import local_midnight, plus_minutes

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # a delivery before every due date


def reminder_at(book: Rulebook, kind: str, due: Due, *, urgent: bool = False) -> Due | None:
    """提醒：00:00 of the working day so many before the due day; None for short limits and urgent orders."""
    rule = book.provision("cards")
    working_days = book.kind(kind).working_days
    if urgent or working_days is None or working_days <= rule.values["reminder_above_working_days"]:
        return None
    return _midnight_before(book, due, rule.values["reminder_working_days"])


def yellow_at(book: Rulebook, due: Due, received: datetime, *, urgent: bool = False) -> Due:
    """黄牌：00:00 of the due day, or of a working day before it.

    For urgent orders and limits in minutes: a span of calendar time before due, but never before delivery.
    """
    rule = book.provision("cards")
    if not urgent and book.calendar.at_midnight(due.at):
        return _midnight_before(book, due, rule.values["yellow_working_days"])
    at = plus_minutes(due.at, -rule.values["urgent_yellow_minutes"], book.tz)
    return Due(max(at, book.calendar.local(received)), rule.clause, rule.readings, due.provisional)


def red_at(book: Rulebook, due: Due) -> Due:
    """红牌：the instant at which the limit has ended."""
    rule = book.provision("cards")
    return Due(due.at, rule.clause, rule.readings, due.provisional)


class Fall(NamedTuple):
    """到期一事: what a due date brings and when: `colour` 'reminder', 'yellow' or 'red', with the card's cause.
    `floored`: never before delivery, then at delivery."""

    at: datetime
    colour: str
    cause: str
    floored: bool


@lru_cache(maxsize=4096)  # asked for every open order at every act, and always of few days
def by_date(book: Rulebook, kind: str, due_at: datetime, *, urgent: bool = False) -> tuple[Fall, ...]:
    """提醒与因到期的牌: all that this due date brings, for the causes that the rulebook knows, whenever the order was
    delivered."""
    due = Due(due_at, "", ())
    found = []
    if (reminder := reminder_at(book, kind, due, urgent=urgent)) is not None:
        found.append(Fall(reminder.at, "reminder", "", False))
    if "due_day" in causes(book, "yellow"):
        floored = urgent or not book.calendar.at_midnight(due_at)
        found.append(Fall(yellow_at(book, due, LONG_AGO, urgent=urgent).at, "yellow", "due_day", floored))
    if "overdue" in causes(book, "red"):
        found.append(Fall(red_at(book, due).at, "red", "overdue", False))
    return tuple(found)


def card_for_send_backs(book: Rulebook, consecutive: int) -> str | None:
    """退回重办：'yellow', 'red' or None for the `consecutive`-th send-back without an approval between."""
    rule = book.provision("cards").values
    if consecutive >= rule["red_send_backs"]:
        return "red"
    return "yellow" if consecutive >= rule["yellow_send_backs"] else None


@lru_cache(maxsize=64)
def causes(book: Rulebook, colour: str) -> Mapping[str, str]:
    """The causes for a card of `colour` ('yellow' or 'red') by id, each with its Chinese term."""
    return MappingProxyType(dict(book.provision("cards").values[colour]))


@lru_cache(maxsize=4096)  # asked for every open order at every act, and always of few days
def _midnight_before(book: Rulebook, due: Due, working_days: int) -> Due:
    rule, calendar = book.provision("cards"), book.calendar
    on = calendar.day_ended_by(due.at)
    if working_days:
        on = calendar.workday_before(on, working_days)
    provisional = due.provisional or calendar.status(on) != "official"
    return Due(local_midnight(on, book.tz), rule.clause, rule.readings, provisional)
