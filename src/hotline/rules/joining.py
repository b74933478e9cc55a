"""并单：which text of a unit's letter the callers of a joined matter read, and what they are promised when it is
handled by itself again (R-25)."""

from __future__ import annotations

from hotline.rules.book import Rulebook

PUBLISHABLE, KEPT = "publishable", "kept"


def shows_publishable(book: Rulebook) -> bool:
    """Whether they read the text fit to publish, not the answer that was written to somebody else."""
    return bool(book.provision("joining").values["shows"] == PUBLISHABLE)


def promise_kept(book: Rulebook) -> bool:
    """Whether what a caller was promised stays as it was when a matter is separated; else it counts anew from then."""
    return bool(book.provision("joining").values["promise"] == KEPT)
