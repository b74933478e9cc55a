"""延期备案：for what the office may refuse to file an extension, and what silence files (R-07)."""

from __future__ import annotations

from datetime import datetime

from hotline.rules import checks, doors
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict

FORM, LATE, CAP = checks.EXTENSION_GROUNDS


def grounds(book: Rulebook) -> dict[str, str]:
    """The grounds on which the office may refuse to file an extension, by id, each with its Chinese term."""
    return dict(book.provision("extension").values["refused_for"])


def left(book: Rulebook, kind: str, already: int) -> int:
    """How many working days may still be added when `already` were granted; never below 0."""
    return max(0, doors.cap(book, kind) - already)


def may_refuse(
    book: Rulebook, kind: str, due: Due | None, filed: datetime, *, ground: str, working_days: int, already: int
) -> Verdict:
    """不予备案：whether an extension of `due`, filed at `filed`, may be refused on `ground`.

    It is a filing, not a request for leave: lateness and the cap are grounds only where they are true. Without a
    `due`, since the kind became one without a limit, there is nothing to extend and the cap is none.
    """
    rule = book.provision("extension")
    until = doors.extension_ask_until(book, due) if due else None
    untrue = {
        LATE: until is not None and filed < until.at,
        CAP: working_days <= left(book, kind, already),
    }
    said = {LATE: "这份延期没有迟报，不能以此不予备案", CAP: "这份延期没有超过上限，不能以此不予备案"}
    if ground not in grounds(book):
        return Verdict(False, rule.clause, "不予备案只能用列出的理由", rule.readings)
    if untrue.get(ground, False):
        return Verdict(False, rule.clause, said[ground], rule.readings)
    return Verdict(True, rule.clause, grounds(book)[ground], rule.readings)


def granted_by_silence(book: Rulebook, kind: str, *, working_days: int, already: int) -> int:
    """视为已备案：how many of the working days asked for silence files: never more than the cap leaves."""
    return min(working_days, left(book, kind, already))
