"""裁定：what a ruling may be, and which of them says what the government designated (R-39)."""

from __future__ import annotations

from hotline.rules.book import Rulebook


def sorts(book: Rulebook) -> dict[str, str]:
    """How it may have been settled, by id."""
    return dict(book.provision("rulings").values["sorts"])


def of_government(book: Rulebook, sort: str) -> bool:
    """Whether a ruling of this sort repeats what the government designated, so that it must have designated it."""
    return bool(sort == book.provision("rulings").values["government"])
