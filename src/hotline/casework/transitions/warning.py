"""骚扰标记 (warning): a caller who abuses the line is marked for a time, with reason and approver. The mark is shown at
intake and closes no door; nothing urgent is ever marked (R-33). It hangs on the blind index of the phone alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.casework.records import AbuseMark, Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.casework.transitions.proposing import ABUSE, Decision, decide, pending, propose, waits
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import abuse
from hotline.rules.verdicts import Verdict

MARKABLE = (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED, S.DECLINED)
UNTIL_FILED = tuple(status for status in S if status != S.ARCHIVED)  # what was reported is handled meanwhile


def sort_choices(case: MatterCase) -> list[tuple[str, str]]:
    """What a caller may be marked for."""
    return list(abuse.sorts(case.book).items())


def standing(case: MatterCase) -> AbuseMark | None:
    """The mark given on this matter, where it stands now."""
    marks = reversed(case.dossier.all(AbuseMark))
    return next((one for one in marks if one.lifted_at is None and one.until > case.now), None)


def number_of(case: MatterCase) -> bytes | None:
    """The blind index of the caller's phone; None where no number is known."""
    citizen = case.dossier.citizen()
    return citizen.phone_index if citizen else None


def no_mark(case: MatterCase, card: type[MatterCard]) -> Verdict | None:
    """Why nobody is marked here: what is urgent comes first, and a mark needs a number."""
    if case.subject.urgent:
        return card.no(case, "紧急的来电不标记，先办事。")
    return card.no(case, "没有来电号码，没有可以标记的。") if number_of(case) is None else None


class ProposeAbuse(MatterCard):
    """提请标记骚扰: the call was malicious or harassing; with what shows it, and until when the mark should stand."""

    term = "提请标记骚扰"
    rests_on = "abuse"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, MARKABLE)
    form = (
        Field("sort", "哪一种", "choice", choices=sort_choices),
        Field("reason", "凭什么", "textarea", max_length=1000, hint="如：一天打来几十次、辱骂；写明录音"),
        Field("last_day", "标记到哪一天", "date"),
    )
    deadline = UNCHANGED
    ledger = Line("abuse_proposed", ("proposal_id", "sort", "reason_id", "until", "decide_until"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """Never for what is urgent; only who is known by phone; one thing at a time."""
        return no_mark(case, cls) or waits(case, cls)

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """How long it may stand, and when it is decided."""
        return [Effect("最长", abuse.longest(case.book, case.now)),
                Effect("班长决定", abuse.decide_until(case.book, case.now))]  # fmt: skip

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """An end, and not too far off."""
        may = abuse.may_stand(case.book, case.form["last_day"], case.now)
        return [] if may.ok else [Problem("last_day", may.because, may.clause)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What shows it stands as a text; the number is nowhere."""
        form, until = case.form, abuse.decide_until(case.book, case.now)
        ends = abuse.ends(case.book, form["last_day"])
        row = propose(case, ABUSE, form["reason"], until, form["sort"], ends)
        return {"proposal_id": row.id, "sort": form["sort"], "reason_id": row.reason_id, "until": ends,
                "decide_until": until.at}  # fmt: skip


class AbuseDecision(Decision, abstract=True):
    """A card of the shift leader on a mark that was proposed."""

    rests_on = "abuse"
    by = (Role.SHIFT_LEADER,)
    not_by = (ProposeAbuse,)

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One was proposed."""
        return None if case.subject.deciding == ABUSE else cls.no(case, "没有提请标记骚扰。")


class ApproveAbuse(AbuseDecision):
    """批准标记: whoever takes this caller's next call sees the mark, until its day is over."""

    term = "批准标记"
    moves = moves(Matter, UNTIL_FILED)
    form = (Field("because", "意见", "textarea", required=False, max_length=1000),)
    ledger = Line("abuse_marked", ("proposal_id", "because_id", "in_time", "mark_id", "sort", "until"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """It may have turned out urgent meanwhile."""
        return no_mark(case, cls)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row under the blind index of the phone."""
        row, index = pending(case, ABUSE), number_of(case)
        assert index is not None, "the door was open"
        assert row.until is not None, "proposed with an end"
        mark = AbuseMark(case.tools.ids.next(), case.subject.id, index, row.clause, case.now, row.until)
        case.insert(mark)
        facts = decide(case, ABUSE, granted=True, because=case.form["because"])
        return {**facts, "mark_id": mark.id, "sort": mark.sort, "until": mark.until}


class RejectAbuse(AbuseDecision):
    """不批准标记: the caller is not marked."""

    term = "不批准标记"
    moves = moves(Matter, UNTIL_FILED)
    form = (Field("because", "理由", "textarea", max_length=1000),)
    ledger = Line("abuse_rejected", ("proposal_id", "because_id", "in_time"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The reason stands word for word."""
        return decide(case, ABUSE, granted=False, because=case.form["because"])


class LiftAbuse(MatterCard):
    """撤销标记: before its day, with a reason, by somebody who neither proposed nor approved it."""

    term = "撤销标记"
    rests_on = "abuse"
    by = (Role.SHIFT_LEADER, Role.INSPECTOR)
    not_by = (ProposeAbuse, ApproveAbuse)
    reach = Reach.CITY
    moves = moves(Matter, tuple(S))
    form = (Field("reason", "理由", "textarea", max_length=1000),)
    deadline = UNCHANGED
    ledger = Line("abuse_lifted", ("mark_id", "reason_id"))
    disturbs = False

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """One given on this matter stands."""
        return cls.no(case, "这件事上没有在期内的骚扰标记。") if standing(case) is None else None

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """It stays on file."""
        mark = standing(case)
        assert mark is not None, "it pertains to a mark that stands"
        reason = write_text(case, "abuse_lift_reason", case.form["reason"])
        case.update(mark, lifted_at=case.now, lift_reason_id=reason)
        return {"mark_id": mark.id, "reason_id": reason}
