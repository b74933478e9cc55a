"""另立 (rebuilding): makes a table anew with its columns in another order, or of another type, and all that hangs on it
as it was: rows, defaults, keys, references from and to it, indexes with their fill, triggers, rights. PostgreSQL cannot
move a column; between columns of unlike width it leaves bytes empty in every row. Used by migrations (procedure 0016,
casework 0045), in their transaction; what is carried over is asked of the database's own catalogue, so that nothing is
forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import sql
from psycopg.sql import SQL, Identifier

BEFORE = "{}_before"
# Of each column: how it is declared, and how many of its values the server looks at for its statistics. That it is
# never null has a name from PostgreSQL 18 on.
_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN coalesce(n.conname, '') END,
pg_get_expr(d.adbin, d.adrelid), nullif(a.attstattarget, -1), a.attidentity::text || a.attgenerated::text
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_constraint n ON n.conrelid = a.attrelid AND n.contype = 'n' AND n.conkey[1] = a.attnum
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_OPTIONS = "SELECT array_to_string(reloptions, ', ') FROM pg_class WHERE oid = %s::regclass"
# Keys come with their index, since only its own words say how far its pages are filled.
_INDEXES = """
SELECT i.relname, pg_get_indexdef(i.oid), c.conname, c.contype::text, c.condeferrable, c.condeferred, x.indisclustered
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
LEFT JOIN pg_constraint c ON c.conindid = i.oid AND c.conrelid = x.indrelid AND c.contype IN ('p', 'u', 'x')
WHERE x.indrelid = %s::regclass ORDER BY c.contype NULLS LAST, i.relname
"""
_CONSTRAINTS = """
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
WHERE c.contype IN ('c', 'f') AND {} = %s::regclass ORDER BY c.conname
"""
_TRIGGERS = """
SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal
ORDER BY tgname
"""
# Of others than the owner; '' for everybody.
_RIGHTS = """
SELECT coalesce(r.rolname, ''), x.privilege_type, s.attname, x.is_grantable FROM (
SELECT c.relowner, c.relacl AS acl, NULL::name AS attname FROM pg_class c WHERE c.oid = %(table)s::regclass UNION ALL
SELECT c.relowner, a.attacl, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.oid = %(table)s::regclass AND NOT a.attisdropped) s, aclexplode(s.acl) x
LEFT JOIN pg_roles r ON r.oid = x.grantee WHERE x.grantee <> s.relowner
"""
_KEYS = {"p": "PRIMARY KEY", "u": "UNIQUE"}
Rows = list[tuple[Any, ...]]


class Unfit(Exception):
    """立不成: the table is not what the migration was written for."""


def by_width(cur: Any, table: str) -> list[str]:
    """The table's columns as they stand without a gap: of eight bytes, four, two, one, then those of varying length;
    among their like as they stood."""
    cur.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " ORDER BY attlen < 0, attlen DESC, attnum", [table])  # fmt: skip
    return [row[0] for row in cur.fetchall()]


def rebuild(cur: Any, table: str, order: Sequence[str], types: Mapping[str, str] | None = None) -> None:
    """Make `table` anew with its columns in this order, some of them cast to another type. Rows keep their order on the
    disk. Raises Unfit where `order` does not name the table's columns."""
    types = types or {}
    cur.execute(SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(Identifier(table)))
    columns = {row[0]: row[1:] for row in _asked(cur, _COLUMNS, table)}
    if set(columns) != set(order) or len(columns) != len(order) or any(row[-1] for row in columns.values()):
        raise Unfit(f"{table}: {sorted(set(columns) ^ set(order))}")
    options = _asked(cur, _OPTIONS, table)[0][0]
    again = _what_hangs_on(cur, table)
    before = Identifier(BEFORE.format(table))
    cur.execute(SQL("ALTER TABLE {} RENAME TO {}").format(Identifier(table), before))
    _declare(cur, table, [(name, types.get(name, columns[name][0]), *columns[name][1:4]) for name in order], options)
    _fill(cur, table, before, order, types)
    for other, name, _ in _pointing(cur, BEFORE.format(table)):
        cur.execute(SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(SQL(other), Identifier(name)))
    cur.execute(SQL("DROP TABLE {}").format(before))
    for statement in again:
        cur.execute(statement)
    cur.execute(SQL("SELECT EXISTS (SELECT FROM {})").format(Identifier(table)))
    if cur.fetchone()[0]:  # of a new city nothing is known yet, and the server had better not believe it empty
        cur.execute(SQL("ANALYZE {}").format(Identifier(table)))


