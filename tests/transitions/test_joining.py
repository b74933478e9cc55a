"""并单: several callers, one matter; each is answered under a number of their own; one is separated again (R-25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.records import Link, Text
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read, short
from hotline.procedure.secrets import text_hash
from hotline.rules import dating, office, publication
from hotline.rules.book import Rulebook
from support import beside, line
from support.beside import Matters

OPERATOR, DISPATCHER = line.actor("operator"), line.actor("dispatcher")
A, B, C = 1, 2, 3  # the main matter, and two that are joined to it
SOON, LATER = line.NOW + timedelta(minutes=20), line.NOW + timedelta(days=2)
OTHERS = {B: ("测试乙", "13900005678"), C: ("测试丙", "13900009012")}


def accepted(book: Rulebook, chain_id: int, **fields: Any) -> Any:
    name, phone = OTHERS[chain_id]
    dossier = beside.numbered(book, chain_id, chain_id, **{"name": name, "phone": phone, **fields})
    form = {**line.forms(book)["accept"], "urgent": fields.get("urgent", ""), "urgent_reason": "漏气"}
    kit = line.tools(ids=line.Counter(1_000_000 * chain_id + 1000))
    line.act(dossier, "accept", OPERATOR, form, line.NOW, book, kit)
    return dossier


def some(book: Rulebook, until: str = "sign_for", **fields: Any) -> Matters:
    """A main matter in hand, and another that waits at the desk."""
    return {A: line.lived(book, until), B: accepted(book, B, **fields)}


def join(book: Rulebook, matters: Matters, joined: int = B, now: Any = SOON, **fields: Any) -> Any:
    form = {**line.forms(book)["join_matter"], "number": matters[A].matter.number, **fields}
    return beside.act(book, matters, joined, "join_matter", OPERATOR, form, now, main=A)


def both(book: Rulebook, until: str = "sign_for", **fields: Any) -> Matters:
    matters = some(book, until, **fields)
    join(book, matters)
    return matters


def wrong(book: Rulebook, matters: Matters, main: int | None = A) -> list[tuple[str, str]]:
    form = line.forms(book)["join_matter"]
    return beside.problems(book, matters, B, "join_matter", OPERATOR, form, main=main)


def separate(book: Rulebook, matters: Matters, now: Any = LATER) -> Any:
    return beside.act(book, matters, B, "separate_matter", DISPATCHER, line.forms(book)["separate_matter"], now)


def approve(book: Rulebook, matters: Matters, now: Any = LATER) -> Any:
    for name, role in line.LINE[4:9]:
        line.act(matters[A], name, line.actor(role), line.forms(book)[name], SOON, book)
    return beside.act(book, matters, A, "approve", line.actor("reviewer"), {}, now)


def clause(book: Rulebook) -> str:
    return here(book, suzhou="四（一）段1", example="第10条")


# 并入


@pytest.mark.clause("四（一）段1", "R-25")
def test_the_office_s_date_stops_and_what_was_promised_stays(book: Rulebook) -> None:
    matters = some(book)
    promised, until = matters[B].matter.promised_at, matters[B].matter.dispatch_until
    out = join(book, matters)
    matter = matters[B].matter
    assert (matter.status, matter.dispatch_until, matter.promised_at) == ("joined", None, promised)
    assert matters[B].decisions(book) == []
    written = read(out[B].lines[0].text)
    assert (written.kind, written.facts[0], written.clauses[0]) == ("joined", A, clause(book))
    assert until is not None


@pytest.mark.clause("四（一）段1", "R-25")
def test_both_chains_and_both_rows_say_so_in_one_breath(book: Rulebook) -> None:
    matters = some(book)
    dates = matters[A].dues()
    out = join(book, matters, words="六楼也不亮")
    assert [(one.kind, read(one.text).facts) for one in out[A].lines] == [("taken_in", (B,))]
    rows = [(link.matter_id, link.other_id, link.sort) for d in matters.values() for link in d.all(Link)]
    assert rows == [(A, B, "joined"), (B, A, "main")]
    assert matters[A].dues() == dates
    assert [(m.template, m.to_kind, m.refs["matter_id"]) for m in out[A].messages] == [("taken_in", "unit", A)]
    assert [(m.template, m.to_kind, m.refs["matter_id"]) for m in out[B].messages] == [("joined", "citizen", B)]
    assert "六楼也不亮" in [matters[A].body(t) for t, _ in read(out[A].lines[0].text).texts]


@pytest.mark.clause("四（一）段1", "R-25")
@pytest.mark.parametrize("status", ["registered", "awaiting_facts", "joined", "declined", "replied", "closed",
                                    "archived"])  # fmt: skip
def test_only_to_what_is_accepted_and_not_answered(book: Rulebook, status: str) -> None:
    matters = some(book)
    matters[A] = line.changed(matters[A], matters[A].matter, status=status)
    assert wrong(book, matters) == [("number", clause(book))]


@pytest.mark.clause("四（一）段1", "R-25")
def test_not_to_itself_nor_to_one_that_is_joined_itself(book: Rulebook) -> None:
    fresh = {**some(book), C: accepted(book, C)}
    assert wrong(book, fresh, main=B) == [("number", clause(book))]
    join(book, fresh, C)
    assert wrong(book, fresh, main=C) == [("number", clause(book))]


@pytest.mark.clause("二段2i", "R-21")
def test_what_one_may_not_see_is_said_like_what_is_not_there(book: Rulebook) -> None:
    """Another city's number, an invented one, or one that is about the asker: the look-up finds none of them."""
    matters = some(book)
    assert wrong(book, matters, main=None) == [("number", clause(book))]


