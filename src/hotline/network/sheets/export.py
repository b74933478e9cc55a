"""导出 (export): what stands, as sheets that can be read in again without changing anything. A cell that a spreadsheet
would take for a formula is marked as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter  # type: ignore[import-untyped]

from hotline.network.sheets.columns import CATALOGUE, DUTIES, PEOPLE, SHEETS, UNITS, Sheet
from hotline.network.sheets.standing import Standing, standing

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 40
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def escaped(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _units(there: Standing) -> Iterator[Mapping[str, str]]:
    codes = {unit.id: unit.code for unit in there.units.values()}
    for unit in there.units.values():
        if unit.status == "open":
            yield {"code": unit.code, "name": unit.name, "short": unit.short, "level": str(unit.level),
                   "parent": codes.get(unit.parent_id or 0, ""), "sort": unit.sort, "desk": unit.desk,
                   "place": unit.place, "phone": unit.phone, "status": unit.status}  # fmt: skip


def _people(there: Standing) -> Iterator[Mapping[str, str]]:
    for (login, code, role), post in there.posts.items():
        person = there.people[login]
        yield {"login": login, "name": person.name, "unit": code, "role": role, "phone": person.phone,
               "status": post.status}  # fmt: skip


def _duties(there: Standing, tz: ZoneInfo) -> Iterator[Mapping[str, str]]:
    for (code, name, begin, end), duty in there.duties.items():
        yield {"unit": code, "name": name, "phone": duty.phone, "status": duty.status,
               "from_at": begin.astimezone(tz).strftime("%Y-%m-%d %H:%M"),
               "until_at": end.astimezone(tz).strftime("%Y-%m-%d %H:%M")}  # fmt: skip


def _catalogue(there: Standing) -> Iterator[Mapping[str, str]]:
    for entry, basis in there.catalogue.values():
        yield {"category": entry.category, "county": entry.county, "lead": entry.lead, "assisting": entry.assisting,
               "basis": basis, "from_on": entry.from_on.isoformat(), "status": entry.status}  # fmt: skip


def rows(sheet: Sheet, there: Standing, tz: ZoneInfo) -> list[list[str]]:
    """A sheet's rows, its Chinese heading first."""
    cells = {UNITS.id: _units(there), PEOPLE.id: _people(there), DUTIES.id: _duties(there, tz),
             CATALOGUE.id: _catalogue(there)}[sheet.id]
    said = [[escaped(c.values.get(row.get(c.id, ""), row.get(c.id, ""))) for c in sheet.columns] for row in cells]
    return [[column.term for column in sheet.columns], *said]


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """One sheet each, under its name; every cell is text, the heading stays in sight."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for name, table in tables.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for at, row in enumerate(table):
                for column, cell in enumerate(row):
                    page.write_string(at, column, cell, text if at else bold)
            for column, cells in enumerate(zip(*table, strict=True)):
                page.set_column(column, column, min(WIDEST, 2 + 2 * max(map(len, cells))))
    return packed.getvalue()


def export(what: str, kind: str, now: datetime, tz: ZoneInfo) -> bytes:
    """Everything (`all`, as xlsx only) or one kind of sheet, as xlsx or csv. Raises KeyError for anything else."""
    there = standing(now)
    chosen = SHEETS if what == "all" else (next((one for one in SHEETS if one.id == what), None),)
    tables = {sheet.term: rows(sheet, there, tz) for sheet in chosen if sheet}
    if not tables or kind not in ("xlsx", "csv") or (what == "all" and kind == "csv"):
        raise KeyError(what)
    return as_xlsx(tables) if kind == "xlsx" else as_csv(next(iter(tables.values())))
