"""Lines of the ledger as the table keeps them, asked for with SQL."""

from __future__ import annotations

from typing import Any

from django.db import connection

from hotline.procedure.ledger import LineMeta


def lines(where: str = "true", *params: Any) -> list[LineMeta]:
    """Lines in the order of their chains; their texts are written again by `.text`, their facts read by `.read()`."""
    query = f"SELECT {', '.join(LineMeta.COLUMNS)} FROM procedure_ledgerline WHERE {where}"
    with connection.cursor() as cur:
        cur.execute(f"{query} ORDER BY chain_kind, chain_id, seq", params)
        return [LineMeta(*row) for row in cur.fetchall()]
