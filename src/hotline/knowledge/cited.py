"""引用 (cited): how an answer names entries, and what is known of those it names."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """引用的词条: an entry that an answer names, and whether it is in force just now."""

    id: int
    number: str
    version: int
    in_force: bool


def said_numbers(text: str) -> tuple[str, ...]:
    """The numbers in a line of them, each once."""
    return tuple(dict.fromkeys(part.upper() for part in re.split(r"[、，,；;\s]+", text.replace("\x00", "")) if part))
