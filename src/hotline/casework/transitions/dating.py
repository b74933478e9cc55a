"""改期 (dating): the office corrects kind or category, and every open order's date follows (R-22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hotline.casework import jointly, sharing
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import (
    MatterCard,
    MatterCase,
    cite,
    due_of,
    first_contact,
    foreseen,
    judged,
    kind_choices,
    redated,
    tell_citizen,
    write_text,
)
from hotline.casework.transitions.sorting import SORTED, said_category, sorted_out
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import RECOMPUTES, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import dating, doors
from hotline.rules.verdicts import Due


def under_kind(case: MatterCase, order: Order, kind: str) -> Due | None:
    """The date an order would have under another kind."""
    return foreseen(case, order, _changed(case, order, kind))


def _kept(case: MatterCase, order: Order, kind: str) -> int:
    """The extensions that still stand under another kind."""
    return 0 if order.urgent else min(order.extended_by, doors.cap(case.book, kind))


def _changed(case: MatterCase, order: Order, kind: str) -> dating.Step:
    return dating.changed(kind, case.now, extended_by=_kept(case, order, kind))


def _depending(case: MatterCase, order: Order, kind: str) -> dating.Step:
    """The date of an assisting or inner order, before the other's as that now becomes."""
    first, other = dating.read(order.due_basis)[0], sharing.upper(case.dossier, order)
    if other is None:
        moved = dating.changed(kind, case.now)
    else:
        moved = _changed(case, other, kind) if other.lead else _depending(case, other, kind)
    steps = dating.read(other.due_basis if other else first.of)
    return replace(first, of=dating.written((*steps, moved)))


class ChangeKind(MatterCard):
    """改类别: kind or category was wrong; only the office corrects it. The date is worked out anew from the original
    delivery, extensions kept up to the new cap, the return door stays as it was (R-22)."""

    term = "改类别"
    key = "F"
    rests_on = "change_of_kind"
    by = (Role.DISPATCHER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED, S.SUBMITTED, S.IN_HAND))
    form = (
        Field("kind", "种类", "choice", choices=kind_choices),
        Field("category", "类别", required=False, max_length=60),
        Field("reason", "改的理由", "textarea", max_length=1000),
    )
    deadline = RECOMPUTES
    ledger = Line("kind_changed", ("old_kind", "kind", "reason_id", "orders", "promised_at", "category"))
    needs = SORTED

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """Of the change, and of the dates as they now are."""
        dues = (due_of(order) for order in case.dossier.open_orders())
        return tuple(dict.fromkeys((*super().clauses(case), *(c for due in dues if due for c in cite(due)))))

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """The date that each other kind would give to the order in hand; and that what is joined does not stay so."""
        apart = [Effect("并入的各件", "种类一改，随即分开，回到待办")] if case.dossier.joined() else []
        order = next((o for o in case.dossier.open_orders() if o.lead), None)
        others = [kind for kind in case.book.kinds.values() if kind.id != case.subject.kind] if order else []
        return [*(Effect(f"改为{kind.term}", under_kind(case, order, kind.id) or "没有期限") for kind in others if order),
                *apart]  # fmt: skip

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Something must change."""
        form, matter = case.form, case.subject
        if form["category"] != matter.category and (gone := sorted_out(case)):
            return gone
        if form["kind"] != matter.kind or form["category"] != matter.category:
            return ()
        return [Problem("kind", "种类和类别都没有变。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Kind, category and promise; and where the kind is another, every open order's dates."""
        form, matter = case.form, case.subject
        touched = case.dossier.open_orders() if form["kind"] != matter.kind else []
        moved = [cls._redated(case, order) for order in touched]
        category = said_category(case) if form["category"] != matter.category else None
        promised = cls._promised(case)
        secrecy = matter.secrecy or case.book.kind(form["kind"]).confidential
        jointly.part(case, replace(matter, kind=form["kind"]))
        case.update(matter, kind=form["kind"], category=form["category"], secrecy=secrecy, **promised)
        return {"old_kind": matter.kind, "kind": form["kind"], "reason_id": write_text(case, "reason", form["reason"]),
                "orders": moved, "promised_at": promised.get("promised_at", matter.promised_at),
                "category": category}  # fmt: skip

    @classmethod
    def _redated(cls, case: MatterCase, order: Order) -> list[Any]:
        """An order's date and what follows it; returns its number, the old date and the new one."""
        kind = case.form["kind"]
        step = _changed(case, order, kind) if order.lead else _depending(case, order, kind)
        due = foreseen(case, order, step)
        contact = order.contact_until if order.contacted_at else first_contact(case.book, kind, order)
        redated(case, order, (*dating.read(order.due_basis), step), contact_until=contact,
                extended_by=step.working_days, **judged(order, due.at if due else None))  # fmt: skip
        return [order.id, order.due_at, due.at if due else None]

    @classmethod
    def _promised(cls, case: MatterCase) -> dict[str, Any]:
        """What is promised to the citizen follows: before the first dispatch from the registration, then from there."""
        kind, matter = case.form["kind"], case.subject
        basis = dating.read(matter.promise_basis)
        if kind == matter.kind or not basis:
            return {}
        first = basis[0]
        order = next(iter(case.dossier.orders), None)
        if first.how == dating.REGISTERED or order is None:
            basis = (replace(first, kind=kind),)
        else:
            basis = (*basis, dating.changed(kind, case.now, extended_by=doors.cap(case.book, kind)))  # as far as held
        due = dating.fold(case.book, basis)
        return {"promised_at": due.at if due else None, "promised_clause": due.clause if due else None,
                "promise_basis": dating.written(basis)}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Units and citizen are told."""
        for order in case.dossier.open_orders():
            case.tell("due_changed", "unit", order.unit_id, matter_id=case.dossier.chain.id)
        tell_citizen(case, "kind_changed")
