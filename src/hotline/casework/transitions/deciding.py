"""处理 (deciding): decline, answer at once, dispatch: what becomes of a matter at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from hotline.casework import jointly, submissions
from hotline.casework.records import Contact, Matter, Order
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.asking import not_asked
from hotline.casework.transitions.assisting import AssignShares, shares_unfit
from hotline.casework.transitions.base import (
    URGENCY,
    MatterCard,
    MatterCase,
    cite,
    clauses_of,
    kind_choices,
    tell_callers,
    tell_citizen,
    unfit,
    urgency_columns,
    urgency_problems,
    write_text,
)
from hotline.casework.transitions.citing import CITES, cited, not_in_force
from hotline.casework.transitions.closing import Close
from hotline.casework.transitions.ordering import new_order, promised_by
from hotline.casework.transitions.overtaken import set_aside
from hotline.casework.transitions.ruling import RestOnRuling, misread
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import STARTS, UNCHANGED, Card, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import dating, elements, follow_up, limits, office, refusals
from hotline.rules.verdicts import Verdict


def refusal_choices(case: MatterCase) -> list[tuple[str, str]]:
    """The grounds on which the desk itself may decline, by clause; others are proposed (`refusing`)."""
    return [(one.id, one.term) for one in refusals.items(case.book).values() if not one.approver]


class Decline(MatterCard):
    """不予受理: under an item of 三（二） that wants nobody's approval; the citizen is told why and where to go."""

    term = "不予受理"
    key = "N"
    rests_on = "refusal"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REGISTERED, S.AWAITING_FACTS), S.DECLINED)
    form = (
        Field("refusal", "不受理项", "choice", choices=refusal_choices, hint="其余的项要班长批准，用“提出不予受理”"),
        Field("reason", "理由", "textarea", required=False, max_length=1000, hint="告诉诉求人的具体理由"),
        Field("handed_to", "已转接到", required=False, max_length=60, hint="紧急情况：已转接的号码"),
    )
    deadline = UNCHANGED
    ledger = Line("declined", ("refusal", "handed_to", "locked"))

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The ground itself."""
        return (case.form["refusal"],)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Emergencies are handed over."""
        ground = refusals.item(case.book, case.form["refusal"])
        problems = not_asked(case, ground)
        if ground.hand_over:
            return [Problem("refusal", "紧急情况不能只拒绝，请用“移交紧急救助”，写明谁接的。", ground.id)]
        handed_to, said = case.form["handed_to"], "、".join(ground.numbers)
        if handed_to and handed_to not in ground.numbers:  # it stands in the line in clear: never a person's number
            problems.append(Problem("handed_to", f"这一项只能写公布的号码：{said or '（没有）'}。", ground.id))
        return problems

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What the citizen is told is kept word for word; a secret text is locked away."""
        ground = refusals.item(case.book, case.form["refusal"])
        told = "\n".join(part for part in (ground.told, case.form["reason"], ground.channel) if part)
        case.update(case.subject, **set_aside(case), refusal=ground.id, told_id=write_text(case, "told", told),
                    locked=ground.lock_text, promised_at=None, promised_clause=None, dispatch_until=None)  # fmt: skip
        return {"refusal": ground.id, "handed_to": case.form["handed_to"], "locked": ground.lock_text}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called is told."""
        tell_callers(case, "declined")


def on_the_line(case: MatterCase) -> int | None:
    """Whom the desk still speaks with: who called last, where this very person took the call, nobody else has done
    anything since, and it is no longer ago than a record is left begun (R-43). In doubt nobody: all are told."""
    last = case.dossier.all(Contact)[-1]
    over = case.now - last.at >= elements.left_after(case.book) or last.channel in office.WRITTEN
    since = (one for one in case.dossier.lines if one.at >= last.at)
    alone = all(one.persons() <= case.actor.persons() for one in since)
    return None if over or not alone else last.citizen_id


def rated(case: MatterCase) -> dict[str, Any]:
    """The column by which an answer given at once may be rated as long as any other, from now on."""
    return {"rating_until": follow_up.rating_until(case.book, case.now).at}


class AnswerAtOnce(MatterCard):
    """直接答复: clear matter, clear policy, answered on the spot (四（二）1)."""

    term = "直接答复"
    key = "D"
    rests_on = "way:answer_at_once"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED,), S.ANSWERED)
    form = (
        Field("answer", "答复", "textarea", max_length=8000),
        Field("policy", "依据的政策", max_length=300, hint="名称和文号"),
        CITES,
    )
    deadline = UNCHANGED
    ledger = Line("answered_at_once", ("policy_id", "answer_id", "cites"))
    needs = ("cited",)

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Nobody is at work on it any more."""
        return cls.no(case, "还有协办单位在办，先收回它的工单。") if case.dossier.open_orders() else None

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """What is cited is in force."""
        return not_in_force(case)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Answer and policy are kept as texts; the matter is answered and closes by itself. The promise is kept
        by that, not rewritten."""
        answer, policy = (write_text(case, name, case.form[name]) for name in ("answer", "policy"))
        case.update(case.subject, **set_aside(case), told_id=answer, replied_at=case.now, **rated(case))
        return {"policy_id": policy, "answer_id": answer, "cites": cited(case)}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called or wrote is told that the answer is there, but for whoever hears it now (R-25)."""
        tell_callers(case, "rate", but=on_the_line(case))

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Closing is the consequence."""
        return [(Close, case.subject)]