@pytest.mark.clause("四（一）段1", "R-25")
def test_each_matter_has_one_kind(book: Rulebook) -> None:
    assert wrong(book, some(book, kind="help")) == [("number", clause(book))]


@pytest.mark.clause("四（一）段1", "R-25")
def test_an_urgent_one_does_not_wait_with_one_that_is_not(book: Rulebook) -> None:
    assert wrong(book, some(book, urgent="1", urgent_reason="漏气")) == [("number", clause(book))]


@pytest.mark.clause("二段2i", "R-21")
def test_not_where_another_would_have_to_avoid_it(book: Rulebook) -> None:
    matters = some(book)
    matters[B] = line.changed(matters[B], matters[B].matter, against="level_2", against_unit_id=line.UNIT.id)
    assert wrong(book, matters) == [("number", book.provision("complaint_against").clause)]


@pytest.mark.parametrize("waits", ["before_leader_at", "carry_out_at", "report_owed_at"])
def test_not_what_lies_before_a_leader(book: Rulebook, waits: str) -> None:
    asked = some(book)[B]
    asked = line.changed(asked, asked.matter, **{waits: line.NOW})
    form = line.forms(book)["join_matter"]
    assert line.refused(asked, "join_matter", OPERATOR, form, SOON, book).step == "guard"


def test_not_while_others_are_joined_to_it_or_somebody_is_to_be_designated(book: Rulebook) -> None:
    matters = {**some(book), C: accepted(book, C)}
    beside.act(book, matters, C, "join_matter", OPERATOR, line.forms(book)["join_matter"], SOON, main=B)
    form = line.forms(book)["join_matter"]
    assert line.refused(matters[B], "join_matter", OPERATOR, form, SOON, book).step == "guard"
    asked = line.disputed(some(book)[B], LATER)
    assert line.refused(asked, "join_matter", OPERATOR, form, SOON, book).step == "guard"


# 答复


@pytest.mark.clause("四（一）段1", "R-25")
def test_each_caller_is_answered_under_a_number_of_their_own(book: Rulebook) -> None:
    """What the unit wrote to the first caller may speak of them: which text the others read, the rulebook says."""
    matters = {**both(book), C: accepted(book, C)}
    join(book, matters, C)
    out = approve(book, matters)
    letter = matters[A].letter_of(matters[A].orders[0])
    assert letter is not None
    shown = letter.publishable_id if here(book, suzhou=True, example=False) else letter.answer_id
    for one in (B, C):
        matter = matters[one].matter
        assert matters[one].body(matter.told_id) == matters[A].body(shown)
        assert matter.status in ("replied", "closed")
        assert (matter.replied_at, matter.rating_until) == (LATER, matters[A].matter.rating_until)
        caller = matters[one].citizen()
        assert caller is not None
        assert [(m.template, m.to_id, m.refs["matter_id"]) for m in out[one].messages] == [("rate", caller.id, one)]
        assert out[one].lines[0].kind == "answered_jointly"
    assert matters[A].matter.status == "replied" or not matters[A].matter.drawn