def _asked(cur: Any, query: str, table: str) -> Rows:
    cur.execute(query, [table])
    return list(cur.fetchall())


def _pointing(cur: Any, table: str) -> Rows:
    """References from other tables."""
    return [row for row in _asked(cur, _CONSTRAINTS.format("c.confrelid"), table) if row[0] != table]


def _column(name: str, kind: str, filled: str | None, default: str | None, *_: Any) -> sql.Composable:
    words = [Identifier(name), SQL(kind)]
    words += [SQL("DEFAULT"), SQL(default)] if default else []
    words += [SQL("CONSTRAINT"), Identifier(filled)] if filled else []
    return SQL(" ").join(words if filled is None else [*words, SQL("NOT NULL")])


def _declare(cur: Any, table: str, columns: Sequence[Sequence[Any]], options: str | None) -> None:
    parts = [_column(*column) for column in columns]
    kept = SQL(f" WITH ({options})" if options else "")
    cur.execute(SQL("CREATE TABLE {} ({}){}").format(Identifier(table), SQL(", ").join(parts), kept))
    change = SQL("ALTER TABLE {} ALTER COLUMN {} SET STATISTICS {}")
    for name, *_, target in columns:
        if target is not None:
            cur.execute(change.format(Identifier(table), Identifier(name), sql.Literal(target)))


def _fill(cur: Any, table: str, before: Identifier, order: Sequence[str], types: Mapping[str, str]) -> None:
    names = SQL(", ").join(map(Identifier, order))
    values = [SQL("{}::{}").format(Identifier(n), SQL(types[n])) if n in types else Identifier(n) for n in order]
    into = SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
    cur.execute(into.format(Identifier(table), names, SQL(", ").join(values), before))


def _what_hangs_on(cur: Any, table: str) -> list[sql.Composable]:
    """The statements that make all of it again on a table of the same name."""
    here = Identifier(table)
    found: list[sql.Composable] = []
    for index, words, constraint, kind, deferrable, deferred, clustered in _asked(cur, _INDEXES, table):
        if kind == "x" or clustered:
            raise Unfit(f"{table}: {index}")
        found.append(SQL(words))
        if constraint:
            late = " DEFERRABLE INITIALLY DEFERRED" if deferred else " DEFERRABLE" * deferrable
            key = SQL("ALTER TABLE {} ADD CONSTRAINT {} {} USING INDEX {}{}")
            found.append(key.format(here, Identifier(constraint), SQL(_KEYS[kind]), Identifier(index), SQL(late)))
    references = [*_asked(cur, _CONSTRAINTS.format("c.conrelid"), table), *_pointing(cur, table)]
    found += [SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(SQL(other), Identifier(name), SQL(words))
              for other, name, words in references]  # fmt: skip
    for name, words, enabled in _asked(cur, _TRIGGERS, table):
        if enabled != "O":
            raise Unfit(f"{table}: {name}")
        found.append(SQL(words))
    cur.execute(_RIGHTS, {"table": table})
    return [*found, *(_grant(here, *row) for row in cur.fetchall())]


def _grant(table: Identifier, role: str, right: str, column: str | None, passed_on: bool) -> sql.Composable:
    to, of = Identifier(role) if role else SQL("PUBLIC"), SQL("({})").format(Identifier(column)) if column else SQL("")
    return SQL("GRANT {}{} ON {} TO {}{}").format(SQL(right), of, table, to, SQL(" WITH GRANT OPTION" * passed_on))
