"""到时 (ticking): what the clock does on entries: it asks in time whether one still holds, and ends what nobody said so
of (R-38)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.knowledge.records import Entry
from hotline.knowledge.statuses import EntryStatus
from hotline.knowledge.transitions.base import EntryCard, EntryCase
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.dossier import Decision
from hotline.rules.verdicts import Verdict


class EntryClockCard(EntryCard, abstract=True):
    """A card that is open only while the facts call for it; twice is harmless."""

    by = (Role.CLOCK,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Entry, (EntryStatus.OPEN,))
    form = ()
    deadline = UNCHANGED
    disturbs = False

    @classmethod
    def decided(cls, case: EntryCase) -> Decision | None:
        """The decision that calls for it, if its instant has come."""
        due = (one for one in case.dossier.decisions(case.book) if one.card == cls.name() and one.at <= case.now)
        return next(due, None)

    @classmethod
    def guard(cls, case: EntryCase) -> Verdict | None:
        """Nothing but the facts opens it."""
        return None if cls.decided(case) else cls.no(case, "还没有到时候，或者已经做过。")

    @classmethod
    def fell_at(cls, case: EntryCase) -> Any:
        """The instant at which it fell due, however late it is done."""
        found = cls.decided(case)
        return found.at if found else case.now


class AskReconfirmation(EntryClockCard):
    """请重新确认: the end is near; whoever proposed it is asked whether it still holds."""

    term = "请重新确认"
    ledger = Line("reconfirmation_asked", ("version", "fell_at"))

    @classmethod
    def change(cls, case: EntryCase) -> Mapping[str, Any]:
        """When it was asked."""
        fell_at = cls.fell_at(case)
        case.update(case.subject, asked_at=case.now)
        return {"version": case.subject.version, "fell_at": fell_at}

    @classmethod
    def notices(cls, case: EntryCase) -> None:
        """The unit is told."""
        case.tell("entry_to_reconfirm", "unit", case.subject.unit_id, entry_id=case.subject.id)


class ExpireEntry(EntryClockCard):
    """词条失效: nobody said in time that it still holds; it is not found any more."""

    term = "词条失效"
    ledger = Line("entry_expired", ("version", "fell_at"))
    disturbs = True

    @classmethod
    def change(cls, case: EntryCase) -> Mapping[str, Any]:
        """When."""
        fell_at = cls.fell_at(case)
        case.update(case.subject, expired_at=fell_at)
        return {"version": case.subject.version, "fell_at": fell_at}

    @classmethod
    def notices(cls, case: EntryCase) -> None:
        """The unit is told."""
        case.tell("entry_expired", "unit", case.subject.unit_id, entry_id=case.subject.id)
