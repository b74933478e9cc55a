"""期限的由来：a date is the sum of the steps that made it. Kept with the order, it can be worked out anew when a year's
calendar turns official, and comes out as if that calendar had been there from the start."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hotline.rules import doors, limits, office, redo, shifts
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due

REGISTERED, EXTENDED, VOID, SHIFTED = "registered", "extended", "void", "shifted"


@dataclass(frozen=True, slots=True)
class Step:
    """一步：what set a date or moved it. Made by the functions below, never by hand.

    `at` is the instant it counts from, `until` a second one, `ref` the row it belongs to (an extension may be void).
    """

    how: str
    at: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    channel: str = ""
    working_days: int = 0
    urgent: bool = False
    ref: int = 0


def registered(kind: str, at: datetime, channel: str) -> Step:
    """登记：what can be promised before dispatch: the limit of `kind` from the office's own latest dispatch."""
    return Step(REGISTERED, at, kind=kind, channel=channel)


def delivered(kind: str, received: datetime, *, urgent: bool = False) -> Step:
    """转办：the limit of `kind` from delivery; also the rest of an urgent order as a new round under its kind (R-08)."""
    return Step("delivered", received, kind=kind, urgent=urgent)


def extended(working_days: int, ref: int) -> Step:
    """延期：so many working days more (R-07); `ref` is the extension's number."""
    return Step(EXTENDED, working_days=working_days, ref=ref)


def void(ref: int) -> Step:
    """延期无效：the extension `ref` never counted."""
    return Step(VOID, ref=ref)


def excess(asked: datetime, decided: datetime) -> Step:
    """热线办多用的时间：a return asked for at `asked` was refused only at `decided` (R-04)."""
    return Step("excess", asked, decided)


def sent_back(at: datetime) -> Step:
    """退回重办：the old date or some days from `at`, whichever is later (R-06)."""
    return Step("sent_back", at)


def bounced(at: datetime) -> Step:
    """退单：the old date or the end of a working day soon after `at` (R-17)."""
    return Step("bounced", at)


def dissatisfied(at: datetime) -> Step:
    """不满意重办：a new round from `at`, whatever the old date was (R-12)."""
    return Step("dissatisfied", at)


def changed(kind: str, at: datetime, *, extended_by: int = 0) -> Step:
    """改类别：worked out anew under `kind` from the original delivery (R-22)."""
    return Step("changed", at, kind=kind, working_days=extended_by)


def shifted(working_days: int, ref: int) -> Step:
    """顺延：so many days later for an outage (R-24); `ref` is the shift's number."""
    return Step(SHIFTED, working_days=working_days, ref=ref)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What the steps so far come to."""

    received: datetime | None = None
    urgent: bool = False
    due: Due | None = None
    extended: int = 0


def fold(book: Rulebook, steps: Sequence[Step]) -> Due | None:
    """The date that the steps come to under `book` and its calendar; None without a limit.

    Raises UncoveredYear where the calendar ends before the date does."""
    return _come_to(book, steps).due


def extended_by(book: Rulebook, steps: Sequence[Step]) -> int:
    """延期：how many working days of it the date holds, none of them void. Raises UncoveredYear like `fold`."""
    return _come_to(book, steps).extended


def _come_to(book: Rulebook, steps: Sequence[Step]) -> _Sum:
    dropped = {step.ref for step in steps if step.how == VOID}
    now = _Sum()
    for step in steps:
        if step.how != VOID and not (step.how == EXTENDED and step.ref in dropped):
            now = _HOW[step.how](book, now, step)
    return now


def _registered(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    latest = office.dispatch_until(book, step.at, step.channel)
    due = limits.due(book, step.kind, latest.at - timedelta.resolution)
    return replace(now, due=replace(due, readings=(*due.readings, *latest.readings)) if due else None)


def _delivered(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    return _Sum(step.at, step.urgent, limits.due(book, step.kind, step.at, urgent=step.urgent))


def _dissatisfied(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    return replace(now, due=redo.after_dissatisfied(book, step.at), urgent=False)


def _changed(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    assert now.received is not None
    kept = min(step.working_days, now.extended)  # one of them may have become void since
    due = redo.recomputed(book, step.kind, now.received, now.due, step.at, urgent=now.urgent, extended_by=kept)
    return replace(now, due=due, extended=kept)


def _extended(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    due = doors.extended(book, now.due, step.working_days) if now.due else None
    return replace(now, due=due, extended=now.extended + step.working_days)


def _moved(rule: Callable[[Rulebook, Due, Step, bool], Due]) -> Callable[[Rulebook, _Sum, Step], _Sum]:
    """A step that moves a date there is; where there is none it moves nothing."""
    return lambda book, now, step: replace(now, due=rule(book, now.due, step, now.urgent) if now.due else None)


def _excess(book: Rulebook, due: Due, step: Step, urgent: bool) -> Due:
    assert step.at is not None
    assert step.until is not None
    return doors.with_office_excess(book, due, step.at, step.until, urgent=urgent)


def _sent_back(book: Rulebook, due: Due, step: Step, urgent: bool) -> Due:
    assert step.at is not None
    return redo.after_send_back(book, due, step.at, urgent=urgent)


def _bounced(book: Rulebook, due: Due, step: Step, urgent: bool) -> Due:
    assert step.at is not None
    return redo.after_bounce(book, due, step.at)


_HOW: dict[str, Callable[[Rulebook, _Sum, Step], _Sum]] = {
    REGISTERED: _registered,
    "delivered": _delivered,
    "dissatisfied": _dissatisfied,
    "changed": _changed,
    EXTENDED: _extended,
    SHIFTED: _moved(lambda book, due, step, urgent: shifts.shifted(book, due, step.working_days, urgent=urgent)),
    "excess": _moved(_excess),
    "sent_back": _moved(_sent_back),
    "bounced": _moved(_bounced),
}
_BARE = Step("")


def written(steps: Sequence[Step]) -> str:
    """The steps as text, to be kept with the order; what is as usual is left out."""
    bare = asdict(_BARE)
    told = [{n: _plain(v) for n, v in asdict(step).items() if v != bare[n]} for step in steps]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value  # one instant, one text


def read(text: str) -> tuple[Step, ...]:
    """The reverse of `written`."""
    return tuple(_step(told) for told in json.loads(text or "[]"))


def _step(told: Mapping[str, Any]) -> Step:
    instants = {n: datetime.fromisoformat(told[n]) for n in ("at", "until") if n in told}
    return replace(_BARE, **{**told, **instants})
