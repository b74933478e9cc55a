"""回避 (avoiding): a matter that complains about a unit, somebody of it, or the hotline says so; its target then neither
sees nor handles it, and another takes care of it (R-21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hotline.casework import conflicts as facts
from hotline.casework import jointly
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.assisting import shares_end
from hotline.casework.transitions.base import (
    PLATFORM,
    AnyCase,
    MatterCard,
    MatterCase,
    OrderCase,
    write_text,
)
from hotline.casework.transitions.joining import SeparateUnlike
from hotline.casework.transitions.leaving import taken_away, tell_of_change
from hotline.casework.transitions.ordering import back_to_desk
from hotline.casework.transitions.publishing import retracted
from hotline.network.roles import OFFICE, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import STOPS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import conflicts

UNIT, PERSON, STAFF, WHOLE, CENTRE, NOBODY = "unit", "person", "staff", "hotline", "centre", "none"
PEOPLE = (PERSON, STAFF)
SIGNERS = frozenset((Role.DEPUTY, Role.HEAD))
LEVEL = {1: conflicts.HOTLINE, 2: conflicts.LEVEL_2}
NAMEABLE = tuple(s for s in S if s != S.ANSWERED)  # whatever became of it, the target reads it no longer
NO_TARGET: dict[str, Any] = {"against": "", "against_unit_id": None, "against_person_id": None, "goes_to_unit_id": None}


def target_choices(case: AnyCase) -> list[tuple[str, str]]:
    """Whom a matter may complain about."""
    centre = case.book.provision("centres").values["back"][conflicts.CENTRE]
    return [(UNIT, "网络单位"), (PERSON, "网络单位的工作人员"), (STAFF, "热线的工作人员"), (WHOLE, "热线本身"),
            (CENTRE, str(centre)), (NOBODY, "写错了，没有要回避的")]  # fmt: skip


class NameTarget(MatterCard):
    """写明反映对象: whom the matter complains about, at intake or found out later. The target's orders are taken back, it
    sees the matter no longer, and the matter goes to whom the rulebook names instead (R-21)."""

    term = "写明反映对象"
    rests_on = "complaint_against"
    by = OFFICE
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, NAMEABLE)
    form = (
        Field("target", "反映的是谁", "choice", choices=target_choices),
        Field("unit", "单位", "any_unit", required=False, hint="反映网络单位或它的人时选"),
        Field("name", "姓名或登录名", required=False, max_length=60, hint="反映某个人时写；不在系统里的人，只选单位"),
        Field("reason", "从哪里看出来的", "textarea", required=False, max_length=1000, hint="被反映的一方看不到"),
    )
    deadline = UNCHANGED
    ledger = Line("target_named", ("against", "unit_id", "person_id", "goes_to_unit_id", "reason_id"))
    needs = ("unit", "inspection", "accused")

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """What is joined does not stay so, and has a target of its own, to be named there (R-25)."""
        beside = [*case.dossier.joined(), *filter(None, (case.dossier.main(),))]
        numbers = "、".join(link.other_number for link in beside)
        return [Effect("并在一起的", f"{numbers} 不再一并办，要各自写明，这里只管这一件")] if beside else []

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """A unit of the network, or exactly one person known by this name."""
        form, clause = case.form, cls.provision(case.book).clause
        if form["target"] in (UNIT, PERSON):
            found = case.tools.extra["unit"]
            if found is None or found.unit.level == PLATFORM:
                return [Problem("unit", "请选被反映的网络单位。", clause)]
        if form["target"] in PEOPLE and len(case.tools.extra["accused"]) != 1:
            said = "没有找到这个人，或者有几个同名的；同名的请写登录名。" if form["name"] else "请写姓名或登录名。"
            return [Problem("name", said, clause)]
        return ()

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Who is barred, and who takes care of it instead. The target is not called again for what it explained, and
        answers no matter that is joined (R-25)."""
        named = _named(case)
        after = replace(case.subject, **named)
        case.update(case.subject, **named)
        _part(case, after)
        for order in case.dossier.orders:
            if order.explained_review_at is not None and facts.with_target(after, order):
                case.update(order, explained_review_at=None)
        reason = write_text(case, "target_reason", case.form["reason"]) if case.form["reason"] else None
        return {"against": after.against, "unit_id": after.against_unit_id, "person_id": after.against_person_id,
                "goes_to_unit_id": after.goes_to_unit_id, "reason_id": reason}  # fmt: skip

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What the target holds is taken from it; what was handed down of that goes with it."""
        matter = case.dossier.matter
        held = [order for order in case.dossier.open_orders() if facts.with_target(matter, order)]
        ids = {order.id for order in held}
        taken = [(TakeFromTarget, order) for order in held if order.parent_id not in ids]
        apart = matter.status == S.JOINED and jointly.unlike(case.subject, matter)
        return [*taken, *(retracted(case) if matter.against or matter.against_person_id else ()),
                *([(SeparateUnlike, matter)] if apart else ())]  # fmt: skip


def _part(case: MatterCase, after: Matter) -> None:
    """What is about somebody else since is not one with what it was joined with; answered with that already, it keeps
    the answer, and what comes of that later is not for it (R-25)."""
    jointly.part(case, after)
    if after.status in (S.REPLIED, S.CLOSED) and jointly.unlike(case.subject, after):
        jointly.leave(case)


def _named(case: MatterCase) -> dict[str, Any]:
    """The columns for the target that the form names. Somebody who signs for a unit stands for the unit; of others the
    unit can do without the person."""
    target, found, centre = case.form["target"], case.tools.extra["unit"], case.tools.extra["inspection"]
    centre_id = centre.id if centre else None
    if target == NOBODY:
        return NO_TARGET
    if target == WHOLE:
        return {**NO_TARGET, "against": conflicts.HOTLINE, "goes_to_unit_id": centre_id}
    if target == CENTRE:
        return {**NO_TARGET, "against": conflicts.CENTRE, "against_unit_id": centre_id}
    who = case.tools.extra["accused"][0] if target in PEOPLE else None
    person = {"against_person_id": who.person_id if who else None}
    if target == STAFF:
        inspects = who is not None and who.inspects
        return {**NO_TARGET, **person, "against": conflicts.CENTRE if inspects else conflicts.HOTLINE,
                "goes_to_unit_id": None if inspects else centre_id}  # fmt: skip
    if who is not None and not who.roles & SIGNERS:
        return {**NO_TARGET, **person}
    against = LEVEL.get(found.unit.level, conflicts.LEVEL_3)
    instead = {conflicts.LEVEL_2: found.level2_id, conflicts.CENTRE: centre_id}
    return {**person, "against": against, "against_unit_id": found.unit.id,
            "goes_to_unit_id": instead.get(conflicts.handled_by(case.book, against).because)}  # fmt: skip


class TakeFromTarget(MatterCard):
    """回避收回: the consequence for an order that the target holds, be it designated; the matter is dispatched anew
    (R-21, R-05)."""

    term = "回避收回"
    rests_on = "complaint_against"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, OPEN_ORDERS, OrderStatus.RECALLED)
    form = ()
    deadline = STOPS
    ledger = Line("taken_from_target")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whatever the unit had asked for is void; its dates stay as they were."""
        taken_away(case)
        return {}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told that it has the order no longer, not why; the citizen, that another one will be found."""
        case.tell("recalled", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
        tell_of_change(case)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """The matter is at the desk again."""
        return [*shares_end(case), *back_to_desk(case)]
