"""调查核实与抽查: what a unit looked into is on record; what the office finds untrue has consequences (R-34)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework import inquiries
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Inquiry, Mark
from hotline.casework.transitions.base import due_of
from hotline.procedure.card import REGISTRY, Effect
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules import redo
from hotline.rules.book import Rulebook
from support import line

CLERK, DEPUTY, REVIEWER = line.actor("clerk"), line.actor("deputy"), line.actor("reviewer")
SUPERVISOR, INSPECTOR, SHIFT = line.actor("supervisor"), line.actor("inspector"), line.actor("shift_leader")
UNTRUE = {"as_it_is": "no", "finding": "灯还是不亮", "evidence": "照片三张，门卫在场"}


def act(dossier: MatterDossier, book: Rulebook, verb: str, who: Any, **changed: Any) -> Any:
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **changed}, line.NOW, book)


def refusal(dossier: MatterDossier, book: Rulebook, verb: str, who: Any) -> tuple[str, str]:
    found = line.refused(dossier, verb, who, line.forms(book)[verb], line.NOW, book)
    return found.step, found.verdict.clause


def problems(dossier: MatterDossier, book: Rulebook, verb: str, who: Any, **changed: Any) -> list[tuple[str, str]]:
    return line.said(line.problems(dossier, verb, who, {**line.forms(book)[verb], **changed}, line.NOW, book))


def shown(dossier: MatterDossier, book: Rulebook, verb: str, who: Any) -> list[Effect]:
    card = REGISTRY[verb]
    case = Case(card, dossier, line.subject_of(dossier, card), who, line.NOW, book, line.tools())
    return list(card.effects(case))


@pytest.mark.clause("四（三）段1c", "R-34")
def test_what_a_unit_looked_into_is_on_record_and_moves_no_date(book: Rulebook) -> None:
    dossier = line.lived(book, "record_contact")
    dates, order = dossier.dues(), dossier.orders[0]
    act(dossier, book, "record_investigation", CLERK)
    (row,) = dossier.all(Inquiry)
    assert (row.order_id, row.side, row.looked_on, row.means) == (
        order.id, "unit", line.NOW.date(), here(book, suzhou="site", example="look"))  # fmt: skip
    assert (dossier.body(row.who_id), dossier.body(row.finding_id)) == ("调查甲，工程科", "现场看过，灯罩脱落")
    assert "灯罩" not in dossier.lines[-1].text, "the ledger holds no words"
    assert read(dossier.lines[-1].text).clauses[0] == here(book, suzhou="四（三）段1", example="第13条")
    assert (dossier.dues(), dossier.orders[0].status) == (dates, "signed")
    act(dossier, book, "record_investigation", CLERK, finding="又去看了一次")
    assert [one.id for one in inquiries.made(dossier, dossier.orders[0])] == [one.id for one in dossier.all(Inquiry)]


@pytest.mark.clause("四（三）段1c", "R-34")
@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_of_no_day_ahead_and_none_before_the_order(book: Rulebook, days: int) -> None:
    dossier, on = line.lived(book, "sign_for"), (line.NOW + timedelta(days=days)).date().isoformat()
    clause = here(book, suzhou="四（三）段1", example="第13条")
    assert problems(dossier, book, "record_investigation", CLERK, looked_on=on) == [("looked_on", clause)]


@pytest.mark.clause("四（三）段1c")
def test_nobody_looks_into_what_is_not_taken_up(book: Rulebook) -> None:
    assert refusal(line.lived(book, "dispatch"), book, "record_investigation", CLERK)[0] == "guard"


@pytest.mark.clause("四（三）段1c")
def test_whoever_signs_or_reviews_sees_whether_it_was_looked_into(book: Rulebook) -> None:
    none = line.lived(book, "answer_citizen")
    assert shown(none, book, "sign_off", DEPUTY) == [Effect("调查核实", "没有记录")]
    dossier = line.lived(book, "record_contact")
    act(dossier, book, "record_investigation", CLERK)
    for verb in ("draft_reply", "answer_citizen"):
        act(dossier, book, verb, CLERK)
    said = Effect("调查核实", f"1 次，最近 9月16日 {here(book, suzhou='现场查看', example='去看')}")
    assert shown(dossier, book, "sign_off", DEPUTY) == [said]
    act(dossier, book, "sign_off", DEPUTY)
    act(dossier, book, "file", CLERK)
    assert shown(dossier, book, "approve", REVIEWER) == [said]


@pytest.mark.clause("四（三）段1c")
def test_what_level_3_looked_into_level_2_answers_for(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    act(dossier, book, "record_investigation", CLERK)
    inner = line.handed_down(dossier)
    assert len(inquiries.made(inner, inner.orders[-1])) == 1
    upper = next(one for one in inner.orders if one.id == line.PARENT)
    assert len(inquiries.made(inner, upper)) == 1


@pytest.mark.clause("四（四）段1b", "R-34", "R-09")
def test_an_untrue_letter_gets_its_card_and_does_not_pass(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    out = act(dossier, book, "check_on_site", INSPECTOR, **UNTRUE)
    (check,), (mark,) = dossier.all(Inquiry), dossier.all(Mark)
    letter = dossier.letter_of(dossier.orders[0])
    assert letter is not None
    assert (check.side, check.letter_id, check.as_it_is) == ("office", letter.id, False)
    assert (mark.colour, mark.cause, mark.order_id) == ("red", "false_reply", dossier.orders[0].id)
    assert [one.kind for one in dossier.lines[-2:]] == ["checked_on_site", "false_reply_marked"]
    assert [message.template for message in out.messages] == ["found_untrue"]
    clause = here(book, suzhou="四（四）段1", example="第14条")
    for verb in ("approve", "approve_in_part"):
        stands = line.fit(book, dossier, verb)
        assert refusal(stands, book, verb, REVIEWER) == ("guard", clause), verb
    assert refusal(line.explained(dossier), book, "approve_explained", REVIEWER) == ("guard", clause)
    act(dossier, book, "send_back", REVIEWER)
    for verb, who in (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", DEPUTY), ("file", CLERK)):
        act(dossier, book, verb, who)
    act(dossier, book, "approve", REVIEWER)
    assert dossier.orders[0].status == "approved", "another letter is another matter"


@pytest.mark.clause("四（四）段1b", "R-34")
def test_as_it_is_nothing_follows(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    out = act(dossier, book, "check_on_site", line.actor("follow_up"))
    assert (dossier.all(Mark), out.messages) == ([], [])
    act(dossier, book, "approve", REVIEWER)


@pytest.mark.clause("四（四）段1b", "R-34")
def test_untrue_is_proved(book: Rulebook) -> None:
    dossier, clause = line.lived(book, "file"), here(book, suzhou="四（四）段1", example="第14条")
    assert problems(dossier, book, "check_on_site", INSPECTOR, **{**UNTRUE, "evidence": ""}) == [("evidence", clause)]
    before = (line.NOW - timedelta(days=1)).date().isoformat()
    assert problems(dossier, book, "check_on_site", INSPECTOR, looked_on=before) == [("looked_on", clause)]


@pytest.mark.clause("R-09")
def test_one_card_for_each_date_however_often_it_is_found(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    act(dossier, book, "give_red_for_false_reply", SUPERVISOR)
    act(dossier, book, "check_on_site", INSPECTOR, **UNTRUE)
    assert len(dossier.all(Mark)) == 1


@pytest.mark.clause("四（四）段1b", "R-34", "R-06")
def test_what_had_passed_is_handled_anew(book: Rulebook) -> None:
    dossier = line.lived(book, "approve", dispatch={"major": "1"})
    assert refusal(dossier, book, "redo_after_check", SHIFT)[0] == "status"
    act(dossier, book, "check_on_site", INSPECTOR, **UNTRUE)
    was = due_of(dossier.orders[0])
    out = act(dossier, book, "redo_after_check", SHIFT)
    order = dossier.orders[0]
    assert was is not None
    assert order.due_at == redo.after_send_back(book, was, line.NOW).at
    assert (order.status, dossier.matter.status, order.settled) == ("reopened", "in_hand", None)
    assert [message.template for message in out.messages] == ["redo_after_check", "redo_after_check"]
    assert refusal(dossier, book, "redo_after_check", SHIFT)[0] == "status"


@pytest.mark.clause("四（四）段1b")
def test_an_archived_file_is_frozen(book: Rulebook) -> None:
    assert refusal(line.lived(book, "archive"), book, "check_on_site", INSPECTOR)[0] == "status"
