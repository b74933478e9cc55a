"""条款链接 (links to clauses): any clause or reading, one click away."""

from functools import lru_cache
from urllib.parse import quote

from hotline.surfaces.ui.shapes import Clause


def clause_url(clause_id: str) -> str:
    """The page of a clause or reading."""
    return f"/staff/clause/{quote(clause_id)}/"


def link(clause_id: str | None) -> Clause | None:
    """A clause as pages show it; nothing for nothing."""
    return sure(clause_id) if clause_id else None


@lru_cache(maxsize=1024)
def sure(clause_id: str) -> Clause:
    """A clause that is there."""
    return Clause(clause_id, clause_url(clause_id))
