"""归类 (sorting): the category a matter gets, as a card takes it and as its line says it."""

from __future__ import annotations

from hotline.casework.transitions.base import AnyCase, write_text
from hotline.procedure.forms import Problem

SORTED = ("retired", "listed")  # what the city's list knows of the category on the form


def sorted_out(case: AnyCase) -> list[Problem]:
    """A category that was retired is not given to anything any more; what may be chosen in its place is proposed."""
    gone = case.tools.extra["retired"]
    if gone is None:
        return []
    instead = f"，请改选“{gone.successor}”" if gone.successor else "，请另选一类"
    return [Problem("category", f"类别“{gone.name}”已停用{instead}。", case.book.provision("change_of_kind").clause)]


def said_category(case: AnyCase) -> str | None:
    """One of the city's own list by its word, which tells of nobody (ADR 0032); what was typed by hand never in clear:
    it is a text, whose hash is in the line."""
    category = str(case.form["category"])
    if category and not case.tools.extra["listed"]:
        write_text(case, "category", category)
        return None
    return category or None
