"""知识库记录 (records): entries, their versions and their words as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Entry(Record):
    """词条: what may be answered to a question, until a day. `version`: which of its versions is in force, 0: none has
    been confirmed yet; what is kept of that one is what searches ask for. `asked_at`: the unit was asked whether it
    still holds. `expired_at`: nobody said so in time."""

    TABLE: ClassVar[str] = "knowledge_entry"
    PARENT: ClassVar[str] = "id"

    id: int
    status: str
    number: str
    unit_id: int
    sort: str
    category: str
    public: bool
    version: int = 0
    confirmed_at: datetime | None = None
    valid_until: datetime | None = None
    asked_at: datetime | None = None
    expired_at: datetime | None = None
    ended_at: datetime | None = None
    next_decision_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Version(Record):
    """词条的一版: numbered from 1; written once, then confirmed or sent back. `last_day`: until when it is meant to be
    good; None: as long as may be. `from_matter`: the number of the matter whose answer it was taken from."""

    TABLE: ClassVar[str] = "knowledge_version"
    PARENT: ClassVar[str] = "entry_id"

    id: int
    entry_id: int
    status: str
    number: int
    sort: str
    category: str
    public: bool
    last_day: date | None
    from_matter: str
    person_id: int | None
    proposed_at: datetime
    decide_until: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wording(Record):
    """词条的文字: a text of one version (`title`, `body`, `source`, `document`, or why it was sent back or withdrawn),
    vouched for by the hash in the line."""

    TABLE: ClassVar[str] = "knowledge_wording"
    PARENT: ClassVar[str] = "entry_id"

    id: int
    entry_id: int
    version: int
    field: str
    body: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Citation(Record):
    """引用: an answer of a matter cites an entry, in the version that was in force then."""

    TABLE: ClassVar[str] = "knowledge_citation"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 17

    id: int
    matter_id: int
    entry_id: int
    number: str
    version: int
    cited_at: datetime