@pytest.mark.clause("四（一）段1", "R-25")
def test_every_caller_of_one_matter_is_told_too(book: Rulebook) -> None:
    matters = {A: line.lived(book, "sign_for")}
    form = {**line.forms(book)["record_repeat"], "name": "测试丁", "phone": "13900003456"}
    line.act(matters[A], "record_repeat", OPERATOR, form, line.NOW, book)
    told = [m.to_id for m in approve(book, matters)[A].messages if m.template == "rate"]
    assert len(set(told)) == 2


@pytest.mark.clause("四（一）段1", "R-25")
def test_what_the_desk_answers_is_told_to_all_as_it_is(book: Rulebook) -> None:
    matters = both(book, "accept")
    out = beside.act(book, matters, A, "answer_at_once", OPERATOR, line.forms(book)["answer_at_once"], LATER)
    assert matters[B].body(matters[B].matter.told_id) == "每天八点开门。"
    assert [m.template for m in out[B].messages] == ["rate"]


@pytest.mark.clause("四（一）段1", "R-25")
def test_without_a_text_fit_to_publish_the_caller_is_asked_to_phone(book: Rulebook) -> None:
    matters = both(book)
    for name, role in line.LINE[4:9]:
        line.act(matters[A], name, line.actor(role), line.forms(book)[name], SOON, book)
    letter = matters[A].letter_of(matters[A].orders[0])
    assert letter is not None
    for text_id in (letter.publishable_id, letter.answer_id):
        matters[A] = line.changed(matters[A], matters[A].get(Text, text_id), body="")
    beside.act(book, matters, A, "approve", line.actor("reviewer"), {}, LATER)
    assert book.provision("service").values["number"] in matters[B].body(matters[B].matter.told_id)


@pytest.mark.clause("六（二）", "R-25")
def test_of_a_matter_kept_from_the_site_nothing_is_read_online_by_the_others_either(book: Rulebook) -> None:
    matters = both(book)
    for name, role in line.LINE[4:9]:
        line.act(matters[A], name, line.actor(role), line.forms(book)[name], SOON, book)
    matters[A] = line.withholding(matters[A], outcome="approved", decided_at=SOON)
    beside.act(book, matters, A, "approve", line.actor("reviewer"), {}, LATER)
    told = matters[B].body(matters[B].matter.told_id)
    online = publication.answered_online(book, True).ok
    assert (book.provision("service").values["number"] in told) is not online


def test_each_rates_alone(book: Rulebook) -> None:
    matters = both(book)
    approve(book, matters)
    before = matters[A].matter.satisfied
    rating = {**line.forms(book)["follow_up"], "means": "rating", "solved": "no"}
    line.act(matters[B], "follow_up", line.actor("citizen"), rating, LATER, book)
    assert (matters[B].matter.status, matters[B].matter.satisfied) == ("replied", False)
    assert matters[A].matter.satisfied is before


def test_what_is_archived_stays_as_it_is_when_the_main_one_is_answered_once_more(book: Rulebook) -> None:
    matters = both(book)
    matters[B] = line.changed(matters[B], matters[B].matter, status="archived")
    out = approve(book, matters)
    assert (out[B].lines, matters[B].matter.status) == ([], "archived")


@pytest.mark.clause("四（一）段1", "R-23")
def test_a_further_call_about_the_joined_one_reaches_whoever_handles_it(book: Rulebook) -> None:
    for secret in (False, True):
        matters = both(book, secrecy="1" if secret else "")
        form = {**line.forms(book)["record_repeat"], "words": "又黑了一层"}
        out = beside.act(book, matters, B, "record_repeat", OPERATOR, form, LATER, citizen=None)
        assert [m.template for m in out[A].messages] == ["called_meanwhile"]
        said = [matters[A].body(t) for t, _ in read(out[A].lines[0].text).texts]
        assert said == ([] if secret else ["又黑了一层"]), "what a secret caller said stays with the joined matter"
        assert matters[A].called_since(SOON)
        assert not matters[A].called_since(LATER)