class Dispatch(MatterCard):
    """转办: an electronic order to the responsible unit, with a limit (四（二）3)."""

    term = "转办"
    key = "S"
    rests_on = "way:dispatch"
    by = (Role.DISPATCHER, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED,), S.IN_HAND)
    form: ClassVar[tuple[Field, ...]] = (
        Field("unit", "承办单位", "unit"),
        Field("kind", "种类", "choice", choices=kind_choices),
        Field("assisting", "协办单位", required=False, max_length=300, hint="要几个单位的，写简称，用顿号隔开"),
        *URGENCY,
        Field("secrecy", "保密", "flag", required=False),
        Field("major", "重要办理件", "flag", required=False),
        Field("ruling", "照哪份裁定", required=False, max_length=30, hint="写裁定所在事项的编号，没有就空着"),
    )
    deadline = STARTS
    ledger = Line("dispatched", ("order_id", "unit_id", "level2_unit_id", "kind", "urgent", "major", "secrecy",
                                 "sign_until", "return_until", "contact_until", "due_at", "due_clause",
                                 "provisional"))  # fmt: skip
    needs: ClassVar[tuple[str, ...]] = ("unit", "assisting", "ruling")

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """A leader's instruction that names units is carried out by another verb."""
        wanted = submissions.wanted(case.dossier)
        return cls.no(case, "有指明承办单位的批示，请照批示交办。") if wanted else None

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Not while the government is asked who shall handle it (R-20)."""
        if case.subject.designate_until is None:
            return None
        rule = case.book.provision("designation")
        return Verdict(False, rule.clause, "已经提请指定，正等决定。", rule.readings)

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The way of handling, and the clause of the limit."""
        due = limits.due(case.book, case.form["kind"], cls.received(case), urgent=case.form["urgent"])
        contact = limits.contact_rests_on(case.book, case.form["kind"])
        others = clauses_of(case, "sign_for", "return_of_orders", contact)
        return tuple(dict.fromkeys((cls.provision(case.book).clause, *(cite(due) if due else ()), *others)))

    @classmethod
    def received(cls, case: MatterCase) -> datetime:
        """When the unit has it: at once, by the system."""
        return case.now

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """The unit is open, below the platform, and staffed, each assisting one too; urgency needs a reason."""
        return [*unfit(case, "unit"), *shares_unfit(case), *urgency_problems(case), *misread(case)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """One order, with every date it will be held to; the citizen's promise counts from the first delivery."""
        form, receiving = case.form, case.tools.extra["unit"]
        received = cls.received(case)
        basis = (dating.delivered(form["kind"], received, urgent=form["urgent"]),)
        order = cls.made(case, new_order(case, receiving, basis, kind=form["kind"], urgent=form["urgent"],
                                         received=received))  # fmt: skip
        secrecy = form["secrecy"] or case.subject.secrecy or case.book.kind(form["kind"]).confidential
        jointly.part(case, replace(case.subject, kind=form["kind"]))
        case.insert(order)
        case.update(case.subject, kind=form["kind"], **urgency_columns(case), major=form["major"], secrecy=secrecy,
                    **promised_by(case, order))  # fmt: skip
        case.figures = {"unit_id": order.unit_id, "kind_of": form["kind"], "due_at": order.due_at, "round": 1}
        return {"order_id": order.id, "unit_id": order.unit_id, "level2_unit_id": order.level2_unit_id,
                "kind": form["kind"], "urgent": form["urgent"], "major": form["major"], "secrecy": secrecy,
                "sign_until": order.sign_until, "return_until": order.return_until,
                "contact_until": order.contact_until, "due_at": order.due_at, "due_clause": order.due_clause,
                "provisional": order.due_provisional}  # fmt: skip

    @classmethod
    def made(cls, case: MatterCase, order: Order) -> Order:
        """The order as it begins; one delivered on paper is signed for already."""
        return order

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Unit and citizen are told; of what goes straight to level 3, level 2 has a copy (R-16)."""
        receiving, matter_id = case.tools.extra["unit"], case.dossier.chain.id
        case.tell("order_delivered", "unit", receiving.unit.id, matter_id=matter_id)
        if receiving.level2_id not in (None, receiving.unit.id):
            case.tell("order_copied", "unit", receiving.level2_id, matter_id=matter_id)
        tell_citizen(case, "dispatched")

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """Assisting units get theirs; the ruling that it follows is on record."""
        matter, extra = case.dossier.matter, case.tools.extra
        return [*([(AssignShares, matter)] if extra.get("assisting") else []),
                *([(RestOnRuling, matter)] if extra.get("ruling") else [])]  # fmt: skip
