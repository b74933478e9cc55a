"""库内权限 (database rights): what the application's role may do to each table; run as owner after each migration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from psycopg import sql

from hotline.procedure.world import DOSSIERS

# Tables with rules of their own. Nothing here or below ever grants TRUNCATE, nor UPDATE or DELETE on ledger and seals.
RIGHTS = {
    "django_migrations": "SELECT",
    "procedure_ledgerline": "SELECT, INSERT",
    "procedure_seal": "SELECT, INSERT",
    "procedure_act": "SELECT, INSERT, DELETE",
    "procedure_chainhead": "SELECT, INSERT, UPDATE (seq, hash, at, sealed_seq)",
    "procedure_installation": "SELECT, INSERT, UPDATE (simulated_now, simulated_set_at)",
    "procedure_rulebookversion": "SELECT, INSERT, UPDATE (calendar_hash)",
    "procedure_destroyed": "SELECT, INSERT",
    "procedure_personkey": "SELECT, INSERT, UPDATE, DELETE",
}
RECORDS = "SELECT, INSERT, UPDATE"  # what cards write: ended or redacted, never deleted
OTHERS = "SELECT, INSERT, UPDATE, DELETE"  # sessions, drafts, search rows, the outbox

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"


def _import_dossiers() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("hotline.") and find_spec(f"{app.name}.dossier"):
            import_module(f"{app.name}.dossier")


def _tables_of_records() -> frozenset[str]:
    _import_dossiers()
    return frozenset(record.TABLE for dossier in DOSSIERS.values() for record in dossier.RECORDS)


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
