"""延期: asked, agreed, filed or refused, explained or void, to the minute, under both rulebooks (五（二）段1, R-07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import MINUTE, at, here
from hotline.casework import extensions
from hotline.casework.clock import Glance
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension, Mark, Order
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.ledger import read
from hotline.rules import dating, spoken
from hotline.rules.book import Rulebook
from hotline.surfaces.ui import said
from hotline.surfaces.workbench.shaping.extensions import extension_facts
from support import line
from transitions.test_ticking import acts, tick

HELP = {  # 宿州、虚构城市求助的接收之日 → 各自的延期可申请至、到期、延 3 个工作日的新期限；都是 24:00
    "a working day": (("2026-09-02", "2026-09-02"), ("2026-09-09", "2026-09-10", "2026-09-15"),
                      ("2026-09-04", "2026-09-08", "2026-09-11")),
    "before rest days": (("2026-11-09", "2026-11-09"), ("2026-11-14", "2026-11-17", "2026-11-20"),
                         ("2026-11-11", "2026-11-13", "2026-11-18")),
    "before a make-up workday": (("2026-09-15", "2026-09-24"), ("2026-09-21", "2026-09-22", "2026-09-25"),
                                 ("2026-09-27", "2026-10-05", "2026-10-08")),
    "across New Year": (("2026-12-25", "2026-12-24"), ("2027-01-01", "2027-01-05", "2027-01-08"),
                        ("2026-12-28", "2026-12-30", "2027-01-06")),
}  # fmt: skip
CLERK, SUPERVISOR = line.actor("clerk"), line.actor("supervisor")
CLAUSE = {"suzhou": "五（二）段1", "example": "第22条"}
ASK = {"working_days": "3", "reason": "须等灯具到货"}


def leader(book: Rulebook) -> Actor:
    """Who may agree in this city."""
    return line.actor(here(book, suzhou="deputy", example="head"))


def delivery(book: Rulebook, day: str) -> datetime:
    """When the order came."""
    suzhou, example = HELP[day][0]
    return at(book, f"{here(book, suzhou=suzhou, example=example)}T10:00")


def instants(book: Rulebook, day: str) -> tuple[datetime, datetime, datetime]:
    """End of the door, old date, new date; worked out by hand."""
    _, suzhou, example = HELP[day]
    until, old, new = (at(book, f"{on}T00:00") for on in here(book, suzhou=suzhou, example=example))
    return until, old, new


def in_hand(book: Rulebook, day: str = "a working day", **changed: Any) -> MatterDossier:
    """Signed for and contacted at once."""
    dossier = line.lived(book, "record_contact", delivery(book, day), kind="help", **changed)
    tick(dossier, book, dossier.head.at)
    return dossier


def act(book: Rulebook, dossier: MatterDossier, verb: str, now: datetime, who: Actor | None = None,
        **form: str) -> MatterDossier:  # fmt: skip
    """A verb with its good form, what had fallen due done first, as `perform` has it."""
    actors = {"agree_to_extension": leader(book), "accept_extension": SUPERVISOR, "refuse_extension": SUPERVISOR}
    tick(dossier, book, now)
    line.act(dossier, verb, who or actors.get(verb, CLERK), {**line.forms(book)[verb], **form}, now, book)
    return dossier


def asked(book: Rulebook, day: str = "a working day", before: timedelta = MINUTE, **form: str) -> MatterDossier:
    """An extension asked for that long before the door closes."""
    return act(book, in_hand(book, day), "request_extension", instants(book, day)[0] - before, **form)


def filed(book: Rulebook, day: str = "a working day") -> MatterDossier:
    """Agreed to, one minute before the door closes."""
    return act(book, asked(book, day), "agree_to_extension", instants(book, day)[0] - MINUTE)


def accepted(book: Rulebook, day: str = "a working day") -> MatterDossier:
    """On file, the citizen not told yet."""
    return act(book, filed(book, day), "accept_extension", instants(book, day)[0])


def order(dossier: MatterDossier) -> Order:
    return dossier.orders[0]


def row(dossier: MatterDossier) -> Extension:
    return dossier.all(Extension)[-1]


def told(out: Any) -> set[tuple[str, str]]:
    return {(m.template, m.to_kind) for m in out.messages}


@pytest.mark.clause("五（二）段1a", "五（二）段1b", "五（二）段1c", "五（二）段1d", "五（二）段1e", "R-07")
@pytest.mark.parametrize("day", HELP)
def test_asked_agreed_filed_explained(book: Rulebook, day: str) -> None:
    until, old, new = instants(book, day)
    dossier = accepted(book, day)
    assert (order(dossier).due_at, order(dossier).round, order(dossier).extended_by) == (new, 2, 3)
    assert order(dossier).due_clause == here(book, **CLAUSE)
    assert (row(dossier).outcome, row(dossier).old_due_at, row(dossier).new_due_at) == ("filed", old, new)
    assert dossier.matter.promised_at == old, "nothing is promised that the citizen has not been told"
    act(book, dossier, "explain_extension", old - MINUTE)
    assert (dossier.matter.promised_at, dossier.matter.promised_clause) == (new, here(book, **CLAUSE))
    assert tick(dossier, book, old) == []
    assert order(dossier).due_at == new
    assert dossier.body(row(dossier).explanation_id) == line.forms(book)["explain_extension"]["words"]


@pytest.mark.clause("五（二）段1c", "R-07")
@pytest.mark.parametrize("verb", ["request_extension", "agree_to_extension"])
@pytest.mark.parametrize("day", HELP)
def test_the_door_a_minute_before_at_and_after(book: Rulebook, day: str, verb: str) -> None:
    """Filed no later than the end of the working day so many before the due day; what was asked in time is too late
    all the same when it is agreed to after that."""
    until = instants(book, day)[0]
    fresh = in_hand(book, day) if verb == "request_extension" else asked(book, day, timedelta(hours=1))
    who = CLERK if verb == "request_extension" else leader(book)
    act(book, line.copy(fresh), verb, until - MINUTE)
    for now in (until, until + MINUTE):
        no = line.refused(fresh, verb, who, line.forms(book)[verb], now, book)
        assert (no.step, no.verdict.clause) == ("guard", here(book, **CLAUSE))
        assert spoken.limit(until, book.tz) in no.verdict.because


@pytest.mark.clause("五（二）段1a")
@pytest.mark.parametrize("field", ["working_days", "reason"])
def test_in_writing_with_specific_reasons(book: Rulebook, field: str) -> None:
    now = instants(book, "a working day")[0] - MINUTE
    found = line.problems(in_hand(book), "request_extension", CLERK, {**ASK, field: " "}, now, book)
    assert [p.field for p in found] == [field]


@pytest.mark.parametrize("typed", ["abc", "1.5", "３天"])
def test_working_days_are_a_whole_number(book: Rulebook, typed: str) -> None:
    now = instants(book, "a working day")[0] - MINUTE
    found = line.problems(in_hand(book), "request_extension", CLERK, {**ASK, "working_days": typed}, now, book)
    assert [p.field for p in found] == ["working_days"]


@pytest.mark.clause("五（二）段1e")
def test_no_more_than_the_limit_in_all(book: Rulebook) -> None:
    now, cap = instants(book, "a working day")[0] - MINUTE, here(book, suzhou=5, example=6)
    for days in ("0", "-1", str(cap + 1)):
        found = line.problems(in_hand(book), "request_extension", CLERK, {**ASK, "working_days": days}, now, book)
        assert line.said(found) == [("working_days", here(book, **CLAUSE))]
    dossier = act(book, in_hand(book), "request_extension", now, working_days=str(cap - 2))
    for verb in ("agree_to_extension", "accept_extension", "explain_extension"):
        act(book, dossier, verb, now)
    left = {**ASK, "working_days": "3"}
    assert line.said(line.problems(dossier, "request_extension", CLERK, left, now, book)) == [
        ("working_days", here(book, **CLAUSE))
    ]
    act(book, dossier, "request_extension", now, working_days="2")


@pytest.mark.clause("五（二）段1e")
def test_nothing_is_left_once_the_cap_is_used_up(book: Rulebook) -> None:
    dossier = in_hand(book)
    spent = line.changed(dossier, order(dossier), extended_by=here(book, suzhou=5, example=6))
    now = instants(book, "a working day")[0] - MINUTE
    assert "最多还能延长 0 个" in line.refused(spent, "request_extension", CLERK, ASK, now, book).verdict.because


@pytest.mark.clause("五（二）段1b")
def test_a_leader_of_the_right_rank_agrees(book: Rulebook) -> None:
    now = instants(book, "a working day")[0] - MINUTE
    if here(book, suzhou=False, example=True):
        no = line.refused(asked(book), "agree_to_extension", line.actor("deputy"), {}, now, book)
        assert (no.step, no.verdict.clause) == ("guard", "第22条")
    dossier = filed(book)
    assert (order(dossier).extension_asked_at, order(dossier).extension_filed_at) == (None, now)
    assert row(dossier).agreed_at == now


@pytest.mark.clause("五（二）段1b")
@pytest.mark.parametrize(("asker", "agreer"), [
    (Actor("head", 501, 1, line.UNIT.id), Actor("head", 501, 1, line.UNIT.id)),
    (Actor("clerk", 501, 1, line.UNIT.id), Actor("head", 501, 2, line.UNIT.id)),
    (Actor("clerk", 501, 1, line.UNIT.id), Actor("head", 502, 2, line.UNIT.id, 501)),
    (Actor("clerk", 502, 1, line.UNIT.id, 501), Actor("head", 501, 2, line.UNIT.id)),
])  # fmt: skip
def test_who_asked_does_not_agree_acting_for_included(book: Rulebook, asker: Actor, agreer: Actor) -> None:
    now = instants(book, "a working day")[0] - MINUTE
    dossier = act(book, in_hand(book), "request_extension", now, asker)
    no = line.refused(dossier, "agree_to_extension", agreer, {}, now, book)
    assert (no.step, no.verdict.clause) == ("not_by", here(book, **CLAUSE))
    act(book, dossier, "agree_to_extension", now, Actor("head", 503, 3, line.UNIT.id))


def test_a_leader_may_disagree_and_it_may_be_asked_for_again(book: Rulebook) -> None:
    dossier, now = asked(book, before=timedelta(hours=1)), instants(book, "a working day")[0] - MINUTE
    line.act(dossier, "disagree_with_extension", line.actor("deputy"), {"because": "来得及"}, now, book)
    assert (row(dossier).outcome, dossier.body(row(dossier).because_id)) == ("disagreed", "来得及")
    assert line.refused(dossier, "agree_to_extension", leader(book), {}, now, book).step == "status"
    act(book, dossier, "request_extension", now)


@pytest.mark.clause("五（二）段1c", "R-07")
@pytest.mark.parametrize("day", HELP)
def test_what_the_leader_did_not_agree_to_in_time_lapses_by_itself(book: Rulebook, day: str) -> None:
    """At the door's end, to the minute: the desk is free, the old date stands, and the unit is told."""
    until, old, _ = instants(book, day)
    fresh = asked(book, day, timedelta(hours=1))
    for late, outcome in ((-MINUTE, ""), (timedelta(0), "lapsed"), (MINUTE, "lapsed")):
        dossier = line.copy(fresh)
        assert ("lapse_extension" in tick(dossier, book, until + late)) is bool(outcome)
        assert (row(dossier).outcome, order(dossier).extension_asked_at is None) == (outcome, bool(outcome))
    lapsed = next(li for li in dossier.lines if li.kind == "extension_lapsed")
    assert read(lapsed.text).clauses[0] == here(book, **CLAUSE)
    assert (row(dossier).decided_at, order(dossier).due_at, order(dossier).round) == (until, old, 1)
    assert line.refused(dossier, "agree_to_extension", leader(book), {}, until + MINUTE, book).step == "status"
    no = line.refused(dossier, "request_extension", CLERK, ASK, until + MINUTE, book)
    assert spoken.limit(until, book.tz) in no.verdict.because


