"""延期成形: an order's extensions as facts on the matter's page: asked, agreed, filed, explained, void; and until when one
may still be asked for."""

from __future__ import annotations

from datetime import datetime

from hotline.casework import extensions
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension, Order
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.transitions.base import due_of
from hotline.rules import doors
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact
from hotline.surfaces.workbench.shaping.clocks import door_fact

OUTCOMES = {
    extensions.FILED: "已备案",
    extensions.SILENT: "热线办到期未表态，视为已备案",
    extensions.REFUSED: "不予备案",
    extensions.DISAGREED: "本单位不同意",
    extensions.LAPSED: "到期本单位没有同意，失效",
    extensions.VOID: "没有向诉求人解释，无效",
    extensions.MOOT: "不再需要",
}

DECIDED = {extensions.SILENT: "视为已备案", extensions.REFUSED: "不予备案", extensions.DISAGREED: "不同意"}


def extension_facts(book: Rulebook, dossier: MatterDossier, order: Order, now: datetime) -> tuple[Fact, ...]:
    """All of an order's extensions, oldest first, then the door."""
    found = [_fact(book, dossier, order, extension) for extension in dossier.extensions_of(order)]
    return (*found, *_door(book, dossier, order, now))


def _state(extension: Extension) -> str:
    if extension.outcome:
        return OUTCOMES[extension.outcome]
    return "待热线办备案" if extension.agreed_at else "待本单位同意"


def _until(book: Rulebook, order: Order, extension: Extension) -> str:
    """To which date it led; where the order's date has been worked out anew since, both."""
    new, now = extension.new_due_at, order.due_at
    if extension.outcome not in extensions.GRANTED or new is None:
        return ""
    until = f"延到 {said.short_limit(new, book.tz)}"
    if new == now:
        return f"，{until}"
    held = f"期限改为 {said.short_limit(now, book.tz)}" if now else "没有期限了"
    return f"，当时{until}，后来{held}"


def _asked(book: Rulebook, order: Order, extension: Extension) -> str:
    """To which date what still waits would lead."""
    due = due_of(order)
    if extension.outcome or due is None:
        return ""
    try:
        return f"，备案后延到 {said.short_limit(doors.extended(book, due, extension.working_days).at, book.tz)}"
    except UncoveredYear:
        return ""


def _fact(book: Rulebook, dossier: MatterDossier, order: Order, extension: Extension) -> Fact:
    """Its state and new date; as a note why, while it waits, the dates of each step, and whether the citizen knows."""
    decided = DECIDED.get(extension.outcome, OUTCOMES[extensions.FILED])
    steps = (("申请", extension.asked_at), ("同意并报备", extension.agreed_at), (decided, extension.decided_at))
    told = [] if extension.outcome else [f"原因：{dossier.body(extension.reason_id).rstrip('。；')}"]
    told += [f"{said.instant(at, book.tz)} {term}" for term, at in steps if at is not None]
    told += _explained(book, order, extension)
    clause = link(book.provision("extension").clause)
    state = f"{_state(extension)}{_asked(book, order, extension)}{_until(book, order, extension)}"
    return Fact(f"延期 {extension.working_days} 个工作日", state, "；".join(told), clause, pending=not extension.outcome)


def _explained(book: Rulebook, order: Order, extension: Extension) -> list[str]:
    if extension.explained_at is not None:
        return [f"{said.instant(extension.explained_at, book.tz)} 已向诉求人解释"]
    if not extension.agreed_at or extension.outcome not in ("", *extensions.GRANTED) or order.due_at is None:
        return []
    until: datetime = extensions.explain_until(book, order, extension)
    return [f"还没有向诉求人解释，{said.short_limit(until, book.tz)} 前解释才有效"]


def review_facts(book: Rulebook, order: Order) -> tuple[Fact, ...]:
    """When the unit is called again, where it ended with an explanation."""
    if order.explained_review_at is None:
        return ()
    day = said.day(order.explained_review_at.astimezone(book.tz).date())
    return (Fact("已解释、未解决", f"{day} 复查", clause=link(book.provision("explained").clause)),)


def _door(book: Rulebook, dossier: MatterDossier, order: Order, now: datetime) -> list[Fact]:
    """Where there is none to be had, nothing is said."""
    due = due_of(order)
    if due is None or order.status not in OPEN_ORDERS:
        return []
    until = doors.extension_ask_until(book, due, urgent=order.urgent, kind=dossier.matter.kind,
                                      received=order.received_at)  # fmt: skip
    if until is None:
        return []
    return [door_fact(book, order, "延期可申请至", until, now)]
