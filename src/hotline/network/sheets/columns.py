"""栏目 (columns): which columns each sheet has, what they are called in Chinese and in English, and what may stand in
them. Both languages are read; Chinese is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hotline.network.roles import STAFF, TERMS
from hotline.network.sheet import Fault, SheetError
from hotline.network.sheets.files import Grid
from hotline.network.sorts import DESKS, SORTS

OPEN, ENDED = "open", "ended"


@dataclass(frozen=True, slots=True)
class Column:
    """一栏: `values` are those that may stand in it, by identifier, each with its Chinese word; empty: anything."""

    id: str
    term: str
    required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)  # other words for a value

    def value(self, said: str) -> str | None:
        """What a cell means; None when nothing of the kind may stand here."""
        if not self.values or not said:
            return said
        words = {**{term: one for one, term in self.values.items()}, **self.also}
        return said if said in self.values else words.get(said)


@dataclass(frozen=True, slots=True)
class Sheet:
    """一种表: its columns, and the one by which it is known."""

    id: str
    term: str
    mark: str
    columns: tuple[Column, ...]

    def named(self, heading: str) -> Column | None:
        """The column of a heading, in either language."""
        return next((one for one in self.columns if heading in (one.id, one.term)), None)

    def term_of(self, column: str) -> str:
        """The Chinese heading of a column; what is no column of the sheet stays as it is."""
        found = self.named(column)
        return found.term if found else column


_ENDED_UNIT = Column("status", "状态", False, {OPEN: "在册", ENDED: "撤销"})
_ENDED_POST = Column("status", "状态", False, {OPEN: "在任", ENDED: "离岗"}, {"撤销": ENDED})
UNITS = Sheet("units", "单位", "level", (
    Column("code", "编码", True), Column("name", "名称"), Column("short", "简称"), Column("level", "级别"),
    Column("parent", "上级单位编码"), Column("sort", "类别", False, SORTS), Column("desk", "职能", False, DESKS),
    Column("place", "区划代码"), Column("phone", "值班电话"), _ENDED_UNIT, Column("successor", "承接单位编码"),
))  # fmt: skip
PEOPLE = Sheet("people", "人员", "login", (
    Column("login", "登录名", True), Column("name", "姓名"), Column("unit", "单位编码", True),
    Column("role", "岗位", True, {str(role): TERMS[role] for role in STAFF}), Column("phone", "电话"), _ENDED_POST,
))  # fmt: skip
DUTIES = Sheet("duties", "值班", "from_at", (
    Column("unit", "单位编码", True), Column("name", "值班人", True), Column("phone", "电话", True),
    Column("from_at", "开始", True), Column("until_at", "结束", True),
    Column("status", "状态", False, {OPEN: "在排", ENDED: "撤销"}),
))  # fmt: skip
CATALOGUE = Sheet("catalogue", "职责目录", "lead", (
    Column("category", "类别", True), Column("county", "县区"), Column("lead", "牵头", True), Column("assisting", "协办"),
    Column("basis", "依据"), Column("from_on", "起用"), Column("status", "状态", False, {OPEN: "在用", ENDED: "停用"}),
))  # fmt: skip
SHEETS = (UNITS, PEOPLE, DUTIES, CATALOGUE)


@dataclass(frozen=True, slots=True)
class Line:
    """一行: where it stands, and what its cells mean by column; a column that the file lacks is not in it. `wrong`: some
    cell means nothing; the row is there only so that others may name it."""

    sheet: Sheet
    place: str
    number: int
    cells: Mapping[str, str]
    wrong: bool = False

    def get(self, column: str, default: str = "") -> str:
        """What stands in a column, or the default where the file lacks the column."""
        return self.cells.get(column, default)

    @property
    def ends(self) -> bool:
        """Whether the row says that what it names ends."""
        return self.get("status") == ENDED

    def fault(self, column: str, because: str) -> Fault:
        """Something wrong in this row."""
        return Fault(self.number, self.sheet.term_of(column), because, self.place)


def _known(grid: Grid) -> Sheet:
    heading = grid.rows[0][1]
    for sheet in SHEETS:
        mark = sheet.named(sheet.mark)
        if mark and {mark.id, mark.term} & set(heading):
            return sheet
    said = "；".join(f"{one.term}表有“{one.term_of(one.mark)}”" for one in SHEETS)
    raise SheetError([Fault(grid.rows[0][0], "", f"认不出这是哪一种表。{said}。", grid.name)])


def _heading(grid: Grid, sheet: Sheet) -> list[Column | None]:
    number, cells = grid.rows[0]
    found = [sheet.named(cell) for cell in cells]
    faults = [Fault(number, cell, "没有这一列，请改正表头或删去。", grid.name)
              for cell, column in zip(cells, found, strict=True) if cell and column is None]  # fmt: skip
    there = [column.id for column in found if column]
    faults += [Fault(number, c.term, "表头里有两个。", grid.name) for c in sheet.columns if there.count(c.id) > 1]
    faults += [Fault(number, c.term, "表头里缺这一列。", grid.name)
               for c in sheet.columns if c.required and c.id not in there]  # fmt: skip
    if faults:
        raise SheetError(faults)
    return found


def _line(grid: Grid, sheet: Sheet, heading: Sequence[Column | None], number: int, cells: Sequence[str],
          faults: list[Fault]) -> Line:  # fmt: skip
    """A row's cells by their meaning; what may not stand where it stands is noted."""
    before, read = len(faults), dict[str, str]()
    for at, column in enumerate(heading):
        said = cells[at] if at < len(cells) else ""
        if column is None:
            continue
        value = column.value(said)
        if value is None:
            allowed = "、".join(column.values.values())
            faults.append(Fault(number, column.term, f"没有“{said}”，可填：{allowed}。", grid.name))
        elif column.required and not value:
            faults.append(Fault(number, column.term, "不能空着。", grid.name))
        read[column.id] = value or ""
    if len(cells) > len(heading):
        faults.append(Fault(number, "", "这一行比表头多出几列。", grid.name))
    return Line(sheet, grid.name, number, read, len(faults) > before)


def lines(grid: Grid) -> tuple[list[Line], list[Fault]]:
    """The rows of one sheet under its heading, and what is wrong in them. Raises SheetError for the heading."""
    sheet = _known(grid)
    heading, faults = _heading(grid, sheet), list[Fault]()
    return [_line(grid, sheet, heading, number, cells, faults) for number, cells in grid.rows[1:]], faults
