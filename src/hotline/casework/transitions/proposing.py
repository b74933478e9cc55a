"""提请 (proposing): what one person asks and another decides, by a date of the office's own; the clock notes when it is
late. Silence decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hotline.casework.falling_due import DECIDING
from hotline.casework.records import Matter, Proposal
from hotline.casework.transitions.base import MatterCard, MatterCase, write_text
from hotline.casework.transitions.ticking import ClockCard, when_due
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Effect, Line, moves
from hotline.rules.verdicts import Due, Verdict

REFUSAL, REVIEW, WITHDRAWAL, ENDING, ABUSE = "refusal", "review", "withdrawal", "ending", "abuse"
RESTS_ON = {REFUSAL: "refusal_review", REVIEW: "refusal_review", WITHDRAWAL: "withdrawal", ENDING: "ending",
            ABUSE: "abuse"}  # fmt: skip


def pending(case: MatterCase, what: str) -> Proposal:
    """What waits for a decision. Raises LookupError where nothing does."""
    found = case.dossier.proposed(what)
    if found is None:
        raise LookupError(f"no {what} was proposed")
    return found


def waits(case: MatterCase, card: type[MatterCard]) -> Verdict | None:
    """A no where something proposed waits for its decision already: one thing at a time."""
    return card.no(case, "还有提请等着决定，决定以后再提。") if case.subject.deciding else None


def propose(case: MatterCase, what: str, reason: str, until: Due, clause: str = "", ends: datetime | None = None
            ) -> Proposal:  # fmt: skip
    """A new proposal, to be decided by a date of the office's own."""
    reason_id = write_text(case, f"{what}_reason", reason)
    row = Proposal(case.tools.ids.next(), case.subject.id, what, case.now, reason_id, clause, until=ends)
    case.insert(row)
    case.update(case.subject, deciding=what, decide_until=until.at, decide_noted_at=None)
    return row


def decide(case: MatterCase, what: str, *, granted: bool, because: str) -> dict[str, Any]:
    """A proposal is decided; the facts that every such line bears."""
    row, until = pending(case, what), case.subject.decide_until
    because_id = write_text(case, f"{what}_because", because) if because else None
    case.update(row, decided_at=case.now, granted=granted, because_id=because_id)
    case.update(case.subject, deciding="", decide_until=None)
    return {"proposal_id": row.id, "because_id": because_id, "in_time": until is None or case.now < until}


class Decision(MatterCard, abstract=True):
    """A card on something that was proposed."""

    reach = Reach.CITY
    deadline = UNCHANGED

    @classmethod
    def effects(cls, case: MatterCase) -> Sequence[Effect]:
        """The end of the office's own time."""
        at, rule = case.subject.decide_until, cls.provision(case.book)
        return () if at is None else (Effect("决定期限", Due(at, rule.clause, rule.readings)),)


class NoteDecisionLate(ClockCard):
    """记提请决定超时: what was proposed was not decided in the office's own time; it waits on (R-26, R-28, R-29, R-33)."""

    term = "记提请决定超时"
    rests_on = "refusal_review"
    moves = moves(Matter, DECIDING)
    form = ()
    ledger = Line("decision_late", ("fell_at", "what"))

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """That of what was proposed."""
        rule = case.book.provision(RESTS_ON.get(case.subject.deciding, cls.rests_on))
        return (rule.clause, *rule.readings)

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """Once for each proposal."""
        fell_at = when_due(case)
        case.update(case.subject, decide_noted_at=case.now)
        return {"fell_at": fell_at, "what": case.subject.deciding}

    @classmethod
    def notices(cls, case: MatterCase) -> None:
        """The office's own telephone is told."""
        case.tell("decision_late", "matter", case.subject.id, matter_id=case.subject.id)
