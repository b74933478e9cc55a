"""回访的记录 (records of follow-up)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record


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
