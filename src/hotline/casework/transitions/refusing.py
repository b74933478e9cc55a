"""拟不受理 (refusing): where a ground wants the shift leader's approval, one proposes and another decides; the citizen may
ask for a review, which a third person decides (三（二）1, 6, 7, R-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from hotline.casework.records import Matter
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.transitions.alarming import WrittenCard
from hotline.casework.transitions.asking import begun_anew, not_asked
from hotline.casework.transitions.base import MatterCard, MatterCase, tell_callers, urgency_problems, write_text
from hotline.casework.transitions.intake import Accept, accepted, first_promise, incomplete, record_now
from hotline.casework.transitions.proposing import REFUSAL, REVIEW, Decision, decide, pending, propose, waits
from hotline.casework.transitions.sorting import SORTED, sorted_out
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Card, Effect, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import refusals
from hotline.rules.verdicts import Due, Verdict

BECAUSE = Field("because", "理由", "textarea", max_length=1000)


def ground_choices(case: MatterCase) -> list[tuple[str, str]]:
    """The grounds that want somebody's approval, by clause."""
    return [(one.id, one.term) for one in refusals.items(case.book).values() if one.approver]


class ProposeRefusal(MatterCard):
    """提出不予受理: under a ground that wants the shift leader's approval; nothing is refused yet. What was promised stands
    until it is decided."""

    term = "提出不予受理"
    rests_on = "refusal_review"
    by = (Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Matter, (S.REGISTERED, S.AWAITING_FACTS), S.REFUSAL_PROPOSED)
    form = (
        Field("refusal", "不受理项", "choice", choices=ground_choices, hint="由班长批准；其余的项用“不予受理”"),
        Field("reason", "理由", "textarea", max_length=1000, hint="批准以后，诉求人会看到"),
    )
    deadline = UNCHANGED
    ledger = Line("refusal_proposed", ("proposal_id", "refusal", "reason_id", "decide_until"))

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """One thing at a time."""
        return waits(case, cls)

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """Until when it is decided."""
        return [Effect("班长决定", refusals.decide_until(case.book, case.now))]

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The ground itself, and who decides."""
        return (case.form["refusal"], *super().clauses(case))

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Not for lack of facts before the citizen was asked for them."""
        return not_asked(case, refusals.item(case.book, case.form["refusal"]))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The reason stands word for word; the office's own date begins."""
        until, ground = refusals.decide_until(case.book, case.now), case.form["refusal"]
        row = propose(case, REFUSAL, case.form["reason"], until, ground)
        return {"proposal_id": row.id, "refusal": ground, "reason_id": row.reason_id, "decide_until": until.at}


class RefusalDecision(Decision, abstract=True):
    """A card of the shift leader on a refusal that was proposed."""

    rests_on = "refusal_review"
    by = (Role.SHIFT_LEADER,)
    not_by: ClassVar[tuple[type[Card], ...]] = (ProposeRefusal,)


class ApproveRefusal(RefusalDecision):
    """批准不予受理: the matter is refused; the citizen is told the item, the reason, where to go, and until when a review
    may be asked for."""

    term = "批准不予受理"
    moves = moves(Matter, (S.REFUSAL_PROPOSED,), S.DECLINED)
    form = (Field("because", "意见", "textarea", required=False, max_length=1000, hint="诉求人看不到"),)
    ledger = Line("refusal_approved", ("proposal_id", "because_id", "in_time", "refusal", "told_id", "locked",
                                       "review_until"))  # fmt: skip

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The ground itself, and who decides."""
        return (pending(case, REFUSAL).clause, *super().clauses(case))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """As any refusal; and the time for asking for a review begins."""
        row = pending(case, REFUSAL)
        ground, until = refusals.item(case.book, row.clause), refusals.ask_until(case.book, case.now).at
        told = write_text(case, "told", "\n".join((ground.told, case.dossier.body(row.reason_id), ground.channel)))
        facts = decide(case, REFUSAL, granted=True, because=case.form["because"])
        case.update(case.subject, refusal=ground.id, told_id=told, locked=ground.lock_text, promised_at=None,
                    promised_clause=None, promise_basis="", dispatch_until=None, review_until=until)  # fmt: skip
        return {**facts, "refusal": ground.id, "told_id": told, "locked": ground.lock_text, "review_until": until}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called is told."""
        tell_callers(case, "refused")


