"""改类别 (R-22) and 顺延 (R-24): dates follow, in one breath with round, promise, first contact and timeliness."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from clauses.cities import at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.statuses import OrderStatus
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.ledger import read
from hotline.rules import dating, doors, limits, redo
from hotline.rules.book import Rulebook
from support import line

DISPATCHER = line.actor("dispatcher")
RECEIVED = "2026-11-02T09:00"
DAYS = {  # 周一；周五，次日休息；周五，后日调休上班；跨年
    "a working day": "2026-11-02T09:00", "before rest days": "2026-11-06T09:00",
    "before a make-up workday": "2026-09-18T09:00", "across New Year": "2026-12-30T09:00",
}  # fmt: skip


def change(dossier: MatterDossier, book: Rulebook, kind: str, now: datetime, category: str = "市政") -> Any:
    form = {"kind": kind, "category": category, "reason": "原来归错了"}
    return line.act(dossier, "change_kind", DISPATCHER, form, now, book)


@pytest.mark.clause("二段2h")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("old", "new"), [("complaint", "help"), ("help", "complaint"), ("complaint", "consultation"),
                                          ("praise", "complaint"), ("complaint", "praise")])  # fmt: skip
def test_the_date_is_worked_out_from_the_original_delivery(book: Rulebook, day: str, old: str, new: str) -> None:
    """With some working days left where it shortens; the return door stays as it was."""
    received = at(book, DAYS[day])
    now = received.replace(hour=15)
    dossier = line.lived(book, "sign_for", received, old)
    before = dossier.orders[0]
    out = change(dossier, book, new, now)
    after = dossier.orders[0]
    wanted = redo.recomputed(book, new, received, limits.due(book, old, received), now)
    assert (after.due_at, after.due_clause) == ((wanted.at, wanted.clause) if wanted else (None, None))
    assert after.round == (2 if after.due_at != before.due_at else 1)
    assert (after.return_until, after.sign_until, after.received_at) == (
        before.return_until, before.sign_until, before.received_at)  # fmt: skip
    first = limits.contact_until(book, new, received, signed=before.signed_at)
    assert after.contact_until == (first.at if first else None)
    assert dossier.matter.kind == new
    assert dossier.matter.promised_at == after.due_at
    assert [m.template for m in out.messages] == ["due_changed", "kind_changed"]


@pytest.mark.clause("二段2h")
def test_shortening_leaves_some_days_and_never_goes_beyond_the_old_date(book: Rulebook) -> None:
    """Worked out by hand."""
    late = at(book, "2026-11-12T09:00")
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    change(dossier, book, "help", late)
    due = dossier.orders[0].due_at
    assert due == at(book, here(book, suzhou="2026-11-17T00:00", example="2026-11-18T00:00"))


def test_extensions_are_kept_up_to_the_new_cap(book: Rulebook) -> None:
    received = at(book, RECEIVED)
    dossier = line.lived(book, "sign_for", received)
    order = dossier.orders[0]
    steps = (*dating.read(order.due_basis), dating.extended(9, 7))
    due = dating.fold(book, steps)
    assert due is not None
    dossier = line.changed(dossier, order, extended_by=9, due_at=due.at, due_basis=dating.written(steps))
    change(dossier, book, "help", received)
    after, cap = dossier.orders[0], doors.cap(book, "help")
    assert after.extended_by == min(9, cap)
    fresh = limits.due(book, "help", received)
    assert fresh is not None
    assert after.due_at == (doors.extended(book, fresh, min(9, cap)).at if cap else fresh.at)


def test_a_contact_made_keeps_its_date(book: Rulebook) -> None:
    dossier = line.lived(book, "record_contact", at(book, RECEIVED))
    before = dossier.orders[0].contact_until
    change(dossier, book, "help", at(book, RECEIVED))
    assert dossier.orders[0].contact_until == before


def test_the_category_alone_moves_no_date(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    before = dossier.orders[0]
    change(dossier, book, "complaint", at(book, RECEIVED), "供水")
    assert dossier.orders[0] == before
    assert dossier.matter.category == "供水"
    assert "供水" not in dossier.lines[-1].text
    same = {"kind": "complaint", "category": "供水", "reason": "再改"}
    found = line.problems(dossier, "change_kind", DISPATCHER, same, at(book, RECEIVED), book)
    assert [p.field for p in found] == ["kind"]


def test_before_dispatch_the_promise_alone_follows(book: Rulebook) -> None:
    now = at(book, RECEIVED)
    dossier, same = line.lived(book, "accept", now), line.lived(book, "accept", now, "help")
    change(dossier, book, "help", now)
    assert dossier.matter.promised_at == same.matter.promised_at
    line.act(dossier, "dispatch", DISPATCHER, {**line.forms(book)["dispatch"], "kind": "help"}, now, book)
    assert dossier.orders[0].due_at == dossier.matter.promised_at


def test_a_filed_letter_is_judged_against_the_new_date(book: Rulebook) -> None:
    """Filed late by the old date; in time by the right one."""
    received = at(book, RECEIVED)
    dossier = line.lived(book, "file", received, "help")
    late = at(book, "2026-11-20T09:00")
    dossier = line.changed(dossier, dossier.orders[0], filed_at=late, on_time=False)
    change(dossier, book, "complaint", late)
    assert dossier.orders[0].on_time is True
    settled = line.lived(book, "file", received, "help")
    settled = line.changed(settled, settled.orders[0], filed_at=late, on_time=False, settled=False)
    change(settled, book, "complaint", late)
    assert settled.orders[0].on_time is False


def test_the_line_says_the_old_date_and_the_new_one(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    old = dossier.orders[0].due_at
    change(dossier, book, "help", at(book, RECEIVED))
    old_kind, kind, _, ((order_id, was, now),), _, _ = read(dossier.lines[-1].text).facts
    assert (old_kind, kind, order_id) == ("complaint", "help", dossier.orders[0].id)
    assert (datetime.fromisoformat(was), datetime.fromisoformat(now)) == (old, dossier.orders[0].due_at)
    assert book.provision("change_of_kind").clause in read(dossier.lines[-1].text).clauses


# 顺延


def head(book: Rulebook) -> Actor:
    """Whoever may order it in this city."""
    who = line.actor(here(book, suzhou="head", example="leader"))
    return replace(who, unit_id=line.OFFICE_UNIT.id)


OUTAGE = {"first_on": "2026-11-03", "last_on": "2026-11-08", "document": "某办〔2026〕3号", "reason": "机房停电"}
NOW = "2026-11-09T09:00"


@pytest.mark.clause("二段2h")
def test_an_outage_shifts_the_date_by_its_working_days(book: Rulebook) -> None:
    """宿州: 星期二至五 4 天；虚构城市星期五、六休息：星期二至四和星期日，也是 4 天。"""
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    out = line.act(dossier, "shift_dates", head(book), OUTAGE, at(book, NOW), book)
    order = dossier.orders[0]
    assert order.due_at == at(book, here(book, suzhou="2026-11-28T00:00", example="2026-12-07T00:00"))
    assert order.round == 2
    facts = read(dossier.lines[-1].text).facts
    assert facts[1:4] == ("2026-11-03", "2026-11-08", 4)
    assert "机房停电" not in dossier.lines[-1].text
    assert [m.template for m in out.messages] == ["due_changed", "promise_shifted"]
    assert read(dossier.lines[-1].text).clauses[0] == book.provision("date_shift").clause


@pytest.mark.clause("二段2h")
@pytest.mark.parametrize("role", ["head", "leader"])
def test_only_whom_the_rulebook_names_orders_it(book: Rulebook, role: str) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    who = replace(line.actor(role), unit_id=line.OFFICE_UNIT.id)
    if role == here(book, suzhou="head", example="leader"):
        line.act(dossier, "shift_dates", who, OUTAGE, at(book, NOW), book)
    else:
        no = line.refused(dossier, "shift_dates", who, OUTAGE, at(book, NOW), book)
        assert (no.step, no.verdict.clause) == ("guard", book.provision("date_shift").clause)


@pytest.mark.clause("二段2h", "R-24")
@pytest.mark.parametrize("desk", ["inspection", "supervision", ""])
def test_of_the_heads_at_the_platform_only_the_offices_own_orders_it(book: Rulebook, desk: str) -> None:
    """虚构城市由市领导决定，领导不在任何中心。"""
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    unit = replace(line.OFFICE_UNIT, desk=desk)
    kit, who = line.tools(ids=line.Counter(900_000), own_unit=unit), head(book)
    if here(book, suzhou=True, example=False):
        no = line.refused(dossier, "shift_dates", who, OUTAGE, at(book, NOW), book, kit)
        assert (no.step, no.verdict.clause) == ("guard", book.provision("date_shift").clause)
        assert "R-24" in no.verdict.readings
    else:
        line.act(dossier, "shift_dates", who, OUTAGE, at(book, NOW), book, kit)


def test_a_units_own_head_orders_nothing(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    own = line.tools(ids=line.Counter(900_000), own_unit=line.UNIT)
    assert line.refused(dossier, "shift_dates", line.actor("head"), OUTAGE, at(book, NOW), book, own).step == "status"
    offers = engine.offers(dossier, line.actor("head"), at(book, NOW), book, line.tools())
    assert "shift_dates" not in {o.card.name() for o in offers}


@pytest.mark.parametrize(("field", "value", "wrong"), [
    ("document", "", "document"), ("last_on", "2026-11-02", "last_on"), ("first_on", "2026-11-10", "last_on"),
])  # fmt: skip
def test_an_order_to_shift_must_be_whole(book: Rulebook, field: str, value: str, wrong: str) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    found = line.problems(dossier, "shift_dates", head(book), {**OUTAGE, field: value}, at(book, NOW), book)
    assert [p.field for p in found] == [wrong]


def test_days_off_shift_nothing_and_days_to_come_neither(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    rest = here(book, suzhou=("2026-11-07", "2026-11-08"), example=("2026-11-06", "2026-11-07"))
    for first_on, last_on, wrong in ((*rest, "last_on"), ("2026-11-10", "2026-11-11", "first_on")):
        form = {**OUTAGE, "first_on": first_on, "last_on": last_on}
        found = line.problems(dossier, "shift_dates", head(book), form, at(book, NOW), book)
        assert [p.field for p in found] == [wrong]


def test_one_shift_moves_an_order_once(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    line.act(dossier, "shift_dates", head(book), OUTAGE, at(book, NOW), book)
    due = dossier.orders[0].due_at
    found = line.problems(dossier, "shift_dates", head(book), OUTAGE, at(book, NOW), book)
    assert [p.field for p in found] == ["document"]
    assert dossier.orders[0].due_at == due
    line.act(dossier, "shift_dates", head(book), {**OUTAGE, "document": "某办〔2026〕4号"}, at(book, NOW), book)
    assert dossier.orders[0].due_at != due


@pytest.mark.parametrize(("received", "due", "touched"), [
    ("2026-11-02T09:00", "2026-11-03T00:00", False), ("2026-11-02T09:00", "2026-11-04T00:00", True),
    ("2026-11-08T23:59", "2026-11-20T00:00", True), ("2026-11-09T00:00", "2026-11-20T00:00", False),
])  # fmt: skip
def test_only_what_the_outage_ran_into_is_touched(book: Rulebook, received: str, due: str, touched: bool) -> None:
    dossier = line.lived(book, "sign_for", at(book, RECEIVED))
    order = dossier.orders[0]
    steps = dating.written((dating.delivered("complaint", at(book, received)),))
    dossier = line.changed(dossier, order, received_at=at(book, received), due_at=at(book, due), due_basis=steps)
    if touched:
        line.act(dossier, "shift_dates", head(book), OUTAGE, at(book, NOW), book)
    else:
        found = line.problems(dossier, "shift_dates", head(book), OUTAGE, at(book, NOW), book)
        assert [p.field for p in found] == ["first_on"]


def test_what_was_filed_late_in_the_outage_is_in_time_after_the_shift(book: Rulebook) -> None:
    dossier = line.lived(book, "file", at(book, RECEIVED), "help")
    due = dossier.orders[0].due_at
    assert due is not None
    dossier = line.changed(dossier, dossier.orders[0], filed_at=due, on_time=False)
    line.act(dossier, "shift_dates", head(book), OUTAGE, at(book, "2026-11-16T09:00"), book)
    assert dossier.orders[0].status == OrderStatus.FILED
    assert dossier.orders[0].on_time is True
