"""热线办管的记录 (kept records): what the hotline's office keeps, as plain rows on its chain; read them from `records`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotline.procedure.records import Record


class _Dated:
    """What holds from one day on, and from another one on no more."""

    __slots__ = ()
    from_on: date
    ends_on: date | None

    def holds(self, on: date) -> bool:
        """Whether it holds, or may be chosen, on a day."""
        return self.from_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class CatalogueEntry(_Dated, Record):
    """职责目录条目: who answers for a category, in the whole city or in one county, from a day on; kept by the hotline's
    office. `county`, `lead` and `assisting` are codes of units; `lead` may be `属地`, `assisting` several with `、`
    between. `ends_on`: the first day on which it holds no more. Ended, never deleted."""

    TABLE: ClassVar[str] = "network_catalogueentry"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    status: str
    category: str
    county: str
    lead: str
    assisting: str
    basis_id: int | None
    from_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class NetworkText(Record):
    """网络文字: a text that the administrators wrote, such as the law of an entry; vouched for by the hash in the line."""

    TABLE: ClassVar[str] = "network_networktext"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    body: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Category(_Dated, Record):
    """类别: a name by which matters are sorted, from a day on; below another one (`above`), or of the first level.
    `ends_on`: the first day on which it cannot be chosen any more; `successor`: the name that carries on, after a
    renaming always. Ended, never deleted: what was sorted under it keeps its word."""

    TABLE: ClassVar[str] = "network_category"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    status: str
    name: str
    above: str
    from_on: date
    ends_on: date | None = None
    successor: str = ""
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class DangerWord(Record):
    """险情词: a word of danger to life that the city looks for besides the rulebook's, from one instant until another;
    ended, never deleted."""

    TABLE: ClassVar[str] = "network_dangerword"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    status: str
    word: str
    from_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarYear(Record):
    """发布的日历年份: a calendar year as the office published it, its content a text; until another one takes its place.
    `digest` is that of the file made of it."""

    TABLE: ClassVar[str] = "network_calendaryear"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    year: int
    state: str
    notice: str
    digest: str
    text_id: int
    from_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageText(Record):
    """用语的一版: how the office words a kind of message or a line of a letter, from one instant until another."""

    TABLE: ClassVar[str] = "network_messagetext"
    PARENT: ClassVar[str] = "unit_id"

    id: int
    unit_id: int
    status: str
    name: str
    text_id: int
    from_at: datetime
    ended_at: datetime | None = None
