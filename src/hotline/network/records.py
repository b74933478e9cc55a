"""网络记录 (records): units, people and posts as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.network.kept_records import CalendarYear, CatalogueEntry, Category, DangerWord, MessageText, NetworkText
from hotline.procedure.records import Record

__all__ = ["CalendarYear", "CatalogueEntry", "Category", "DangerWord", "MessageText", "NetworkText"]  # kept elsewhere


@dataclass(frozen=True, slots=True)
class Unit(Record):
    """网络单位: `level` 1 the platform, 2 counties, parks, departments, companies, 3 below counties and parks.
    `desk` names a level-1 centre's job (intake, web, supervision, inspection, office); empty elsewhere."""

    TABLE: ClassVar[str] = "network_unit"
    PARENT: ClassVar[str] = "id"

    id: int
    status: str
    code: str
    name: str
    short: str
    level: int
    parent_id: int | None
    sort: str
    desk: str
    phone: str
    place: str
    ended_at: datetime | None = None
    successor_id: int | None = None

    @property
    def level2_id(self) -> int | None:
        """The level-2 unit answerable for this one: itself, or its parent."""
        return {2: self.id, 3: self.parent_id}.get(self.level)


@dataclass(frozen=True, slots=True)
class Person(Record):
    """人员: somebody who signs in. Name and login are staff data, kept out of the ledger."""

    TABLE: ClassVar[str] = "network_person"
    FROM: ClassVar[str] = "network_person t JOIN network_post p ON p.person_id = t.id"
    PARENT: ClassVar[str] = "p.id"

    id: int
    login: str
    name: str
    phone: str
    password: str
    ended_at: datetime | None = None
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class Post(Record):
    """岗位: binds one person to one unit in one role; ended, never deleted."""

    TABLE: ClassVar[str] = "network_post"
    PARENT: ClassVar[str] = "id"

    id: int
    status: str
    person_id: int
    unit_id: int
    role: str
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acting(Record):
    """代理: a person acts in somebody else's post from one instant until another, or until it is ended. What they do
    counts for both."""

    TABLE: ClassVar[str] = "network_acting"
    PARENT: ClassVar[str] = "post_id"

    id: int
    post_id: int
    status: str
    person_id: int
    from_at: datetime
    until_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duty(Record):
    """值班: who answers a unit's telephone from one instant until another. Name and number are staff data, kept out of
    the ledger; who is on duty need not sign in anywhere."""

    TABLE: ClassVar[str] = "network_duty"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    status: str
    name: str
    phone: str
    from_at: datetime
    until_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TrialCall(Record):
    """试拨: one trial call of a unit's duty telephone: which number, what came of it, and a remark. Number and remark are
    staff data, kept out of the ledger (五段1, R-40)."""

    TABLE: ClassVar[str] = "network_trialcall"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    status: str
    at: datetime
    outcome: str
    good: bool
    phone: str
    post_id: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Factor(Record):
    """第二步验证: what a person proves besides the password: a secret shared with a telephone, sealed, and the digests of
    the recovery codes not yet spent. Ended, never deleted."""

    TABLE: ClassVar[str] = "network_factor"
    FROM: ClassVar[str] = "network_factor t JOIN network_post p ON p.person_id = t.person_id"
    PARENT: ClassVar[str] = "p.id"

    id: int
    person_id: int
    status: str
    secret: bytes
    codes: bytes
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeChoice(Record):
    """通知方式: which groups of their notices a person also gets by SMS and by mail, where to, encrypted under a key of
    its own, and at what hours. Chosen anew it ends, and its key is destroyed."""

    TABLE: ClassVar[str] = "network_noticechoice"
    FROM: ClassVar[str] = "network_noticechoice t JOIN network_post p ON p.person_id = t.person_id"
    PARENT: ClassVar[str] = "p.id"

    id: int
    person_id: int
    phone_sealed: bytes | None
    mail_sealed: bytes | None
    sms: str
    mail: str
    hours: str
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeKey(Record):
    """通知方式的密钥: under which it is encrypted where a person's notices go; wrapped by the master key."""

    TABLE: ClassVar[str] = "procedure_personkey"
    FROM: ClassVar[str] = ("procedure_personkey t JOIN network_noticechoice c ON c.id = t.id"
                           " JOIN network_post p ON p.person_id = c.person_id")  # fmt: skip
    PARENT: ClassVar[str] = "p.id"

    id: int
    wrapped: bytes
    master_id: str


@dataclass(frozen=True, slots=True)
class ShiftNote(Record):
    """交接班记录: what a shift leader who leaves writes for the next, who confirms having read it. Its words are staff data
    of the unit, kept out of the ledger."""

    TABLE: ClassVar[str] = "network_shiftnote"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    status: str
    at: datetime
    person_id: int
    body: str
    ended_at: datetime | None = None
    reader_id: int | None = None
