"""单位统计: charts that say their answer, and the tables behind them."""

from __future__ import annotations

from dataclasses import dataclass

from .marks import Link
from .network import Section


@dataclass(frozen=True, slots=True)
class Bar:
    """一条: whose, how much in words, how long of a hundred, where it leads."""

    label: str
    said: str
    length: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """一张图: its title is its answer; `note`: of how many, since when."""

    title: str
    note: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """单位统计的页面."""

    title: str
    said: str
    charts: tuple[Chart, ...]
    sections: tuple[Section, ...]
    export: Link | None = None
