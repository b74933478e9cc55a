"""Sheets are taken whole or refused whole, each fault by row and column."""

import pytest

from hotline.network import sheet

HEAD = ",".join(sheet.UNIT_COLUMNS)
TOP = "1,市政府,市政府,1,,government,,,"
OFFICE = "10,热线办,热线办,1,1,platform,office,,"
PEOPLE = ",".join(sheet.PEOPLE_COLUMNS)
LEVELS = {"10": (1, "office"), "20": (2, "")}


def faults(*rows: str) -> list[tuple[int, str]]:
    with pytest.raises(sheet.SheetError) as caught:
        sheet.units("\n".join((HEAD, *rows)), [1, 2, 3])
    return [(fault.row, fault.column) for fault in caught.value.faults]


def people_faults(*rows: str) -> list[str]:
    with pytest.raises(sheet.SheetError) as caught:
        sheet.people("\n".join((PEOPLE, *rows)), LEVELS)
    return [fault.said() for fault in caught.value.faults]


def test_a_good_sheet_puts_parents_first() -> None:
    text = "\ufeff" + "\r\n".join((HEAD, "20,甲局,甲局,2,10,department,,,", "", OFFICE, TOP))
    assert [row["code"] for row in sheet.units(text, [1, 2, 3])] == ["1", "10", "20"]


@pytest.mark.parametrize(
    "row, column",
    [
        ("20,,甲局,2,10,department,,,", "name"),
        ("20,甲局,甲局,4,10,department,,,", "level"),
        ("20,甲局,甲局,2,10,kingdom,,,", "sort"),
        ("20,甲局,甲局,2,10,township,,,", "sort"),
        ("20,甲局,甲局,2,99,department,,,", "parent"),
        ("20,甲局,甲局,2,,department,,,", "parent"),
        ("20,甲局,甲局,3,10,department,,,", "parent"),
        ("20,甲局,甲局,2,10,department,web,,", "desk"),
        ("20,中心,中心,1,10,centre,,,", "desk"),
        ("20,中心,中心,1,10,centre,kitchen,,", "desk"),
        ("20,甲局,甲局", ""),
    ],
)
def test_one_fault(row: str, column: str) -> None:
    assert faults(TOP, OFFICE, row) == [(4, column)]


def test_every_fault_is_told_at_once() -> None:
    double = "20,甲局,甲局,2,10,department,,,"
    assert faults(TOP, OFFICE, double, double, "30,乙局,乙局,2,77,department,,,") == [
        (4, "code"),
        (5, "code"),
        (6, "parent"),
    ]


def test_a_loop_is_no_tree() -> None:
    assert faults("1,甲,甲,1,2,government,,,", "2,乙,乙,1,1,government,,,") == [(2, "parent"), (3, "parent")]


def test_another_heading_is_refused() -> None:
    with pytest.raises(sheet.SheetError, match="第 1 行：表头须是"):
        sheet.units("编码,名称\n1,甲", [1])


def test_faults_of_people() -> None:
    good = "a,赵甲,20,clerk,"
    assert people_faults(good, "a,钱乙,20,head,") == ["第 3 行“login”列：登录名“a”已由另一人使用。"]
    assert people_faults(good, good)[0] == "第 2 行“role”列：同一个人的同一个岗位写了两次。"
    assert people_faults("a,赵甲,99,clerk,") == ["第 2 行“unit”列：没有编码为“99”的单位。"]
    assert people_faults("a,赵甲,20,operator,") == ["第 2 行“role”列：这个单位不设“受理员”。"]
    assert people_faults("a,赵甲,20,king,")[0].startswith("第 2 行“role”列：没有“king”")
    assert people_faults("a,,20,clerk,") == ["第 2 行“name”列：不能空着。"]
