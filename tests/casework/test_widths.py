"""宽度: in the tables of which every matter has rows no byte stands empty between two columns of today's order."""

from __future__ import annotations

import importlib

import pytest
from django.db import connections

from hotline.procedure import rebuilding
from procedure.toy import ask

TABLES = importlib.import_module("hotline.casework.migrations.0048_by_width").TABLES
# Columns that came later stand at the end, where PostgreSQL puts them.
SINCE: dict[str, tuple[str, ...]] = {"procedure_chainhead": ("holds",)}


@pytest.mark.parametrize("table", ["procedure_ledgerline", "procedure_chainhead", *TABLES])
def test_columns_stand_by_width(database: str, table: str) -> None:
    query = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum"
    late = SINCE.get(table, ())
    with connections["owner"].cursor() as cur:
        first = [name for name in rebuilding.by_width(cur, table) if name not in late]
    assert [row[0] for row in ask(query, table, alias="owner")] == [*first, *late]