# 分开


@pytest.mark.clause("四（一）段1", "R-25")
def test_separated_it_is_handled_by_itself(book: Rulebook) -> None:
    """With the office's own date from then on; what was promised stays, or counts anew, as each city says."""
    matters = both(book)
    promised = matters[B].matter.promised_at
    out = separate(book, matters)
    matter, until = matters[B].matter, office.dispatch_until(book, LATER, "phone").at
    anew = dating.fold(book, (dating.registered(matter.kind, LATER, "phone"),))
    assert anew is not None
    assert (matter.status, matter.dispatch_until, matter.next_decision_at) == ("accepted", until, until)
    assert matter.promised_at == here(book, suzhou=promised, example=anew.at)
    assert [one.kind for one in out[A].lines] == ["separation_noted"]
    assert (matters[A].joined(), matters[B].main()) == ([], None)
    assert [(m.template, m.to_kind) for m in (*out[B].messages, *out[A].messages)] == [
        ("separated", "citizen"), ("separated_off", "unit")]  # fmt: skip
    line.act(matters[B], "dispatch", DISPATCHER, line.forms(book)["dispatch"], LATER, book)
    assert matters[B].matter.status == "in_hand"


@pytest.mark.clause("四（一）段1", "R-25")
def test_separated_it_is_not_answered_with_the_main_one(book: Rulebook) -> None:
    matters = both(book)
    separate(book, matters, SOON)
    out = approve(book, matters)
    assert out[B].lines == []
    assert matters[B].matter.status == "accepted"


@pytest.mark.clause("四（一）段1", "R-25")
def test_a_caller_not_content_with_the_main_one_s_answer_is_heard_alone(book: Rulebook) -> None:
    matters = both(book)
    approve(book, matters)
    matters[B] = line.changed(matters[B], matters[B].matter, status="replied")
    assert line.refused(matters[B], "separate_matter", DISPATCHER, line.forms(book)["separate_matter"], LATER, book
                        ).step == "guard"  # fmt: skip
    matters[B] = line.changed(matters[B], matters[B].matter, satisfied=False)
    matters[A] = line.changed(matters[A], matters[A].matter, status="archived")
    told = matters[B].matter.told_id
    out = separate(book, matters)
    matter = matters[B].matter
    assert (matter.status, matter.told_id, matter.satisfied, matter.replied_at) == ("accepted", told, None, None)
    assert out[A].lines == [], "the archived one is frozen"


def test_new_facts_on_what_was_answered_with_another_separate_it(book: Rulebook) -> None:
    if book.id == "example-city":
        return  # there new facts are another matter
    matters = both(book)
    approve(book, matters)
    form = {**line.forms(book)["record_repeat"], "facts": "new"}
    out = beside.act(book, matters, B, "record_repeat", OPERATOR, form, LATER, citizen=None)
    assert matters[B].matter.status == "accepted"
    assert [one.kind for one in out[A].lines] == ["separation_noted"]


# 不能再并


def target_named(book: Rulebook, matters: Matters, which: int, unit: Any = line.UNIT, now: Any = SOON) -> Any:
    form = {**line.forms(book)["name_target"], "target": "unit", "unit": str(unit.id)}
    return beside.act(book, matters, which, "name_target", OPERATOR, form, now, unit=line.Receiving(unit))


@pytest.mark.clause("二段2i", "R-21", "R-25")
def test_about_the_unit_that_handles_it_a_joined_one_is_separated_and_nothing_more_passed_on(book: Rulebook) -> None:
    matters = both(book)
    out = target_named(book, matters, B)
    matter, until = matters[B].matter, office.dispatch_until(book, SOON, "phone").at
    assert [one.kind for one in out[B].lines] == ["target_named", "separated_unlike"]
    assert [one.kind for one in out[A].lines] == ["separation_noted"]
    assert (matter.status, matter.dispatch_until, matter.next_decision_at) == ("accepted", until, until)
    assert (matters[A].joined(), matters[B].main()) == ([], None)
    assert [(m.template, m.to_kind) for m in out[B].messages] == [("separated", "citizen")]
    told = read(out[B].lines[1].text)
    assert (told.facts[0], told.clauses[0]) == (A, clause(book))
    form = {**line.forms(book)["record_repeat"], "words": "他们局长吓唬我"}
    assert beside.act(book, matters, B, "record_repeat", OPERATOR, form, SOON, citizen=None)[A].lines == []
    approve(book, matters)
    assert matters[B].matter.status == "accepted", "the unit does not answer what is about itself"


