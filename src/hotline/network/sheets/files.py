"""文件 (files): the cells of a CSV or xlsx file. What a file is, its content says, not its name; nothing in it is run,
and what would burst when unpacked is refused before it is."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

LARGEST = 5 * 1024 * 1024
UNPACKED = 60 * 1024 * 1024
PARTS = 500
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 64, 20
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WORKBOOK, MACROS = "xl/workbook.xml", "vbaproject.bin"
PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,8})([0-9]{0,12})[^"']*["']""")
ESCAPED = re.compile(r"'[=+\-@\t\r]")

Cells = Sequence[str]


class NotASheet(ValueError):
    """不是表格: a file that cannot be taken; its text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Grid:
    """一张表: its name in the workbook, and its rows with their numbers, as a spreadsheet counts them."""

    name: str
    rows: tuple[tuple[int, Cells], ...]


def grids(data: bytes) -> list[Grid]:
    """The sheets of a file that hold anything. Raises NotASheet."""
    if len(data) > LARGEST:
        raise NotASheet(f"文件太大，最多 {LARGEST // 1024 // 1024} MB。")
    if data.startswith(OLD_EXCEL):
        raise NotASheet("这是旧式 Excel 文件，请另存为 .xlsx 或 CSV 再上传。")
    found = [grid for grid in (_workbook(data) if data.startswith(ZIP) else [_csv(data)]) if grid.rows]
    if not found:
        raise NotASheet("文件里没有内容。")
    return found


def _csv(data: bytes) -> Grid:
    """UTF-8 with or without its mark, else the national encoding."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise NotASheet("认不出文件的编码，请存为 UTF-8 的 CSV，或 .xlsx。")
    if any(ord(letter) < ord(" ") and letter not in "\t\r\n" for letter in text):
        raise NotASheet("这不是表格文件，请上传 .xlsx 或 CSV。")
    try:
        return Grid("", tuple(_numbered(csv.reader(io.StringIO(text, newline="")))))
    except csv.Error as error:
        raise NotASheet("CSV 的格式不对，请在表格软件里另存一次。") from error


def _numbered(rows: Iterator[list[str]] | Sequence[list[str]]) -> Iterator[tuple[int, Cells]]:
    """Rows that hold anything, with their numbers; trailing empty cells fall away."""
    for number, row in enumerate(rows, 1):
        cells = [_unescaped(cell.strip()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise NotASheet(f"表格太大，最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列。")
        if cells:
            yield number, cells


def _unescaped(cell: str) -> str:
    return cell[1:] if ESCAPED.match(cell) else cell


def _workbook(data: bytes) -> list[Grid]:
    _insist_on_harmless(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[:MOST_SHEETS]
        return [Grid(name, tuple(_numbered(_rows(book, name)))) for name in names]
    except (CalamineError, ValueError, OSError) as error:
        if isinstance(error, NotASheet):
            raise
        raise NotASheet("打不开这个文件，请在表格软件里另存为 .xlsx 再上传。") from error


def _rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    return [[_said(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def _said(value: object) -> str:
    """A cell as text: whole numbers without a point, instants to the minute."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _insist_on_harmless(data: bytes) -> None:
    """A workbook, without macros, that stays small when unpacked, in bytes and in cells. Raises NotASheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = [part.filename.lower() for part in parts]
            if WORKBOOK not in names:
                raise NotASheet("这不是 Excel 文件，请上传 .xlsx 或 CSV。")
            if any(name.endswith(MACROS) for name in names):
                raise NotASheet("文件里有宏，不能上传，请另存为不带宏的 .xlsx。")
            if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise NotASheet("文件展开后太大。")
            for part in parts:
                if part.filename.lower().startswith("xl/worksheets/") and part.filename.lower().endswith(".xml"):
                    _insist_on_few_cells(packed.read(part))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NotASheet("文件已损坏或加了密码，打不开。") from error


def _insist_on_few_cells(sheet: bytes) -> None:
    """The reader makes room for every cell up to the furthest: one far away would take all memory."""
    if b"\x00" in sheet:
        raise NotASheet("打不开这个文件，请在表格软件里另存为 .xlsx 再上传。")
    for letters, digits in PLACE.findall(sheet):
        if len(letters) > 2 or (len(letters) == 2 and letters.upper() > b"BL") or int(digits or b"0") > MOST_ROWS:
            raise NotASheet(f"表格太大，最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列。")
        if not letters and not digits:
            raise NotASheet("打不开这个文件，请在表格软件里另存为 .xlsx 再上传。")
