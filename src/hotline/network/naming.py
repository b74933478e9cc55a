"""叫法 (naming): the names of units in a line of them, as people write it."""

from __future__ import annotations

import re


def said_units(text: str) -> tuple[str, ...]:
    """The names in a line of them, each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[、，,；;\s]+", text.replace("\x00", "")) if part))
