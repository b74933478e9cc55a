"""行类 (line_kinds): the words by which a line says of what sort it is, as the database knows them: a type of its own,
four bytes a line (`procedure` 0016). A verb whose word is missing there is found before anybody performs it."""

from __future__ import annotations

from typing import Any

from hotline.procedure.card import LINES

TYPE = "procedure_linekind"


def unheard(cur: Any) -> list[str]:
    """The words of cards known here that this database would refuse."""
    cur.execute(f"SELECT k::text FROM unnest(enum_range(NULL::{TYPE})) AS k")
    known = {row[0] for row in cur.fetchall()}
    return sorted(LINES.keys() - known)
