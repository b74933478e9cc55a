"""一部分 (portions): a list that is longer than what is shown of it. Every list that is cut is cut here, so that whoever
shows it knows that there is more, and says so or leads on (`tests/surfaces/test_portions.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

T = TypeVar("T")


def cut(rows: Sequence[T], most: int) -> tuple[Sequence[T], int]:
    """What is shown of a list, and how many rows were read beyond it; 0: that is all there is."""
    return rows[:most], max(len(rows) - most, 0)


def at(address: str, **asked: str) -> str:
    """An address with what is asked of it, as far as anything is."""
    return f"{address}?{urlencode({name: value for name, value in asked.items() if value})}".rstrip("?")
