"""改写 (rewriting): carries a ledger over to the table that keeps a line in fewer bytes: once from lines that hold their
canonical text to their columns (procedure 0009), once from these to what is packed (0014). Used by those migrations,
once each in a database's life. Of every line the text is written again and held against what it was. Then once more to
the table whose kind is a type of the database's own (0016), in which nothing that a line says changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import DataError
from psycopg import Connection, sql
from psycopg.errors import InvalidTextRepresentation

from hotline.procedure import copying, earlier, ledger, rebuilding
from hotline.procedure.ledger import CHAIN_NAMES, LineMeta

BATCH = 5000
SAID_EVERY = 40  # batches
_KEPT = ("rest", "vouched", "sealed")
_OLD = tuple(name for name in earlier.Line._fields if name not in _KEPT)
_KEPT_NEW = (*earlier.Line._fields, "recorded_at", "hash")
_PACKED = (*LineMeta.COLUMNS, "recorded_at", "hash")
_AWAY = """
ALTER TABLE procedure_ledgerline RENAME CONSTRAINT procedure_ledgerline_pkey TO procedure_ledgerline_old_pkey;
ALTER TABLE procedure_ledgerline RENAME TO procedure_ledgerline_old;
"""
# Columns by width; the guard is the one that procedure 0002 made.
_GUARD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_ledgerline
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
"""
_COLUMNS_TABLE = """
CREATE TABLE procedure_ledgerline (
    chain_id bigint NOT NULL, at timestamptz NOT NULL, recorded_at timestamptz DEFAULT clock_timestamp() NOT NULL,
    subject_id bigint, person_id bigint, for_person_id bigint, post_id bigint, unit_id bigint, due_at timestamptz,
    seq integer NOT NULL, chain_kind smallint NOT NULL, round smallint, on_time boolean, kind text NOT NULL,
    kind_of text, hash bytea NOT NULL, rest text NOT NULL, vouched bytea, sealed text
);
"""
# Nothing may be null here: a row with a nothing in it takes eight bytes more to say where.
_PACKED_TABLE = """
CREATE TABLE procedure_ledgerline (
    chain_id bigint NOT NULL, at timestamptz NOT NULL, recorded_at timestamptz DEFAULT clock_timestamp() NOT NULL,
    seq integer NOT NULL, chain_kind smallint NOT NULL, kind text NOT NULL, hash bytea NOT NULL, rest bytea NOT NULL
);
"""
_KEY = """
DROP TABLE procedure_ledgerline_old;
ALTER TABLE procedure_ledgerline ADD CONSTRAINT procedure_ledgerline_pkey PRIMARY KEY (chain_id, chain_kind, seq){};
"""
_READ = "SELECT {}, recorded_at, hash{} FROM procedure_ledgerline_old ORDER BY chain_id, chain_kind, seq"
_COUNT = "SELECT greatest(reltuples, 0)::int8 FROM pg_class WHERE oid = 'procedure_ledgerline_old'::regclass"
REFUSED = (
    "台账 {}/{} 第 {} 行的各列与正文不符，不能改写；数据库没有改动。请用旧版本执行 ./hotline verify 查明，或从备份恢复。"
)
UNHEARD = "台账里有这个版本不认得的行类（{}），不能改写；数据库没有改动。请换用写下它的版本，或从备份恢复。"
DONE = "台账改写：{} 行，共约 {} 行\n"
Row = Sequence[Any]


class Unlike(Exception):
    """不符: a line that does not give back its text; said in Chinese, nothing is changed then."""


def carry_over(conn: Connection[Any]) -> None:
    """To the table of columns, in the transaction under way. Raises Unlike."""
    _rewrite(conn, _COLUMNS_TABLE, _READ.format(", ".join(_OLD), ", text"), _KEPT_NEW, _carried, "")


def pack(conn: Connection[Any]) -> None:
    """To the table of what is packed, in the transaction under way. Raises Unlike."""
    full = " WITH (fillfactor = 100)"
    _rewrite(conn, _PACKED_TABLE, _READ.format(", ".join(earlier.Line._fields), ""), _PACKED, _packed, full)


def enumerate_kinds(connection: Any, kinds: Sequence[str], order: Sequence[str]) -> None:
    """To the table whose kind is one of these words and no other, in the transaction under way of Django's connection.
    Raises Unlike."""
    with connection.cursor() as cur:
        words = sql.SQL(", ").join(map(sql.Literal, kinds))
        cur.execute(sql.SQL("CREATE TYPE procedure_linekind AS ENUM ({})").format(words))
        try:
            rebuilding.rebuild(cur, "procedure_ledgerline", order, {"kind": "procedure_linekind"})
        except DataError as error:
            if isinstance(error.__cause__, InvalidTextRepresentation):
                raise Unlike(UNHEARD.format(str(error).splitlines()[0])) from error
            raise


def _rewrite(conn: Connection[Any], table: str, read: str, names: Row, anew: Callable[[Row], Row], how: str) -> None:
    """Make the table anew, carry every line over, make the key, once over all, at the end."""
    conn.execute(_AWAY)
    conn.execute(table)
    for rows in _batches(conn, read):
        with conn.cursor() as cur:
            lines = ["\t".join(map(copying.said, anew(row))) + "\n" for row in rows]
            copying.copy(cur, "procedure_ledgerline", names, lines)
    conn.execute(_KEY.format(how))
    conn.execute(_GUARD)


def _batches(conn: Connection[Any], read: str) -> Iterator[list[Row]]:
    """The lines of before; of very many, how many are done is said."""
    about = conn.execute(_COUNT).fetchone()
    with conn.cursor("rewriting", binary=True) as old:
        old.execute(read)
        done = 0
        while rows := old.fetchmany(BATCH):
            yield rows
            done += len(rows)
            if done % (BATCH * SAID_EVERY) == 0:
                sys.stderr.write(DONE.format(done, about[0] if about else 0))


def _carried(row: Row) -> Row:
    """A line as the table of columns keeps it, once its text has come out of it again, byte for byte."""
    *columns, recorded_at, digest, text = row
    known = dict(zip(_OLD, columns, strict=True))
    try:
        line = earlier.Line(**known, **earlier.kept_of(ledger.read(text))._asdict())
        same = line.text == text
    except (ValueError, TypeError, KeyError):
        same = False
    if not same:
        raise _unlike(known["chain_kind"], known["chain_id"], known["seq"])
    return [*line, recorded_at, digest]


def _packed(row: Row) -> Row:
    """A line as the table of what is packed keeps it: it was spelled as the ledger spells, and gives the same text."""
    *columns, recorded_at, digest = row
    old = earlier.Line(*columns)
    try:
        read = old.read()
        line = LineMeta(old.seq, old.at, old.kind, ledger.rest_of(read), old.chain_kind, old.chain_id)
        same = line.text == old.text and (old.rest, old.vouched, old.sealed) == earlier.kept_of(read)
    except (ValueError, TypeError, KeyError, RecursionError):
        same = False
    if not same:
        raise _unlike(old.chain_kind, old.chain_id, old.seq)
    return [line.seq, line.at, line.kind, line.rest, line.chain_kind, line.chain_id, recorded_at, digest]


def _unlike(kind: int, chain_id: int, seq: int) -> Unlike:
    return Unlike(REFUSED.format(CHAIN_NAMES.get(kind, kind), chain_id, seq))
