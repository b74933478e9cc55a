"""停机 (outages)：where a shift stands among the steps of a date, and what it makes of timeliness that was settled and of
cards that were given by dates which it moves (R-24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.rules import limits, marks
from hotline.rules.book import Rulebook
from hotline.rules.dating import fold
from hotline.rules.steps import BOUNCED, DELIVERED, DISSATISFIED, SENT_BACK, SHIFTED, Step
from hotline.rules.verdicts import Due

ENDS = (SENT_BACK, BOUNCED, DISSATISFIED, DELIVERED)  # each comes after one letter that was filed
DUE_DAY, OVERDUE = "due_day", "overdue"
BY_DATE = (DUE_DAY, OVERDUE)


def placed(steps: Sequence[Step], shift: Step) -> tuple[Step, ...]:
    """The steps with an outage where it happened: what was begun after its end, a redo for instance, it does not
    move; a date that only followed another was not begun by that."""
    own = [(i, s.at) for i, s in enumerate(steps) if i and s.how != SHIFTED and not s.of]
    began = (i for i, at in own if at and shift.until and at >= shift.until)
    at = next(began, len(steps))
    return (*steps[:at], shift, *steps[at:])


def settled(book: Rulebook, steps: Sequence[Step], filed: Sequence[datetime], shift: Step | None = None
            ) -> bool | None:  # fmt: skip
    """已定的按时：what the letters filed at these instants, oldest first, settled for good: late when one was late that
    went back (R-06, R-17), or what was earned before a redo (R-12); None for nothing. `shift` is held against the dates
    then in force, as are those that stand among the steps later."""
    found: bool | None = None
    ends = (i for i, step in enumerate(steps) if i and step.how in ENDS)
    for i, at in zip(ends, filed, strict=False):
        due = _then(book, steps, i, shift)
        in_time = found if found is not None or due is None else limits.on_time(due.at, at)
        if steps[i].how == DISSATISFIED or in_time is False:
            found = in_time
    return found


def proves_wrong(book: Rulebook, steps: Sequence[Step], shift: Step, cause: str, fell: datetime, done: datetime
                 ) -> bool:  # fmt: skip
    """Whether a card that fell at `fell` for a date now past would not have fallen had that date been shifted: the unit
    was `done` with it before."""
    for end in range(len(steps), 0, -1):
        prefix = steps[:end]
        bare = [step for step in prefix if step.how != SHIFTED]
        if fell in (_falls(book, prefix, fold(book, prefix), cause), _falls(book, bare, fold(book, bare), cause)):
            old, new = _then(book, steps, end), _then(book, steps, end, shift)
            falls = _falls(book, prefix, new, cause)
            return old != new and falls is not None and done < falls
    return False


def _then(book: Rulebook, steps: Sequence[Step], end: int, shift: Step | None = None) -> Due | None:
    """The date that the first so many steps come to, with every outage of later record that ran into it."""
    prefix = tuple(steps[:end])
    later = [step for step in steps[end:] if step.how == SHIFTED]
    for one in (*later, *((shift,) if shift else ())):
        due = fold(book, prefix)
        if due is not None and one.at is not None and one.at < due.at:
            prefix = placed(prefix, one)
    return fold(book, prefix)


def _falls(book: Rulebook, steps: Sequence[Step], due: Due | None, cause: str) -> datetime | None:
    """When a card for this cause falls by a date."""
    if due is None or steps[0].at is None:
        return None
    if cause == OVERDUE:
        return marks.red_at(book, due).at
    limit = next(step for step in reversed(steps) if step.how in (DELIVERED, DISSATISFIED))
    return marks.yellow_at(book, due, steps[0].at, urgent=limit.urgent).at
