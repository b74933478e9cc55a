"""表格 (sheets): CSV files of units and of people, read whole or refused whole, each fault by row and column."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hotline.network.roles import STAFF, TERMS, roles_at
from hotline.network.sorts import DESKS, SORTS, why_misplaced

UNIT_COLUMNS = ("code", "name", "short", "level", "parent", "sort", "desk", "place", "phone")
UNIT_REQUIRED = ("code", "name", "short", "level", "sort")
PEOPLE_COLUMNS = ("login", "name", "unit", "role", "phone")
PEOPLE_REQUIRED = ("login", "name", "unit", "role")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """错处: one fault; `row` counts as a spreadsheet does, the heading being row 1. `sheet` names one of several."""

    row: int
    column: str
    because: str
    sheet: str = ""

    def said(self) -> str:
        """The fault in a sentence."""
        sheet = f"“{self.sheet}”表" if self.sheet else ""
        where = f"“{self.column}”列" if self.column else ""
        return f"{sheet}第 {self.row} 行{where}：{self.because}"


class SheetError(ValueError):
    """表格有误: nothing of the file is taken."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__("\n".join(fault.said() for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Row:
    """一行: its number in the file, and its cells by column."""

    number: int
    cells: Cells

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read(text: str, columns: Sequence[str]) -> list[Row]:
    """The rows under a heading of exactly these columns; blank rows are passed over. Raises SheetError."""
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if not lines or tuple(cell.strip() for cell in lines[0]) != tuple(columns):
        raise SheetError([Fault(1, "", f"表头须是：{'，'.join(columns)}。")])
    rows, faults = [], []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            faults.append(Fault(number, "", f"应有 {len(columns)} 列，这一行有 {len(cells)} 列。"))
        else:
            rows.append(Row(number, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    if faults:
        raise SheetError(faults)
    return rows


def _empty(rows: Sequence[Row], required: Sequence[str]) -> list[Fault]:
    return [Fault(row.number, column, "不能空着。") for row in rows for column in required if not row[column]]


def _unknown(row: Row, column: str, known: Mapping[str, str] | Sequence[str]) -> list[Fault]:
    if not row[column] or row[column] in known:
        return []
    return [Fault(row.number, column, f"没有“{row[column]}”，可填：{'、'.join(known)}。")]


def _unit_faults(row: Row, by_code: Mapping[str, Row], times: Mapping[str, int], levels: Sequence[str]) -> list[Fault]:
    faults = _unknown(row, "level", levels) + _unknown(row, "sort", SORTS) + _unknown(row, "desk", DESKS)
    if times[row["code"]] > 1:
        faults.append(Fault(row.number, "code", f"编码“{row['code']}”重复。"))
    above = by_code.get(row["parent"])
    if row["parent"] and above is None:
        faults.append(Fault(row.number, "parent", f"没有编码为“{row['parent']}”的单位。"))
    if faults or (above and above["level"] not in levels):
        return faults
    wrong = why_misplaced(int(row["level"]), row["sort"], row["desk"], int(above["level"]) if above else None)
    return [Fault(row.number, *wrong)] if wrong else _loop(row, by_code)


def _loop(row: Row, by_code: Mapping[str, Row]) -> list[Fault]:
    seen, above = {row["code"]}, by_code.get(row["parent"])
    while above is not None and above["code"] not in seen:
        seen.add(above["code"])
        above = by_code.get(above["parent"])
    return [Fault(row.number, "parent", "上级单位绕成了圈。")] if above is not None else []


def _checked(rows: list[Row], required: Sequence[str], faults_of: Callable[[Row], list[Fault]]) -> list[Row]:
    faults = _empty(rows, required) or [fault for row in rows for fault in faults_of(row)]
    if faults:
        raise SheetError(faults)
    return rows


def units(text: str, levels: Sequence[int]) -> list[Row]:
    """The units of a whole tree, every parent before its children. Raises SheetError naming every fault."""
    known = [str(level) for level in levels]
    rows = read(text, UNIT_COLUMNS)
    by_code, times = {row["code"]: row for row in rows}, Counter(row["code"] for row in rows)
    _checked(rows, UNIT_REQUIRED, lambda row: _unit_faults(row, by_code, times, known))

    def depth(row: Row) -> int:
        return 1 + depth(by_code[row["parent"]]) if row["parent"] else 0

    return sorted(rows, key=depth)


def _person_faults(row: Row, levels: Mapping[str, tuple[int, str]], names: Mapping[str, str]) -> list[Fault]:
    faults = _unknown(row, "role", [str(role) for role in STAFF])
    if names[row["login"]] != row["name"]:
        faults.append(Fault(row.number, "login", f"登录名“{row['login']}”已由另一人使用。"))
    if row["unit"] not in levels:
        faults.append(Fault(row.number, "unit", f"没有编码为“{row['unit']}”的单位。"))
    if not faults and row["role"] not in roles_at(*levels[row["unit"]]):
        faults.append(Fault(row.number, "role", f"这个单位不设“{next(TERMS[r] for r in STAFF if r == row['role'])}”。"))
    return faults


def people(text: str, levels: Mapping[str, tuple[int, str]]) -> list[Row]:
    """People and their posts, one post a row; `levels` gives each unit's level and desk by its code. A person with
    several posts stands in several rows with the same login and name. Raises SheetError naming every fault."""
    rows = read(text, PEOPLE_COLUMNS)
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row["login"], row["name"])
    times = Counter((row["login"], row["unit"], row["role"]) for row in rows)

    def faults_of(row: Row) -> list[Fault]:
        if times[row["login"], row["unit"], row["role"]] > 1:
            return [Fault(row.number, "role", "同一个人的同一个岗位写了两次。")]
        return _person_faults(row, levels, names)

    return _checked(rows, PEOPLE_REQUIRED, faults_of)
