"""受理的记录 (records of intake): the matter, who brought it, its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Matter(Record):
    """诉求事项: one matter of one kind, pinned to the rulebook it was registered under.
    `promise_basis` says what made the date promised (`rules.dating`). `entered_late` marks an old file lived under a
    rulebook that did not exist yet. `against`: what the rulebook calls the target of the complaint (R-21), with the
    unit and the person that neither see nor handle it, and the unit that takes care of it instead. What awaits bears
    the instant since when: `before_leader_at` a leader's instruction, `carry_out_at` its carrying out by other units
    than those that hold it, `report_owed_at` the report to the leader. `reopened_at`: since when it is at the desk
    anew. `deciding`: what was proposed and waits for the office, until `decide_until`; `review_until`: until when a
    review may be asked for. `to_publish_at`: since when a text waits to be published.
    `retention`: for how long the archived file keeps who brought it, `retain_until`; `dispose_…`: their destruction was
    proposed, agreed to by one, by two. `area`: the code of the county or township that it is about. `alarm_at`: since
    when words of danger to life stand in it (R-41), `alarm_next_at`: when the shift leader is told again, untaken."""

    TABLE: ClassVar[str] = "casework_matter"
    PARENT: ClassVar[str] = "id"
    ONCE: ClassVar[tuple[str, ...]] = ("number",)

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
    supplied_at: datetime | None = None
    first_words_id: int | None = None
    reopened_at: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    archived_at: datetime | None = None
    entered_late: bool = False
    locked: bool = False
    redos: int = 0
    times_returned: int = 0
    designate_until: datetime | None = None
    designation_noted_at: datetime | None = None
    leader_reminded_at: datetime | None = None
    office_noted_at: datetime | None = None
    promise_basis: str = ""
    against: str = ""
    against_unit_id: int | None = None
    against_person_id: int | None = None
    goes_to_unit_id: int | None = None
    before_leader_at: datetime | None = None
    carry_out_at: datetime | None = None
    report_owed_at: datetime | None = None
    source: str = ""
    source_due_at: datetime | None = None
    feedback_owed_at: datetime | None = None
    urgent_sort: str = ""
    urgent_report_until: datetime | None = None
    urgent_reported_at: datetime | None = None
    urgent_noted_at: datetime | None = None
    deciding: str = ""
    decide_until: datetime | None = None
    decide_noted_at: datetime | None = None
    review_until: datetime | None = None
    to_publish_at: datetime | None = None
    retention: str = ""
    retain_until: datetime | None = None
    dispose_asked_at: datetime | None = None
    dispose_agreed_at: datetime | None = None
    dispose_at: datetime | None = None
    next_decision_at: datetime | None = None
    area: str = ""
    alarm_at: datetime | None = None
    alarm_next_at: datetime | None = None


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
    first_record_id: int | None = None
    words_id: int | None = None
    answered_at: datetime | None = None
    forgotten_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Citizen(Record):
    """诉求人: name and phone encrypted under a key of the citizen's own; found only by the blind index. `sort`: a person,
    an enterprise with whom to speak there and its credit code, or somebody who left a number and no name."""

    TABLE: ClassVar[str] = "casework_citizen"
    FROM: ClassVar[str] = "casework_citizen t JOIN casework_contact c ON c.citizen_id = t.id"
    PARENT: ClassVar[str] = "c.matter_id"

    id: int
    name_sealed: bytes | None
    phone_sealed: bytes | None
    phone_index: bytes | None
    known_since: datetime
    sort: str = "person"
    contact_sealed: bytes | None = None
    credit_code_sealed: bytes | None = None


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
    """文字: one free text of a matter, with the salt of its hash. `field` says what it is, by a word of `fields.FIELDS`.
    Whoever names a text names its matter; no index keeps two from having one number (ADR 0032)."""

    TABLE: ClassVar[str] = "casework_text"
    PARENT: ClassVar[str] = "matter_id"
    TYPES: ClassVar[Mapping[str, str]] = {"field": "casework_field"}

    id: int
    matter_id: int
    field: str
    body: str
    salt: bytes | None
