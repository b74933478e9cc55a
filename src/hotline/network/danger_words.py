"""险情词 (danger words): the words of danger to life that the city looks for besides the rulebook's: rows of its own, born
from `danger_words.csv` beside its rulebook, added and ended by cards (ADR 0028)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from hotline.network.as_of import AsOf
from hotline.network.folders import RULEBOOKS
from hotline.network.look_ups import listed, look_up
from hotline.network.records import DangerWord
from hotline.procedure.case import Case
from hotline.procedure.world import Cursor, World

FILE = "danger_words.csv"
_ROWS = f"SELECT {listed(DangerWord, 'd')} FROM network_dangerword d ORDER BY d.id"
_WORDS = AsOf(_ROWS, lambda row: DangerWord(*row))


@lru_cache(maxsize=8)
def born(rulebook: str) -> tuple[str, ...]:
    """The words with which a city is born; none where its rulebook has no such file."""
    path = RULEBOOKS / rulebook / FILE
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(word for word, *_ in csv.reader(file))[1:]


def rows() -> tuple[DangerWord, ...]:
    """Every word that the city ever added, in the order in which it did; as old as the tree of units may be."""
    return _WORDS.rows()


def words() -> tuple[str, ...]:
    """Those that it looks for now."""
    return tuple(row.word for row in rows() if row.status == "open")


@look_up("danger_words")
def danger_words(cursor: Cursor, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> tuple[str, ...]:
    """The same for a card; known in the process, nothing is asked."""
    return words()
