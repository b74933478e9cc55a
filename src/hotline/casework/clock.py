"""时钟 (clock): where matters say when something falls due on them; one sweep does one set of them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeVar

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension, Mark, Matter, Order, Publication, Revisit
from hotline.procedure.perform import raw
from hotline.procedure.records import Record
from hotline.procedure.sweeping import Swept, Watched, oldest_due
from hotline.procedure.sweeping import sweep as sweep_chains

R = TypeVar("R", bound=Record)


class Glance(MatterDossier):
    """一瞥: the few tables that the clock's cards look at, so that a sweep is quick. Asked for another, it refuses."""

    RECORDS = (Matter, Order, Mark, Revisit, Extension, Publication)
    LINES: ClassVar[bool] = False

    def none_of(self, record: type[R]) -> list[R]:
        """No row of a class that was looked for. Raises LookupError for one that was not."""
        if record not in self.RECORDS:
            raise LookupError(f"the clock does not load {record.TABLE}")
        return []


AT = "next_decision_at"
WATCHED = (Watched("casework_order", AT, "matter_id"), Watched("casework_matter", AT, "id"))


def sweep(now: datetime) -> Swept:
    """Do what is due on up to a set of matters."""
    return sweep_chains(Glance, WATCHED, now)


def overdue_since(now: datetime) -> datetime | None:
    """Since when the oldest decision that is due waits; what was set aside does not count. None where none waits."""
    with raw().cursor() as cur:
        return oldest_due(cur, MatterDossier.CHAIN, WATCHED, now)


def next_at() -> datetime | None:
    """The earliest instant at which something falls due anywhere, be it past; None where nothing does."""
    parts = ", ".join(f"(SELECT min({w.column}) FROM {w.table})" for w in WATCHED)
    with raw().cursor() as cur:
        row = cur.execute(f"SELECT least({parts})", prepare=True).fetchone()
    found: datetime | None = row[0] if row else None
    return found
