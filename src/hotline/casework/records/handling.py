"""承办的记录 (records of handling): orders, cards on them, contacts, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Order(Record):
    """工单: what one responsible unit has to do. Dispatched, received and signed are kept apart (R-02).

    `round` counts the due dates it has had, `due_basis` says what made the one in force (`rules.dating`). `settled`:
    its timeliness, where an earlier filing decided it for good. `previous_id`: the order this one was dispatched in
    place of; `parent_id`: the level-2 order it was handed down from, `inner_at` by when level 2 wants it: its own
    date, unless level 2 set an earlier instant (R-16); neither lead nor handed down: assisting. What awaits somebody
    bears the instant since when: `return_asked_at`, `extension_asked_at` its own deputy, `return_filed_at`,
    `extension_filed_at`, `relay_asked_at` the office."""

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
    urgent: bool = False
    designated: bool = False
    previous_id: int | None = None
    ended_at: datetime | None = None
    settled: bool | None = None
    send_backs: int = 0
    sent_back_at: datetime | None = None
    return_asked_at: datetime | None = None
    return_filed_at: datetime | None = None
    return_decide_until: datetime | None = None
    return_decided_at: datetime | None = None
    extension_asked_at: datetime | None = None
    extension_filed_at: datetime | None = None
    extended_by: int = 0
    supervise_until: datetime | None = None
    supervision_noted_at: datetime | None = None
    explained_review_at: datetime | None = None
    reminded_round: int | None = None
    escalated_at: datetime | None = None
    office_noted_at: datetime | None = None
    parent_id: int | None = None
    relay_asked_at: datetime | None = None
    relay_for: str = ""
    withhold_asked_at: datetime | None = None
    due_basis: str = ""
    inner_at: datetime | None = None
    inner_noted_at: datetime | None = None
    handed_back_at: datetime | None = None
    next_decision_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark(Record):
    """牌: a yellow or red card on an order; one per order, unit, cause and round. Lifted with a reason, never gone."""

    TABLE: ClassVar[str] = "casework_mark"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 16

    id: int
    matter_id: int
    order_id: int
    unit_id: int
    colour: str
    cause: str
    round: int
    given_at: datetime
    lifted_at: datetime | None = None
    lift_reason_id: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt(Record):
    """联系: one contact or try with the citizen, or a waiver with its reason (R-18). The unit's are about its order; the
    office's, when it asks for facts, about none."""

    TABLE: ClassVar[str] = "casework_attempt"
    PARENT: ClassVar[str] = "matter_id"

    id: int
    matter_id: int
    order_id: int | None
    at: datetime
    outcome: str
    means: str
    note_id: int


@dataclass(frozen=True, slots=True)
class Letter(Record):
    """反馈件: three texts apart (reply to the platform, answer to the citizen, text fit to publish), and every
    element of 五（三）–（五）. Names and phones of staff are in the text of `notes_id`, never in the ledger;
    a letter of before ADR 0032 has texts of their own for them and for what was said with the citizen
    (`letter_texts.py` knows)."""

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
    signature_id: int | None
    notes_id: int
    responds: bool
    contact_means: str
    contact_summary_id: int | None
    satisfaction: str
    truthful: str
    solved: bool | None
    publish_opinion: str
    answered_at: datetime | None = None
    answered_means: str | None = None
    signed_off_at: datetime | None = None
    signed_off_role: str | None = None
    approved_at: datetime | None = None
    understanding: str = ""
    review_on: date | None = None
