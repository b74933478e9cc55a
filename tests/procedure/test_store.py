"""存取: few rows and many travel differently and arrive alike, whatever the kind of column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import pytest
from django.db import connections

from hotline.procedure import loading, store
from hotline.procedure.dossier import Dossier
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import raw
from hotline.procedure.records import Json, Record
from hotline.procedure.writeset import Figures, Message, WriteSet, Written
from procedure.toy import NOW, ask

TABLE = """
CREATE TABLE toy_kind (id bigint PRIMARY KEY, parent_id bigint, status text, flag boolean, count smallint,
    share double precision, day date, at timestamptz, blob bytea, data jsonb)
"""


class Colour(StrEnum):
    """An enumerated text."""

    RED = "red"


@dataclass(frozen=True, slots=True)
class Kind(Record):
    """One column of every kind."""

    TABLE: ClassVar[str] = "toy_kind"
    PARENT: ClassVar[str] = "parent_id"

    id: int
    parent_id: int
    status: str
    flag: bool | None
    count: int | None
    share: float | None
    day: date | None
    at: datetime | None
    blob: bytes | None
    data: Json | None


class KindDossier(Dossier):
    """Nothing else."""

    CHAIN = "entry"
    RECORDS = (Kind,)
    ROOT = Kind


DATA: Any = {"列": [1, "二", None], "大": 2**53 + 1}
FULL = (Colour.RED, True, 7, 0.5, date(2026, 2, 28), datetime(2026, 2, 28, 1, 2, 3, 450000, UTC), b"\x00\xff", DATA)
EMPTY = ("", None, None, None, None, None, None, None)


@pytest.fixture(scope="module", autouse=True)
def table(module_room: None) -> None:
    """A table of its own."""
    with connections["owner"].cursor() as cur:
        cur.execute(TABLE)
        cur.execute("GRANT ALL ON toy_kind TO hotline_app")


def written(chain: Chain, seq: int) -> Written:
    """A line, as far as the store is concerned."""
    figures = Figures(1, "note", NOW, 2, True) if seq % 2 else Figures()
    return Written(chain.code, chain.id, seq, NOW, "closed", None, 5, None, None, figures, "[]", bytes(32),
                   b"\x05\x00\x6a\x00\x00")  # fmt: skip


def write(entries: list[store.Entry]) -> None:
    """One statement, one transaction."""
    conn = raw()
    with conn.transaction(), conn.cursor() as cur:
        store.write(cur, entries)


def load(chains: list[Chain]) -> list[Record]:
    """The rows as dossiers hold them."""
    with raw().cursor() as cur:
        found = loading.load(cur, KindDossier, {chain.id: Head() for chain in chains})
    return [row for chain in chains for row in found.dossiers[chain.id].all(Kind)]


@pytest.mark.parametrize("count", [1, 3, store.MANY - 1, store.MANY, 200])
def test_rows_arrive_as_they_were(count: int) -> None:
    first = 1_000_000 * count
    chains = [Chain("entry", first + i) for i in range(count)]
    rows = [Kind(c.id + 500_000, c.id, *(FULL if i % 2 else EMPTY)) for i, c in enumerate(chains)]
    messages = [Message(c.id, "m", "citizen", 1, {"text": c.id}) for c in chains]
    write(
        [
            store.Entry(c, WriteSet(inserts=[r], lines=[written(c, 1)], messages=[m]), True)
            for c, r, m in zip(chains, rows, messages, strict=True)
        ]
    )
    assert load(chains) == rows
    changes = {"status": "changed", "count": None, "data": {"新": True}, "blob": b"new"}
    write(
        [
            store.Entry(c, WriteSet(updates={(Kind, r.id): dict(changes)}, lines=[written(c, 2)]), False)
            for c, r in zip(chains, rows, strict=True)
        ]
    )
    assert load(chains) == [replace(row, **changes) for row in rows]
    assert ask("SELECT count(*) FROM procedure_chainhead WHERE seq = 2 AND chain_id BETWEEN %s AND %s",
               first, first + count) == [(count,)]  # fmt: skip


@pytest.mark.parametrize("count", [1, store.MANY])
def test_an_update_insists_on_the_chain_of_its_row(count: int) -> None:
    first = 900_000_000 + 1000 * count
    chains = [Chain("entry", first + i) for i in range(count)]
    rows = [Kind(c.id, c.id + 1, *FULL) for c in chains]
    write(
        [store.Entry(c, WriteSet(inserts=[r], lines=[written(c, 1)]), True) for c, r in zip(chains, rows, strict=True)]
    )
    write(
        [
            store.Entry(c, WriteSet(updates={(Kind, r.id): {"status": "foreign"}}, lines=[written(c, 2)]), False)
            for c, r in zip(chains, rows, strict=True)
        ]
    )
    assert ask("SELECT DISTINCT status FROM toy_kind WHERE id BETWEEN %s AND %s", first, first + count) == [("red",)]
