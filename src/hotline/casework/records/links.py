"""关联的记录 (records of what has to do with one another)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Link(Record):
    """关联: that a matter has to do with another one; each of the two has a row of its own. `sort`: told in the same call
    (R-25), begun after the other was final or followed by such a one (R-23), joined to a main one or the main one of
    it. One that is over has `ended_at`."""

    TABLE: ClassVar[str] = "casework_link"
    PARENT: ClassVar[str] = "matter_id"
    RARE: ClassVar[int] = 1 << 13

    id: int
    matter_id: int
    other_id: int
    other_number: str
    sort: str
    at: datetime
    ended_at: datetime | None = None


SAME_CALL, FOLLOWS, FOLLOWED, MAIN, JOINED = "same_call", "follows", "followed", "main", "joined"
