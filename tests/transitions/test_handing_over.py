"""移交紧急救助 (三（二）5, R-32): whoever took the call first takes it in first, and hands it over; who took it is written
down, and what they did not take is gone on with here."""

from __future__ import annotations

from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Handover, Source
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.rules.book import Rulebook
from support import line

OPERATOR, DISPATCHER = line.actor("operator"), line.actor("dispatcher")


def over(book: Rulebook, dossier: MatterDossier, **form: str) -> WriteSet:
    return line.act(dossier, "hand_over", OPERATOR, {**line.forms(book)["hand_over"], **form}, line.NOW, book)


@pytest.mark.clause("三（二）5", "三（二）5b", "R-32")
@pytest.mark.parametrize("until", ["register", "accept"])
def test_handed_over_with_who_took_it_and_the_citizen_reads_whom_to_call(book: Rulebook, until: str) -> None:
    dossier = line.lived(book, until)
    out = over(book, dossier, their_number="接警 88 号", words="有人被困")
    clause = here(book, suzhou="三（二）5", example="第9条第5款")
    assert [li.kind for li in out.lines] == ["handed_over", "left_to_rescue"]
    assert read(out.lines[0].text).clauses == here(book, suzhou=("三（二）5", "R-32"), example=("第9条第5款",))
    (row,) = dossier.all(Handover)
    assert (row.number, row.taken) == (here(book, suzhou="110", example="777"), True)
    written = [dossier.body(i) for i in (row.taken_by_id, row.their_number_id, row.words_id)]
    assert written == ["3 号席", "接警 88 号", "有人被困"]
    matter = dossier.matter
    assert (matter.status, matter.refusal, matter.promised_at) == ("declined", clause, None)
    assert row.number in dossier.body(matter.told_id)
    assert ("handed_over", "citizen") in [(m.template, m.to_kind) for m in out.messages]


@pytest.mark.clause("三（二）5")
@pytest.mark.parametrize(("field", "value"), [("taken_by", ""), ("number", "12345"), ("means", "飞鸽"), ("outcome", "")])
def test_to_whom_how_and_who_took_it_are_written_down(book: Rulebook, field: str, value: str) -> None:
    form = {**line.forms(book)["hand_over"], field: value}
    wrong = line.problems(line.lived(book, "register"), "hand_over", OPERATOR, form, line.NOW, book)
    assert [one.field for one in wrong] == [field]


@pytest.mark.clause("三（二）5", "R-32")
def test_what_they_did_not_take_is_gone_on_with_here(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    out = over(book, dossier, outcome="not_taken", taken_by="")
    assert ([li.kind for li in out.lines], dossier.matter.status) == (["handed_over"], "registered")
    assert out.messages == []
    line.act(dossier, "accept", OPERATOR, line.forms(book)["accept"], line.NOW, book)
    assert dossier.matter.status == "accepted"


@pytest.mark.clause("三（二）5", "R-32")
@pytest.mark.parametrize(("until", "form", "status"), [("register", {"goes_on": "1"}, "registered"),
                                                      ("dispatch", {}, "in_hand")])  # fmt: skip
def test_what_is_left_for_the_hotline_goes_on(book: Rulebook, until: str, form: dict[str, str], status: str) -> None:
    dossier = line.lived(book, until)
    assert [li.kind for li in over(book, dossier, **form).lines] == ["handed_over"]
    assert dossier.matter.status == status


@pytest.mark.clause("三（二）5", "R-32")
def test_an_order_the_other_way_keeps_their_number_and_may_go_back_only_by_a_handover(book: Rulebook) -> None:
    sort = here(book, suzhou="police", example="rescue")
    dossier = line.lived(book, "register")
    form: dict[str, Any] = {"source": sort, "number": "警转 7 号", "due_on": ""}
    line.act(dossier, "record_source", OPERATOR, form, line.NOW, book)
    (row,) = dossier.all(Source)
    assert (dossier.body(row.number_id), dossier.matter.feedback_owed_at) == ("警转 7 号", None)
    over(book, dossier)
    assert dossier.matter.status == "declined"
