"""处理: decline under an item of 三（二）, answer at once (四（二）1), dispatch (四（二）3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from clauses.cities import at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order, Text
from hotline.network.records import Unit
from hotline.network.roles import Role
from hotline.procedure import engine
from hotline.procedure.case import Tools
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.rules import doors, limits, refusals
from hotline.rules.book import Rulebook
from support import line

OPERATOR, LEADER, DISPATCHER = (line.actor(role) for role in ("operator", "shift_leader", "dispatcher"))

# 不予受理


def ground(book: Rulebook, number: int) -> str:
    return here(book, suzhou=f"三（二）{number}", example=f"第9条第{number}款")


def decline(book: Rulebook, number: int, who: Any = OPERATOR, **fields: str) -> tuple[MatterDossier, WriteSet]:
    dossier = asked(book)
    out = line.act(dossier, "decline", who, {"refusal": ground(book, number), **fields}, line.NOW, book)
    return dossier, out


def asked(book: Rulebook) -> MatterDossier:
    """Registered, and the caller could say no more."""
    dossier = line.lived(book, "register")
    form = {**line.forms(book)["ask_for_facts"], "outcome": "nothing_more"}
    line.act(dossier, "ask_for_facts", OPERATOR, form, line.NOW, book)
    return dossier


def not_declined(book: Rulebook, number: int, who: Any = OPERATOR, **fields: str) -> list[tuple[str, str]]:
    form = {"refusal": ground(book, number), **fields}
    return line.said(line.problems(asked(book), "decline", who, form, line.NOW, book))


def told(dossier: MatterDossier) -> str:
    return dossier.body(dossier.matter.told_id)


def declined_properly(book: Rulebook, number: int, dossier: MatterDossier, out: WriteSet,
                      said: str = "declined") -> None:  # fmt: skip
    """Told why and where to go, under the item itself; nothing is promised any more."""
    refusal, matter, written = refusals.item(book, ground(book, number)), dossier.matter, read(out.lines[0].text)
    assert (matter.status, matter.refusal) == ("declined", refusal.id)
    assert refusal.told in told(dossier)
    assert refusal.channel in told(dossier)
    assert (matter.promised_at, matter.promised_clause) == (None, None)
    assert written.clauses[0] == refusal.id
    assert [(m.template, m.to_kind) for m in out.messages] == [(said, "citizen")]


def needs_the_shift_leader_and_words(book: Rulebook, number: int) -> None:
    """Nobody declines it alone; one proposes it in words, the shift leader approves (R-26)."""
    clause = ground(book, number)
    for who in (OPERATOR, LEADER):
        assert not_declined(book, number, who, reason="说过了") == [("refusal", "")]
    dossier, form = asked(book), {"refusal": clause, "reason": ""}
    found = line.problems(dossier, "propose_refusal", OPERATOR, form, line.NOW, book)
    assert line.said(found) == [("reason", "")]
    line.act(dossier, "propose_refusal", OPERATOR, {**form, "reason": "具体的理由"}, line.NOW, book)
    assert (dossier.matter.status, dossier.matter.refusal) == ("refusal_proposed", None)
    out = line.act(dossier, "approve_refusal", LEADER, {}, line.NOW, book)
    declined_properly(book, number, dossier, out, "refused")
    assert "具体的理由" in told(dossier)
    assert not dossier.matter.locked


def an_operator_declines(book: Rulebook, number: int) -> None:
    for who in (OPERATOR, LEADER):
        dossier, out = decline(book, number, who)
        declined_properly(book, number, dossier, out)
        assert not dossier.matter.locked


@pytest.mark.clause("三（二）1")
def test_what_cannot_be_verified_is_declined_by_the_shift_leader(book: Rulebook) -> None:
    needs_the_shift_leader_and_words(book, 1)


@pytest.mark.clause("三（二）2")
def test_what_other_organs_decide_is_declined_with_their_channel(book: Rulebook) -> None:
    an_operator_declines(book, 2)


@pytest.mark.clause("三（二）3")
def test_secrets_are_declined_and_the_words_locked_away(book: Rulebook) -> None:
    dossier, out = decline(book, 3)
    declined_properly(book, 3, dossier, out)
    assert dossier.matter.locked
    assert read(out.lines[0].text).facts == (ground(book, 3), "", True)


@pytest.mark.clause("三（二）4")
def test_what_has_a_legal_channel_is_declined_with_it(book: Rulebook) -> None:
    an_operator_declines(book, 4)


@pytest.mark.clause("三（二）5")
def test_an_emergency_is_handed_over_never_only_declined(book: Rulebook) -> None:
    """Declining points to the handover, whoever tries and whatever is written there."""
    clause = ground(book, 5)
    for handed_to in ("", "12345", "119 火警", here(book, suzhou="110", example="777")):
        assert not_declined(book, 5, handed_to=handed_to) == [("refusal", clause)]
        assert not_declined(book, 5, LEADER, handed_to=handed_to) == [("refusal", clause)]


@pytest.mark.clause("三（二）6")
def test_what_is_purely_personal_is_declined_by_the_shift_leader(book: Rulebook) -> None:
    needs_the_shift_leader_and_words(book, 6)


@pytest.mark.clause("三（二）7")
def test_anything_else_is_declined_by_the_shift_leader_in_words(book: Rulebook) -> None:
    needs_the_shift_leader_and_words(book, 7)


def test_a_ground_of_no_list_declines_nothing(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    found = line.problems(dossier, "decline", LEADER, {"refusal": "三（一）1", "reason": "x"}, line.NOW, book)
    assert line.said(found) == [("refusal", "")]


@pytest.mark.clause("三（二）2")
def test_only_published_numbers_are_written_as_where_the_caller_was_passed_on(book: Rulebook) -> None:
    assert not_declined(book, 2, handed_to=line.CITIZEN_PHONE) == [("handed_to", ground(book, 2))]
    number = here(book, suzhou="12388", example="888")
    assert decline(book, 2, handed_to=number)[0].matter.status == "declined"


def test_what_the_citizen_was_told_is_kept_word_for_word(book: Rulebook) -> None:
    dossier, _ = decline(book, 2, LEADER, reason="第一行\r\n第二行")
    refusal = refusals.item(book, ground(book, 2))
    assert told(dossier) == f"{refusal.told}\n第一行\n第二行\n{refusal.channel}"


def test_a_declined_matter_goes_straight_to_the_archive(book: Rulebook) -> None:
    dossier, _ = decline(book, 2)
    line.act(dossier, "archive", line.actor("reviewer"), {}, line.NOW, book)
    assert dossier.matter.status == "archived"


# 办理形式


@pytest.mark.clause("四（二）段1")
def test_an_accepted_matter_is_offered_the_ways_of_handling(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    offered = {o.card.name() for o in engine.offers(dossier, LEADER, line.NOW, book, line.tools()) if o.verdict.ok}
    assert {"answer_at_once", "dispatch"} <= offered


# 直接答复


def answer(book: Rulebook, **fields: str) -> tuple[MatterDossier, WriteSet]:
    dossier = line.lived(book, "accept")
    form = {**line.forms(book)["answer_at_once"], **fields}
    return dossier, line.act(dossier, "answer_at_once", OPERATOR, form, line.NOW, book)


@pytest.mark.clause("四（二）1")
def test_a_clear_matter_is_answered_at_once_with_its_policy_and_closes_by_itself(book: Rulebook) -> None:
    dossier, out = answer(book)
    matter = dossier.matter
    assert (matter.status, matter.replied_at, matter.closed_at) == ("closed", line.NOW, line.NOW)
    assert dossier.body(matter.told_id) == "每天八点开门。"
    assert {t.field: t.body for t in dossier.all(Text)}["policy"] == "某办法〔2017〕2号"
    by = [(li.kind, read(li.text).role) for li in out.lines]
    assert by == [("answered_at_once", "operator"), ("closed", "system")]
    assert read(out.lines[0].text).clauses == (here(book, suzhou="四（二）1", example="第11条第2款"),)


@pytest.mark.clause("四（二）1")
@pytest.mark.parametrize("field", ["answer", "policy"])
def test_an_answer_at_once_needs_words_and_the_policy(book: Rulebook, field: str) -> None:
    form = {**line.forms(book)["answer_at_once"], field: " "}
    found = line.problems(line.lived(book, "accept"), "answer_at_once", OPERATOR, form, line.NOW, book)
    assert line.said(found) == [(field, "")]


def test_the_promise_is_kept_by_the_answer(book: Rulebook) -> None:
    """And stays as it was made: answering does not rewrite it, nor does the unit that answers in the call."""
    before = line.lived(book, "accept").matter
    assert before.promised_at is not None
    in_call = line.fit(book, line.lived(book, "accept"), "connect")
    line.act(in_call, "connect", OPERATOR, {**line.forms(book)["connect"], "outcome": "answered"}, line.NOW, book)
    for dossier in (answer(book)[0], in_call):
        matter = dossier.matter
        assert (matter.status, matter.replied_at) == ("closed", line.NOW)
        for name in ("promised_at", "promised_clause", "promise_basis"):
            assert getattr(matter, name) == getattr(before, name)


# 转办


def dispatch(book: Rulebook, now: datetime = line.NOW, kit: Tools | None = None, **fields: str) -> Order:
    return dispatched(book, now, kit, **fields).orders[0]


def dispatched(book: Rulebook, now: datetime = line.NOW, kit: Tools | None = None, **fields: str) -> MatterDossier:
    dossier = line.lived(book, "accept", now)
    line.act(dossier, "dispatch", DISPATCHER, {**line.forms(book)["dispatch"], **fields}, now, book, kit)
    return dossier


def wrong(book: Rulebook, kit: Tools | None = None, **fields: str) -> list[tuple[str, str]]:
    form = {**line.forms(book)["dispatch"], **fields}
    return line.said(line.problems(line.lived(book, "accept"), "dispatch", DISPATCHER, form, line.NOW, book, kit))


@pytest.mark.clause("四（二）3a", "二段3a")
def test_a_dispatched_matter_becomes_an_order_of_the_responsible_unit(book: Rulebook) -> None:
    dossier = dispatched(book)
    order = dossier.orders[0]
    assert dossier.matter.status == "in_hand"
    assert (order.status, order.unit_id, order.level2_unit_id, order.lead) == ("dispatched", 7001, 7001, True)
    assert (order.round, order.matter_id) == (1, dossier.matter.id)
    assert order.signed_at is order.filed_at is order.on_time is None


@pytest.mark.clause("R-02")
def test_an_order_is_received_the_instant_it_is_dispatched(book: Rulebook) -> None:
    order = dispatch(book)
    assert order.dispatched_at == order.received_at == line.NOW


@pytest.mark.clause("四（二）3a")
def test_unit_and_citizen_are_told(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    out = line.act(dossier, "dispatch", DISPATCHER, line.forms(book)["dispatch"], line.NOW, book)
    assert [(m.template, m.to_kind) for m in out.messages] == [("order_delivered", "unit"), ("dispatched", "citizen")]
    assert out.messages[0].to_id == line.UNIT.id
    assert all(m.refs == {"matter_id": dossier.matter.id} for m in out.messages)


@pytest.mark.clause("二段4a")
def test_a_level_3_unit_gets_an_order_its_level_2_unit_answers_for(book: Rulebook) -> None:
    order = dispatch(book, kit=line.tools(unit=line.Receiving(line.BELOW)))
    assert (order.unit_id, order.level2_unit_id) == (line.BELOW.id, line.UNIT.id)


KINDS = ["consultation", "help", "suggestion", "complaint", "report"]


@pytest.mark.clause("四（二）3b", "五（二）1", "五（二）2b", "五（二）3", "五（二）4", "五（二）5b", "五（一）a")
@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_an_order_carries_the_rules_own_dates_and_their_clause(book: Rulebook, kind: str, urgent: bool) -> None:
    flags = {"urgent": "1", "urgent_reason": "漏电"} if urgent else {}
    order, due = dispatch(book, kind=kind, **flags), limits.due(book, kind, line.NOW, urgent=urgent)
    contact = limits.contact_until(book, kind, line.NOW, urgent=urgent, due=due)
    assert due is not None
    assert contact is not None
    assert (order.due_at, order.due_clause, order.due_provisional) == (due.at, due.clause, due.provisional)
    assert tuple(order.due_readings.split()) == due.readings
    assert order.sign_until == limits.sign_until(book, line.NOW, urgent=urgent, due=due).at
    assert order.return_until == doors.return_until(book, line.NOW, urgent=urgent).at
    assert order.contact_until == contact.at


@pytest.mark.clause("五（二）1", "五（二）2b", "五（二）3", "五（二）4", "R-01")
@pytest.mark.parametrize(("kind", "suzhou", "example"), [
    ("consultation", ("2026-09-19T00:00", "五（二）1"), ("2026-09-16T15:20", "第21条第1款")),
    ("help", ("2026-09-23T00:00", "五（二）2"), ("2026-09-22T00:00", "第21条第2款")),
    ("suggestion", ("2026-09-23T00:00", "五（二）3"), ("2026-09-27T00:00", "第21条第3款")),
    ("complaint", ("2026-10-14T00:00", "五（二）4"), ("2026-10-19T00:00", "第21条第4款")),
    ("report", ("2026-10-14T00:00", "五（二）4"), ("2026-10-19T00:00", "第21条第4款")),
])  # fmt: skip
def test_an_order_is_due_when_the_text_says(
    book: Rulebook, kind: str, suzhou: tuple[str, str], example: tuple[str, str]
) -> None:
    """Counted by hand; a Sunday in September is worked in 宿州, a Saturday in the other city."""
    due_on, clause = here(book, suzhou=suzhou, example=example)
    order = dispatch(book, kind=kind)
    assert (order.due_at, order.due_clause) == (at(book, due_on), clause)


@pytest.mark.clause("五（二）5b", "R-08")
def test_an_urgent_order_is_due_within_the_calendar_day_the_text_gives(book: Rulebook) -> None:
    order = dispatch(book, urgent="1", urgent_reason="漏电")
    assert order.due_at == at(book, here(book, suzhou="2026-09-17T00:00", example="2026-09-18T00:00"))
    assert order.due_clause == here(book, suzhou="五（二）5", example="第21条第5款")


@pytest.mark.clause("四（二）3b")
def test_the_line_cites_the_way_and_the_limit_and_carries_every_date(book: Rulebook) -> None:
    dossier = dispatched(book)
    order, written = dossier.orders[0], read(dossier.lines[-1].text)
    way, limit = here(book, suzhou=("四（二）3", "五（二）4"), example=("第11条第1款", "第21条第4款"))
    assert written.clauses[:2] == (way, limit)
    assert dossier.lines[-1].subject_id == dossier.matter.id
    said = dict(zip(("order_id", "unit_id", "level2_unit_id", "kind"), written.facts, strict=False))
    assert said == {"order_id": order.id, "unit_id": 7001, "level2_unit_id": 7001, "kind": "complaint"}
    assert written.figures[0:2] == (7001, "complaint")
    assert written.figures[3] == 1


def test_the_citizens_promise_now_counts_from_delivery(book: Rulebook) -> None:
    dossier = dispatched(book)
    assert dossier.matter.promised_at == dossier.orders[0].due_at
    assert dossier.matter.promised_clause == dossier.orders[0].due_clause


def test_praise_is_passed_on_without_a_limit(book: Rulebook) -> None:
    for flags in ({}, {"urgent": "1", "urgent_reason": "今天有表彰会"}):
        dossier = dispatched(book, kind="praise", **flags)
        order = dossier.orders[0]
        assert order.due_at is order.due_clause is order.contact_until is None
        assert order.sign_until > line.NOW
        assert dossier.matter.promised_at is None


@pytest.mark.clause("五（二）5a")
def test_urgency_needs_a_reason(book: Rulebook) -> None:
    assert wrong(book, urgent="1") == [("urgent_reason", book.provision("urgent").clause)]
    dossier = dispatched(book, urgent="1", urgent_reason="漏电")
    assert dossier.matter.urgent
    assert dossier.body(dossier.matter.urgent_reason_id) == "漏电"


def test_a_reason_without_urgency_makes_nothing_urgent(book: Rulebook) -> None:
    dossier = dispatched(book, urgent_reason="听起来急")
    assert not dossier.matter.urgent
    assert dossier.matter.urgent_reason_id is None


ENDED = replace(line.UNIT, status="ended")
PLATFORM = Unit(1, "open", "P", "平台", "平台", 1, None, "platform", "intake", "", "")


@pytest.mark.clause("四（二）3a", "二段1")
@pytest.mark.parametrize("unit", [None, ENDED, PLATFORM], ids=["unknown", "ended", "level 1"])
def test_no_order_goes_to_a_unit_unknown_or_ended_or_to_the_platform_itself(book: Rulebook, unit: Any) -> None:
    kit = line.tools(unit=unit and line.Receiving(unit))
    assert wrong(book, kit) == [("unit", here(book, suzhou="四（二）3", example="第11条第1款"))]


LACKING = [
    (("deputy", "head"), "0000-0000001", "承办人"),
    (("clerk",), "0000-0000001", "负责人或"),
    (("clerk", "head"), "", "值班电话"),
]


@pytest.mark.clause("四（三）段1a")
@pytest.mark.parametrize(("roles", "phone", "word"), LACKING, ids=["clerk", "signer", "telephone"])
def test_no_order_goes_to_a_unit_without_clerk_signer_or_duty_telephone(
    book: Rulebook, roles: tuple[str, ...], phone: str, word: str
) -> None:
    kit = line.tools(unit=line.Receiving(replace(line.UNIT, phone=phone), roles))
    dossier, form = line.lived(book, "accept"), line.forms(book)["dispatch"]
    found = line.problems(dossier, "dispatch", DISPATCHER, form, line.NOW, book, kit)
    assert line.said(found) == [("unit", here(book, suzhou="四（三）段1", example="第13条"))]
    assert word in found[0].because
    assert found[0].because.count("、") == 0, "nothing else is lacking"


@pytest.mark.clause("四（三）段1a")
@pytest.mark.parametrize("signer", ["deputy", "head"])
def test_a_clerk_and_either_signer_with_a_telephone_are_enough(book: Rulebook, signer: str) -> None:
    assert dispatch(book, kit=line.tools(unit=line.Receiving(line.UNIT, ("clerk", signer)))).unit_id == line.UNIT.id


@pytest.mark.parametrize("field", ["unit", "kind"])
def test_dispatch_names_unit_and_kind(book: Rulebook, field: str) -> None:
    assert wrong(book, **{field: ""}) == [(field, "")]


def test_the_dispatcher_may_correct_the_kind(book: Rulebook) -> None:
    dossier = dispatched(book, kind="help")
    assert dossier.matter.kind == "help"
    assert dossier.orders[0].due_clause == here(book, suzhou="五（二）2", example="第21条第2款")


def test_what_was_once_to_be_kept_secret_stays_so_and_the_line_says_it(book: Rulebook) -> None:
    for asked, marked in (("1", ""), ("", "1"), ("1", "1"), ("", "")):
        dossier = line.lived(book, "dispatch", register={"secrecy": asked}, dispatch={"secrecy": marked})
        assert dossier.matter.secrecy == bool(asked or marked)
        assert read(dossier.lines[-1].text).facts[6] == dossier.matter.secrecy


@pytest.mark.clause("五（四）c")
def test_who_denounces_is_kept_secret_also_where_that_is_seen_at_dispatch_only(book: Rulebook) -> None:
    kind = next(one for one in book.kinds if book.kind(one).confidential)
    dossier = line.lived(book, "accept")
    assert not dossier.matter.secrecy
    form = {**line.forms(book)["dispatch"], "kind": kind}
    line.act(dossier, "dispatch", line.actor("dispatcher"), form, line.NOW, book)
    assert dossier.matter.secrecy
    line.act(dossier, "sign_for", line.actor("clerk"), {}, line.NOW, book)
    form = line.forms(book)["record_contact"]
    wrong = line.problems(dossier, "record_contact", line.actor("clerk"), form, line.NOW, book)
    assert wrong, "through the office alone"


def test_a_matter_is_marked_major_at_dispatch(book: Rulebook) -> None:
    assert dispatched(book, major="1").matter.major
    assert not dispatched(book).matter.major


def test_a_date_beyond_the_official_calendar_is_marked_provisional(book: Rulebook) -> None:
    assert dispatch(book, at(book, "2026-12-28T10:00")).due_provisional
    assert not dispatch(book).due_provisional


@pytest.mark.clause("二段1")
def test_only_dispatcher_and_shift_leader_dispatch(book: Rulebook) -> None:
    for role in Role:
        offered = engine.offers(line.lived(book, "accept"), line.actor(role), line.NOW, book, line.tools())
        assert ("dispatch" in {o.card.name() for o in offered}) == (role in ("dispatcher", "shift_leader"))
