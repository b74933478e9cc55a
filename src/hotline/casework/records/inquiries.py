"""调查的记录 (records of inquiries): what a unit or the office looked into itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotline.procedure.records import Record

UNIT, OFFICE = "unit", "office"


@dataclass(frozen=True, slots=True)
class Inquiry(Record):
    """调查核实: what was looked into about an order, on which day, by what means, by whom, and what was found. `side`:
    its unit's own investigation (四（三）段1), or the office's check of a letter that was filed (四（四）段1), which
    says whether that letter is as it is."""

    TABLE: ClassVar[str] = "casework_inquiry"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 14

    id: int
    matter_id: int
    order_id: int
    side: str
    recorded_at: datetime
    looked_on: date
    means: str
    who_id: int
    finding_id: int
    letter_id: int | None = None
    as_it_is: bool | None = None
