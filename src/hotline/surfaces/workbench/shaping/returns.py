"""退回成形: an order's return door and what was asked for through it: why, on what basis, who agreed, what was decided;
and that its unit was designated."""

from __future__ import annotations

from datetime import datetime

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order, ReturnRequest
from hotline.casework.transitions.returning import RETURNABLE
from hotline.network import desks as network
from hotline.procedure.ledger import LineMeta
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact
from hotline.surfaces.workbench.shaping.clocks import door_fact

OUTCOMES = {
    "granted": "热线办同意退回，已收回",
    "refused": "热线办不同意，由本单位办理",
    "disagreed": "本单位不同意退回",
    "late": "逾期，不予退回，记录在案",
    "proposed": "热线办已提请指定承办单位",
    "withdrawn": "本单位已撤回申请",
    "void": "工单另有去向，不再需要",
}
LAPSED = "到期本单位没有同意，已失效"
AGREED = "return_agreed"
DECIDED = ("return_granted", "return_refused", "return_disagreed", "return_withdrawn")


def return_facts(book: Rulebook, dossier: MatterDossier, order: Order, now: datetime) -> tuple[Fact, ...]:
    """The door, where the order has one, then every request, oldest first."""
    requests = [r for r in dossier.all(ReturnRequest) if r.order_id == order.id]
    return (*_door(book, order, now), *(_fact(book, dossier, order, request) for request in requests))


def _door(book: Rulebook, order: Order, now: datetime) -> tuple[Fact, ...]:
    if order.designated:
        return (Fact("指定", "由政府指定承办，不能退回", clause=link(book.provision("designation").clause)),)
    if order.status not in RETURNABLE:
        return ()
    due = Due(order.return_until, book.provision("return_of_orders").clause)
    return (door_fact(book, order, "可退回至", due, now),)


def _state(book: Rulebook, order: Order, request: ReturnRequest) -> str:
    if request.outcome:
        return OUTCOMES[request.outcome]
    if request.agreed_at is None:
        return "待本单位负责同志同意" if order.return_asked_at is not None else LAPSED
    until = order.return_decide_until
    return "待热线办决定" + (f"，{said.short_limit(until, book.tz)} 前决定" if until else "")


def _fact(book: Rulebook, dossier: MatterDossier, order: Order, request: ReturnRequest) -> Fact:
    """Where it stands; as a note the reason, the basis, who agreed, and what was decided with its words."""
    told = [f"{said.instant(request.asked_at, book.tz)} 申请：{_words(dossier, request.reason_id)}",
            f"依据：{_words(dossier, request.basis_id)}"]  # fmt: skip
    told += _step(book, dossier, request, (AGREED,), request.agreed_at, "同意")
    told += _step(book, dossier, request, DECIDED, request.decided_at, "决定") if request.outcome != "late" else []
    if because := _words(dossier, request.because_id):
        told.append(f"理由：{because}")
    clause = link(book.provision("return_of_orders").clause)
    return Fact("退回申请", _state(book, order, request), "；".join(told), clause, pending=not request.outcome)


def _words(dossier: MatterDossier, text_id: int | None) -> str:
    """A text, to stand between others in a row."""
    return dossier.body(text_id).rstrip("。；")


def _step(book: Rulebook, dossier: MatterDossier, request: ReturnRequest, kinds: tuple[str, ...],
          at: datetime | None, term: str) -> list[str]:  # fmt: skip
    """When somebody took a step, and who, where a line of the request says."""
    if at is None:
        return []
    line = next((li for li in dossier.lines if li.kind in kinds and _is_of(li, request)), None)
    if line is None:
        return []
    names = network.names(set(line.persons()))
    who = "、".join(names[number] for number in sorted(names))
    return [f"{said.instant(at, book.tz)} {who}{term}"]


def _is_of(line: LineMeta, request: ReturnRequest) -> bool:
    """Its lines name the request first."""
    return line.read().facts[0] == request.id
