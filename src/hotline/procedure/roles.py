"""库内权限 (database rights): what the application's role may do to each table; run as owner after each migration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from psycopg import sql

from hotline.procedure.records import Record
from hotline.procedure.world import DOSSIERS

# Tables with rules of their own. Nothing here or below ever grants TRUNCATE, nor UPDATE or DELETE on ledger and seals.
RIGHTS = {
    "django_migrations": "SELECT",
    "procedure_ledgerline": "SELECT, INSERT",
    "procedure_seal": "SELECT, INSERT",
    "procedure_act": "SELECT, INSERT, DELETE",
    "procedure_chainhead": "SELECT, INSERT, UPDATE (seq, hash, at, sealed_seq, holds)",
    "procedure_installation": "SELECT, INSERT, UPDATE (simulated_now, simulated_set_at)",
    "procedure_rulebookversion": "SELECT, INSERT, UPDATE (calendar_hash)",
    "procedure_destroyed": "SELECT, INSERT",
    "procedure_masterkey": "SELECT, INSERT",
    "procedure_personkey": "SELECT, INSERT, UPDATE, DELETE",
}
RECORDS = "SELECT, INSERT, UPDATE"  # what cards write: ended or redacted, never deleted
OTHERS = "SELECT, INSERT, UPDATE, DELETE"  # sessions, drafts, search rows, the outbox

# The triggers that say it again, and those that note what is destroyed: (table, trigger).
GUARDS = (
    ("procedure_ledgerline", "append_only"), ("procedure_seal", "append_only"), ("procedure_destroyed", "append_only"),
    ("procedure_installation", "append_only"), ("procedure_installation", "born_once"),
    ("procedure_personkey", "append_only"), ("procedure_personkey", "destroyed"), ("casework_text", "destroyed"),
    ("casework_contact", "destroyed"), ("network_shiftnote", "destroyed"),
)  # fmt: skip

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"


def _import_dossiers() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("hotline.") and find_spec(f"{app.name}.dossier"):
            import_module(f"{app.name}.dossier")


def _records() -> Iterator[type[Record]]:
    _import_dossiers()
    return (record for dossier in DOSSIERS.values() for record in dossier.RECORDS)


def _tables_of_records() -> frozenset[str]:
    return frozenset(record.TABLE for record in _records())


def _guards() -> list[tuple[str, str]]:
    """Also those that note on its chain's head that a rarer table has a row, without which nobody would find it."""
    return [*GUARDS, *((record.TABLE, "held") for record in _records() if record.RARE)]


def _grants(tables: Iterable[str], role: sql.Identifier) -> Iterator[sql.Composed]:
    records = _tables_of_records()
    for table in tables:
        rights = RIGHTS.get(table) or (RECORDS if table in records else OTHERS)
        yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier(table), role)


def secure(connection: Any) -> None:
    """Take everything from the application's role, then grant what it needs. `connection`: Django's or psycopg's,
    of the tables' owner. Safe to repeat; a table that came with a migration gets its rights here."""
    role = sql.Identifier(settings.HOTLINE_APP_ROLE)
    with connection.cursor() as cur:
        cur.execute(_TABLES)
        tables = [row[0] for row in cur.fetchall()]
        cur.execute("SELECT current_schema()")
        schema = sql.Identifier(cur.fetchone()[0])
        revoke = sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA {} FROM {}")
        steps = [revoke.format(sql.SQL(what), schema, role) for what in ("TABLES", "SEQUENCES")]
        steps += _grants(tables, role)
        steps.append(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
        steps.append(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, role))
        cur.execute(sql.SQL("; ").join(steps))  # at one stroke: a service that runs meanwhile never lacks its rights


_WORD = re.compile(r"([A-Z]+)(?:\s*\(([^)]*)\))?")
# What the application's role, or everybody, holds: on tables with no column named, on columns with it.
_HELD = """
WITH t AS (SELECT * FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')),
acls AS (SELECT t.relname, NULL::name AS attname, t.relacl AS acl FROM t UNION ALL
SELECT t.relname, c.attname, c.attacl FROM t JOIN pg_attribute c ON c.attrelid = t.oid)
SELECT s.relname, a.privilege_type, s.attname FROM acls s, aclexplode(s.acl) a
WHERE a.grantee IN (%(role)s::text::regrole, 0)
"""
_ABOVE = """
SELECT r.rolsuper OR r.rolcreaterole OR r.rolcreatedb, has_schema_privilege(r.oid, current_schema(), 'CREATE')
FROM pg_roles r WHERE r.rolname = %(role)s
"""
_GUARDS = (
    "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled IN ('O', 'A')"
)
Held = set[tuple[str, str, str | None]]


def _due(tables: Iterable[str]) -> Held:
    """What should be held, one row a privilege and column."""
    records, found = _tables_of_records(), Held()
    for table in tables:
        rights = RIGHTS.get(table) or (RECORDS if table in records else OTHERS)
        for word, names in _WORD.findall(rights):
            found |= {(table, word, name.strip()) for name in names.split(",")} if names else {(table, word, None)}
    return found


def differences(cur: Any) -> list[str]:
    """What the application's role may do beyond what it should, and what it lacks, each said in Chinese."""
    asked = {"role": settings.HOTLINE_APP_ROLE}
    cur.execute(_TABLES)
    due = _due(row[0] for row in cur.fetchall())
    cur.execute(_HELD, asked)
    held = {tuple(row) for row in cur.fetchall()}
    said = [f"{table} 多出 {word}{f'（{column}）' if column else ''}" for table, word, column in held - due]
    said += [f"{table} 缺 {word}{f'（{column}）' if column else ''}" for table, word, column in due - held]
    cur.execute(_ABOVE, asked)
    above, creates = cur.fetchone() or (False, False)
    return sorted(said) + ["角色是数据库管理员"] * bool(above) + ["角色可以建表"] * bool(creates)


def missing_guards(cur: Any) -> list[str]:
    """Triggers of the ledger that are gone or switched off, as `table.trigger`."""
    cur.execute(_GUARDS)
    there = {tuple(row) for row in cur.fetchall()}
    return [f"{table}.{name}" for table, name in _guards() if (table, name) not in there]
