"""牌上页: what the clock did is seen on the list and on the matter's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.casework import clock, desks, lists
from hotline.casework.records import Order
from hotline.casework.statuses import OrderStatus
from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.perform import read
from hotline.procedure.world import current
from hotline.surfaces.workbench.shaping.clocks import clock_facts
from hotline.surfaces.workbench.shaping.matter import matter_view
from support import many

DELIVERED = datetime.fromisoformat("2026-09-16T16:05+08:00")
END = datetime.fromisoformat("2027-03-01T08:00+08:00")


def test_a_list_shows_the_gravest_card_and_the_page_all_of_them(city: Any) -> None:
    (matter_id,) = many.write(1, DELIVERED)
    supervisor = Actor(Role.SUPERVISOR, 1, 1, 1)
    before = desks.page(supervisor, None, lists.ALL_OPEN, None, END)
    clock.sweep(datetime.fromisoformat("2026-09-18T00:00+08:00"))
    between = desks.page(supervisor, None, lists.ALL_OPEN, None, END)
    clock.sweep(END)
    after = desks.page(supervisor, None, lists.ALL_OPEN, None, END)
    assert [rows[0].colour for rows in (before, between, after)] == [None, "yellow", "red"]
    view = matter_view(current().book, read("matter", matter_id), END, [])  # type: ignore[arg-type]
    shown = [(card.word, card.because) for card in view.orders[0].cards]
    assert shown == [("黄牌", "超过时间未签收"), ("黄牌", "未按时联系诉求人"), ("黄牌", "到期日"), ("红牌", "逾期")]
    said = [line.said for line in view.timeline][3:]
    assert said == ["期内没有退回，视同已接受", "亮黄牌", "亮黄牌", "提醒：临近期限", "亮黄牌", "亮红牌"]
    assert [line.card.word for line in view.timeline if line.card] == ["黄牌"] * 3 + ["红牌"]


def test_signing_runs_only_while_it_may_be_signed(city: Any) -> None:
    """Never signed, taken as accepted, answered and reopened: what nobody can do any more is not overdue for ever."""
    (matter_id,) = many.write(1, DELIVERED)
    order = read("matter", matter_id).all(Order)[0]
    for status, runs in (("dispatched", True), ("signed", False), ("reopened", False)):
        now = replace(order, status=OrderStatus(status))
        signing = next(fact for fact in clock_facts(current().book, now, "complaint", END) if fact.label == "签收")
        assert (signing.due is not None) == runs, status
