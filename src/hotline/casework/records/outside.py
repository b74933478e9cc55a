"""对外的记录 (records of what goes outside the network): the city's leaders, emergency services, the government's duty
room, and where a matter came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Submission(Record):
    """呈件: a matter put before one city leader with the office's proposed opinion (四（二）4). `outcome`: empty while it
    waits, then instructed, given_back, withdrawn. `words_id`: the instruction, or why it came back. Units stand by
    their numbers, the lead first, apart by spaces. `wanted_on`: the day by which the leader wants the result."""

    TABLE: ClassVar[str] = "casework_submission"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 4

    id: int
    matter_id: int
    post_id: int
    ground: str
    submitted_at: datetime
    opinion_id: int
    proposed_units: str = ""
    outcome: str = ""
    decided_at: datetime | None = None
    words_id: int | None = None
    instructed_units: str = ""
    wanted_on: date | None = None
    reported_at: datetime | None = None
    report_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source(Record):
    """来源: where a matter came from that is not the citizen's own call or letter, with the number and the day that the
    source gave it (二段2); what it was told in the end."""

    TABLE: ClassVar[str] = "casework_source"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 6

    id: int
    matter_id: int
    sort: str
    recorded_at: datetime
    number_id: int
    due_on: date | None = None
    fed_back_at: datetime | None = None
    feedback_id: int | None = None


@dataclass(frozen=True, slots=True)
class Handover(Record):
    """移交: an emergency handed over to the service whose it is (三（二）5): to which number, how, who took it."""

    TABLE: ClassVar[str] = "casework_handover"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 7

    id: int
    matter_id: int
    at: datetime
    number: str
    means: str
    taken: bool
    taken_by_id: int | None = None
    their_number_id: int | None = None
    words_id: int | None = None


@dataclass(frozen=True, slots=True)
class UrgentReport(Record):
    """紧急信息: one report of an emergency to the government's duty room; the later ones of a matter follow up."""

    TABLE: ClassVar[str] = "casework_urgentreport"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 8

    id: int
    matter_id: int
    at: datetime
    means: str
    taken_by_id: int
    words_id: int


@dataclass(frozen=True, slots=True)
class PaperDocument(Record):
    """纸质文件: one document on paper that came in, or went out, about a matter, perhaps about one of its orders: by
    which means, from or to whom, under which number, how many sheets. `at`: when it was received, or sent, as the
    receipt says; `recorded_at`: when that was written down here."""

    TABLE: ClassVar[str] = "casework_paperdocument"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 9

    id: int
    matter_id: int
    order_id: int | None
    direction: str
    means: str
    at: datetime
    recorded_at: datetime
    sheets: int
    party_id: int
    number_id: int | None = None
    words_id: int | None = None


PAPER_IN, PAPER_OUT = "in", "out"
