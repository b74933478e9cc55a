"""承诺: what the citizen was promised counts from the first dispatch, and what was granted is added (R-05, R-07)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clauses.cities import MINUTE, at, here
from hotline.casework.dossier import MatterDossier
from hotline.rules import dating, doors
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from support import line
from transitions.test_extending import act as do
from transitions.test_extending import leader

CLERK, DISPATCHER = line.actor("clerk"), line.actor("dispatcher")
DAYS = {  # the first delivery, and by how many working days later another unit has it
    "a working day": "2026-11-02T10:00", "before rest days": "2026-11-06T10:00",
    "before a make-up workday": "2026-09-18T10:00", "across New Year": "2026-12-28T10:00",
}  # fmt: skip


def with_another(book: Rulebook, day: str, later: int) -> tuple[MatterDossier, datetime]:
    """Recalled, and dispatched anew so many working days later; the clock has looked."""
    received = at(book, DAYS[day])
    dossier = line.lived(book, "sign_for", received, "complaint")
    on = book.calendar.workday_after(book.calendar.day_of(received), later)
    now = received.replace(year=on.year, month=on.month, day=on.day)
    do(book, dossier, "recall", now, DISPATCHER)
    do(book, dossier, "dispatch", now, DISPATCHER)
    for verb in ("sign_for", "record_contact"):
        do(book, dossier, verb, now, CLERK)
    return dossier, now


def extended(book: Rulebook, dossier: MatterDossier, now: datetime, days: int = 3) -> None:
    """Asked, agreed, explained and filed; told to the citizen at `now`."""
    do(book, dossier, "request_extension", now, CLERK, working_days=str(days))
    for verb, who in (("agree_to_extension", leader(book)), ("explain_extension", CLERK)):
        do(book, dossier, verb, now, who)
    do(book, dossier, "accept_extension", now, line.actor("supervisor"))


@pytest.mark.clause("R-05", "R-07")
@pytest.mark.parametrize("day", DAYS)
def test_a_new_unit_has_a_full_limit_and_the_promise_is_the_first_one_and_what_was_granted(book: Rulebook, day: str
                                                                                          ) -> None:  # fmt: skip
    dossier, now = with_another(book, day, 2)
    first, unit = dossier.matter.promised_at, dossier.orders[1].due_at
    assert first is not None
    assert unit is not None
    assert first < unit
    extended(book, dossier, now)
    once = doors.extended(book, Due(first, ""), 3).at
    assert dossier.matter.promised_at == once
    assert once < dossier.orders[1].due_at
    assert dossier.matter.promised_clause == book.provision("extension").clause
    extended(book, dossier, now, 2)
    assert dossier.matter.promised_at == doors.extended(book, Due(once, ""), 2).at
    assert [s.working_days for s in dating.read(dossier.matter.promise_basis) if s.how == dating.EXTENDED] == [3, 2]


@pytest.mark.clause("R-05", "R-07")
@pytest.mark.parametrize("late", [-MINUTE, timedelta(0), MINUTE])
def test_a_date_that_has_passed_is_promised_no_more(book: Rulebook, late: timedelta) -> None:
    """Told a minute before the first promise with its extension ends, at it, and after: then the order's own date."""
    dossier, _ = with_another(book, "a working day", 8)
    first = dossier.matter.promised_at
    assert first is not None
    once = doors.extended(book, Due(first, ""), 1).at
    extended(book, dossier, once + late, 1)
    assert dossier.matter.promised_at == (once if late < timedelta(0) else dossier.orders[1].due_at)


@pytest.mark.clause("R-05")
def test_with_one_unit_alone_promise_and_date_are_the_same(book: Rulebook) -> None:
    dossier = line.lived(book, "record_contact", at(book, DAYS["a working day"]), "complaint")
    extended(book, dossier, at(book, DAYS["a working day"]), here(book, suzhou=4, example=3))
    assert dossier.matter.promised_at == dossier.orders[0].due_at


@pytest.mark.clause("R-05", "R-22")
def test_only_what_the_cap_of_another_kind_leaves_is_promised(book: Rulebook) -> None:
    """Granted under a long limit, told after the kind was corrected to one with less."""
    dossier, now = with_another(book, "a working day", 1)
    days = doors.cap(book, "help") + 1
    do(book, dossier, "request_extension", now, CLERK, working_days=str(days))
    do(book, dossier, "agree_to_extension", now, leader(book))
    do(book, dossier, "accept_extension", now, line.actor("supervisor"))
    do(book, dossier, "change_kind", now, DISPATCHER, kind="help")
    before = dossier.matter.promised_at
    assert before is not None
    do(book, dossier, "explain_extension", now, CLERK)
    assert dossier.orders[1].extended_by == days - 1
    assert dossier.matter.promised_at == doors.extended(book, Due(before, ""), days - 1).at
