"""期限的由来：a date is the sum of the steps that made it. Kept with the order, it can be worked out anew when a year's
calendar turns official, and comes out as if that calendar had been there from the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.rules import doors, limits, office, redo, shares, shifts
from hotline.rules.book import Rulebook
from hotline.rules.steps import (
    BOUNCED,
    DELIVERED,
    DISSATISFIED,
    EXTENDED,
    REGISTERED,
    SENT_BACK,
    SHIFTED,
    VOID,
    Step,
    assisting,
    bounced,
    changed,
    delivered,
    dissatisfied,
    excess,
    extended,
    handed_down,
    read,
    registered,
    seen,
    sent_back,
    shifted,
    void,
    written,
)
from hotline.rules.verdicts import Due

__all__ = ["EXTENDED", "REGISTERED", "SHIFTED", "Step", "VOID", "assisting", "bounced", "changed", "delivered",
           "dissatisfied", "excess", "before", "extended", "extended_by", "fold", "handed_down", "read", "redone",
           "registered", "seen", "sent_back", "shifted", "void", "written"]  # fmt: skip

SENT_BACK_OR_BOUNCED = (SENT_BACK, BOUNCED)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What the steps so far come to."""

    received: datetime | None = None
    urgent: bool = False
    due: Due | None = None
    extended: int = 0
    carried: tuple[Step, ...] = ()  # what holds whatever the kind is: outages, the office's own excess


def fold(book: Rulebook, steps: Sequence[Step]) -> Due | None:
    """The date that the steps come to under `book` and its calendar; None without a limit.

    Raises UncoveredYear where the calendar ends before the date does."""
    return _come_to(book, steps).due


def extended_by(book: Rulebook, steps: Sequence[Step]) -> int:
    """延期：how many working days of it the date holds, none of them void. Raises UncoveredYear like `fold`."""
    return _come_to(book, steps).extended


def redone(basis: str) -> bool:
    """不满意重办：whether the date kept as `basis` belongs to a round that mere dissatisfaction opened, which brings no
    card (R-12); the limit of a kind begun anew ends such a round."""
    if DISSATISFIED not in basis:
        return False
    began = (step.how for step in reversed(read(basis)) if step.how in (DISSATISFIED, DELIVERED))
    return next(began, DELIVERED) == DISSATISFIED


def before(book: Rulebook, steps: Sequence[Step], ref: int) -> Due | None:
    """The date that the extension `ref` extends: as it would be without it, with whatever moves dates for everybody,
    but not by what the unit was sent back for afterwards; that gives it time, and moves no explanation (R-06, R-07)."""
    at = next((i for i, step in enumerate(steps) if step.how == EXTENDED and step.ref == ref), len(steps))
    return fold(book, [*steps[:at], *(step for step in steps[at + 1 :] if step.how not in SENT_BACK_OR_BOUNCED)])


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


def _assisting(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    lead = fold(book, read(step.of))
    due = shares.assisting_due(book, lead, step.at, urgent=step.urgent) if lead else None
    return _Sum(step.at, step.urgent, due)


def _handed_down(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    outer = fold(book, read(step.of))
    return _Sum(step.at, step.urgent, shares.inner_due(book, outer, step.at) if outer else None)


def _dissatisfied(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    return replace(now, due=redo.after_dissatisfied(book, step.at), urgent=False)


def _changed(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    assert step.at is not None
    assert now.received is not None
    kept = min(step.working_days, now.extended)  # one of them may have become void since
    def carry(due: Due) -> Due:
        for one in now.carried:
            due = _CARRIED[one.how](book, due, one, now.urgent)
        return due

    due = redo.recomputed(book, step.kind, now.received, now.due, step.at, urgent=now.urgent, extended_by=kept,
                          carry=carry)  # fmt: skip
    return replace(now, due=due, extended=kept)


def _extended(book: Rulebook, now: _Sum, step: Step) -> _Sum:
    due = doors.extended(book, now.due, step.working_days) if now.due else None
    return replace(now, due=due, extended=now.extended + step.working_days)


Mover = Callable[[Rulebook, Due, Step, bool], Due]


def _moved(rule: Mover, *, carried: bool = False) -> Callable[[Rulebook, _Sum, Step], _Sum]:
    """A step that moves a date there is; where there is none it moves nothing. `carried`: it holds under another kind
    too."""

    def move(book: Rulebook, now: _Sum, step: Step) -> _Sum:
        due = rule(book, now.due, step, now.urgent) if now.due else None
        return replace(now, due=due, carried=(*now.carried, step) if carried else now.carried)

    return move


def _shifted(book: Rulebook, due: Due, step: Step, urgent: bool) -> Due:
    return shifts.shifted(book, due, step.working_days, urgent=urgent)


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


_CARRIED: dict[str, Mover] = {SHIFTED: _shifted, "excess": _excess}
_HOW: dict[str, Callable[[Rulebook, _Sum, Step], _Sum]] = {
    REGISTERED: _registered,
    DELIVERED: _delivered,
    "assisting": _assisting,
    "handed_down": _handed_down,
    DISSATISFIED: _dissatisfied,
    "changed": _changed,
    EXTENDED: _extended,
    SHIFTED: _moved(_shifted, carried=True),
    "excess": _moved(_excess, carried=True),
    SENT_BACK: _moved(_sent_back),
    BOUNCED: _moved(_bounced),
}
