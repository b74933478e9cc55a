"""对外的记录 (records of what goes outside the network): what is put before the city's leaders."""

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
