"""为什么是这一天成形: whose date stands over a matter's page, and how it came to be that day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from hotline.casework import sharing
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.casework.transitions.base import due_of
from hotline.procedure.actor import Actor
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import sure
from hotline.surfaces.ui import marking, said
from hotline.surfaces.ui import shapes as s


@lru_cache(maxsize=512)
def _weeks(book: Rulebook, event: date, last: date) -> tuple[tuple[s.WhyDay, ...], ...]:
    """All matters of a day and kind have the same weeks."""
    return marking.why_weeks(event, last, book.calendar)


def why_view(book: Rulebook, dossier: MatterDossier, order: Order, mark: s.DueMark | None) -> s.WhyDate | None:
    due = due_of(order)
    if due is None:
        return None
    kind = book.kind(dossier.matter.kind)
    when, last = said.instant(order.received_at, book.tz), said.limit(due.at, book.tz)
    counted = kind.working_days and not order.urgent
    days = f"{kind.term}，{kind.working_days} 个工作日。" if counted else f"{kind.term}。"
    sent = f"{days}{when} 送达，当天不算，到 {last} 为止。"
    reason = sent if order.round == 1 else f"{when} 送达，期限改过 {order.round - 1} 次，现在到 {last} 为止。"
    if not order.lead:
        reason = _part_of(book, dossier, order, last)
    day, end = order.received_at.astimezone(book.tz).date(), said.limit_day(due.at, book.tz)
    plain = order.lead and order.round == 1 and counted
    weeks = _weeks(book, day, end) if plain else ()
    notice = book.calendar.notice(end.year)
    notice_said = "日历待定，放假通知发布后重算" if due.provisional else (f"日历：正式，{notice}" if notice else "日历：正式")
    return s.WhyDate(f"为什么是 {last}", reason,
                     tuple(sure(c) for c in (due.clause, *due.readings)), weeks, (), notice_said,
                     mark.state if mark else "ontime", open=not order.filed_at)  # fmt: skip


def _part_of(book: Rulebook, dossier: MatterDossier, order: Order, last: str) -> str:
    """Whose date that of a part depends on: what was handed down, and what an assisting unit does, lies before it."""
    whose, upper = "本单位的上级" if order.parent_id else "牵头单位", sharing.upper(dossier, order)
    if upper is None or upper.due_at is None:
        return f"由{whose}的期限算出，到 {last} 为止。"
    wanted = f"上级要求 {said.limit(order.inner_at, book.tz)} 前报来。" if order.inner_at and sharing.has_inner(order) else ""
    return f"{whose}的期限到 {said.limit(upper.due_at, book.tz)}，要留时间汇总、签批，这一张到 {last} 为止。{wanted}"


def looked_at(dossier: MatterDossier, actor: Actor | None) -> Order | None:
    """Whose date stands over the page: that of the order which whoever looks has to answer, else the lead's."""
    unit_id, lead = actor.unit_id if actor else None, dossier.lead()
    own = (order for order in reversed(dossier.orders) if order.unit_id == unit_id and order.ended_at is None)
    return next(own, lead) if unit_id is not None else lead
