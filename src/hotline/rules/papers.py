"""纸质文件：by which means papers go and come (五（一）)."""

from __future__ import annotations

from hotline.rules.book import Rulebook


def means(book: Rulebook) -> dict[str, str]:
    """The means by which papers go and come, by id, each with its Chinese term."""
    return dict(book.provision("paper").values["means"])
