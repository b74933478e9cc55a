"""呈办 (submitting): a matter of weight goes to one city leader with the office's proposed opinion; a unit may be at work
on it meanwhile; the office may take it back (四（二）4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework import submissions
from hotline.casework.records import Matter, Submission
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import (
    AnyCase,
    MatterCard,
    MatterCase,
    clauses_of,
    tell_citizen,
    unfit_unit,
    write_text,
)
from hotline.casework.transitions.deciding import Dispatch
from hotline.casework.transitions.leaving import DESK
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.procedure.records import Record
from hotline.rules import office
from hotline.rules.verdicts import Verdict

# Where a matter may stand while a leader has it: a unit may have been given it, and even have done it, meanwhile.
WITH_LEADER = (S.SUBMITTED, S.ACCEPTED, S.IN_HAND, S.REPLIED, S.CLOSED)


def ground_choices(case: AnyCase) -> list[tuple[str, str]]:
    """What makes a matter one for the city's leaders."""
    return [(ground, ground) for ground in case.book.provision("submitting").values["grounds"]]


def named_units(lead: str, others: str) -> tuple[Field, ...]:
    """The fields that name units, none of them required."""
    return (Field("unit", lead, "unit", required=False),
            Field("assisting", others, required=False, max_length=300, hint="要几个单位的，写简称，用顿号隔开"))  # fmt: skip


def units_of(case: AnyCase) -> list[int]:
    """The units named in the form, the lead first."""
    if not case.form["unit"]:
        return []
    others = case.tools.extra.get("assisting", {}).values()
    return [case.tools.extra["unit"].unit.id, *(found.unit.id for found in others if found is not None)]


def units_unfit(case: AnyCase) -> list[Problem]:
    """Why the units named in the form cannot be given it; the target of a complaint never can (R-21)."""
    clause = case.card.provision(case.book).clause
    named = case.tools.extra.get("assisting", {})
    if not case.form["unit"]:
        return [Problem("unit", "写了协办单位的，还要选牵头单位。", clause)] if named else []
    lead, wrong = case.tools.extra["unit"], []
    for said, found in named.items():
        if found is None:
            return [Problem("assisting", f"没有找到“{said}”，或者不止一个；可以写全称或编码。", clause)]
        if lead is not None and found.unit.id == lead.unit.id:
            wrong.append(Problem("assisting", "牵头单位不能同时协办。", clause))
        wrong += unfit_unit(case, "assisting", found, strictly=False)
    return [*unfit_unit(case, "unit", lead, strictly=False), *wrong]


