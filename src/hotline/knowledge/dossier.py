"""词条卷宗 (dossiers): one per entry, with all its versions, their words, and what the clock has yet to do on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from hotline.knowledge.records import Entry, Version, Wording
from hotline.knowledge.statuses import ENTRY_TERMS, VERSION_TERMS, EntryStatus, VersionStatus
from hotline.network.roles import Role
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.dossier import Decision, Dossier
from hotline.procedure.ledger import TEXT_TABLES
from hotline.procedure.records import Record
from hotline.procedure.world import dossier_of
from hotline.rules import knowledge
from hotline.rules.book import Rulebook

CONFIRMERS = (Role.REVIEWER, Role.SHIFT_LEADER)
TEXT_TABLES["entry"] = Wording.TABLE


@dossier_of("entry")
class EntryDossier(Dossier):
    """词条卷宗: an entry and its chain."""

    RECORDS = (Entry, Version, Wording)
    ROOT = Entry

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return cast("Entry", self.root)

    @property
    def versions(self) -> list[Version]:
        """Every version, the first one first."""
        return sorted(self.all(Version), key=lambda version: version.number)

    @property
    def waiting(self) -> Version | None:
        """The version that is neither confirmed nor sent back yet."""
        return next((one for one in self.all(Version) if one.status == VersionStatus.PROPOSED), None)

    def said(self, version: int, field: str) -> str:
        """A text of a version; empty where it has none."""
        return next((one.body for one in self.all(Wording) if (one.version, one.field) == (version, field)), "")

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """CITY: the office. HOLDS: the unit that proposed it. OVER: both."""
        if actor.role in (Role.SYSTEM, Role.CLOCK):
            return True
        confirms, holds = actor.role in CONFIRMERS, actor.unit_id == self.entry.unit_id
        return {Reach.CITY: confirms, Reach.HOLDS: holds, Reach.OVER: confirms or holds}.get(reach, False)

    def counted_with(self, subject: Record) -> tuple[int, ...]:
        """Proposing and revising are noted on the entry: who wrote any version of it confirms none."""
        return subject.id, self.chain.id

    def subjects(self) -> list[Record]:
        """The entry, and the version that waits."""
        return [self.entry, *([self.waiting] if self.waiting else [])]

    def said_of(self, subject: Record) -> str:
        """词条现在“已撤下”; 这一版现在“已确认”."""
        if isinstance(subject, Version):
            return f"这一版现在“{VERSION_TERMS[VersionStatus(subject.status)]}”"
        return f"词条现在“{ENTRY_TERMS[EntryStatus(self.entry.status)]}”"

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """The unit that proposed it."""
        entry = self.find(Entry, self.chain.id)
        return {"unit_id": entry.unit_id} if entry else {}

    def decisions(self, book: Rulebook) -> Sequence[Decision]:
        """Of what is in force: the unit is asked in time, unless that would have been before it was confirmed; and at
        its end it is good no longer."""
        entry = self.entry
        if entry.status != EntryStatus.OPEN or entry.valid_until is None or entry.expired_at is not None:
            return ()
        ask = knowledge.ask_at(book, entry.valid_until)
        asks = entry.asked_at is None and entry.confirmed_at is not None and entry.confirmed_at < ask
        asked = [Decision(ask, "ask_reconfirmation", entry)] if asks else []
        return [*asked, Decision(entry.valid_until, "expire_entry", entry)]

    def next_decisions(self, book: Rulebook) -> Iterable[tuple[Record, dict[str, Any]]]:
        """The instant at which the clock must look again."""
        entry = self.entry
        first = next((one.at for one in self.decisions(book)), None)
        if first != entry.next_decision_at:
            yield entry, {"next_decision_at": first}
