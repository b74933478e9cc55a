"""改写 (rewriting): carries a ledger whose lines hold their canonical text over to the table that keeps only what no
column says. Used by one migration, once in a database's life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import Connection

from hotline.procedure import ledger
from hotline.procedure.ledger import CHAIN_NAMES, LineMeta

BATCH = 5000
_KEPT = ("rest", "vouched", "sealed")
_OLD = tuple(name for name in LineMeta._fields if name not in _KEPT)
_NEW = (*LineMeta._fields, "recorded_at", "hash")
_AWAY = """
ALTER TABLE procedure_ledgerline RENAME CONSTRAINT procedure_ledgerline_pkey TO procedure_ledgerline_old_pkey;
ALTER TABLE procedure_ledgerline RENAME TO procedure_ledgerline_old;
"""
# Columns by width, as the model says; the guard is the one that procedure 0002 made.
_TABLE = """
CREATE TABLE procedure_ledgerline (
    chain_id bigint NOT NULL, at timestamptz NOT NULL, recorded_at timestamptz DEFAULT clock_timestamp() NOT NULL,
    subject_id bigint, person_id bigint, for_person_id bigint, post_id bigint, unit_id bigint, due_at timestamptz,
    seq integer NOT NULL, chain_kind smallint NOT NULL, round smallint, on_time boolean, kind text NOT NULL,
    kind_of text, hash bytea NOT NULL, rest text NOT NULL, vouched bytea, sealed text,
    PRIMARY KEY (chain_id, chain_kind, seq)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_ledgerline
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
"""
_READ = (
    f"SELECT {', '.join(_OLD)}, recorded_at, hash, text FROM procedure_ledgerline_old"
    " ORDER BY chain_id, chain_kind, seq"
)
REFUSED = (
    "台账 {}/{} 第 {} 行的各列与正文不符，不能改写；数据库没有改动。请用旧版本执行 ./hotline verify 查明，或从备份恢复。"
)


class Unlike(Exception):
    """不符: a line whose columns do not give back its text; said in Chinese, nothing is changed then."""


def carry_over(conn: Connection[Any]) -> None:
    """Make the table anew and carry every line over, in the transaction under way. Raises Unlike."""
    conn.execute(_AWAY)
    conn.execute(_TABLE)
    for rows in _batches(conn):
        with conn.cursor() as cur, cur.copy(f"COPY procedure_ledgerline ({', '.join(_NEW)}) FROM STDIN") as out:
            for row in rows:
                out.write_row(_carried(row))
    conn.execute("DROP TABLE procedure_ledgerline_old")


def _batches(conn: Connection[Any]) -> Iterator[list[tuple[Any, ...]]]:
    with conn.cursor("rewriting") as old:
        old.execute(_READ)
        while rows := old.fetchmany(BATCH):
            yield rows


def _carried(row: Sequence[Any]) -> list[Any]:
    """A line as the new table keeps it, once its text has come out of it again, byte for byte."""
    *columns, recorded_at, digest, text = row
    known = dict(zip(_OLD, columns, strict=True))
    try:
        line = LineMeta(**known, **ledger.kept_of(ledger.read(text))._asdict())
        same = line.text == text
    except (ValueError, TypeError, KeyError):
        same = False
    if not same:
        kind, chain_id, seq = known["chain_kind"], known["chain_id"], known["seq"]
        raise Unlike(REFUSED.format(CHAIN_NAMES.get(kind, kind), chain_id, seq))
    return [*line, recorded_at, digest]
