"""说法相近 (words alike): how much two short texts say the same."""

from __future__ import annotations


def alike(one: str, other: str) -> float:
    """How many of the pairs of characters of the shorter text stand in the other one too."""
    here, there = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(here & there) / min(len(here), len(there)) if here and there else 0.0
