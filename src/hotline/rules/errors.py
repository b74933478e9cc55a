"""The errors of a rulebook, worded for the person who keeps it."""

from __future__ import annotations

from collections.abc import Sequence


class RulebookError(Exception):
    """规则册有误：`file`, `clause` and `key` say where, `problem` (Chinese) says what."""

    def __init__(self, file: str, clause: str, key: str, problem: str) -> None:
        super().__init__(f"规则册文件 {file}，条款 {clause or '（无）'}，项 {key or '（无）'}：{problem}")
        self.file = file
        self.clause = clause
        self.key = key
        self.problem = problem


class UncoveredYear(Exception):
    """没有日历的年份：neither official nor provisional, so that no date in it can be computed."""

    def __init__(self, year: int, covered: Sequence[int]) -> None:
        span = f"{covered[0]}—{covered[-1]}" if covered else "没有任何一年"
        super().__init__(f"{year} 年没有工作日历（已有 {span}），不能计算期限；请先录入该年的放假安排")
        self.year = year
