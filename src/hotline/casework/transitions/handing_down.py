"""下派 (handing down): level 2 gives what it answers for to a unit below it, with a date before its own; what comes back
is level 2's to review, and level 2 signs it towards the platform (二段3, 二段4, R-16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.casework import sharing
from hotline.casework.records import Letter, Order
from hotline.casework.statuses import OrderStatus
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.assisting import holds_already
from hotline.casework.transitions.base import MatterCard, OrderCase, unfit_unit, write_text
from hotline.casework.transitions.handling import AGAIN
from hotline.casework.transitions.ordering import new_order
from hotline.casework.transitions.replying import WROTE
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import STARTS, UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import dating, shares
from hotline.rules.verdicts import Due, Verdict

AT_WORK = (S.SIGNED, S.DRAFTED, *AGAIN)
EVALUATIONS = (("good", "好"), ("fair", "合格"))
LOOKS = (("visit", "回访诉求人"), ("investigate", "调查核实"), ("inspect", "检查办理"))
LEADERS = (Role.DEPUTY, Role.HEAD)
INNER = Field("inner_at", "内部期限", "instant", required=False, max_length=32,
              hint="可以早于下级的期限，工作日上班时间里的一个时刻；空着就按下级的期限")  # fmt: skip


def _wanted(case: OrderCase) -> datetime | None:
    """The instant by which level 2 wants it, where it set one; without a zone it is the city's local time."""
    typed = case.form["inner_at"]
    if not typed:
        return None
    assert isinstance(typed, datetime)
    return typed if typed.tzinfo else typed.replace(tzinfo=case.book.tz)


def _unfit_inner(case: OrderCase, until: datetime | None) -> Sequence[Problem]:
    """What is wrong with the inner date, where one was set."""
    wanted, rule = _wanted(case), case.book.provision("handed_down")
    why = shares.inner_lacks(case.book, wanted, until, case.now) if wanted else ""
    return [Problem("inner_at", why, rule.clause)] if why else []


class HandDown(MatterCard):
    """下派: a unit of level 2 has a unit below it do the work; it stays answerable with its own date, and the inner date
    lies before it (R-16)."""

    term = "下派"
    rests_on = "handed_down"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, AT_WORK)
    form = (
        Field("unit", "交给哪个下级单位", "unit_below"),
        Field("words", "要它做什么", "textarea", max_length=2000, hint="下级单位会看到；对外仍由本单位负责"),
        INNER,
    )
    deadline = STARTS
    ledger = Line("handed_down", ("order_id", "unit_id", "due_at", "due_clause", "words_id", "inner_at"))
    needs = ("unit",)

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """Only what level 2 itself holds."""
        order = case.subject
        return None if order.unit_id == order.level2_unit_id else cls.no(case, "只有二级单位可以下派。")

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """It has taken the matter for its own, and has time left."""
        order = case.subject
        if order.return_asked_at is not None or order.return_filed_at is not None:
            return cls.no(case, "已经申请退回，等有了结果再下派。")
        over = order.due_at is not None and case.now >= order.due_at
        return cls.no(case, "本单位的期限已经过了，没有时间可以再给下级。") if over else None

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """A unit below one's own, fit for orders, and not at work on the matter already."""
        found = case.tools.extra["unit"]
        if found is None or found.level2_id != case.subject.level2_unit_id or found.unit.id == case.subject.unit_id:
            return [Problem("unit", "请选本单位下面的单位。", cls.provision(case.book).clause)]
        due = cls._due(case)
        return [*unfit_unit(case, "unit", found, strictly=False), *holds_already(case, "unit", found),
                *_unfit_inner(case, due.at if due else None)]  # fmt: skip

    @classmethod
    def _due(cls, case: OrderCase) -> Due | None:
        return dating.fold(case.book, (cls._step(case),))

    @classmethod
    def effects(cls, case: OrderCase) -> Sequence[Effect]:
        """By when level 3 is to answer."""
        due = cls._due(case)
        return [Effect("下级的期限", due)] if due else []

    @staticmethod
    def _step(case: OrderCase) -> dating.Step:
        order = case.subject
        return dating.handed_down(case.now, dating.read(order.due_basis), urgent=order.urgent)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """One more order, a part of this one; this one's date stays."""
        kind, receiving = case.dossier.matter.kind, case.tools.extra["unit"]
        order = new_order(case, receiving, (cls._step(case),), kind=kind, urgent=case.subject.urgent, lead=False,
                          parent_id=case.subject.id)  # fmt: skip
        wanted = _wanted(case)
        case.insert(replace(order, inner_at=wanted or order.due_at))
        return {"order_id": order.id, "unit_id": order.unit_id, "due_at": order.due_at, "due_clause": order.due_clause,
                "words_id": write_text(case, "handed_down_words", case.form["words"]), "inner_at": wanted}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("order_delivered", "unit", case.tools.extra["unit"].unit.id, matter_id=case.dossier.chain.id)


