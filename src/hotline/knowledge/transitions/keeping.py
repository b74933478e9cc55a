"""重新确认与撤下 (keeping): an entry in force is said to hold still, or is taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.knowledge.dossier import CONFIRMERS
from hotline.knowledge.records import Entry
from hotline.knowledge.statuses import EntryStatus
from hotline.knowledge.transitions.base import (
    EntryCard,
    EntryCase,
    day_problems,
    good_until,
    last_day,
    last_day_field,
    write_wording,
)
from hotline.network.roles import OFFICE, UNIT
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules.verdicts import Verdict


class ReconfirmEntry(EntryCard):
    """重新确认: whoever proposed it says that not a word is another; it is good until another day."""

    term = "重新确认"
    by = (*UNIT, *OFFICE)
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Entry, (EntryStatus.OPEN,))
    form = (last_day_field("不写就是最长的期限；改一个字都要修订"),)
    deadline = UNCHANGED
    ledger = Line("entry_reconfirmed", ("version", "valid_until"))

    @classmethod
    def pertains(cls, case: EntryCase) -> Verdict | None:
        """Of what was never confirmed there is nothing to say again."""
        return None if case.subject.version else cls.no(case, "这一条还没有确认过。")

    @classmethod
    def guard(cls, case: EntryCase) -> Verdict | None:
        """What is over is over: it comes back as a new version, which the office confirms."""
        entry = case.subject
        over = entry.expired_at is not None or (entry.valid_until is not None and entry.valid_until <= case.now)
        return cls.no(case, "已经失效的要修订，再由热线办确认。") if over else None

    @classmethod
    def accepts(cls, case: EntryCase) -> Sequence[Problem]:
        """Good until a day that may be."""
        return day_problems(case, last_day(case))

    @classmethod
    def change(cls, case: EntryCase) -> Mapping[str, Any]:
        """Until when."""
        until = good_until(case, last_day(case))
        case.update(case.subject, confirmed_at=case.now, valid_until=until, asked_at=None)
        return {"version": case.subject.version, "valid_until": until}


class WithdrawEntry(EntryCard):
    """撤下词条: nobody may answer it any more, from now on; it stays readable where it was used."""

    term = "撤下词条"
    by = (*UNIT, *OFFICE)
    not_by = ()
    reach = Reach.OVER
    moves = moves(Entry, (EntryStatus.OPEN,), EntryStatus.WITHDRAWN)
    form = (Field("reason", "撤下的原因", "textarea", max_length=500),)
    deadline = UNCHANGED
    ledger = Line("entry_withdrawn", ("version",))

    @classmethod
    def change(cls, case: EntryCase) -> Mapping[str, Any]:
        """When, and why."""
        case.update(case.subject, ended_at=case.now)
        newest = case.dossier.versions[-1].number
        write_wording(case, newest, "withdrawn", case.form["reason"])
        return {"version": case.subject.version}

    @classmethod
    def notices(cls, case: EntryCase) -> None:
        """The unit is told what the office took away."""
        if case.actor.role in CONFIRMERS and case.actor.unit_id != case.subject.unit_id:
            case.tell("entry_withdrawn", "unit", case.subject.unit_id, entry_id=case.subject.id)
