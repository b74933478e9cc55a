"""承接 (inheriting): the unit of an entry has ended; whoever carries on what it did answers for the entry, too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.knowledge.records import Entry
from hotline.knowledge.statuses import EntryStatus
from hotline.knowledge.transitions.base import EntryCard, EntryCase
from hotline.network.roles import Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.rules.verdicts import Verdict


class InheritEntry(EntryCard):
    """承接词条: the successor of a unit that has ended has its entries, in force or not, dates unchanged."""

    term = "承接词条"
    by = (Role.SYSTEM,)
    not_by = ()
    reach = Reach.CITY
    moves = moves(Entry, (EntryStatus.OPEN,))
    form = ()
    deadline = UNCHANGED
    ledger = Line("entry_inherited", ("from_unit_id", "to_unit_id"))
    disturbs = False
    needs = ("heir",)

    @classmethod
    def guard(cls, case: EntryCase) -> Verdict | None:
        """Somebody else carries on."""
        heir = case.tools.extra.get("heir")
        same = heir is None or heir.unit.id == case.subject.unit_id
        return cls.no(case, "提出的单位还在，或者没有承接它的单位。") if same else None

    @classmethod
    def change(cls, case: EntryCase) -> Mapping[str, Any]:
        """Whose it is now."""
        before, heir = case.subject.unit_id, case.tools.extra["heir"].unit.id
        case.update(case.subject, unit_id=heir)
        return {"from_unit_id": before, "to_unit_id": heir}
