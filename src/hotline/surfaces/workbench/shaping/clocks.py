"""时限成形: an order's other dates as facts on the matter's page: what still runs with what is left of it, what was done
with its instant; and the doors that still stand open, counting on an open page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.casework import sharing
from hotline.casework.records import Order
from hotline.casework.statuses import WORKING, OrderStatus
from hotline.rules import limits
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact
from hotline.surfaces.workbench.shaping.desk import due_mark


def clock_facts(book: Rulebook, order: Order, kind: str, now: datetime) -> tuple[Fact, ...]:
    """Every date besides the order's own, then how often its letter came back."""
    held, filed = order.status in WORKING, order.status == OrderStatus.FILED
    rows = (("签收", order.sign_until, order.signed_at, "sign_for", order.status == OrderStatus.DISPATCHED),
            ("首次联系", order.contact_until, order.contacted_at, limits.contact_rests_on(book, kind), held),
            ("内部期限", order.inner_at if sharing.has_inner(order) else None, order.filed_at, "handed_down", held),
            ("督办答复", order.supervise_until, None, "supervision", held or filed),
            ("审核", order.review_until, order.approved_at, "office_dates", filed))  # fmt: skip
    dates = [_running(book, order, label, Due(until, book.provision(name).clause), now) if runs and done is None
             else _past(book, label, until, done, name)
             for label, until, done, name, runs in rows if until is not None]  # fmt: skip
    return (*dates, *_came_back(book, order))


def _running(book: Rulebook, order: Order, label: str, due: Due, now: datetime, *, ticking: bool = False) -> Fact:
    return Fact(label, due=due_mark(book, due, order.received_at, now, urgent=order.urgent, short=False,
                                    ticking=ticking))  # fmt: skip


def _past(book: Rulebook, label: str, until: datetime, done: datetime | None, name: str) -> Fact:
    at = f"已于 {said.day(done.astimezone(book.tz).date())} {said.clock(done, book.tz)}" if done else ""
    return Fact(label, f"{said.short_limit(until, book.tz)} 前", at, link(book.provision(name).clause))


def door_fact(book: Rulebook, order: Order, label: str, due: Due, now: datetime) -> Fact:
    """Until when something may still be asked for, counting on; or that it may not any more."""
    if now < due.at:
        return _running(book, order, label, replace(due, readings=()), now, ticking=True)
    return Fact(label, f"{said.short_limit(due.at, book.tz)} 前", "已过", link(due.clause))


def _came_back(book: Rulebook, order: Order) -> tuple[Fact, ...]:
    """That its letter was sent back, and how often in a row."""
    if order.sent_back_at is None:
        return ()
    row = f"连续 {order.send_backs} 次" if order.send_backs else "此后已通过"
    return (Fact("退回重办", row, f"最近 {said.instant(order.sent_back_at, book.tz)}",
                 link(book.provision("redo").clause)),)  # fmt: skip
