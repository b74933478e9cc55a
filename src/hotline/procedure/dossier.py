"""卷宗 (dossiers): all that may be looked at of one chain, as plain records; loadable for many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, TypeVar

from hotline.procedure.actor import Actor, Reach
from hotline.procedure.ledger import Chain, Head, LineMeta, meta
from hotline.procedure.records import Record, changed, columns
from hotline.procedure.writeset import WriteSet
from hotline.rules.book import Rulebook

R = TypeVar("R", bound=Record)
NOTHING: Mapping[int, Record] = {}


class Decision(NamedTuple):
    """到时的事: what the clock has to do on a row: from which instant on, by which card (its name), with which form."""

    at: datetime
    card: str
    subject: Record
    form: Mapping[str, str] = MappingProxyType({})


class Dossier:
    """卷宗: records by class and id, the chain's head and its earlier lines. A room subclasses it per chain kind."""

    CHAIN: ClassVar[str]
    RECORDS: ClassVar[tuple[type[Record], ...]]
    ROOT: ClassVar[type[Record]]
    LINES: ClassVar[bool] = True  # whether earlier lines are loaded; a long look-up chain needs none

    def __init__(self, chain: Chain, head: Head, rows: Iterable[Record] = (), lines: Sequence[LineMeta] = ()):
        self.chain, self.head = chain, head
        self.lines = list(lines)
        self._rows: dict[type[Record], dict[int, Record]] = {}
        for row in rows:
            self.put(row)

    def put(self, row: Record) -> None:
        """Add or replace one row."""
        self._rows.setdefault(type(row), {})[row.id] = row

    def all(self, record: type[R]) -> list[R]:
        """All rows of a class, oldest first: numbers ascend within a chain."""
        found: dict[int, R] | None = self._rows.get(record)  # type: ignore[assignment]
        if found is None:
            return self.none_of(record)
        return [found[i] for i in sorted(found)] if len(found) > 1 else [*found.values()]

    def none_of(self, record: type[R]) -> list[R]:
        """What `all` says of a class without a row. A dossier that is loaded in part says so of what it lacks."""
        return []

    def newest(self) -> int:
        """The greatest number of all its rows, 0 without any."""
        return max((max(found) for found in self._rows.values() if found), default=0)

    def rows(self) -> list[Record]:
        """Every row there is."""
        return [row for found in self._rows.values() for row in found.values()]

    def get(self, record: type[R], row_id: int | None) -> R:
        """One row. Raises KeyError where the dossier does not hold it."""
        return self._rows.get(record, NOTHING)[row_id]  # type: ignore[index, return-value]

    def find(self, record: type[R], row_id: int | None) -> R | None:
        """One row, or None."""
        return self._rows.get(record, NOTHING).get(row_id)  # type: ignore[arg-type, return-value]

    def fresh(self, row: R) -> R:
        """The row as it is now, after changes."""
        return self.get(type(row), row.id)

    @property
    def root(self) -> Record:
        """The row that the chain is about."""
        return self.get(self.ROOT, self.chain.id)

    def subjects(self) -> list[Record]:
        """The rows that cards may move."""
        return [self.root]

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        """Whether the actor's post reaches the subject. Each room says it for its own chains."""
        raise NotImplementedError

    def counted_with(self, subject: Record) -> Collection[int]:
        """Of which subjects the lines count for another person's eyes on this one: its own, and those it is made of."""
        return (subject.id,)

    def dues(self) -> dict[int, datetime]:
        """The due instants there are, by row."""
        rows = [row for record, found in self._rows.items() if "due_at" in columns(record) for row in found.values()]
        return {row.id: row.due_at for row in rows if row.due_at is not None}  # type: ignore[attr-defined]

    def said_of(self, subject: Record) -> str:
        """What a subject is now, in words, for a refusal; empty where the room has none."""
        return ""

    def figures_of(self, subject: Record) -> dict[str, Any]:
        """What the typed columns of a line say about this subject unless a card says otherwise."""
        return {}

    def decisions(self, book: Rulebook) -> Sequence[Decision]:
        """What the clock has yet to do here by the facts alone, earliest first, whether its instant has come or not."""
        return ()

    def next_decisions(self, book: Rulebook) -> Iterable[tuple[Record, dict[str, Any]]]:
        """Rows whose instant of the earliest decision not yet taken has changed, with the change."""
        return ()

    def apply(self, out: WriteSet) -> None:
        """Take a write-set's rows, changes and lines into this dossier, in memory."""
        for row in out.inserts:
            self.put(row)
        for (record, row_id), changes in out.updates.items():
            self.put(changed(self.get(record, row_id), changes))
        for record, row_id in out.deletes:
            self._rows.get(record, {}).pop(row_id, None)
        for line in out.lines:
            self.lines.append(meta(line))
            self.head = Head(line.seq, line.hash, line.at)
