"""附件的记录 (records of attachments)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record

FROM_CITIZEN, FROM_OFFICE, FROM_UNIT = "citizen", "office", "unit"


@dataclass(frozen=True, slots=True)
class Attachment(Record):
    """附件: one file of a matter, sealed under a key of its own (`procedure_personkey`, under the same number). `object`
    names its ciphertext in the file store; name and content digest are sealed alike, in the row and in the line.
    `source`: from the citizen, the office or a unit; a unit's belongs to its order."""

    TABLE: ClassVar[str] = "casework_attachment"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 5

    id: int
    matter_id: int
    order_id: int | None
    source: str
    at: datetime
    media_type: str
    size: int
    object: str
    name_sealed: bytes
    content_sealed: bytes
    destroyed_at: datetime | None = None
