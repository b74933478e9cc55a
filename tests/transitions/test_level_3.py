"""三级 (R-16): handed down by level 2, which stays answerable and decides within its own date, or assigned straight by
the platform with level 2 copied."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Mark, Order
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.procedure.writing import iso
from hotline.rules import doors
from hotline.rules.book import Rulebook
from hotline.surfaces.workbench.shaping.timeline import facts_of
from support import line

CLERK, DEPUTY, HEAD = (line.actor(role) for role in ("clerk", "deputy", "head"))
CLERK_3, DEPUTY_3, HEAD_3 = (line.actor(r, 950 + i, line.BELOW.id) for i, r in enumerate(("clerk", "deputy", "head")))
OFFICE = {role: line.actor(role) for role in ("dispatcher", "reviewer", "supervisor")}


def on(dossier: MatterDossier, order: Order, verb: str, who: Any, book: Rulebook, now: Any = line.NOW,
       **form: str) -> Any:  # fmt: skip
    """A verb on one order of several."""
    kit = line.tools(ids=line.Counter(60_000 + 1000 * dossier.head.seq), unit=line.Receiving(line.BELOW))
    case = Case(REGISTRY[verb], dossier, dossier.fresh(order), who, now, book, kit)
    return engine.live(case, {**line.forms(book)[verb], **form})


def both(dossier: MatterDossier) -> tuple[Order, Order]:
    """Level 2's order and what was handed down of it."""
    upper, inner = sorted(dossier.orders, key=lambda o: o.parent_id is not None)
    return upper, inner


def handed(book: Rulebook, **changed: Any) -> MatterDossier:
    dossier = line.lived(book, "sign_for", **changed)
    on(dossier, dossier.orders[0], "hand_down", CLERK, book)
    return dossier


def answered(book: Rulebook, dossier: MatterDossier) -> None:
    """Level 3 does the work and files with level 2."""
    inner = both(dossier)[1]
    for verb in ("sign_for", "record_contact", "draft_reply", "answer_citizen"):
        on(dossier, inner, verb, CLERK_3, book)
    on(dossier, inner, "sign_off", DEPUTY_3, book)
    on(dossier, inner, "file", CLERK_3, book)


def offered(dossier: MatterDossier, order: Order, who: Any, book: Rulebook) -> set[str]:
    found = engine.offers(dossier, who, line.NOW, book, line.tools())
    return {o.card.name() for o in found if o.subject.id == order.id and o.verdict.ok}


@pytest.mark.clause("二段4b", "R-16")
def test_the_inner_date_lies_before_level_2s_own(book: Rulebook) -> None:
    dossier = handed(book)
    upper, inner = both(dossier)
    assert upper.due_at is not None
    last = book.calendar.workday_before(book.calendar.day_ended_by(upper.due_at), here(book, suzhou=1, example=2))
    assert inner.due_at == book.calendar.end_of_day(last)[0]
    assert inner.due_clause == here(book, suzhou="二段4", example="第6条")
    assert (inner.unit_id, inner.level2_unit_id, inner.parent_id) == (line.BELOW.id, line.UNIT.id, upper.id)
    assert (upper.status, upper.lead, inner.lead) == ("signed", True, False)
    assert dossier.matter.promised_at == upper.due_at


@pytest.mark.clause("二段3c", "二段4b", "二段4c", "R-16")
def test_level_3_feeds_back_to_level_2_which_evaluates_it_and_signs_it_towards_the_platform(book: Rulebook) -> None:
    dossier = handed(book)
    answered(book, dossier)
    upper, inner = both(dossier)
    assert (inner.status, inner.on_time) == ("filed", True)
    assert not {"approve", "send_back", "bounce"} & offered(dossier, inner, OFFICE["reviewer"], book)
    out = on(dossier, inner, "accept_from_below", CLERK, book, evaluation="good")
    assert facts_of(read(out.lines[0].text))["evaluation"] == "good"
    upper, inner = both(dossier)
    assert (inner.status, upper.status) == ("approved", "drafted")
    assert upper.contacted_at == line.NOW, "who was contacted below was contacted"
    letter = dossier.letter_of(upper)
    assert letter is not None
    assert (letter.answered_at, letter.signed_off_at) == (line.NOW, None)
    on(dossier, upper, "sign_off", DEPUTY, book)
    on(dossier, upper, "file", CLERK, book)
    on(dossier, upper, "approve", OFFICE["reviewer"], book)
    assert dossier.matter.status in ("replied", "closed")


