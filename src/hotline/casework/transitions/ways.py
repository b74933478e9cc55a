"""直办、督查 (ways): connect by telephone, and the office's own look at a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import conflicts
from hotline.casework.records import Contact, Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, tell_callers, write_text
from hotline.casework.transitions.citing import CITES, cited, not_in_force
from hotline.casework.transitions.closing import Close
from hotline.casework.transitions.deciding import rated
from hotline.casework.transitions.overtaken import set_aside
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import ways
from hotline.rules.verdicts import Verdict

OUTCOMES = (("answered", "单位当即答复"), ("not_reached", "没有接通或没有答复"))


def means_choices(case: AnyCase) -> list[tuple[str, str]]:
    """How a citizen may be connected with a unit."""
    return list(case.book.provision("connecting").values["means"].items())


class Connect(MatterCard):
    """直办: the citizen is put through to a unit in office hours, and what came of it is recorded (四（二）2)."""

    term = "直办"
    key = "C"
    rests_on = "way:connect"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED,))
    form = (
        Field("why_not", "为什么不能直接答复", max_length=300),
        Field("unit", "接听单位", "on_phone", hint="后面是现在值班的人和电话"),
        Field("means", "方式", "choice", choices=means_choices),
        Field("outcome", "结果", "choice", choices=OUTCOMES),
        Field("answered_by", "接听人", required=False, max_length=60, hint="单位里答复的是谁"),
        Field("answer", "单位的答复", "textarea", required=False, max_length=8000),
        CITES,
    )
    deadline = UNCHANGED
    ledger = Line("connected", ("unit_id", "means", "outcome", "why_id", "answered_by_id", "answer_id", "cites"))
    needs = ("unit", "cited")

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Only what cannot be answered at once, and only in working time; nobody is at work on it any more."""
        if case.dossier.open_orders():
            return cls.no(case, "还有协办单位在办，先收回它的工单。")
        return ways.may_connect(case.book, case.dossier.matter.kind, case.now)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """The unit must be open; an answer given must be written down."""
        clause, receiving = cls.provision(case.book).clause, case.tools.extra["unit"]
        if receiving is None or receiving.unit.status != "open" or receiving.unit.level == 1:
            return [Problem("unit", "没有这个二、三级网络单位，或者它已经撤销。", clause)]
        may = conflicts.may_get(case.book, case.dossier.matter, receiving.unit.id, receiving.level2_id)
        if not may.ok:
            return [Problem("unit", may.because, may.clause)]
        if case.form["outcome"] != "answered":
            return [Problem("cites", "没有答复的，不引用词条。", clause)] if case.form["cites"] else ()
        asked = (("answered_by", "请写下单位里答复的是谁。"), ("answer", "请写下单位是怎样答复的。"))
        lacks = [Problem(name, because, clause) for name, because in asked if not case.form[name]]
        return [*lacks, *not_in_force(case)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Who answered what is kept word for word; without an answer the matter stays to be dispatched."""
        form, unit = case.form, case.tools.extra["unit"].unit
        why, who, answer = write_text(case, "why_not", form["why_not"]), None, None
        if form["outcome"] == "answered":
            who, answer = (write_text(case, name, form[name]) for name in ("answered_by", "answer"))
            case.update(case.subject, told_id=answer, replied_at=case.now)
        case.figures = {"unit_id": unit.id}
        return {"unit_id": unit.id, "means": form["means"], "outcome": form["outcome"], "why_id": why,
                "answered_by_id": who, "answer_id": answer, "cites": cited(case)}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called besides the one put through is told that the answer is there (R-25)."""
        if case.form["outcome"] == "answered":
            tell_callers(case, "rate", but=case.dossier.all(Contact)[-1].citizen_id)

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Answered in the call: answered, and closed."""
        return [(AnswerInCall, case.dossier.matter)] if case.form["outcome"] == "answered" else []


class AnswerInCall(MatterCard):
    """直办已答复: the consequence of a call in which the unit answered."""

    term = "直办已答复"
    rests_on = "way:connect"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED,), S.ANSWERED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("answered_in_call")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """It may be rated from now on."""
        case.update(case.subject, **set_aside(case), **rated(case))
        return {}

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Closing is the consequence."""
        return [(Close, case.dossier.matter)]


class Inspect(MatterCard):
    """督查: the office looks at how a matter in hand is going, and says what it wants of the unit (二段2)."""

    term = "督查"
    key = "E"
    rests_on = "level_duties:1"
    by = (Role.SUPERVISOR, Role.INSPECTOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.IN_HAND,))
    form = (
        Field("finding", "看到的情况", "textarea", max_length=2000),
        Field("demand", "要求", "textarea", required=False, max_length=2000),
    )
    deadline = UNCHANGED
    ledger = Line("inspected", ("finding_id", "demand_id"))
    disturbs = False

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Finding and demand are texts."""
        demand = write_text(case, "demand", case.form["demand"]) if case.form["demand"] else None
        return {"finding_id": write_text(case, "finding", case.form["finding"]), "demand_id": demand}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Every unit that still holds an order is told."""
        for order in case.dossier.open_orders():
            case.tell("inspected", "unit", order.unit_id, matter_id=case.dossier.chain.id)


