"""引用 (citing): a document that a letter rests on, in its standard form. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """引用过的文件: its title and document number, how many letters cite it, whether one of the same category does."""

    title: str
    number: str
    times: int
    alike: bool


def said(title: str, number: str = "") -> str:
    """A document as a letter names it: 《title》（number）."""
    bare = title.strip().removeprefix("《").removesuffix("》")
    return f"《{bare}》（{number.strip()}）" if number.strip() else f"《{bare}》"