@pytest.mark.clause("二段3c")
def test_what_is_not_good_enough_goes_back_down_within_the_same_date(book: Rulebook) -> None:
    dossier = handed(book)
    answered(book, dossier)
    due = both(dossier)[1].due_at
    on(dossier, both(dossier)[1], "send_back_below", DEPUTY, book)
    upper, inner = both(dossier)
    assert (inner.status, inner.filed_at, inner.due_at, inner.round) == ("sent_back", None, due, 1)
    assert (upper.status, upper.send_backs) == ("signed", 0)
    on(dossier, inner, "draft_reply", CLERK_3, book)
    assert both(dossier)[1].status == "drafted"


@pytest.mark.clause("R-16")
def test_level_2_decides_on_returns_of_what_it_handed_down(book: Rulebook) -> None:
    for verb, status in (("take_back_below", "returned"), ("refuse_return_below", "dispatched")):
        dossier = handed(book)
        inner = both(dossier)[1]
        on(dossier, inner, "request_return", CLERK_3, book)
        on(dossier, inner, "agree_to_return", HEAD_3, book)
        assert "take_back" not in offered(dossier, inner, OFFICE["dispatcher"], book)
        assert [d for d in dossier.decisions(book) if d.card == "note_return_late"] == []
        on(dossier, inner, verb, HEAD, book)
        upper, inner = both(dossier)
        assert (upper.status, inner.status, inner.return_filed_at) == ("signed", status, None)
        assert (dossier.matter.status, dossier.matter.times_returned) == ("in_hand", 0)


@pytest.mark.clause("R-16")
def test_level_2_grants_time_within_its_own_date(book: Rulebook) -> None:
    days = {"working_days": str(here(book, suzhou=1, example=2))}
    dossier = handed(book)
    upper, inner = both(dossier)
    on(dossier, inner, "sign_for", CLERK_3, book)
    on(dossier, inner, "request_extension", CLERK_3, book, **days)
    on(dossier, inner, "agree_to_extension", HEAD_3, book)
    assert "accept_extension" not in offered(dossier, inner, OFFICE["supervisor"], book)
    on(dossier, inner, "extend_below", HEAD, book)
    upper, inner = both(dossier)
    assert (inner.due_at, inner.round, inner.extended_by) == (upper.due_at, 2, int(days["working_days"]))
    assert dossier.matter.promised_at == upper.due_at
    assert [d for d in dossier.decisions(book) if d.card == "void_extension"] == []


@pytest.mark.clause("R-16")
def test_never_beyond_its_own_date_and_never_by_silence(book: Rulebook) -> None:
    dossier = handed(book)
    inner = both(dossier)[1]
    on(dossier, inner, "sign_for", CLERK_3, book)
    on(dossier, inner, "request_extension", CLERK_3, book, working_days="4")
    on(dossier, inner, "agree_to_extension", HEAD_3, book)
    with pytest.raises(engine.Refused) as no:
        on(dossier, inner, "extend_below", HEAD, book)
    assert (no.value.step, no.value.verdict.clause) == ("guard", book.provision("handed_down").clause)
    waits = {d.card: d.at for d in dossier.decisions(book) if d.subject.id == inner.id}
    assert waits["lapse_extension"] == inner.due_at
    assert "file_extension_by_silence" not in waits
    on(dossier, inner, "refuse_to_extend_below", HEAD, book)
    assert both(dossier)[1].extension_filed_at is None