def test_who_is_told_of_a_lapse(book: Rulebook) -> None:
    until = instants(book, "a working day")[0]
    out = engine.live_all(fresh := asked(book), book, acts(fresh, book, until))
    assert ("extension_lapsed", "unit") in told(out)


def test_without_a_date_it_lapses_at_once(book: Rulebook) -> None:
    """The kind was corrected to one without a limit: no door is left to wait for."""
    now = instants(book, "a working day")[0] - MINUTE
    dossier = act(book, asked(book), "change_kind", now, line.actor("dispatcher"), kind="praise")
    assert tick(dossier, book, now) == ["lapse_extension"]
    assert (row(dossier).outcome, order(dossier).extension_asked_at) == ("lapsed", None)


def test_filed_by_the_unit_while_the_leader_has_not_agreed_it_lapses_all_the_same(book: Rulebook) -> None:
    until = instants(book, "a working day")[0]
    dossier = asked(book, before=timedelta(hours=1))
    signer = line.actor("deputy")
    for verb, who in (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", signer), ("file", CLERK)):
        act(book, dossier, verb, until - MINUTE, who)
    assert "lapse_extension" in tick(dossier, book, until)


def test_one_at_a_time(book: Rulebook) -> None:
    now = instants(book, "a working day")[0] - MINUTE
    for dossier in (asked(book), filed(book)):
        no = line.refused(dossier, "request_extension", CLERK, ASK, now, book)
        assert (no.step, no.verdict.because) == ("guard", "已经有一份延期申请在等同意或备案。")
    dossier = act(book, filed(book), "accept_extension", now)
    assert "先解释" in line.refused(dossier, "request_extension", CLERK, ASK, now, book).verdict.because


def test_an_order_nobody_took_up_or_that_is_asked_back_is_not_extended(book: Rulebook) -> None:
    now = delivery(book, "a working day")
    unsigned = line.lived(book, "dispatch", now, kind="help")
    no = line.refused(unsigned, "request_extension", CLERK, ASK, now, book)
    assert no.verdict.clause == book.provision("sign_for").clause
    for waiting in ("return_asked_at", "return_filed_at"):
        dossier = in_hand(book)
        dossier = line.changed(dossier, order(dossier), **{waiting: now})
        assert "申请退回" in line.refused(dossier, "request_extension", CLERK, ASK, now, book).verdict.because


@pytest.mark.clause("五（二）5")
def test_urgent_orders_have_none(book: Rulebook) -> None:
    now = delivery(book, "a working day")
    dossier = line.lived(book, "sign_for", now, kind="help", dispatch={"urgent": "1", "urgent_reason": "漏气"})
    no = line.refused(dossier, "request_extension", CLERK, ASK, now, book)
    assert no.verdict.clause == here(book, suzhou="五（二）5", example="第21条第5款")


def test_a_kind_without_limit_has_none(book: Rulebook) -> None:
    now = delivery(book, "a working day")
    dossier = line.lived(book, "sign_for", now, kind="praise")
    assert "没有办理时限" in line.refused(dossier, "request_extension", CLERK, ASK, now, book).verdict.because


@pytest.mark.clause("R-07")
@pytest.mark.parametrize("ground", ["late", "cap", "merits", ""])
def test_the_office_refuses_for_form_lateness_or_cap_alone_and_only_where_it_is_true(book: Rulebook, ground: str
                                                                                     ) -> None:  # fmt: skip
    now = instants(book, "a working day")[0]
    form = {"ground": ground, "because": "我们觉得不必延"}
    (found,) = line.problems(filed(book), "refuse_extension", SUPERVISOR, form, now, book)
    assert found.field == "ground"
    assert found.clause == (here(book, **CLAUSE) if ground in ("late", "cap") else "")


@pytest.mark.clause("R-07")
@pytest.mark.parametrize(("ground", "facts"), [
    ("form", {}), ("cap", {"extended_by": 4}), ("late", {"due_at": datetime(2026, 9, 7, tzinfo=line.NOW.tzinfo)}),
])  # fmt: skip
def test_a_refusal_leaves_the_date_and_may_be_mended(book: Rulebook, ground: str, facts: dict[str, Any]) -> None:
    """Lateness and the cap come true when kind or calendar changed after it was filed."""
    now, dossier = instants(book, "a working day")[0], filed(book)
    if "due_at" in facts:
        facts = {"due_at": instants(book, "a working day")[1] - timedelta(days=4)}
    dossier = line.changed(dossier, order(dossier), **facts)
    due = order(dossier).due_at
    form = {"ground": ground, "because": "请写明缺什么货"}
    out = line.act(dossier, "refuse_extension", SUPERVISOR, form, now - MINUTE, book)
    assert told(out) == {("extension_refused", "unit")}
    assert (row(dossier).outcome, order(dossier).due_at, order(dossier).extension_filed_at) == ("refused", due, None)
    assert dossier.body(row(dossier).because_id) == "请写明缺什么货"
    if ground == "form":
        act(book, dossier, "request_extension", now - MINUTE)


def test_above_the_cap_the_office_can_but_refuse_and_silence_files_what_is_left(book: Rulebook) -> None:
    """The kind may have changed to one with less."""
    _, old, _ = instants(book, "a working day")
    for spent, days in ((4, here(book, suzhou=1, example=2)), (6, 0)):
        dossier = filed(book)
        dossier = line.changed(dossier, order(dossier), extended_by=spent)
        no = line.refused(dossier, "accept_extension", SUPERVISOR, {}, old - MINUTE, book)
        assert (no.step, no.verdict.clause) == ("guard", here(book, **CLAUSE))
        act(book, dossier, "explain_extension", old - MINUTE)
        tick(dossier, book, old)
        assert order(dossier).extended_by == spent + days
        assert row(dossier).outcome == ("silent" if days else "refused")
        assert [m.cause for m in dossier.all(Mark) if m.colour == "red"] == ([] if days else ["overdue"])


@pytest.mark.clause("五（二）段1c", "R-07")
@pytest.mark.parametrize("day", HELP)
def test_silence_until_the_due_instant_files_it(book: Rulebook, day: str) -> None:
    until, old, new = instants(book, day)
    fresh = act(book, filed(book, day), "explain_extension", until - MINUTE)
    assert fresh.matter.promised_at == old
    for late, due in ((-MINUTE, old), (timedelta(0), new), (MINUTE, new)):
        dossier = line.copy(fresh)
        done = tick(dossier, book, old + late)
        assert done == ([] if due == old else ["file_extension_by_silence"])
        assert (order(dossier).due_at, dossier.matter.promised_at) == (due, due)
    assert (row(dossier).outcome, row(dossier).decided_at) == ("silent", old)


@pytest.mark.clause("五（二）段1d", "R-07")
@pytest.mark.parametrize("day", HELP)
def test_not_explained_by_the_old_due_instant_it_is_void(book: Rulebook, day: str) -> None:
    until, old, new = instants(book, day)
    fresh = accepted(book, day)
    for late, due in ((-MINUTE, new), (timedelta(0), old), (MINUTE, old)):
        dossier = line.copy(fresh)
        done = tick(dossier, book, old + late)
        assert ("void_extension" in done) is (due == old)
        assert (order(dossier).due_at, order(dossier).extended_by) == (due, 3 if due == new else 0)
    assert row(dossier).outcome == "void"
    assert order(dossier).due_clause == here(book, suzhou="五（二）2", example="第21条第2款")


@pytest.mark.clause("R-07", "R-09")
def test_filed_by_silence_and_not_explained_it_is_void_in_the_next_breath(book: Rulebook) -> None:
    """At exactly the old due instant: filed, void, then what would have fallen had there been no extension."""
    _, old, _ = instants(book, "a working day")
    dossier = filed(book)
    due_day = here(book, suzhou=["give_yellow due_day"], example=[])
    assert tick(dossier, book, old) == ["file_extension_by_silence", "void_extension", *due_day, "give_red overdue"]
    assert [read(li.text).facts[-1] for li in dossier.lines if "given" in li.kind][-1] == old.astimezone(
        line.NOW.tzinfo
    ).isoformat().replace("+00:00", "Z")


@pytest.mark.clause("R-07", "R-09")
def test_after_a_void_extension_all_is_as_if_it_had_never_been(book: Rulebook) -> None:
    never, void = in_hand(book), accepted(book)
    end = instants(book, "a working day")[1] + timedelta(days=30)
    for dossier in (never, void):
        tick(dossier, book, end)
    assert [(m.colour, m.cause) for m in void.all(Mark)] == [(m.colour, m.cause) for m in never.all(Mark)]
    assert order(void).due_at == order(never).due_at
    assert order(void).due_basis != order(never).due_basis, "that it was granted and became void stays on file"
    reminders = [li for li in void.lines if li.kind == "reminded"]
    assert len(reminders) == len([li for li in never.lines if li.kind == "reminded"])


@pytest.mark.clause("R-09")
def test_no_card_for_the_date_while_it_awaits_the_office_and_all_of_them_after_a_refusal(book: Rulebook) -> None:
    _, old, _ = instants(book, "a working day")
    dossier = filed(book)
    assert tick(dossier, book, old - MINUTE) == []
    act(book, dossier, "refuse_extension", old - MINUTE, ground="form", because="没有写原因")
    assert tick(dossier, book, old - MINUTE) == here(book, suzhou=["give_yellow due_day"], example=[])
    assert tick(dossier, book, old) == ["give_red overdue"]


@pytest.mark.clause("R-09")
def test_what_awaits_only_the_units_own_leader_holds_no_card(book: Rulebook) -> None:
    _, old, _ = instants(book, "a working day")
    assert tick(asked(book), book, old)[-1] == "give_red overdue"


@pytest.mark.clause("R-09")
@pytest.mark.parametrize("day", HELP)
def test_cards_fall_again_for_the_new_date(book: Rulebook, day: str) -> None:
    _, old, new = instants(book, day)
    dossier = act(book, accepted(book, day), "explain_extension", old - MINUTE)
    assert not [one for one in tick(dossier, book, new - MINUTE) if "red" in one]
    assert tick(dossier, book, new) == ["give_red overdue"]
    assert [m.round for m in dossier.all(Mark) if m.colour == "red"] == [2]


@pytest.mark.clause("五（二）段1d")
@pytest.mark.parametrize("day", HELP)
def test_explained_before_at_and_after_the_old_due_instant(book: Rulebook, day: str) -> None:
    _, old, _ = instants(book, day)
    for fresh in (filed(book, day), accepted(book, day)):
        form = line.forms(book)["explain_extension"]
        act(book, line.copy(fresh), "explain_extension", old - MINUTE)
        for now in (old, old + MINUTE):
            no = line.refused(fresh, "explain_extension", CLERK, form, now, book)
            assert (no.step, no.verdict.clause) == ("guard", here(book, **CLAUSE))
            dossier = line.copy(fresh)
            tick(dossier, book, now)
            assert line.refused(dossier, "explain_extension", CLERK, form, now, book).step == "status"


@pytest.mark.clause("五（二）段1d", "R-06", "R-07")
@pytest.mark.parametrize("verb", ["send_back", "bounce"])
def test_a_letter_that_goes_back_gives_time_and_moves_no_explanation(book: Rulebook, verb: str) -> None:
    """The old due instant is the one that the extension moved, whatever the unit has to do over since."""
    _, old, new = instants(book, "a working day")
    dossier, signer, late = accepted(book), line.actor("deputy"), old - timedelta(hours=1)
    for step, who in (("draft_reply", CLERK), ("answer_citizen", CLERK), ("sign_off", signer), ("file", CLERK),
                      (verb, line.actor("reviewer"))):  # fmt: skip
        act(book, dossier, step, late, who)
    assert order(dossier).due_at is not None
    assert order(dossier).due_at >= new
    assert extensions.explain_until(book, order(dossier), row(dossier)) == old
    act(book, line.copy(dossier), "explain_extension", old - MINUTE)
    no = line.refused(dossier, "explain_extension", CLERK, line.forms(book)["explain_extension"], old, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, **CLAUSE))
    assert "void_extension" in tick(dossier, book, old)
    plain = dating.fold(book, [step for step in dating.read(order(dossier).due_basis) if step.how not in
                               (dating.EXTENDED, dating.VOID)])  # fmt: skip
    assert plain is not None
    assert (order(dossier).due_at, order(dossier).extended_by) == (plain.at, 0), "it still has the time to mend it"
    assert plain.at > old