class RejectRefusal(RefusalDecision):
    """不批准不予受理: the matter is to be looked at again. Where its dates waited for facts, they begin anew."""

    term = "不批准不予受理"
    moves = moves(Matter, (S.REFUSAL_PROPOSED,), S.REGISTERED)
    form = (BECAUSE,)
    ledger = Line("refusal_rejected", ("proposal_id", "because_id", "in_time", "promised_at", "promised_clause",
                                       "dispatch_until"))  # fmt: skip

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """What was promised stands; what was withdrawn is promised anew."""
        facts, matter = decide(case, REFUSAL, granted=False, because=case.form["because"]), case.subject
        kept = {name: getattr(matter, name) for name in ("promised_at", "promised_clause", "dispatch_until")}
        now = kept if matter.promise_basis else begun_anew(case)
        case.update(matter, **now)
        return {**facts, **{name: now[name] for name in kept}}


class AskForReview(WrittenCard):
    """请求复核: the citizen does not agree with a refusal; once, in the time there is for it. On the matter's own page, or
    by phone."""

    term = "请求复核"
    rests_on = "refusal_review"
    by = (Role.CITIZEN, Role.OPERATOR, Role.SHIFT_LEADER)
    not_by = ()
    reach = Reach.OWN
    moves = moves(Matter, (S.DECLINED,), S.UNDER_REVIEW)
    form = (Field("words", "为什么不同意", "textarea", max_length=20000, hint="照诉求人的原话记"),)
    writes = ("words",)
    deadline = UNCHANGED
    ledger = Line("review_asked", ("proposal_id", "words_id", "decide_until"))

    @classmethod
    def pertains(cls, case: MatterCase) -> Verdict | None:
        """There is a refusal that may be reviewed, and it was not reviewed yet."""
        return cls.no(case, "这件事没有可以复核的不予受理。") if case.subject.review_until is None else None

    @classmethod
    def guard(cls, case: MatterCase) -> Verdict | None:
        """In time."""
        until = case.subject.review_until
        return cls.no(case, "请求复核的期限已经过了。") if until is not None and case.now >= until else None

    @classmethod
    def until(cls, case: MatterCase) -> Due | None:
        """The end of that time."""
        rule, at = cls.provision(case.book), case.subject.review_until
        return Due(at, rule.clause, rule.readings) if at is not None else None

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """Until when it is decided."""
        return [Effect("复核决定", refusals.review_until(case.book, case.now))]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The citizen's words, and another date of the office's own."""
        until = refusals.review_until(case.book, case.now)
        row = propose(case, REVIEW, case.form["words"], until, case.subject.refusal or "")
        return {"proposal_id": row.id, "words_id": row.reason_id, "decide_until": until.at}


class ReviewDecision(RefusalDecision, abstract=True):
    """A card on a review, of a shift leader who had no part in the refusal."""

    not_by = (ProposeRefusal, ApproveRefusal)


class UpholdRefusal(ReviewDecision):
    """维持不予受理: the review comes to the same; the citizen is told why, and that is the end of it here."""

    term = "维持不予受理"
    moves = moves(Matter, (S.UNDER_REVIEW,), S.DECLINED)
    form = (Field("because", "理由", "textarea", max_length=1000, hint="诉求人会看到"),)
    ledger = Line("refusal_upheld", ("proposal_id", "because_id", "in_time"))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """No second review."""
        case.update(case.subject, review_until=None)
        return decide(case, REVIEW, granted=False, because=case.form["because"])

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called is told."""
        tell_callers(case, "refusal_upheld")


class AcceptAfterAll(ReviewDecision):
    """复核受理: the review comes to another end: the matter is taken, and every date counts from here."""

    term = "复核受理"
    moves = moves(Matter, (S.UNDER_REVIEW,), S.ACCEPTED)
    form = (Field("because", "理由", "textarea", max_length=1000, hint="诉求人会看到"), *Accept.form)
    ledger = Line("accepted_after_all", ("proposal_id", "because_id", "in_time", "item", "record_id", "urgent",
                                         "dispatch_until", "promised_at", "promised_clause", "category"))  # fmt: skip
    needs = SORTED

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """The item, and who decides."""
        return (case.form["item"], *super().clauses(case), case.book.provision("office_dates").clause)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """A whole record, as at any acceptance."""
        return [*sorted_out(case), *incomplete(case, record_now(case)), *urgency_problems(case)]

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Taken as if it had come now; what the citizen was told stays on file as a text."""
        facts = decide(case, REVIEW, granted=True, because=case.form["because"])
        taken = accepted(case, case.now)
        promised = first_promise(case, case.subject.kind, case.subject.channel)
        case.update(case.subject, refusal=None, told_id=None, locked=False, review_until=None, **promised)
        return {**facts, **taken, "promised_at": promised["promised_at"],
                "promised_clause": promised["promised_clause"]}  # fmt: skip

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """Whoever called is told."""
        tell_callers(case, "accepted_after_all")