@pytest.mark.clause("二段4a", "R-16")
def test_assigned_straight_by_the_platform_level_2_has_a_copy(book: Rulebook) -> None:
    kit = line.tools(unit=line.Receiving(line.BELOW))
    dossier = line.lived(book, "accept")
    form = {**line.forms(book)["dispatch"], "unit": str(line.BELOW.id)}
    out = line.act(dossier, "dispatch", OFFICE["dispatcher"], form, line.NOW, book, kit)
    (order,) = dossier.orders
    assert (order.lead, order.parent_id, order.level2_unit_id) == (True, None, line.UNIT.id)
    told = [(m.template, m.to_id) for m in out.messages if m.to_kind == "unit"]
    assert told == [("order_delivered", line.BELOW.id), ("order_copied", line.UNIT.id)]
    assert {"urge", "supervise", "look_below"} <= offered(dossier, order, HEAD, book)
    assert not {"take_back_below", "accept_from_below"} & offered(dossier, order, HEAD, book)
    for verb, who in (("sign_for", CLERK_3), ("record_contact", CLERK_3), ("draft_reply", CLERK_3),
                      ("answer_citizen", CLERK_3), ("sign_off", DEPUTY_3), ("file", CLERK_3)):  # fmt: skip
        on(dossier, order, verb, who, book)
    assert "approve" in offered(dossier, order, OFFICE["reviewer"], book)


@pytest.mark.clause("二段3b")
def test_level_2_urges_supervises_and_looks_into_its_own_system(book: Rulebook) -> None:
    dossier = handed(book)
    upper, inner = both(dossier)
    out = on(dossier, inner, "look_below", CLERK, book, what="visit")
    of_level_2 = next(p.clause for p in book.provisions("level_duties") if p.values["level"] == 2)
    assert read(out.lines[0].text).clauses == (of_level_2,)
    on(dossier, inner, "urge", CLERK, book)
    on(dossier, inner, "supervise", DEPUTY, book)
    assert both(dossier)[1].supervise_until is not None
    for verb in ("look_below", "urge"):
        with pytest.raises(engine.Refused) as no:
            on(dossier, upper, verb, CLERK, book)
        assert no.value.step == "reach", "not what level 2 holds itself"