class Submit(MatterCard):
    """呈办: to one leader, with the ground, the office's opinion and the units it proposes; nobody else but the office
    sees it."""

    term = "呈办"
    key = "U"
    rests_on = "way:submit"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.ACCEPTED,), S.SUBMITTED)
    form = (
        Field("ground", "呈报的理由", "choice", choices=ground_choices),
        Field("leader", "呈报的领导", "leader"),
        Field("opinion", "拟办意见", "textarea", max_length=4000, hint="怎么办、由谁办、为什么"),
        *named_units("拟由哪个单位办", "拟协办单位"),
    )
    deadline = UNCHANGED
    ledger = Line("submitted", ("submission_id", "ground", "post_id", "unit_ids", "opinion_id"))
    needs = ("leader_post", "unit", "assisting")

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """One leader at a time."""
        waits = case.subject.before_leader_at is not None
        return cls.no(case, "已经呈报，正等批示；要改报别人，先撤回。") if waits else None

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """To a leader who is there, and whom it is not about (R-21); units that may be given it."""
        post, clause = case.tools.extra["leader_post"], cls.provision(case.book).clause
        if post is None:
            return [Problem("leader", "没有这个市领导岗位，或者已经离岗。", clause)]
        if post.person_id == case.subject.against_person_id:
            return [Problem("leader", "反映的就是本人，请呈报另一位。", case.book.provision("complaint_against").clause)]
        return units_unfit(case)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row per submission; the matter is an important one from here on (R-10)."""
        opinion, units = write_text(case, "proposed", case.form["opinion"]), units_of(case)
        row = Submission(case.tools.ids.next(), case.subject.id, case.tools.extra["leader_post"].id,
                         case.form["ground"], case.now, opinion, submissions.written(units))  # fmt: skip
        case.insert(row)
        case.update(case.subject, submitted_at=case.now, before_leader_at=case.now)
        return {"submission_id": row.id, "ground": row.ground, "post_id": row.post_id, "unit_ids": units,
                "opinion_id": opinion}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """That leader and the citizen are told."""
        case.tell("submitted", "leader", case.tools.extra["leader_post"].id, matter_id=case.subject.id)
        tell_citizen(case, "with_leaders")


class DispatchMeanwhile(Dispatch):
    """先行交办: the leader has not instructed yet, and a unit begins all the same: its limit, and what the citizen was
    promised, run from now on."""

    term = "先行交办"
    key = ""
    rests_on = "way:submit"
    moves = moves(Matter, (S.SUBMITTED,), S.IN_HAND)
    ledger = Line("dispatched_meanwhile", Dispatch.ledger.facts)


class WithdrawSubmission(MatterCard):
    """撤回呈办: the office needs no instruction any more; the leader sees it no longer. Has a unit been given it meanwhile,
    that goes on."""

    term = "撤回呈办"
    rests_on = "way:submit"
    by = DESK
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, WITH_LEADER)
    form = (Field("because", "理由", "textarea", max_length=1000),)
    deadline = UNCHANGED
    ledger = Line("submission_withdrawn", ("submission_id", "because_id"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One waits."""
        return cls.no(case, "没有呈件在等批示。") if case.subject.before_leader_at is None else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """As if it had not been submitted, unless it was before; but it stays on file."""
        row = submissions.pending(case.dossier)
        assert row is not None, "it pertains to one that waits"
        because = write_text(case, "submission_because", case.form["because"])
        case.update(row, outcome=submissions.WITHDRAWN, decided_at=case.now, words_id=because)
        before = [one.submitted_at for one in case.dossier.all(Submission)
                  if one.outcome not in ("", submissions.WITHDRAWN)]  # fmt: skip
        case.update(case.subject, before_leader_at=None, submitted_at=max(before, default=None))
        return {"submission_id": row.id, "because_id": because}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The leader is told."""
        row = case.dossier.all(Submission)[-1]
        case.tell("submission_withdrawn", "leader", row.post_id, matter_id=case.subject.id)

    @classmethod
    def then(cls, case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
        """What no unit has is at the desk again."""
        return from_leader(case)


class BackFromLeader(MatterCard):
    """呈件回到待办: the consequence of a leader's word, or of a withdrawal, for a matter that no unit has been given: it is
    at the desk again, by a date of the office's own."""

    term = "呈件回到待办"
    rests_on = "office_dates"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.SUBMITTED,), S.ACCEPTED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("came_from_leader", ("dispatch_until",))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The office's date for dispatching begins anew (R-19)."""
        matter = case.subject
        until = office.dispatch_until(case.book, case.now, matter.channel, urgent=matter.urgent).at
        case.update(matter, dispatch_until=until, reopened_at=case.now)
        return {"dispatch_until": until}

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The office's own dates."""
        return clauses_of(case, "office_dates")


def from_leader(case: MatterCase) -> Sequence[tuple[type[Card], Record]]:
    """The consequence where no unit has been given it."""
    return [(BackFromLeader, case.dossier.matter)] if case.subject.status == S.SUBMITTED else []


class DispatchAsInstructed(Dispatch):
    """照批示交办: to the units that the leader named; to others only for a reason, which the leader reads."""

    term = "照批示交办"
    key = ""
    rests_on = "way:submit"
    form = (*Dispatch.form, Field("departs", "不照批示派的理由", "textarea", required=False, max_length=1000,
                                  hint="只在改派别的单位、改换牵头或协办时写，批示的领导会看到"))  # fmt: skip
    ledger = Line("dispatched_as_instructed", (*Dispatch.ledger.facts, "departs", "departs_id"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """The last instruction names units."""
        return None if submissions.wanted(case.dossier) else cls.no(case, "没有指明承办单位的批示。")

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """What is to be carried out, in the leader's words."""
        last = submissions.instructed(case.dossier)
        return [Effect("批示", case.dossier.body(last.words_id))] if last else []

    @classmethod
    def _departs(cls, case: MatterCase) -> bool:
        found = case.tools.extra["unit"]
        others = [one.unit.id for one in case.tools.extra.get("assisting", {}).values() if one is not None]
        return found is not None and submissions.departs(submissions.wanted(case.dossier), found.unit.id, others)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """As any dispatch; and a reason where it departs from the instruction."""
        wrong = [*super().accepts(case)]
        if not wrong and cls._departs(case) and not case.form["departs"]:
            wrong.append(Problem("departs", "批示指明的不是这些单位；改派的，请写明理由。", cls.provision(case.book).clause))
        return wrong

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The instruction is carried out, or departed from in words."""
        facts, departs = super().change(case), cls._departs(case)
        why = write_text(case, "departs", case.form["departs"]) if departs else None
        case.update(case.subject, carry_out_at=None)
        return {**facts, "departs": departs, "departs_id": why}