class FromBelow(MatterCard, abstract=True):
    """A card of level 2 on what it handed down."""

    rests_on = "handed_down"
    reach = Reach.BELOW

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """It was handed down, not assigned straight by the platform."""
        return None if case.subject.parent_id is not None else cls.no(case, "这张工单不是本单位下派的。")


def _upper(case: OrderCase) -> Order:
    order = sharing.upper(case.dossier, case.subject)
    assert order is not None, "what was handed down has an order above it"
    return order


class AcceptFromBelow(FromBelow):
    """审核三级反馈: level 2 has looked at level 3's letter, and evaluates it (二段3). The letter is level 2's from here on,
    to be signed off by its own signer and filed with the platform."""

    term = "采用下级反馈"
    by = UNIT
    not_by = WROTE
    moves = moves(Order, (S.FILED,), S.APPROVED)
    form = (
        Field("evaluation", "评价", "choice", choices=EVALUATIONS),
        Field("remarks", "意见", "textarea", required=False, max_length=1000, hint="下级单位会看到"),
    )
    deadline = UNCHANGED
    ledger = Line("accepted_from_below", ("letter_id", "evaluation", "remarks_id", "taken_over"))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """What the citizen was told counts for both; level 2 that has filed its own already only takes note."""
        order, upper, letter = case.subject, _upper(case), case.dossier.letter_of(case.subject)
        assert letter is not None, "a filed order has a letter"
        case.update(letter, approved_at=case.now)
        case.update(order, approved_at=case.now, supervise_until=None, relay_asked_at=None)
        if takes := upper.status in AT_WORK:
            case.insert(_copied(case, letter, upper))
        remarks = write_text(case, "evaluation", case.form["remarks"]) if case.form["remarks"] else None
        return {"letter_id": letter.id, "evaluation": case.form["evaluation"], "remarks_id": remarks,
                "taken_over": takes}  # fmt: skip

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("accepted_from_below", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)

    @classmethod
    def then(cls, case: OrderCase) -> Sequence[tuple[type[Card], Record]]:
        """Level 2 has a letter in hand."""
        upper = _upper(case)
        return [(TakeOver, upper)] if upper.status in AT_WORK else []


def _copied(case: OrderCase, letter: Letter, upper: Order) -> Letter:
    """The same letter, level 2's own from here on: nobody has signed it off there yet."""
    return replace(letter, id=case.tools.ids.next(), order_id=upper.id, round=upper.round, drafted_at=case.now,
                   signed_off_at=None, signed_off_role=None, approved_at=None)  # fmt: skip


class TakeOver(MatterCard):
    """接下级反馈: the consequence for level 2's own order: a letter waits for its signer (R-10)."""

    term = "接下级反馈"
    rests_on = "handed_down"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Order, AT_WORK, S.DRAFTED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("taken_over", ("letter_id",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Which letter it is."""
        letter = case.dossier.letter_of(case.subject)
        case.update(case.subject, handed_back_at=None)
        return {"letter_id": letter.id if letter else None}


class SendBackBelow(FromBelow):
    """退下级重办: level 2 is not content with level 3's letter. The date stays: level 2 has no other to give; by when it
    wants it again it may say anew, and an inner date that has passed is none any more."""

    term = "退下级重办"
    by = UNIT
    not_by = ()
    moves = moves(Order, (S.FILED,), S.SENT_BACK)
    form = (Field("words", "要重办什么", "textarea", max_length=2000, hint="下级单位会看到"), INNER)
    deadline = UNCHANGED
    ledger = Line("sent_back_below", ("words_id", "late", "inner_at"))

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """A new inner date must be one."""
        return _unfit_inner(case, case.subject.due_at)

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Filed no longer; what was late stays late."""
        order, wanted = case.subject, _wanted(case)
        settled = False if order.on_time is False else order.settled
        inner = wanted or (order.inner_at if order.inner_at and order.inner_at > case.now else order.due_at)
        case.update(order, filed_at=None, on_time=None, review_until=None, sent_back_at=case.now, settled=settled,
                    inner_at=inner, inner_noted_at=None)  # fmt: skip
        words = write_text(case, "sent_back_below", case.form["words"])
        return {"words_id": words, "late": settled is False, "inner_at": wanted}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("sent_back", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class LookBelow(MatterCard):
    """系统内查访: level 2 calls the citizen, investigates or inspects in its own system, and keeps what it found (二段3)."""

    term = "系统内查访"
    rests_on = "level_duties:2"
    by = UNIT
    not_by = ()
    reach = Reach.OVER
    moves = moves(Order, tuple(one for one in OrderStatus if one not in (S.RETURNED, S.RECALLED, S.ENDED)))
    form = (
        Field("what", "做了什么", "choice", choices=LOOKS),
        Field("finding", "看到、问到的情况", "textarea", max_length=4000),
    )
    deadline = UNCHANGED
    ledger = Line("looked_below", ("what", "finding_id"))
    disturbs = False

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The finding is a text."""
        return {"what": case.form["what"], "finding_id": write_text(case, "finding", case.form["finding"])}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit below is told."""
        case.tell("inspected", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