def test_only_level_2_hands_down_and_only_to_those_below_it(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    clause = book.provision("handed_down").clause
    other = line.tools(unit=line.Receiving(line.OTHER))
    form = {"unit": str(line.OTHER.id), "words": "请去看"}
    assert line.said(line.problems(dossier, "hand_down", CLERK, form, line.NOW, book, other)) == [("unit", clause)]
    due = dossier.orders[0].due_at
    assert due is not None
    assert line.refused(dossier, "hand_down", CLERK, form, due, book, other).verdict.clause == clause
    on(dossier, dossier.orders[0], "hand_down", CLERK, book, due - timedelta(minutes=1))
    assert "hand_down" not in offered(handed(book), both(dossier)[1], CLERK_3, book)


@pytest.mark.parametrize("verb", ["recall", "name_target"])
def test_what_was_handed_down_goes_with_the_order_above_it(book: Rulebook, verb: str) -> None:
    dossier = handed(book)
    if verb == "recall":
        on(dossier, both(dossier)[0], "recall", OFFICE["dispatcher"], book)
    else:
        line.act(dossier, "name_target", OFFICE["dispatcher"], line.forms(book)["name_target"], line.NOW, book)
    assert [o.status for o in both(dossier)] == ["recalled", "recalled"]
    assert dossier.matter.status == "accepted"


def test_level_2_that_went_ahead_leaves_nothing_open_below(book: Rulebook) -> None:
    dossier = handed(book)
    upper = both(dossier)[0]
    for verb, who in (("record_contact", CLERK), ("draft_reply", CLERK), ("answer_citizen", CLERK),
                      ("sign_off", DEPUTY), ("file", CLERK), ("approve", OFFICE["reviewer"])):  # fmt: skip
        on(dossier, upper, verb, who, book)
    assert [o.status for o in both(dossier)] == ["approved", "recalled"]


SOON = "2026-09-17T10:00"  # the next working morning
REST, NIGHT = "2026-09-19T10:00", "2026-09-17T21:00"


def local(book: Rulebook, said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=book.tz)


@pytest.mark.clause("二段4b", "R-16")
def test_level_2_wants_it_by_an_instant_of_its_own_and_is_told_when_it_is_not_there(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    out = on(dossier, dossier.orders[0], "hand_down", CLERK, book, inner_at=SOON)
    inner = both(dossier)[1]
    soon = local(book, SOON)
    assert (inner.inner_at, facts_of(read(out.lines[0].text))["inner_at"]) == (soon, iso(soon))
    assert inner.due_at is not None
    assert inner.due_at > soon, "its own date stands"
    assert [d.at for d in dossier.decisions(book) if d.card == "note_inner_late"] == [soon]
    case = Case(REGISTRY["note_inner_late"], dossier, dossier.fresh(inner), Actor("clock"), soon, book, line.tools())
    told = engine.live(case, {}).messages
    assert [(m.template, m.to_id) for m in told] == [("inner_late", line.UNIT.id)], "level 2 alone"
    assert not [d for d in dossier.decisions(book) if d.card == "note_inner_late"], "once"
    assert not dossier.all(Mark), "no card"


@pytest.mark.clause("R-16")
def test_an_inner_date_is_a_working_moment_within_the_orders_own(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    kit = line.tools(unit=line.Receiving(line.BELOW))
    clause = book.provision("handed_down").clause
    for wrong in (REST, NIGHT, "2026-09-16T08:00+00:00", "2026-12-31T10:00"):
        form = {**line.forms(book)["hand_down"], "inner_at": wrong}
        assert line.said(line.problems(dossier, "hand_down", CLERK, form, line.NOW, book, kit)) == [
            ("inner_at", clause)], wrong  # fmt: skip
    last = here(book, suzhou="2026-09-17T17:30", example="2026-09-17T14:00")
    on(dossier, dossier.orders[0], "hand_down", CLERK, book, inner_at=last)
    assert both(dossier)[1].inner_at == local(book, last)


def test_what_is_filed_by_then_is_not_late_and_a_new_round_gets_a_new_one(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    on(dossier, dossier.orders[0], "hand_down", CLERK, book, inner_at=SOON)
    answered(book, dossier)
    assert not [d for d in dossier.decisions(book) if d.card == "note_inner_late"]
    on(dossier, both(dossier)[1], "send_back_below", DEPUTY, book, local(book, SOON) + timedelta(hours=1))
    inner = both(dossier)[1]
    assert inner.inner_at == inner.due_at, "what has passed is none any more"
    assert not [d for d in dossier.decisions(book) if d.card == "note_inner_late"]


@pytest.mark.clause("R-16")
def test_where_none_was_set_it_moves_with_the_orders_own(book: Rulebook) -> None:
    dossier = handed(book)
    inner = both(dossier)[1]
    assert inner.inner_at == inner.due_at
    on(dossier, inner, "sign_for", CLERK_3, book)
    days = {"working_days": str(here(book, suzhou=1, example=2))}
    on(dossier, inner, "request_extension", CLERK_3, book, **days)
    on(dossier, inner, "agree_to_extension", HEAD_3, book)
    on(dossier, inner, "extend_below", HEAD, book)
    moved = both(dossier)[1]
    assert inner.due_at is not None
    assert moved.due_at is not None
    assert moved.inner_at == moved.due_at > inner.due_at


@pytest.mark.clause("R-16", "R-07", "R-22")
def test_level_2_grants_no_more_than_the_cap_either(book: Rulebook) -> None:
    """The kind may have changed since it was asked for; what is left within level 2's own date does not help."""
    dossier = handed(book)
    inner = both(dossier)[1]
    on(dossier, inner, "sign_for", CLERK_3, book)
    on(dossier, inner, "request_extension", CLERK_3, book, working_days="1")
    on(dossier, inner, "agree_to_extension", HEAD_3, book)
    left = line.changed(dossier, both(dossier)[1], extended_by=doors.cap(book, "complaint"))
    assert "extend_below" in offered(dossier, inner, HEAD, book)
    with pytest.raises(engine.Refused) as no:
        on(left, inner, "extend_below", HEAD, book)
    assert (no.value.step, no.value.verdict.clause) == ("guard", book.provision("extension").clause)
    on(left, inner, "refuse_to_extend_below", HEAD, book)