@pytest.mark.clause("二段2i", "R-21", "R-25")
def test_a_main_one_about_somebody_else_than_the_joined_lets_them_go(book: Rulebook) -> None:
    matters = {**both(book), C: accepted(book, C)}
    join(book, matters, C)
    out = target_named(book, matters, A)
    for one in (B, C):
        assert (matters[one].matter.status, matters[one].main()) == ("accepted", None)
        assert [li.kind for li in out[one].lines] == ["separated_unlike"]
        assert matters[one].matter.dispatch_until is not None
    assert matters[A].joined() == []
    again = target_named(book, matters, A, now=LATER)
    assert all(again[one].lines == [] for one in (B, C))


@pytest.mark.clause("二段2i", "R-21", "R-25")
def test_named_again_as_before_nothing_is_separated(book: Rulebook) -> None:
    matters = some(book, "accept")
    for one in (A, B):
        target_named(book, matters, one)
    join(book, matters)
    target_named(book, matters, B, now=LATER)
    assert (matters[B].matter.status, len(matters[A].joined())) == ("joined", 1)


@pytest.mark.clause("二段2i", "R-21", "R-25")
def test_about_the_unit_that_answered_it_gets_no_further_answer_from_there(book: Rulebook) -> None:
    matters = both(book)
    approve(book, matters)
    status, told = matters[B].matter.status, matters[B].matter.told_id
    target_named(book, matters, B, now=LATER)
    assert (matters[B].matter.status, matters[B].matter.told_id) == (status, told)
    assert (matters[A].joined(), matters[B].main()) == ([], None)


@pytest.mark.clause("四（一）段1", "R-25")
@pytest.mark.parametrize(("until", "verb"), [("accept", "dispatch"), ("accept", "change_kind"),
                                             ("sign_for", "change_kind")])  # fmt: skip
def test_of_another_kind_since_a_main_one_lets_the_joined_go(book: Rulebook, until: str, verb: str) -> None:
    """Their kind is not its, nor what was promised; they wait at the desk, by a date of the office's own again."""
    same, other = both(book, until), both(book, until)
    if verb == "change_kind":
        card, dossier = REGISTRY[verb], same[A]
        case: Case[Any, Any] = Case(card, dossier, dossier.matter, DISPATCHER, SOON, book, line.tools())
        assert "并入的各件" in [effect.label for effect in card.effects(case)]
    for matters, kind in ((same, same[A].matter.kind), (other, "help")):
        form = {**line.forms(book)[verb], "kind": kind, "category": "停水"}
        beside.act(book, matters, A, verb, DISPATCHER, form, SOON, unit=line.Receiving(line.UNIT), sorted=None)
    assert (same[B].matter.status, len(same[A].joined())) == ("joined", 1)
    matter = other[B].matter
    assert (matter.status, matter.kind) == ("accepted", "complaint")
    assert matter.dispatch_until == office.dispatch_until(book, SOON, "phone").at
    assert (other[A].joined(), other[A].matter.kind) == ([], "help")


@pytest.mark.clause("四（一）段1", "R-25")
def test_of_another_kind_since_what_was_answered_with_it_keeps_its_answer(book: Rulebook) -> None:
    matters = both(book)
    approve(book, matters)
    status = matters[B].matter.status
    matters[A] = line.changed(matters[A], matters[A].matter, status="accepted")
    form = {**line.forms(book)["change_kind"], "kind": "help"}
    beside.act(book, matters, A, "change_kind", DISPATCHER, form, LATER)
    assert (matters[B].matter.status, len(matters[A].joined())) == (status, 1)


def test_the_verb_is_shown_on_what_is_joined_alone(book: Rulebook) -> None:
    dossier = some(book)[B]
    card = REGISTRY["separate_matter"]
    case: Case[Any, Any] = Case(card, dossier, dossier.matter, DISPATCHER, SOON, book, line.tools())
    verdict = case.card.pertains(case)
    assert verdict is not None
    assert not verdict.ok


