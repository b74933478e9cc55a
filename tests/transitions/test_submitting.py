"""呈办、先行交办、批示、照批示交办、报告办理结果 (四（二）4, 二段2): to one leader and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import BEFORE_AT_AFTER, DAYS, MINUTE, begins, ends, here, night
from hotline.casework import submissions
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Submission
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.rules import office
from hotline.rules.book import Rulebook
from support import line
from transitions.test_ticking import tick

DISPATCHER, REVIEWER, CLERK = (line.actor(role) for role in ("dispatcher", "reviewer", "clerk"))
LEADER = line.LEADER
ANOTHER = replace(line.actor("leader", 950), post_id=4711)
BOTH = {"unit": str(line.UNIT.id), "assisting": line.OTHER.short}


def kit(lead: Any = line.UNIT, *others: Any) -> Any:
    """The units that a form names."""
    return line.tools(unit=line.Receiving(lead), assisting={u.short: line.Receiving(u) for u in others})


def do(book: Rulebook, dossier: MatterDossier, verb: str, who: Actor, now: Any = line.NOW, tools: Any = None,
       **form: str) -> WriteSet:  # fmt: skip
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **form}, now, book, tools)


def submitted(book: Rulebook, **form: str) -> MatterDossier:
    dossier = line.lived(book, "accept")
    do(book, dossier, "submit", DISPATCHER, tools=kit(line.UNIT, line.OTHER) if form else None, **form)
    return dossier


def row(dossier: MatterDossier) -> Submission:
    return dossier.all(Submission)[-1]


def replied(book: Rulebook, dossier: MatterDossier, now: Any = line.NOW) -> None:
    """The unit does its work, its head signs, the office approves."""
    for verb, who in (("sign_for", CLERK), ("record_contact", CLERK), ("draft_reply", CLERK), ("answer_citizen", CLERK),
                      ("sign_off", line.actor("head")), ("file", CLERK), ("approve", REVIEWER)):  # fmt: skip
        do(book, dossier, verb, who, now)


@pytest.mark.clause("四（二）4a")
def test_the_office_names_ground_leader_opinion_and_the_units_it_proposes(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    out = do(book, dossier, "submit", DISPATCHER, tools=kit(line.UNIT, line.OTHER), **BOTH)
    one = row(dossier)
    assert (one.post_id, one.ground) == (LEADER.post_id, book.provision("submitting").values["grounds"][0])
    assert submissions.unit_ids(one.proposed_units) == (line.UNIT.id, line.OTHER.id)
    assert dossier.body(one.opinion_id) == "拟请牵头研究"
    assert (dossier.matter.status, dossier.matter.before_leader_at) == ("submitted", line.NOW)
    assert [(m.template, m.to_kind, m.to_id) for m in out.messages][0] == ("submitted", "leader", LEADER.post_id)
    assert ("with_leaders", "citizen") in [(m.template, m.to_kind) for m in out.messages]
    assert read(out.lines[0].text).clauses[0] == here(book, suzhou="四（二）4", example="第11条第4款")


@pytest.mark.clause("四（二）4a")
@pytest.mark.parametrize(("field", "value"), [("ground", ""), ("ground", "不在其列"), ("opinion", ""), ("leader", "")])
def test_nothing_is_submitted_without_ground_opinion_and_leader(book: Rulebook, field: str, value: str) -> None:
    form = {**line.forms(book)["submit"], field: value}
    wrong = line.problems(line.lived(book, "accept"), "submit", DISPATCHER, form, line.NOW, book)
    assert [one.field for one in wrong] == [field]


@pytest.mark.parametrize(("tools", "form", "field"), [
    (line.tools(leader_post=None), {}, "leader"),
    (kit(line.UNIT, line.UNIT), BOTH, "assisting"),
    (line.tools(assisting={"某局": None}), BOTH, "assisting"),
    (line.tools(assisting={"另一局": line.Receiving(line.OTHER)}), {"assisting": "另一局"}, "unit"),
    (line.tools(unit=line.Receiving(line.UNIT, ())), {"unit": "7001"}, "unit"),
])  # fmt: skip
def test_leader_and_units_must_be_there(book: Rulebook, tools: Any, form: dict[str, str], field: str) -> None:
    form = {**line.forms(book)["submit"], **form}
    wrong = line.problems(line.lived(book, "accept"), "submit", DISPATCHER, form, line.NOW, book, tools)
    assert {one.field for one in wrong} == {field}


@pytest.mark.clause("R-21")
def test_not_to_the_leader_whom_it_is_about(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    dossier = line.changed(dossier, dossier.matter, against_person_id=line.LEADER_POST.person_id)
    (wrong,) = line.problems(dossier, "submit", DISPATCHER, line.forms(book)["submit"], line.NOW, book)
    assert (wrong.field, wrong.clause) == ("leader", book.provision("complaint_against").clause)


@pytest.mark.clause("四（二）4b")
def test_that_leader_and_whoever_acts_for_the_leader_reach_it_and_no_other(book: Rulebook) -> None:
    dossier = submitted(book)
    acting = replace(LEADER, person_id=777, for_person_id=LEADER.person_id)
    for who, may in ((LEADER, True), (acting, True), (ANOTHER, False)):
        offered = {o.card.name() for o in engine.offers(dossier, who, line.NOW, book, line.tools()) if o.verdict.ok}
        assert offered == ({"instruct", "give_back"} if may else set())
    assert line.refused(dossier, "instruct", ANOTHER, line.forms(book)["instruct"], line.NOW, book).step == "reach"


@pytest.mark.clause("四（二）4b")
def test_what_all_leaders_see_for_designation_only_its_own_leader_instructs_on_and_reads(book: Rulebook) -> None:
    dossier = submitted(book)
    dossier = line.disputed(line.changed(dossier, dossier.matter, status="in_hand"))
    no = line.refused(dossier, "instruct", ANOTHER, line.forms(book)["instruct"], line.NOW, book)
    assert no.step == "status"
    opinion = row(dossier).opinion_id
    said = {who.role if who is not ANOTHER else "another": submissions.readable(dossier, who)(opinion)
            for who in (LEADER, ANOTHER, DISPATCHER, CLERK)}  # fmt: skip
    assert said == {"leader": "拟请牵头研究", "another": "", "dispatcher": "拟请牵头研究", "clerk": ""}


@pytest.mark.clause("四（二）4b")
def test_the_instruction_is_recorded_and_the_matter_is_at_the_desk_again(book: Rulebook) -> None:
    dossier, later = submitted(book), line.NOW + timedelta(hours=30)
    out = do(book, dossier, "instruct", LEADER, later, instruction="请住建牵头", wanted_on="2026-09-30")
    one = row(dossier)
    assert [li.kind for li in out.lines] == ["instructed", "came_from_leader"]
    assert (one.outcome, dossier.body(one.words_id), str(one.wanted_on)) == ("instructed", "请住建牵头", "2026-09-30")
    assert (dossier.matter.status, dossier.matter.before_leader_at) == ("accepted", None)
    assert dossier.matter.dispatch_until == office.dispatch_until(book, later, "phone").at
    assert ("leader_instructed", "office") in [(m.template, m.to_kind) for m in out.messages]
    assert submissions.readable(dossier, CLERK)(one.words_id or 0) == "请住建牵头", "whoever carries it out reads it"
    assert submissions.readable(dossier, ANOTHER)(one.words_id or 0) == ""


def test_the_day_wanted_lies_ahead(book: Rulebook) -> None:
    form = {**line.forms(book)["instruct"], "wanted_on": "2026-09-15"}
    assert [w.field for w in line.problems(submitted(book), "instruct", LEADER, form, line.NOW, book)] == ["wanted_on"]


def before_leader(book: Rulebook, now: Any, channel: str = "phone") -> MatterDossier:
    dossier = line.lived(book, "accept", now, register={"channel": channel})
    do(book, dossier, "submit", DISPATCHER, now)
    return dossier


@pytest.mark.clause("R-19")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("meanwhile", [False, True])
def test_a_leader_is_reminded_and_once(book: Rulebook, day: str, meanwhile: bool) -> None:
    """The second working day after the submission has ended, the first in the other city, be a unit at work or not."""
    until, fresh = ends(book, day, suzhou=2, example=1), before_leader(book, begins(book, day))
    if meanwhile:
        do(book, fresh, "dispatch_meanwhile", DISPATCHER, begins(book, day) + MINUTE)
        do(book, fresh, "sign_for", CLERK, begins(book, day) + 2 * MINUTE)
    for late, early in BEFORE_AT_AFTER:
        waiting, said = line.copy(fresh), line.copy(fresh)
        assert ("remind_leader" in tick(waiting, book, until + late)) is not early
        assert ("remind_leader" in tick(waiting, book, until + MINUTE)) is early, "once"
        (written,) = (read(li.text) for li in waiting.lines if li.kind == "leader_reminded")
        assert datetime.fromisoformat(written.facts[0]) == until
        tick(said, book, until + late)
        do(book, said, "instruct", LEADER, until + late)
        assert "remind_leader" not in tick(said, book, until + timedelta(days=9))


@pytest.mark.clause("四（二）4b", "R-19")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("channel", ["phone", "web"])
@pytest.mark.parametrize(("verb", "who"), [("instruct", LEADER), ("give_back", LEADER),
                                           ("withdraw_submission", DISPATCHER)])  # fmt: skip
def test_back_at_the_desk_the_offices_date_begins_anew(
    book: Rulebook, day: str, channel: str, verb: str, who: Actor
) -> None:
    """As for what was just accepted: in minutes for the telephone, in working days for the web."""
    now, until = night(book, day, suzhou="01:30", example="00:15")
    if channel == "web":
        now, until = begins(book, day), ends(book, day, suzhou=1, example=2)
    fresh = before_leader(book, now - timedelta(hours=3), channel)
    do(book, fresh, verb, who, now)
    assert fresh.matter.dispatch_until == until
    for late, early in BEFORE_AT_AFTER:
        dossier = line.copy(fresh)
        noted = [] if early else ["note_dispatch_late"]
        assert tick(dossier, book, until + late) == noted
        do(book, dossier, "dispatch", DISPATCHER, until + late)
        assert "note_dispatch_late" not in tick(dossier, book, until + timedelta(days=9))
        fell = [read(li.text).facts[0] for li in dossier.lines if li.kind == "dispatch_late"]
        assert [datetime.fromisoformat(one) for one in fell] == [until for _ in noted]


@pytest.mark.clause("四（二）4c", "五（二）4")
@pytest.mark.parametrize("day", DAYS)
def test_dispatched_meanwhile_the_limit_and_the_promise_run_from_then(book: Rulebook, day: str) -> None:
    """Not from the submission the day before, nor from the instruction later."""
    now, due = begins(book, day), ends(book, day, suzhou=15, example=20)
    dossier = before_leader(book, now - timedelta(days=1))
    do(book, dossier, "dispatch_meanwhile", DISPATCHER, now)
    do(book, dossier, "instruct", LEADER, now + timedelta(hours=30))
    assert (dossier.orders[0].due_at, dossier.matter.promised_at) == (due, due)
    for late, in_time in BEFORE_AT_AFTER:
        mine, good = line.copy(dossier), line.forms(book)
        for verb, by in (("sign_for", CLERK), ("record_contact", CLERK), ("draft_reply", CLERK),
                         ("answer_citizen", CLERK), ("sign_off", line.actor("head")), ("file", CLERK)):  # fmt: skip
            line.act(mine, verb, by, good[verb], due + late, book)
        assert mine.orders[0].on_time is in_time


@pytest.mark.clause("二段2c")
@pytest.mark.parametrize("day", DAYS)
def test_reported_until_the_end_of_the_day_that_the_leader_wanted(book: Rulebook, day: str) -> None:
    """A calendar day; and no instruction wants one that has ended."""
    now, end = begins(book, day), ends(book, day, suzhou=0, example=0)
    waiting = before_leader(book, now)
    wanted = {**line.forms(book)["instruct"], "wanted_on": here(book, suzhou=DAYS[day][0], example=DAYS[day][1])}
    line.act(line.copy(waiting), "instruct", LEADER, wanted, end - MINUTE, book)
    for past in (end, end + MINUTE):
        assert [w.field for w in line.problems(waiting, "instruct", LEADER, wanted, past, book)] == ["wanted_on"]
    line.act(waiting, "instruct", LEADER, wanted, now, book)
    do(book, waiting, "dispatch", DISPATCHER, now)
    replied(book, waiting, now)
    for late, in_time in BEFORE_AT_AFTER:
        out = do(book, line.copy(waiting), "report_to_leader", REVIEWER, end + late)
        assert read(out.lines[0].text).facts[2] is in_time


@pytest.mark.clause("R-19")
def test_the_office_that_does_not_dispatch_after_the_instruction_is_late(book: Rulebook) -> None:
    dossier, later = submitted(book), line.NOW + timedelta(minutes=1)
    do(book, dossier, "instruct", LEADER, later)
    until = office.dispatch_until(book, later, "phone").at
    assert [(d.card, d.at) for d in dossier.decisions(book)] == [("note_dispatch_late", until)]
    do(book, dossier, "dispatch", DISPATCHER, later)
    assert "note_dispatch_late" not in [d.card for d in dossier.decisions(book)]


@pytest.mark.clause("四（二）4c")
def test_dispatched_as_instructed_or_for_a_reason_otherwise(book: Rulebook) -> None:
    dossier = submitted(book)
    out = do(book, dossier, "instruct", LEADER, tools=kit(line.UNIT, line.OTHER), **BOTH)
    assert read(out.lines[0].text).facts[3] is False, "nothing was proposed"
    assert dossier.matter.carry_out_at == line.NOW
    assert line.refused(dossier, "dispatch", DISPATCHER, line.forms(book)["dispatch"], line.NOW, book).step == "status"
    as_instructed, others = line.copy(dossier), line.copy(dossier)
    out = do(book, as_instructed, "dispatch_as_instructed", DISPATCHER, tools=kit(line.UNIT, line.OTHER),
             assisting=line.OTHER.short)  # fmt: skip
    assert [li.kind for li in out.lines] == ["dispatched_as_instructed", "shares_assigned"]
    assert (as_instructed.matter.carry_out_at, as_instructed.orders[0].due_at is not None) == (None, True)
    (wrong,) = line.problems(others, "dispatch_as_instructed", DISPATCHER,
                             {**line.forms(book)["dispatch_as_instructed"], "unit": "7002"}, line.NOW, book,
                             kit(line.OTHER))  # fmt: skip
    assert (wrong.field, wrong.clause) == ("departs", here(book, suzhou="四（二）4", example="第11条第4款"))
    do(book, others, "dispatch_as_instructed", DISPATCHER, tools=kit(line.OTHER), unit="7002", departs="该局已并入")
    departs, why = read(others.lines[-1].text).facts[-2:]
    assert (departs, others.body(why), others.orders[0].unit_id) == (True, "该局已并入", line.OTHER.id)


@pytest.mark.parametrize(("lead", "others", "differs"), [
    (1, (2,), False), (1, (), True), (2, (1,), True), (1, (2, 3), True), (3, (2,), True)])  # fmt: skip
def test_what_departs_from_an_instruction(lead: int, others: tuple[int, ...], differs: bool) -> None:
    assert submissions.departs((1, 2), lead, others) is differs
    assert not submissions.departs((), lead, others), "an instruction that names no unit is kept by any"


@pytest.mark.clause("四（二）4c", "R-19")
def test_a_unit_begins_meanwhile_and_the_citizens_date_runs(book: Rulebook) -> None:
    dossier, straight = submitted(book), line.lived(book, "dispatch")
    out = do(book, dossier, "dispatch_meanwhile", DISPATCHER)
    assert [li.kind for li in out.lines] == ["dispatched_meanwhile"]
    assert dossier.matter.promised_at == straight.matter.promised_at
    assert (dossier.orders[0].due_at, dossier.matter.before_leader_at) == (straight.orders[0].due_at, line.NOW)
    reminder = office.leader_reminder_at(book, line.NOW).at
    assert ("remind_leader", reminder) in [(d.card, d.at) for d in dossier.decisions(book)]
    told = do(book, dossier, "instruct", LEADER, unit=str(line.UNIT.id))
    assert ("leader_instructed", line.UNIT.id) in [(m.template, m.to_id) for m in told.messages if m.to_kind == "unit"]
    assert (dossier.matter.status, dossier.matter.carry_out_at) == ("in_hand", None), "its unit has it already"


@pytest.mark.clause("四（二）4c")
def test_where_another_unit_holds_it_the_office_sees_to_the_instruction(book: Rulebook) -> None:
    dossier = submitted(book)
    do(book, dossier, "dispatch_meanwhile", DISPATCHER)
    do(book, dossier, "instruct", LEADER, tools=kit(line.OTHER), unit=str(line.OTHER.id))
    assert dossier.matter.carry_out_at == line.NOW
    line.act(dossier, "recall", DISPATCHER, line.forms(book)["recall"], line.NOW, book)
    do(book, dossier, "dispatch_as_instructed", DISPATCHER, tools=kit(line.OTHER), unit=str(line.OTHER.id))
    lead = dossier.lead()
    assert lead is not None
    assert (dossier.matter.carry_out_at, lead.unit_id) == (None, line.OTHER.id)


def test_an_assisting_unit_that_was_named_is_added(book: Rulebook) -> None:
    dossier = submitted(book)
    do(book, dossier, "dispatch_meanwhile", DISPATCHER)
    do(book, dossier, "instruct", LEADER, tools=kit(line.UNIT, line.OTHER), **BOTH)
    assert dossier.matter.carry_out_at == line.NOW
    do(book, dossier, "add_unit", DISPATCHER, tools=kit(line.OTHER))
    assert dossier.matter.carry_out_at is None


@pytest.mark.clause("四（二）4b")
def test_given_back_with_a_reason_the_office_decides_anew(book: Rulebook) -> None:
    dossier = submitted(book)
    out = do(book, dossier, "give_back", LEADER, because="先拿方案")
    assert [li.kind for li in out.lines] == ["given_back", "came_from_leader"]
    assert (row(dossier).outcome, dossier.body(row(dossier).words_id)) == ("given_back", "先拿方案")
    assert submissions.readable(dossier, CLERK)(row(dossier).words_id or 0) == ""
    assert (dossier.matter.report_owed_at, dossier.matter.before_leader_at) == (None, None)
    do(book, dossier, "submit", DISPATCHER)
    assert [one.outcome for one in dossier.all(Submission)] == ["given_back", ""]


def test_withdrawn_the_leader_sees_it_no_longer_and_what_a_unit_does_goes_on(book: Rulebook) -> None:
    dossier = submitted(book)
    do(book, dossier, "dispatch_meanwhile", DISPATCHER)
    out = do(book, dossier, "withdraw_submission", DISPATCHER)
    assert [(m.template, m.to_id) for m in out.messages] == [("submission_withdrawn", LEADER.post_id)]
    assert (dossier.matter.status, dossier.matter.submitted_at) == ("in_hand", None)
    assert line.refused(dossier, "instruct", LEADER, line.forms(book)["instruct"], line.NOW, book).step == "reach"
    assert line.refused(dossier, "withdraw_submission", DISPATCHER, {"because": "x"}, line.NOW, book).step == "status"


@pytest.mark.clause("二段2c")
def test_the_result_is_reported_to_the_leader_and_until_then_the_file_stays_open(book: Rulebook) -> None:
    dossier = submitted(book)
    do(book, dossier, "instruct", LEADER, wanted_on="2026-09-16")
    do(book, dossier, "dispatch", DISPATCHER)
    replied(book, dossier)
    do(book, dossier, "follow_up", line.actor("follow_up"))
    assert dossier.matter.status == "closed"
    no = line.refused(dossier, "archive", REVIEWER, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", book.provision("submitting").clause)
    assert "archive" not in [d.card for d in dossier.decisions(book)]
    late = line.copy(dossier)
    out = do(book, dossier, "report_to_leader", REVIEWER)
    assert [(m.template, m.to_id) for m in out.messages] == [("reported", LEADER.post_id)]
    assert read(out.lines[0].text).facts[2] is True
    assert (row(dossier).reported_at, dossier.body(row(dossier).report_id)) == (line.NOW, "已照批示办完，诉求人满意")
    do(book, dossier, "archive", REVIEWER)
    out = do(book, late, "report_to_leader", REVIEWER, line.NOW + timedelta(days=2))
    assert read(out.lines[0].text).facts[2] is False, "after the day on which it was wanted"


@pytest.mark.clause("五（四）c", "R-10")
def test_what_was_submitted_is_signed_by_the_head_alone(book: Rulebook) -> None:
    dossier = submitted(book)
    do(book, dossier, "dispatch_meanwhile", DISPATCHER)
    for verb in ("sign_for", "record_contact", "draft_reply", "answer_citizen"):
        do(book, dossier, verb, CLERK)
    assert line.refused(dossier, "sign_off", line.actor("deputy"), {}, line.NOW, book).step == "guard"
    do(book, dossier, "sign_off", line.actor("head"))


def test_one_leader_at_a_time(book: Rulebook) -> None:
    """Also where the unit that had it meanwhile gave it back."""
    dossier = submitted(book)
    do(book, dossier, "dispatch_meanwhile", DISPATCHER)
    line.act(dossier, "recall", DISPATCHER, line.forms(book)["recall"], line.NOW, book)
    assert dossier.matter.status == "accepted"
    assert line.refused(dossier, "submit", DISPATCHER, line.forms(book)["submit"], line.NOW, book).step == "guard"
