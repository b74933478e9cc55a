"""引号 (quoting): the records of a CSV text, and where a quotation mark never closed swallowed the rows behind it.

A record over several lines that is no whole row is cut before the first line at which one begins that is well formed by
itself; that row and those behind it live. What cannot be told apart safely stays one record.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

LONGEST_RECORD = 200  # lines that a row behind an open quotation mark may have

Whole = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Record:
    """一条记录: its cells, how many lines behind its first it took, and in which column, from 0, the first line break
    stands; `cut`: a quotation mark was left open there for certain, since whole rows come behind it."""

    cells: list[str]
    swallowed: int = 0
    broken_at: int | None = None
    cut: bool = False


def records(lines: Sequence[str], at: int, whole: Whole) -> Iterator[Record]:
    """Every record from a line on; `whole` tells whether cells make a row that stands by itself."""
    while at < len(lines):
        cells, end = _first(lines, at)
        cut = None if end - at == 1 or _stands(lines[at:end], whole) else _cut(lines, at, end, whole)
        if cut is not None:
            cells, end = _first(lines[at:cut], 0)[0], cut
        broken_at = next((i for i, cell in enumerate(cells) if "\n" in cell or "\r" in cell), None)
        yield Record(cells, end - at - 1, broken_at, cut is not None)
        at = end


def _first(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The first record from a line on, and the line behind it."""
    reader = csv.reader(lines[i] for i in range(at, len(lines)))
    cells = next(reader, [])
    return cells, at + reader.line_num


def _stands(lines: Sequence[str], whole: Whole) -> bool:
    """Whether lines begin with a whole row whose quotation marks fit."""
    try:
        return whole(next(csv.reader(lines, strict=True), []))
    except csv.Error:
        return False


def _cut(lines: Sequence[str], at: int, end: int, whole: Whole) -> int | None:
    """The first line behind `at` at which a whole row begins; None where none does."""
    return next((k for k in range(at + 1, end) if _stands(lines[k : k + LONGEST_RECORD], whole)), None)
