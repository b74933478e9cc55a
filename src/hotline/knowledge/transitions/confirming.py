"""确认与退回 (confirming): the office says whether what was proposed may be answered; never whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.knowledge.dossier import CONFIRMERS
from hotline.knowledge.records import Version
from hotline.knowledge.statuses import EntryStatus, VersionStatus
from hotline.knowledge.transitions.base import (
    EntryCard,
    VersionCase,
    day_problems,
    good_until,
    write_wording,
)
from hotline.knowledge.transitions.proposing import ProposeEntry, ReviseEntry
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules.verdicts import Verdict


class DecisionCard(EntryCard, abstract=True):
    """What the office decides on a version that waits."""

    by = CONFIRMERS
    not_by = (ProposeEntry, ReviseEntry)
    reach = Reach.CITY
    deadline = UNCHANGED

    @classmethod
    def guard(cls, case: VersionCase) -> Verdict | None:
        """Of what was withdrawn nothing is decided any more."""
        withdrawn = case.dossier.entry.status != EntryStatus.OPEN
        return cls.no(case, "词条已经撤下，不用再定。") if withdrawn else None


class ConfirmEntry(DecisionCard):
    """确认词条: this version is in force from now on, until its day."""

    term = "确认词条"
    moves = moves(Version, (VersionStatus.PROPOSED,), VersionStatus.CONFIRMED)
    form = ()
    ledger = Line("entry_confirmed", ("version", "valid_until", "public"))

    @classmethod
    def accepts(cls, case: VersionCase) -> Sequence[Problem]:
        """The day that was asked for is not over."""
        return [Problem("", p.because, p.clause) for p in day_problems(case, case.subject.last_day)]

    @classmethod
    def change(cls, case: VersionCase) -> Mapping[str, Any]:
        """The entry is as this version says."""
        version, until = case.subject, good_until(case, case.subject.last_day)
        case.update(version, decided_at=case.now)
        case.update(case.dossier.entry, version=version.number, sort=version.sort, category=version.category,
                    public=version.public, confirmed_at=case.now, valid_until=until, asked_at=None,
                    expired_at=None)  # fmt: skip
        return {"version": version.number, "valid_until": until, "public": version.public}


class SendEntryBack(DecisionCard):
    """退回词条: it may not be answered like this; why is written down, and what was in force before stays so."""

    term = "退回词条"
    moves = moves(Version, (VersionStatus.PROPOSED,), VersionStatus.SENT_BACK)
    form = (Field("reason", "退回的原因", "textarea", max_length=500),)
    ledger = Line("entry_sent_back", ("version",))

    @classmethod
    def change(cls, case: VersionCase) -> Mapping[str, Any]:
        """When, and why."""
        case.update(case.subject, decided_at=case.now)
        write_wording(case, case.subject.number, "sent_back", case.form["reason"])
        return {"version": case.subject.number}

    @classmethod
    def notices(cls, case: VersionCase) -> None:
        """Whoever proposed it is told."""
        case.tell("entry_sent_back", "unit", case.dossier.entry.unit_id, entry_id=case.dossier.chain.id)