def test_who_is_told_what(book: Rulebook) -> None:
    now = instants(book, "a working day")[0]
    dossier = filed(book)
    first = line.copy(dossier)
    assert told(line.act(first, "accept_extension", SUPERVISOR, {}, now, book)) == {("extension_filed", "unit")}
    form = line.forms(book)["explain_extension"]
    assert told(line.act(first, "explain_extension", CLERK, form, now, book)) == {("extended", "matter")}
    assert told(line.act(dossier, "explain_extension", CLERK, form, now, book)) == set()
    assert told(line.act(dossier, "accept_extension", SUPERVISOR, {}, now, book)) == {
        ("extension_filed", "unit"), ("extended", "matter"),
    }  # fmt: skip


@pytest.mark.clause("R-05")
def test_a_promise_that_is_later_already_stays(book: Rulebook) -> None:
    dossier, later = filed(book), instants(book, "a working day")[2] + timedelta(days=60)
    dossier = line.changed(dossier, dossier.matter, promised_at=later)
    now = instants(book, "a working day")[0]
    act(book, act(book, dossier, "explain_extension", now), "accept_extension", now)
    assert dossier.matter.promised_at == later


@pytest.mark.clause("R-07", "R-22")
@pytest.mark.parametrize("kind", ["complaint", "consultation"])
def test_a_change_of_kind_does_not_make_a_void_extension_count(book: Rulebook, kind: str) -> None:
    """The new kind's own date comes back, nothing is promised by it, and the cap is neither used up nor overdrawn."""
    granted, never = accepted(book), in_hand(book)
    now = instants(book, "a working day")[0] + timedelta(minutes=10)
    for dossier in (granted, never):
        act(book, dossier, "change_kind", now, line.actor("dispatcher"), kind=kind)
    plain = order(never).due_at
    assert plain is not None
    assert granted.matter.promised_at == never.matter.promised_at == plain
    assert extensions.explain_until(book, order(granted), row(granted)) == plain
    assert "void_extension" in tick(granted, book, plain)
    assert (order(granted).due_at, order(granted).extended_by) == (plain, 0)
    act(book, granted, "change_kind", plain + MINUTE, line.actor("dispatcher"), kind="help")
    assert order(granted).extended_by == 0


