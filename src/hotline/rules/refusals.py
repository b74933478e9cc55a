"""受理与不予受理：under which item a matter is taken, and what a citizen is told whose matter is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict


@dataclass(frozen=True, slots=True)
class Refusal:
    """不予受理：what the citizen is told and where to go, whose approval it takes, and what becomes of the text.

    `id` is the clause; `numbers` are telephone numbers named; `approver` is a role or None; `hand_over` means handed to
    the emergency services at once, never only declined; `lock_text` means that the words are locked away;
    `ask_first` means that missing facts are asked for before.
    """

    id: str
    term: str
    told: str
    channel: str
    numbers: tuple[str, ...]
    approver: str | None
    ask_first: bool
    hand_over: bool
    lock_text: bool


def acceptance_items(book: Rulebook) -> dict[str, str]:
    """受理事项：the items by clause id, each with its Chinese term, in the order of the text."""
    return {rule.clause: rule.values["term"] for rule in book.provisions("acceptance_item")}


def may_accept(book: Rulebook, item: str) -> Verdict:
    """Whether a matter may be accepted under `item`, the id of an acceptance clause."""
    items = acceptance_items(book)
    if item in items:
        return Verdict(True, item, items[item])
    return Verdict(False, next(iter(items)), "受理时必须写明属于哪一项受理事项")


def items(book: Rulebook) -> dict[str, Refusal]:
    """不予受理事项：the grounds by clause id, in the order of the text."""
    return {rule.clause: item(book, rule.clause) for rule in book.provisions("refusal")}


def item(book: Rulebook, id_: str) -> Refusal:
    """The ground for declining that stands at clause `id_`; ValueError, in Chinese, where there is none."""
    rule = next((rule for rule in book.provisions("refusal") if rule.clause == id_), None)
    if rule is None:
        raise ValueError(f"没有不予受理事项 {id_}")
    values = rule.values
    approver = None if values["approver"] == "none" else values["approver"]
    flags = {key: values[key] for key in ("ask_first", "hand_over", "lock_text")}
    texts = {key: values[key] for key in ("term", "told", "channel")}
    return Refusal(id=id_, **texts, numbers=tuple(values["numbers"]), approver=approver, **flags)


def advertising(book: Rulebook) -> tuple[Refusal, str]:
    """广告推销：the ground on which it is refused, and the reason that is given."""
    rule = book.provision("advertising")
    return item(book, rule.clause), str(rule.values["reason"])


def decide_until(book: Rulebook, proposed: datetime) -> Due:
    """Until when a refusal proposed at `proposed` is to be approved or not; the office's own date."""
    return _working_days(book, proposed, "decide_working_days")


def ask_until(book: Rulebook, approved: datetime) -> Due:
    """Until when the citizen may ask for a review of a refusal approved at `approved`."""
    rule = book.provision("refusal_review")
    at, provisional = book.calendar.end_of_calendar_day(approved, rule.values["ask_calendar_days"])
    return Due(at, rule.clause, rule.readings, provisional)


def review_until(book: Rulebook, asked: datetime) -> Due:
    """Until when a review asked for at `asked` is to be decided; the office's own date."""
    return _working_days(book, asked, "review_working_days")


def _working_days(book: Rulebook, start: datetime, key: str) -> Due:
    rule = book.provision("refusal_review")
    at, provisional = book.calendar.end_of_working_day(start, rule.values[key])
    return Due(at, rule.clause, rule.readings, provisional)