# 提请在等、撤诉、终止


@pytest.mark.clause("四（一）段1", "R-25", "R-28")
def test_not_while_something_proposed_waits(book: Rulebook) -> None:
    matters = some(book)
    line.act(matters[B], "ask_to_withdraw", line.actor("citizen"), line.forms(book)["ask_to_withdraw"], SOON, book)
    form = {**line.forms(book)["join_matter"], "number": matters[A].matter.number}
    said = line.refused(matters[B], "join_matter", OPERATOR, form, SOON, book)
    assert (said.step, said.verdict.clause) == ("guard", clause(book))


@pytest.mark.clause("四（一）段1", "R-25", "R-28")
def test_a_main_matter_is_not_withdrawn_from_under_the_others(book: Rulebook) -> None:
    matters, leader = both(book), line.actor("shift_leader")
    line.act(matters[A], "ask_to_withdraw", line.actor("citizen"), line.forms(book)["ask_to_withdraw"], SOON, book)
    form = line.forms(book)["confirm_withdrawal"]
    assert line.refused(matters[A], "confirm_withdrawal", leader, form, SOON, book).step == "guard"
    separate(book, matters)
    beside.act(book, matters, A, "confirm_withdrawal", leader, form, LATER)
    assert [matters[i].matter.status for i in (A, B)] == ["withdrawn", "accepted"]


@pytest.mark.clause("三（二）4", "R-25", "R-29")
def test_ended_elsewhere_each_caller_is_told_so_under_their_own_number(book: Rulebook) -> None:
    matters = both(book)
    line.act(matters[A], "propose_end", line.actor("reviewer"), line.forms(book)["propose_end"], SOON, book)
    form = {**line.forms(book)["approve_end"], "because": "甲的案号另行告知"}
    out = beside.act(book, matters, A, "approve_end", line.actor("shift_leader"), form, LATER)
    assert (matters[A].matter.status, matters[B].matter.status) == ("ended", "closed")
    first, other = (matters[i].body(matters[i].matter.told_id) for i in (A, B))
    assert other.splitlines()[0] == first.splitlines()[0]
    assert "甲的案号" in first
    assert "甲的案号" not in other
    assert [(m.template, m.refs["matter_id"]) for m in out[B].messages if m.to_kind == "citizen"] == [
        ("answered_with_another", B)]  # fmt: skip
    unrated(book, matters[B])


def unrated(book: Rulebook, dossier: Any) -> None:
    """Nobody is drawn or asked how content they are: what it was joined with ends without that (R-37)."""
    matter = dossier.matter
    assert (matter.drawn, matter.rating_until, matter.replied_at, matter.closed_at) == (None, None, LATER, LATER)
    assert read(next(one for one in dossier.lines if one.kind == "answered_jointly").text).facts[:2] == (
        False, "不评价，不回访")  # fmt: skip
    rating = {**line.forms(book)["follow_up"], "means": "rating"}
    assert line.refused(dossier, "follow_up", line.actor("citizen"), rating, LATER, book).step == "guard"


@pytest.mark.clause("一段1", "R-25", "R-37")
def test_praise_that_was_joined_is_passed_on_with_the_other_and_not_rated(book: Rulebook) -> None:
    matters = {A: line.lived(book, "accept", kind="praise"), B: accepted(book, B, kind="praise")}
    join(book, matters)
    form = line.forms(book)["pass_on_praise"]
    out = beside.act(book, matters, A, "pass_on_praise", OPERATOR, form, LATER, unit=line.Receiving(line.UNIT))
    assert [matters[i].matter.status for i in (A, B)] == ["closed", "closed"]
    assert matters[B].body(matters[B].matter.told_id) == matters[A].body(matters[A].matter.told_id)
    assert [m.template for m in out[B].messages] == ["answered_with_another"]
    unrated(book, matters[B])


