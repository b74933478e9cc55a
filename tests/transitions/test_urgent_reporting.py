"""紧急信息报送 (四（二）4, R-30): minutes from the recognition, the clock that notes when they have ended, follow-up
reports; until the first one the file stays open."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, here, night
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import UrgentReport
from hotline.procedure.ledger import read
from hotline.rules import outside
from hotline.rules.book import Rulebook
from support import line

OPERATOR, REVIEWER, CLOCK = line.actor("operator"), line.actor("reviewer"), line.actor("clock")


def recognised(book: Rulebook, until: str = "register", now: datetime = line.NOW) -> MatterDossier:
    dossier = line.lived(book, until, now)
    form = line.forms(book)["recognise_emergency"]
    line.act(dossier, "recognise_emergency", OPERATOR, form, now, book)
    return dossier


def minutes(book: Rulebook, day: str) -> tuple[datetime, datetime]:
    """Half an hour before midnight, and until when: twenty-five minutes in the other city, the same day still."""
    began, until = night(book, day, suzhou="00:00", example="00:00")
    return began, here(book, suzhou=until, example=began + 25 * MINUTE)


@pytest.mark.clause("四（二）4", "四（二）4d", "R-30")
def test_the_minutes_run_from_the_recognition(book: Rulebook) -> None:
    due = outside.report_until(book, line.NOW)
    assert due.at == line.NOW + timedelta(minutes=here(book, suzhou=30, example=25))
    assert due.clause == here(book, suzhou="四（二）4", example="第11条第4款")
    dossier = recognised(book)
    assert dossier.matter.urgent_report_until == due.at
    assert dossier.matter.urgent_sort == here(book, suzhou="disaster", example="fire")
    no = line.refused(dossier, "recognise_emergency", OPERATOR, line.forms(book)["recognise_emergency"], line.NOW, book)
    assert no.step == "status"


@pytest.mark.clause("四（二）4", "四（二）4d", "R-30")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("late", "in_time"), BEFORE_AT_AFTER)
def test_reported_a_minute_before_at_and_after(book: Rulebook, day: str, late: timedelta, in_time: bool) -> None:
    """Through the night and into whatever day."""
    began, until = minutes(book, day)
    dossier = recognised(book, now=began)
    out = line.act(dossier, "report_emergency", OPERATOR, line.forms(book)["report_emergency"], until + late, book)
    assert read(out.lines[0].text).facts[-1] is in_time
    (row,) = dossier.all(UrgentReport)
    assert [dossier.body(i) for i in (row.taken_by_id, row.words_id)] == ["值班员甲", "两人受伤"]
    assert [(m.template, m.to_kind) for m in out.messages] == [("emergency_reported", "duty_room")]


@pytest.mark.clause("四（二）4", "四（二）4d", "R-30")
@pytest.mark.parametrize("day", DAYS)
def test_the_clock_notes_once_that_the_minutes_ended(book: Rulebook, day: str) -> None:
    began, until = minutes(book, day)
    dossier = recognised(book, now=began)
    assert ("note_emergency_late", until) in [(d.card, d.at) for d in dossier.decisions(book)]
    assert line.refused(dossier, "note_emergency_late", CLOCK, {}, until - MINUTE, book).step == "guard"
    out = line.act(dossier, "note_emergency_late", CLOCK, {}, until, book)
    assert [(m.template, m.to_kind) for m in out.messages] == [("emergency_report_late", "office")]
    assert "note_emergency_late" not in [d.card for d in dossier.decisions(book)]


def test_reported_in_time_there_is_nothing_to_note(book: Rulebook) -> None:
    dossier = recognised(book)
    line.act(dossier, "report_emergency", OPERATOR, line.forms(book)["report_emergency"], line.NOW, book)
    assert "note_emergency_late" not in [d.card for d in dossier.decisions(book)]


@pytest.mark.clause("四（二）4", "R-30")
def test_what_changes_is_reported_after_the_first_and_as_often_as_it_does(book: Rulebook) -> None:
    dossier, form = recognised(book), line.forms(book)["follow_up_emergency"]
    assert line.refused(dossier, "follow_up_emergency", OPERATOR, form, line.NOW, book).step == "status"
    line.act(dossier, "report_emergency", OPERATOR, line.forms(book)["report_emergency"], line.NOW, book)
    for _ in range(2):
        line.act(dossier, "follow_up_emergency", OPERATOR, form, line.NOW, book)
    assert len(dossier.all(UrgentReport)) == 3
    again = line.refused(dossier, "report_emergency", OPERATOR, line.forms(book)["report_emergency"], line.NOW, book)
    assert again.step == "status"


@pytest.mark.clause("四（二）4", "R-30")
def test_unreported_the_file_stays_open(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    owed = line.changed(dossier, dossier.matter, urgent_sort="x", urgent_report_until=line.NOW)
    no = line.refused(owed, "archive", REVIEWER, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="四（二）4", example="第11条第4款"))
    assert "archive" not in [d.card for d in owed.decisions(book)]
    line.act(owed, "report_emergency", OPERATOR, line.forms(book)["report_emergency"], line.NOW, book)
    line.act(owed, "archive", REVIEWER, {}, line.NOW, book)
