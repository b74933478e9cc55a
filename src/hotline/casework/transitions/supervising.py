"""催办、督办 (supervising): the office, and level 2 on what level 3 holds, ask a unit to get on, or give it a notice with a
date of its own that wants an answer (四（五）段1). 督查 (`ways.Inspect`) is another thing: a look at a whole matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hotline.casework.records import Order, Supervision
from hotline.casework.statuses import OPEN_ORDERS, OrderStatus
from hotline.casework.transitions.base import AnyCase, MatterCard, OrderCase, write_text
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.network.roles import OFFICE, UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules.verdicts import Verdict

WITH_UNIT = tuple(status for status in OPEN_ORDERS if status != OrderStatus.FILED)
SUPERVISORS = (Role.SUPERVISOR, Role.INSPECTOR, Role.SHIFT_LEADER)


def scope_choices(case: AnyCase) -> list[tuple[str, str]]:
    """What may be supervised, as the rulebook names it."""
    return [(scope, scope) for scope in case.book.provision("supervision").values["scope"]]


class Urge(MatterCard):
    """催办: a unit is asked to get on with its order. It moves no date and wants no answer."""

    term = "催办"
    rests_on = "supervision"
    by = (*OFFICE, *UNIT)
    not_by = ()
    reach = Reach.OVER
    moves = moves(Order, WITH_UNIT)
    form = (Field("words", "催办的话", "textarea", max_length=1000, hint="承办单位会看到"),)
    deadline = UNCHANGED
    ledger = Line("urged", ("words_id",))
    disturbs = False

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The words are kept; what had been urged before stays."""
        return {"words_id": write_text(case, "urged", case.form["words"])}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("urged", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class Supervise(MatterCard):
    """督办: a notice with its scope, what is wanted, and a date of its own; it must be answered (四（五）段1)."""

    term = "督办"
    rests_on = "supervision"
    by = (*SUPERVISORS, *UNIT)
    not_by = ()
    reach = Reach.OVER
    moves = moves(Order, OPEN_ORDERS)
    form = (
        Field("scope", "督办范围", "choice", choices=scope_choices),
        Field("demand", "要求", "textarea", max_length=2000, hint="要单位做什么、报什么"),
        Field("answer_on", "答复期限", "date", max_length=10, hint="这一天 24:00 以前答复；不改变办理期限"),
    )
    deadline = UNCHANGED
    ledger = Line("supervised", ("supervision_id", "scope", "answer_until", "demand_id"))
    disturbs = False

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """One notice at a time: the one before must be answered first."""
        if case.subject.supervise_until is None:
            return None
        return Verdict(False, cls.provision(case.book).clause, "上一份督办单位还没有答复。")

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """The day must not be over."""
        on: date = case.form["answer_on"]
        if on >= case.book.calendar.day_of(case.now):
            return ()
        return [Problem("answer_on", "答复期限须是今天或以后。", cls.provision(case.book).clause)]

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row per notice; the order bears the date of the one that waits for an answer."""
        form, order, until = case.form, case.subject, case.book.calendar.end_of_day(case.form["answer_on"])[0]
        demand, by_unit = write_text(case, "demand", form["demand"]), case.actor.unit_id
        assert by_unit is not None
        notice = Supervision(case.tools.ids.next(), order.matter_id, order.id, by_unit, form["scope"], case.now, demand,
                             until)  # fmt: skip
        case.insert(notice)
        case.update(order, supervise_until=until, supervision_noted_at=None)
        return {"supervision_id": notice.id, "scope": notice.scope, "answer_until": until, "demand_id": demand}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("supervised", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)


class AnswerSupervision(MatterCard):
    """答复督办: the unit says what it has done about a notice, in time or late."""

    term = "答复督办"
    key = "B"
    rests_on = "supervision"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, OPEN_ORDERS)
    form = (Field("answer", "办理情况", "textarea", max_length=4000),)
    deadline = UNCHANGED
    ledger = Line("supervision_answered", ("supervision_id", "answer_id", "answer_until", "in_time"))
    disturbs = False

    @classmethod
    def pertains(cls, case: OrderCase) -> Verdict | None:
        """There must be a notice that waits for an answer."""
        if case.subject.supervise_until is not None:
            return None
        return Verdict(False, cls.provision(case.book).clause, "没有要答复的督办。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The notice is answered, and a next one may be given."""
        notice = case.dossier.supervision_of(case.subject)
        answer = write_text(case, "supervision_answer", case.form["answer"])
        case.update(notice, answered_at=case.now, answer_id=answer)
        case.update(case.subject, supervise_until=None, supervision_noted_at=None)
        return {"supervision_id": notice.id, "answer_id": answer, "answer_until": notice.answer_until,
                "in_time": case.now < notice.answer_until}  # fmt: skip


class NoteSupervisionLate(ClockCard):
    """记督办超期: a notice was not answered by its date; once for each notice."""

    term = "记督办超期"
    rests_on = "supervision"
    moves = moves(Order, OPEN_ORDERS)
    form = ()
    ledger = Line("supervision_late", ("fell_at",))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """It stays to be answered."""
        fell_at = when_due(case)
        case.update(case.subject, supervision_noted_at=case.now)
        return {"fell_at": fell_at}

    @classmethod
    def notices(cls, case: OrderCase) -> None:
        """The unit is told."""
        case.tell("supervision_late", "unit", case.subject.unit_id, matter_id=case.dossier.chain.id)
