"""旁门的记录 (records of the doors): returns, extensions, designations, supervision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class ReturnRequest(Record):
    """退回申请: an order asked to be taken back (五（六）). `outcome`: empty while it is open, then granted, refused,
    disagreed (by the unit's own deputy), late (recorded only, R-04), proposed (put to designation, R-20), withdrawn,
    void (its order went another way). One that its own leader did not agree to inside the door keeps none."""

    TABLE: ClassVar[str] = "casework_returnrequest"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 0

    id: int
    matter_id: int
    order_id: int
    asked_at: datetime
    reason_id: int
    basis_id: int
    agreed_at: datetime | None = None
    outcome: str = ""
    decided_at: datetime | None = None
    because_id: int | None = None


@dataclass(frozen=True, slots=True)
class Extension(Record):
    """延期: asked in writing, agreed by the unit's leader and so filed with the office (五（二）段1, R-07). `outcome`:
    empty while it is open, then filed, silent (filed by the office's silence), refused, disagreed, lapsed (its own
    leader had not agreed when the door closed), void, moot (the order was done before it mattered).
    `old_due_at` is the date it extends, before which the citizen must be told."""

    TABLE: ClassVar[str] = "casework_extension"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 1

    id: int
    matter_id: int
    order_id: int
    working_days: int
    asked_at: datetime
    reason_id: int
    old_due_at: datetime
    old_due_clause: str
    old_due_readings: str
    old_due_provisional: bool
    agreed_at: datetime | None = None
    outcome: str = ""
    decided_at: datetime | None = None
    because_id: int | None = None
    new_due_at: datetime | None = None
    explained_at: datetime | None = None
    explained_means: str = ""
    explanation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Designation(Record):
    """指定: the office's proposal and the government's decision on who handles a disputed matter (四（二）3, R-20). One
    decided without a unit was withdrawn by the office, for a reason."""

    TABLE: ClassVar[str] = "casework_designation"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 2

    id: int
    matter_id: int
    order_id: int | None
    proposed_at: datetime
    opinion_id: int
    unit_id: int
    decided_at: datetime | None = None
    designated_unit_id: int | None = None
    document_id: int | None = None
    because_id: int | None = None

    @property
    def withdrawn(self) -> bool:
        """撤回了: the office took its proposal back."""
        return self.decided_at is not None and self.designated_unit_id is None


@dataclass(frozen=True, slots=True)
class Supervision(Record):
    """督办: a notice to a unit with a date of its own, to be answered (四（五）段1); by the office, or by level 2 on
    what it handed down."""

    TABLE: ClassVar[str] = "casework_supervision"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 3

    id: int
    matter_id: int
    order_id: int
    by_unit_id: int
    scope: str
    given_at: datetime
    demand_id: int
    answer_until: datetime
    answered_at: datetime | None = None
    answer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal(Record):
    """提请: what one person asked and another decides: that the matter is refused (`clause`: on what ground), that a
    refusal is reviewed, that the matter is withdrawn, that it ends (`clause`: which channel has it), or
    that its caller is marked (`clause`: for what, `until`: until when)."""

    TABLE: ClassVar[str] = "casework_proposal"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 11

    id: int
    matter_id: int
    what: str
    asked_at: datetime
    reason_id: int
    clause: str = ""
    decided_at: datetime | None = None
    granted: bool | None = None
    because_id: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AbuseMark(Record):
    """骚扰标记: a caller is marked for a time, by the blind index of the phone alone (R-33)."""

    TABLE: ClassVar[str] = "casework_abusemark"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 12

    id: int
    matter_id: int
    phone_index: bytes
    sort: str
    given_at: datetime
    until: datetime
    lifted_at: datetime | None = None
    lift_reason_id: int | None = None