@pytest.mark.clause("R-07", "R-22")
def test_an_extension_that_holds_is_promised_after_a_change_of_kind_too(book: Rulebook) -> None:
    dossier, now = accepted(book), instants(book, "a working day")[0] + timedelta(minutes=10)
    act(book, dossier, "explain_extension", now)
    old = said.short_limit(order(dossier).due_at, book.tz)  # type: ignore[arg-type]
    assert extension_facts(book, dossier, order(dossier), now)[0].said == f"已备案，延到 {old}"
    act(book, dossier, "change_kind", now, line.actor("dispatcher"), kind="complaint")
    assert order(dossier).extended_by == 3
    assert dossier.matter.promised_at == order(dossier).due_at
    new = said.short_limit(order(dossier).due_at, book.tz)  # type: ignore[arg-type]
    assert new != old
    assert extension_facts(book, dossier, order(dossier), now)[0].said == f"已备案，当时延到 {old}，后来期限改为 {new}"


def test_the_office_may_refuse_where_no_date_is_left_to_extend(book: Rulebook) -> None:
    dossier, now = filed(book), instants(book, "a working day")[0]
    act(book, dossier, "change_kind", now, line.actor("dispatcher"), kind="praise")
    act(book, dossier, "refuse_extension", now, ground="cap")
    assert (order(dossier).extension_filed_at, row(dossier).outcome) == (None, "refused")


def test_the_clocks_glance_files_and_voids_without_the_rest(book: Rulebook) -> None:
    end = instants(book, "a working day")[1] + timedelta(days=9)
    for full in (filed(book), accepted(book), act(book, filed(book), "explain_extension",
                                                  instants(book, "a working day")[0])):  # fmt: skip
        glance = Glance(full.chain, full.head, [r for r in line.rows(full) if type(r) in Glance.RECORDS])
        assert tick(glance, book, end) == tick(full, book, end)
        assert [replace(o, next_decision_at=None) for o in glance.orders] == [
            replace(o, next_decision_at=None) for o in full.orders
        ]


def test_lines_hold_no_free_text(book: Rulebook) -> None:
    dossier = act(book, accepted(book), "explain_extension", instants(book, "a working day")[1] - MINUTE)
    assert not [li for li in dossier.lines if "灯具" in li.text]
