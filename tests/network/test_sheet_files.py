"""What a file of sheets may be: encodings, languages of the heading, limits, and what is refused by its content."""

from __future__ import annotations

import io
import zipfile

import pytest

from hotline.network.sheets import files, loading
from hotline.network.sheets.export import as_xlsx, escaped
from hotline.network.sheets.files import NotASheet
from network.sheet_files import PEOPLE, UNITS, book_of, csv_of

ROW = ["X1", "新设局", "新设局", "2", "10", "部门"]


def refused(data: bytes) -> str:
    with pytest.raises(NotASheet) as caught:
        files.grids(data)
    return str(caught.value)


def faults(data: bytes) -> list[tuple[str, int, str]]:
    return [(fault.sheet, fault.row, fault.column) for fault in loading.read(data)[1].found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_every_usual_encoding(encoding: str) -> None:
    data = csv_of(UNITS, ROW).decode("utf-8-sig").encode(encoding)
    assert loading.read(data)[0][0].cells["name"] == "新设局"


def test_both_languages_name_a_column_and_a_value_in_any_order() -> None:
    english = csv_of(["level", "code", "name", "short", "sort"], ["2", "X1", "新设局", "新设局", "department"])
    chinese = csv_of(["编码", "名称", "简称", "类别", "级别"], ["X1", "新设局", "新设局", "部门", "2"])
    assert loading.read(english)[0][0].cells == loading.read(chinese)[0][0].cells


def test_a_workbook_holds_several_sheets_and_rows_keep_their_numbers() -> None:
    data = book_of(单位=(UNITS, [[], ROW]), 人员=(PEOPLE, [["a.b", "甲", "X1", "承办人"]]), 说明=([], []))
    assert [(line.place, line.number, line.sheet.id) for line in loading.read(data)[0]] == [
        ("单位", 3, "units"), ("人员", 2, "people"),
    ]  # fmt: skip


def test_numbers_and_days_of_a_workbook_are_read_as_they_look() -> None:
    assert [files._said(value) for value in (341302.0, 2.5, "x")] == ["341302", "2.5", "x"]


def test_every_fault_has_its_row_and_column() -> None:
    rows = ["", "甲", "甲", "2", "10", "部门"], ["X2", "乙", "乙", "2", "10", "局"], ["X3", *[""] * 8, "停"]
    data = csv_of(UNITS, *rows)
    assert faults(data) == [("", 2, "编码"), ("", 3, "类别"), ("", 4, "状态")]
    assert faults(csv_of([*UNITS, "备注"], ROW)) == [("", 1, "备注")]
    assert faults(csv_of(["编码", "级别", "编码"], ["X1"])) == [("", 1, "编码")]
    assert faults(csv_of(["登录名", "姓名"], ["a", "b"])) == [("", 1, "单位编码"), ("", 1, "岗位")]
    assert faults(csv_of(["甲", "乙"], ["a", "b"])) == [("", 1, "")]
    assert faults(book_of(一=(UNITS, [["X1", "", "", "", "", "局"]]), 二=(["某"], [["1"]]))) == [
        ("一", 2, "类别"), ("二", 1, ""),
    ]  # fmt: skip


def test_what_a_spreadsheet_would_run_is_escaped_and_read_back() -> None:
    for cell in ("=1+1", "+86", "-2", "@x", "\tx"):
        assert escaped(cell) == f"'{cell}"
    assert escaped("甲=乙") == "甲=乙"
    data = csv_of(["登录名", "姓名", "单位编码", "岗位"], ["a", escaped("=HYPERLINK(1)"), "X1", "承办人"])
    assert loading.read(data)[0][0].cells["name"] == "=HYPERLINK(1)"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), body)
    return out.getvalue()


def with_part(name: str, change: bytes | None) -> bytes:
    """A good workbook with one part replaced."""
    out = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(as_xlsx({"单位": [UNITS, [*ROW, "", "", "", "", ""]]})))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in good.namelist():
            if part != name:
                made.writestr(part, good.read(part))
        if change is not None:
            made.writestr(name, change)
    return out.getvalue()


def test_what_is_no_sheet_is_refused_by_its_content() -> None:
    assert "没有内容" in refused(b"")
    assert "没有内容" in refused(b"\n\n,,\n")
    assert "太大" in refused(b"a," * files.LARGEST)
    assert "旧式" in refused(files.OLD_EXCEL + b"x" * 100)
    assert "不是表格" in refused(b"\x89PNG\r\n\x1a\n" + bytes(range(32)) + b"a")
    assert "编码" in refused(b"\xff\xfe\xff\xff")
    assert "损坏" in refused(files.ZIP + b"x" * 100)
    assert "不是 Excel" in refused(packed(word__document_xml=b"<x/>"))
    assert "太大" in refused("编码\n".encode() + b"x\n" * (files.MOST_ROWS + 1))


def test_macros_bombs_and_far_cells_are_refused_before_they_are_unpacked() -> None:
    assert "宏" in refused(with_part("xl/vbaProject.bin", b"x"))
    assert "展开" in refused(with_part("xl/media/a.bin", bytes(files.UNPACKED + 1)))
    names = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = b'<worksheet xmlns="' + names + b'"><sheetData>%s</sheetData></worksheet>'
    cells = (b'<row r="1048576"><c r="A1048576"/></row>', b'<row r="1"><c r="XFD1"/></row>',
             b"<row r='1'><c r='BM1'/></row>", b'<row r="1"><c r="&#65;1048576"/></row>')  # fmt: skip
    for cell in cells:
        assert refused(with_part("xl/worksheets/sheet1.xml", sheet % cell))
    assert files.grids(with_part("nothing", None))
