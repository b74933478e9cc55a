"""写集 (write-sets): what a card wants written; applied to a dossier in memory or to the database, never both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.procedure.records import Record


@dataclass(frozen=True, slots=True)
class Figures:
    """台账数字: what statistics need of a line, packed before the rest of it."""

    unit_id: int | None = None
    kind_of: str | None = None
    due_at: datetime | None = None
    round: int | None = None
    on_time: bool | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """对外消息: a row of the outbox. It holds references, is rendered at delivery, and bears a stable id of its own."""

    id: int
    template: str
    to_kind: str  # citizen, unit, post
    to_id: int
    refs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Written:
    """台账行: one finished line. `text` is the canonical text its hash covers; `rest` stands for it in the table."""

    chain_kind: int
    chain_id: int
    seq: int
    at: datetime
    kind: str
    subject_id: int | None
    person_id: int | None
    for_person_id: int | None
    post_id: int | None
    figures: Figures
    text: str
    hash: bytes
    rest: bytes


@dataclass(frozen=True, slots=True)
class Echo:
    """回声: what an act brings about on another chain of its kind, in the same transaction: a card of the system's by its
    name, and its form. One that is not a `must` is left out where that chain is no longer open to it."""

    card: str
    chain_id: int
    form: Mapping[str, Any]
    must: bool = True


@dataclass(slots=True)
class WriteSet:
    """写集: rows new, fields changed, lines and messages of one performance, consequences included."""

    inserts: list[Record] = field(default_factory=list)
    updates: dict[tuple[type[Record], int], dict[str, Any]] = field(default_factory=dict)
    lines: list[Written] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    deletes: list[tuple[type[Record], int]] = field(default_factory=list)  # keys destroyed for good, nothing else
    echoes: list[Echo] = field(default_factory=list)

    def update(self, record: Record, changes: Mapping[str, Any]) -> None:
        """Note changed fields of one row; later changes of the same field win."""
        self.updates.setdefault((type(record), record.id), {}).update(changes)

    def touches(self, column: str) -> bool:
        """Whether a column of that name is changed, or comes with a new row."""
        changed = any(column in changes for changes in self.updates.values())
        return changed or any(hasattr(row, column) for row in self.inserts)
