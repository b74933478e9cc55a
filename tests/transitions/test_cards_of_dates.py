"""按期限亮的牌: one for each unit that owes the date, none in a round that mere dissatisfaction opened (R-09, R-12)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clauses.cities import DAYS, MINUTE, begins, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Mark
from hotline.rules.book import Rulebook
from support import line
from transitions.test_redoing import redo, unhappy
from transitions.test_ticking import delivered, named, tick

SYSTEM, CLERK = line.actor("system"), line.actor("clerk")


def of_dates(dossier: MatterDossier, unit: int) -> list[str]:
    """The causes of a unit's cards by the order's date."""
    return [m.cause for m in dossier.all(Mark) if m.unit_id == unit and m.cause in ("due_day", "overdue")]


def both(book: Rulebook) -> list[str]:
    """The causes that this city's rulebook knows."""
    return here(book, suzhou=["due_day", "overdue"], example=["overdue"])


def inherited(book: Rulebook, dossier: MatterDossier, now: datetime) -> MatterDossier:
    """Whatever had fallen due is done; then the order is the heir's."""
    tick(dossier, book, now)
    line.act(dossier, "inherit_order", SYSTEM, {}, now, book)
    return dossier


@pytest.mark.clause("R-09")
@pytest.mark.parametrize("day", DAYS)
def test_who_inherits_an_order_overdue_answers_for_its_date_too(book: Rulebook, day: str) -> None:
    """A minute before the end, at it and after: each unit has its own cards, once."""
    fresh = delivered(book, day, "record_contact")
    due = fresh.orders[0].due_at
    assert due is not None
    for late in (-MINUTE, timedelta(0), MINUTE):
        dossier = inherited(book, line.copy(fresh), due + late)
        assert of_dates(dossier, line.UNIT.id) == [c for c in both(book) if late >= timedelta(0) or c == "due_day"]
        tick(dossier, book, due + MINUTE)
        assert of_dates(dossier, line.OTHER.id) == both(book)
        assert tick(dossier, book, due + timedelta(days=90)) == []


@pytest.mark.clause("R-09")
def test_an_heir_of_a_letter_filed_late_was_not_late(book: Rulebook) -> None:
    """It lies with the office: no work was owed by the heir."""
    dossier = delivered(book, "a working day", "sign_off")
    due = dossier.orders[0].due_at
    assert due is not None
    tick(dossier, book, due)
    line.act(dossier, "file", CLERK, {}, due, book)
    tick(inherited(book, dossier, due + MINUTE), book, due + timedelta(days=1))
    assert of_dates(dossier, line.UNIT.id) == both(book)
    assert of_dates(dossier, line.OTHER.id) == []


def test_for_what_is_due_once_an_order_the_heir_gets_no_card(book: Rulebook) -> None:
    dossier = delivered(book, "a working day")
    until = dossier.orders[0].sign_until
    tick(inherited(book, dossier, until), book, until + MINUTE)
    assert [(m.unit_id, m.cause) for m in dossier.all(Mark)] == [(line.UNIT.id, "unsigned")]


@pytest.mark.clause("四（四）段1c", "R-12")
@pytest.mark.parametrize("day", DAYS)
def test_a_redo_filed_late_brings_no_card_by_its_date(book: Rulebook, day: str) -> None:
    """However late, also after the letter was sent back in it; the reminder alone may come."""
    now = begins(book, day)
    dossier = unhappy(book, now)
    redo(book, dossier, now)
    due = dossier.orders[0].due_at
    assert due is not None
    calls = [named(d) for d in dossier.decisions(book)]
    assert "remind" in calls
    assert not [name for name in calls if name.startswith("give")]
    for late in (-MINUTE, timedelta(0), MINUTE, timedelta(days=60)):
        mine = line.copy(dossier)
        assert [name for name in tick(mine, book, due + late) if name.startswith("give")] == []
    good = line.forms(book)
    for verb, who in (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", line.actor("head")),
                      ("file", CLERK), ("send_back", line.actor("reviewer"))):  # fmt: skip
        line.act(dossier, verb, who, good[verb], due, book)
    before = [m.cause for m in dossier.all(Mark)]
    tick(dossier, book, due + timedelta(days=60))
    assert [m.cause for m in dossier.all(Mark)] == before
