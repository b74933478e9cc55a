"""来源 (二段2, R-31): the province's number and day, the earlier of two dates, the feedback without which the file stays
open, and whose signature it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, begins, ends, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Source
from hotline.procedure.ledger import read
from hotline.rules import outside
from hotline.rules.book import Rulebook
from support import line

OPERATOR, REVIEWER = line.actor("operator"), line.actor("reviewer")


def sourced(book: Rulebook, until: str = "register", **form: str) -> MatterDossier:
    dossier = line.lived(book, until)
    line.act(dossier, "record_source", OPERATOR, {**line.forms(book)["record_source"], **form}, line.NOW, book)
    return dossier


@pytest.mark.clause("二段2", "二段2b", "R-31")
def test_number_and_day_of_the_source_stand_beside_the_statutory_date(book: Rulebook) -> None:
    dossier = sourced(book)
    (row,), matter = dossier.all(Source), dossier.matter
    assert (row.sort, str(row.due_on), dossier.body(row.number_id)) == (
        here(book, suzhou="province", example="upper"), "2026-09-30", "来源 3 号")  # fmt: skip
    due = outside.source_due(book, row.due_on)  # type: ignore[arg-type]
    assert matter.source_due_at == due.at
    assert due.clause == here(book, suzhou="二段2", example="第7条")
    assert matter.promised_at == line.lived(book, "register").matter.promised_at, "the statutory date stays"
    assert matter.promised_at is not None
    assert outside.binding(matter.source_due_at, matter.promised_at) == min(due.at, matter.promised_at)
    assert outside.binding(None, matter.promised_at) == matter.promised_at


@pytest.mark.clause("二段2", "R-31")
def test_written_down_wrongly_it_is_written_down_again_until_the_source_was_told(book: Rulebook) -> None:
    dossier = sourced(book)
    good = line.forms(book)["record_source"]
    line.act(dossier, "record_source", OPERATOR, {**good, "number": "来源 4 号", "due_on": ""}, line.NOW, book)
    (row,) = dossier.all(Source)
    assert (dossier.body(row.number_id), row.due_on, dossier.matter.source_due_at) == ("来源 4 号", None, None)
    told = line.changed(dossier, row, fed_back_at=line.NOW)
    assert line.refused(told, "record_source", OPERATOR, good, line.NOW, book).step == "guard"


@pytest.mark.parametrize(("field", "value"), [("source", ""), ("source", "x"), ("number", ""),
                                              ("due_on", "2026-09-15")])  # fmt: skip
def test_source_and_number_are_written_down_and_the_day_lies_ahead(book: Rulebook, field: str, value: str) -> None:
    form = {**line.forms(book)["record_source"], field: value}
    wrong = line.problems(line.lived(book, "register"), "record_source", OPERATOR, form, line.NOW, book)
    assert [one.field for one in wrong] == [field]


@pytest.mark.clause("二段2", "二段2b", "R-31")
@pytest.mark.parametrize(("late", "in_time"), [(timedelta(0), True), (timedelta(days=30), False)])
def test_the_source_is_told_and_until_then_the_file_stays_open(book: Rulebook, late: timedelta, in_time: bool) -> None:
    dossier = sourced(book)
    done = line.lived(book, "follow_up")
    for name in ("source", "source_due_at", "feedback_owed_at"):
        done = line.changed(done, done.matter, **{name: getattr(dossier.matter, name)})
    (row,) = dossier.all(Source)
    done.put(row)
    no = line.refused(done, "archive", REVIEWER, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="二段2", example="第7条"))
    out = line.act(done, "feed_back", REVIEWER, line.forms(book)["feed_back"], line.NOW + late, book)
    assert read(out.lines[0].text).facts[-1] is in_time
    assert [(m.template, m.to_kind, m.to_id) for m in out.messages] == [("fed_back", "province", row.id)]
    line.act(done, "archive", REVIEWER, {}, line.NOW + late, book)


@pytest.mark.clause("二段2", "二段2b", "R-31")
@pytest.mark.parametrize("day", DAYS)
def test_told_until_the_end_of_the_day_that_the_source_set(book: Rulebook, day: str) -> None:
    """A calendar day, whatever day that is."""
    now, end = begins(book, day), ends(book, day, suzhou=0, example=0)
    done = line.lived(book, "register", now)
    form = {**line.forms(book)["record_source"], "due_on": here(book, suzhou=DAYS[day][0], example=DAYS[day][1])}
    line.act(done, "record_source", OPERATOR, form, now, book)
    assert done.matter.source_due_at == end
    done = line.changed(done, done.matter, status="closed")
    for late, in_time in BEFORE_AT_AFTER:
        out = line.act(line.copy(done), "feed_back", REVIEWER, line.forms(book)["feed_back"], end + late, book)
        assert read(out.lines[0].text).facts[-1] is in_time


@pytest.mark.clause("二段2", "R-31")
def test_who_is_told_and_who_is_not(book: Rulebook) -> None:
    told = {sort for sort in book.provision("sources").values["sorts"] if outside.fed_back(book, sort)}
    assert told == here(book, suzhou={"province", "mailbox", "merged"}, example={"upper", "box"})
    quiet = sourced(book, source=here(book, suzhou="police", example="rescue"))
    assert quiet.matter.feedback_owed_at is None
    assert list(book.provision("sources").values["sorts"].values()) == here(
        book, suzhou=["省级平台", "市领导信箱", "合并的热线", "110", "119", "120"],
        example=["上面交来的", "信箱里的", "急救台转来的"])  # fmt: skip


@pytest.mark.clause("二段2b", "五（四）c", "R-10", "R-31")
def test_what_the_province_assigned_is_signed_by_the_head(book: Rulebook) -> None:
    sort = here(book, suzhou="province", example="upper")
    dossier = line.lived(book, "answer_citizen")
    dossier = line.changed(dossier, dossier.matter, source=sort)
    deputy = line.actor("deputy")
    if here(book, suzhou=True, example=False):  # the other city does not name it among what is important
        assert line.refused(dossier, "sign_off", deputy, {}, line.NOW, book).step == "guard"
    line.act(dossier, "sign_off", line.actor("head"), {}, line.NOW, book)
