"""裁定的记录 (records of rulings): what was settled once about whose it is, and what was dispatched by it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Ruling(Record):
    """会商裁定: units and office have settled, or the government has said, which unit answers for a category, in the whole
    city or (`area`) in one county (R-39). It stands until it is revoked."""

    TABLE: ClassVar[str] = "casework_ruling"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 18

    id: int
    matter_id: int
    sort: str
    category: str
    area: str
    unit_id: int
    person_id: int
    ruled_at: datetime
    document_id: int
    words_id: int
    revoked_at: datetime | None = None
    because_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rested(Record):
    """照裁定派: that an order was dispatched by a ruling, which is named by its number and that of its matter."""

    TABLE: ClassVar[str] = "casework_rested"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 19

    id: int
    matter_id: int
    order_id: int
    ruling_id: int
    other_id: int
    other_number: str
    at: datetime
