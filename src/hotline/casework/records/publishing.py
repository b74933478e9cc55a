"""公开的记录 (records of publication): what units ask to be kept from the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Withholding(Record):
    """不公开申请: a unit asks that neither acceptance nor result of a matter be public, with its special reason; the
    platform decides (六（二）). `outcome`: empty while it waits, then approved, refused or withdrawn."""

    TABLE: ClassVar[str] = "casework_withholding"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 10

    id: int
    matter_id: int
    order_id: int
    unit_id: int
    asked_at: datetime
    reason_id: int
    outcome: str = ""
    decided_at: datetime | None = None
    because_id: int | None = None


@dataclass(frozen=True, slots=True)
class Publication(Record):
    """公开稿: a matter's title, question and answer in the office's own words, fit to be read by everybody (六（三）, R-13).
    `outcome`: empty while it waits for a second person, then published, rejected or withdrawn; rejected for one of the
    rulebook's `bar`s, nothing of the matter is published any more."""

    TABLE: ClassVar[str] = "casework_publication"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 15

    id: int
    matter_id: int
    prepared_at: datetime
    title_id: int
    question_id: int
    answer_id: int
    outcome: str = ""
    published_at: datetime | None = None
    ended_at: datetime | None = None
    because_id: int | None = None
    bar: str = ""
