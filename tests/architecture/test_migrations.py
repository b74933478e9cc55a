"""Tables and migrations agree: a column or an index forgotten in a migration is found here."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command


def test_no_migration_is_missing(database: Any) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