@pytest.mark.clause("三（二）5", "R-25", "R-32")
def test_handed_over_to_the_rescue_service_whoever_was_joined_is_told_so(book: Rulebook) -> None:
    matters = both(book, "accept")
    form = line.forms(book)["hand_over"]
    out = beside.act(book, matters, A, "hand_over", OPERATOR, form, LATER)
    assert [matters[i].matter.status for i in (A, B)] == ["declined", "closed"]
    assert matters[B].body(matters[B].matter.told_id) == matters[A].body(matters[A].matter.told_id)
    assert [(m.template, m.refs["matter_id"]) for m in out[B].messages] == [("answered_with_another", B)]
    unrated(book, matters[B])


# 匿名与不公开


def forgot(book: Rulebook, matters: Matters, **extra: Any) -> Any:
    form = {**line.forms(book)["anonymise"], "also": "灯杆厂"}
    return beside.act(book, matters, B, "anonymise", line.actor("inspector"), form, LATER, elsewhere=0, **extra)


@pytest.mark.parametrize("apart", [False, True])
def test_somebody_forgotten_is_forgotten_where_their_words_were_passed_on(book: Rulebook, apart: bool) -> None:
    """Also after the two were separated; what others said in their place loses what tells who it was, and no more."""
    matters = both(book)
    (passed,) = [text for text in matters[A].all(Text) if text.field == "joined_words"]
    urge = {"words": f"{OTHERS[B][0]}（{OTHERS[B][1]}）说灯杆厂该管，请快些"}
    line.act(matters[A], "urge", OPERATOR, urge, LATER, book)
    if apart:
        separate(book, matters)
    matters[B] = line.changed(matters[B], matters[B].matter, status="archived")
    own = matters[A].body(matters[A].matter.words_id)
    out = forgot(book, matters)
    assert [read(one.text).kind for one in out[A].lines] == ["joined_forgotten"]
    assert matters[A].body(passed.id) == "（已匿名）"
    bodies = [text.body for text in matters[A].all(Text)]
    assert not any(secret in body for body in bodies for secret in (*OTHERS[B], "灯杆厂"))
    assert any("请快些" in body for body in bodies)
    assert matters[A].body(matters[A].matter.words_id) == own, "the main caller's words stand"
    assert not any(secret in one.text for one in out[A].lines for secret in (*OTHERS[B], "灯杆厂"))


@pytest.mark.clause("六（二）", "R-13", "R-25")
@pytest.mark.parametrize("status", ["replied", "closed", "archived"])
def test_kept_from_the_site_since_what_was_answered_with_it_is_read_no_longer(book: Rulebook, status: str) -> None:
    matters = both(book)
    approve(book, matters)
    matters[B] = line.changed(matters[B], matters[B].matter, status=status)
    before = matters[B].body(matters[B].matter.told_id)
    line.act(matters[A], "apply_to_withhold", line.actor("clerk"), line.forms(book)["apply_to_withhold"], LATER, book)
    beside.act(book, matters, A, "approve_withholding", line.actor("reviewer"), {}, LATER)
    now = matters[B].body(matters[B].matter.told_id)
    if publication.answered_online(book, application_approved=True).ok:
        assert now == before
        return
    assert now != before
    assert book.provision("service").values["number"] in now
    assert matters[B].lines[-1].kind == "joint_answer_held_back"
    assert matters[B].matter.status == status


def test_restored_the_main_matters_line_vouches_for_what_was_replaced_there(book: Rulebook) -> None:
    """A restore has replaced the texts already: the line that is yet to come names each, under a new salt."""
    matters = both(book)
    (passed,) = [text for text in matters[A].all(Text) if text.field == "joined_words"]
    line.act(matters[A], "urge", OPERATOR, {"words": f"{OTHERS[B][0]}催办"}, LATER, book)
    urged = next(text for text in matters[A].all(Text) if text.body.endswith("催办"))
    for text, body in ((passed, "（已匿名）"), (urged, "＊＊＊催办")):
        matters[A].put(replace(text, body=body, salt=b"s" * 16))
    form = {"texts": f"{passed.id} {urged.id}"}
    out = beside.act(book, matters, B, "anonymise_again", line.actor("system"), form, LATER, elsewhere=0)
    said = read(out[A].lines[0].text)
    assert said.kind == "joined_forgotten"
    assert sorted(said.facts[1]) == sorted((passed.id, urged.id))
    for text_id, digest in said.texts:
        text = matters[A].get(Text, text_id)
        assert text.salt is not None
        assert digest == short(text_hash(text.salt, text.body))
