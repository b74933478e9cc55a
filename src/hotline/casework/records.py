"""办件记录 (records): one class per table. Every row carries the matter's number; free text lies in `Text`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Matter(Record):
    """诉求事项: one matter of one kind, pinned to the rulebook it was registered under.
    `entered_late` marks an old file lived under a rulebook that did not exist yet."""

    TABLE: ClassVar[str] = "casework_matter"
    PARENT: ClassVar[str] = "id"

    id: int
    status: str
    number: str
    rulebook: str
    channel: str
    kind: str
    secrecy: bool
    publish_wish: str
    registered_at: datetime
    gist_id: int
    words_id: int
    code_index: bytes
    item: str | None = None
    category: str = ""
    urgent: bool = False
    major: bool = False
    urgent_reason_id: int | None = None
    accepted_at: datetime | None = None
    dispatch_until: datetime | None = None
    promised_at: datetime | None = None
    promised_clause: str | None = None
    refusal: str | None = None
    told_id: int | None = None
    submitted_at: datetime | None = None
    instructed_at: datetime | None = None
    drawn: bool | None = None
    drawn_because: str | None = None
    satisfied: bool | None = None
    rating_until: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    archived_at: datetime | None = None
    entered_late: bool = False
    locked: bool = False
    office_noted_at: datetime | None = None
    next_decision_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact(Record):
    """一次来电/来信: who reached the hotline about this matter, by which channel, with the record of six elements.
    One call about several matters gives one row per matter with the same `call_id` (R-25)."""

    TABLE: ClassVar[str] = "casework_contact"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    call_id: int
    citizen_id: int | None
    channel: str
    at: datetime
    record_id: int
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Citizen(Record):
    """诉求人: name and phone encrypted under a key of the citizen's own; found only by the blind index."""

    TABLE: ClassVar[str] = "casework_citizen"
    FROM: ClassVar[str] = "casework_citizen t JOIN casework_contact c ON c.citizen_id = t.id"
    PARENT: ClassVar[str] = "c.matter_id"

    id: int
    name_sealed: bytes | None
    phone_sealed: bytes | None
    phone_index: bytes | None
    known_since: datetime


@dataclass(frozen=True, slots=True)
class PersonKey(Record):
    """个人密钥: the citizen's key, wrapped by the master key outside the database."""

    TABLE: ClassVar[str] = "procedure_personkey"
    FROM: ClassVar[str] = "procedure_personkey t JOIN casework_contact c ON c.citizen_id = t.id"
    PARENT: ClassVar[str] = "c.matter_id"

    id: int
    wrapped: bytes
    master_id: str


@dataclass(frozen=True, slots=True)
class Text(Record):
    """文字: one free text of a matter, with the salt of its hash. `field` says what it is."""

    TABLE: ClassVar[str] = "casework_text"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    field: str
    body: str
    salt: bytes | None


@dataclass(frozen=True, slots=True)
class Order(Record):
    """工单: what one responsible unit has to do. Dispatched, received and signed are kept apart (R-02)."""

    TABLE: ClassVar[str] = "casework_order"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    status: str
    unit_id: int
    level2_unit_id: int
    lead: bool
    round: int
    dispatched_at: datetime
    received_at: datetime
    sign_until: datetime
    return_until: datetime
    due_at: datetime | None = None
    due_clause: str | None = None
    due_readings: str = ""
    due_provisional: bool = False
    contact_until: datetime | None = None
    signed_at: datetime | None = None
    deemed_at: datetime | None = None
    contacted_at: datetime | None = None
    filed_at: datetime | None = None
    on_time: bool | None = None
    review_until: datetime | None = None
    approved_at: datetime | None = None
    reminded_round: int | None = None
    escalated_at: datetime | None = None
    office_noted_at: datetime | None = None
    next_decision_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark(Record):
    """牌: a yellow or red card on an order; one per order, unit, cause and round. Lifted with a reason, never gone."""

    TABLE: ClassVar[str] = "casework_mark"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    order_id: int
    unit_id: int
    colour: str
    cause: str
    round: int
    given_at: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt(Record):
    """联系: one contact or try with the citizen, or a waiver with its reason (R-18)."""

    TABLE: ClassVar[str] = "casework_attempt"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    order_id: int
    at: datetime
    outcome: str
    means: str
    note_id: int


@dataclass(frozen=True, slots=True)
class Letter(Record):
    """反馈件: three texts apart (reply to the platform, answer to the citizen, text fit to publish), and every
    element of 五（三）–（五）. Names and phones of staff are in `signature_id`'s text, never in the ledger."""

    TABLE: ClassVar[str] = "casework_letter"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    order_id: int
    round: int
    drafted_at: datetime
    reply_id: int
    answer_id: int
    publishable_id: int
    signature_id: int
    notes_id: int
    responds: bool
    contact_means: str
    contact_summary_id: int
    satisfaction: str
    truthful: str
    solved: bool | None
    publish_opinion: str
    answered_at: datetime | None = None
    answered_means: str | None = None
    signed_off_at: datetime | None = None
    signed_off_role: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revisit(Record):
    """回访: the citizen's verdict, by rating or by phone (R-12)."""

    TABLE: ClassVar[str] = "casework_revisit"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    at: datetime
    means: str
    reached: bool
    solved: bool | None
    attitude: int | None
    speed: int | None
    result: int | None
    opinion_id: int | None
