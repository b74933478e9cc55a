"""类别 (categories): the tree by which the desk sorts what it takes in: `categories.csv` beside each rulebook, in two
levels. It is no part of the regulation: a city may better it at any time, and what was sorted before keeps its word."""

from __future__ import annotations

import csv
from functools import lru_cache

from hotline.network.folders import RULEBOOKS

FILE = "categories.csv"


@lru_cache(maxsize=8)
def tree(rulebook: str) -> dict[str, tuple[str, ...]]:
    """The categories of a city, each first-level one with those below it; empty where a city has none."""
    path = RULEBOOKS / rulebook / FILE
    if not path.is_file():
        return {}
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for top, leaf in csv.reader(file):
            found.setdefault(top, []).append(leaf)
    found.pop("一级", None)
    return {top: tuple(leaves) for top, leaves in found.items()}
