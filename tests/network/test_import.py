"""Import as a difference to what stands; all or nothing; every fault by row and column; passwords told once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from hotline.network import desks, passwords
from hotline.network.models import Duty, Person, Post, Unit
from hotline.network.sheet import SheetError
from hotline.network.sheets import loading
from hotline.network.sheets.export import export
from hotline.procedure import verify
from hotline.procedure.actor import Actor
from hotline.procedure.world import current
from network.acts import NOW, opened
from network.sheet_files import DUTIES, PEOPLE, UNITS, book_of, csv_of, load
from support import ledger

NEW = ["X1", "新设局", "新设局", "2", "10", "部门", "", "", "0557-0009999"]
CHILD = ["X11", "新设所", "新设所", "3", "341302", "乡镇（街道）", "", "", "0557-0009998"]
STAFF = [["zhang.san", "张三丰", "X1", "承办人", "13900000001"], ["li.si", "李四光", "X1", "分管负责人"],
         ["zhang.san", "张三丰", "X1", "主要负责人", "13900000001"]]  # fmt: skip
TURN = ["X1", "张三丰", "0557-0009999", "2026-09-18 18:00", "2026-09-19 08:00"]


def faults(data: bytes, admin: Actor) -> list[tuple[str, int, str]]:
    """What is wrong with a file; and nothing has changed."""
    before = state()
    with pytest.raises(SheetError) as caught:
        load(data, admin, NOW)
    assert state() == before
    assert all(fault.because for fault in caught.value.faults)
    return [(fault.sheet, fault.row, fault.column) for fault in caught.value.faults]


def state() -> tuple[Any, ...]:
    with connection.cursor() as cur:
        cur.execute("SELECT count(*), sum(seq) FROM procedure_chainhead")
        return (*cur.fetchone(), Unit.objects.count(), Person.objects.count(), Post.objects.count())


def counts(data: bytes) -> dict[str, int]:
    return dict(loading.counted(loading.plan(data, NOW)))


def test_one_workbook_opens_units_with_their_people_and_their_duty(admin: Actor) -> None:
    data = book_of(单位=(UNITS, [CHILD, NEW]), 人员=(PEOPLE, STAFF), 值班=(DUTIES, [TURN]))
    assert counts(data) == {"增设单位": 2, "设岗": 3, "排班": 1}
    accounts = load(data, admin, NOW)
    unit = Unit.objects.get(code="X1")
    assert sorted(Post.objects.filter(unit=unit).values_list("person__login", "role")) == [
        ("li.si", "deputy"), ("zhang.san", "clerk"), ("zhang.san", "head"),
    ]  # fmt: skip
    assert Unit.objects.get(code="X11").parent is not None
    assert Duty.objects.get(unit=unit).until_at == NOW + timedelta(hours=16)
    assert [one.login for one in accounts] == ["zhang.san", "li.si"]
    assert unit in [Unit.objects.get(id=one.id) for one in desks.units_that_receive(current().book)[0]]
    assert verify.verify().ok


def test_passwords_are_for_one_sign_in_and_stand_nowhere(admin: Actor) -> None:
    accounts = load(book_of(单位=(UNITS, [NEW]), 人员=(PEOPLE, STAFF)), admin, NOW)
    for account in accounts:
        person = Person.objects.get(login=account.login)
        assert person.must_change_password
        assert passwords.fits(account.password, person.password)
        assert not passwords.fits(account.password[:-1], person.password)
        assert account.password not in person.password
    assert len({account.password for account in accounts}) == 2
    text = "".join(line.text for line in ledger.lines())
    assert not any(word in text for one in accounts for word in (one.password, one.login, one.name))


def test_the_same_file_again_changes_nothing(admin: Actor) -> None:
    data = book_of(单位=(UNITS, [NEW]), 人员=(PEOPLE, STAFF), 值班=(DUTIES, [TURN]))
    load(data, admin, NOW)
    before = state()
    assert load(data, admin, NOW) == []
    assert state() == before


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("what", ["units", "people", "duties"])
def test_what_was_exported_changes_nothing_when_read_in(admin: Actor, what: str, kind: str) -> None:
    load(book_of(单位=(UNITS, [[*NEW[:1], "=新设局", "+局", *NEW[3:]]]), 值班=(DUTIES, [TURN])), admin, NOW)
    data = export(what, kind, NOW, current().book.tz)
    assert counts(data) == {}
    assert len(loading.read(data)[0]) >= 1


def test_changed_cells_amend_and_columns_left_out_stay(admin: Actor) -> None:
    load(book_of(单位=(UNITS, [NEW]), 人员=(PEOPLE, STAFF)), admin, NOW)
    units = csv_of(["编码", "级别", "名称", "值班电话"], ["X1", "2", "改名局", "0557-0000099"])
    assert counts(units) == {"变更单位": 1}
    load(units, admin, NOW)
    unit = Unit.objects.get(code="X1")
    assert (unit.name, unit.short, unit.phone) == ("改名局", "新设局", "0557-0000099")
    people = csv_of(["登录名", "单位编码", "岗位", "电话"], ["zhang.san", "X1", "承办人", "13900000009"],
                    ["zhang.san", "X1", "主要负责人", "13900000009"])  # fmt: skip
    assert counts(people) == {"变更人员": 1}
    load(people, admin, NOW)
    assert Person.objects.get(login="zhang.san").phone == "13900000009"


def test_nothing_ends_by_being_left_out_but_by_its_status(admin: Actor) -> None:
    load(book_of(单位=(UNITS, [NEW, ["X2", "另一局", "另一局", *NEW[3:]]]), 人员=(PEOPLE, STAFF)), admin, NOW)
    load(csv_of(PEOPLE, [*STAFF[0]]), admin, NOW)
    assert Post.objects.filter(unit__code="X1", status="open").count() == 3
    leaving = [[*row, *[""] * (5 - len(row)), "离岗"] for row in STAFF]
    ending = [*NEW, "撤销", "X2"]
    assert faults(book_of(单位=(UNITS, [ending])), admin) == [("单位", 2, "")]
    load(book_of(单位=(UNITS, [ending]), 人员=(PEOPLE, leaving)), admin, NOW)
    unit = Unit.objects.get(code="X1")
    assert (unit.status, unit.successor.code) == ("ended", "X2")
    assert not Post.objects.filter(unit=unit, status="open").exists()
    assert faults(csv_of(UNITS, NEW), admin) == [("", 2, "编码")]


def test_every_fault_of_units_by_row_and_column(admin: Actor) -> None:
    opened(admin, "X0")
    rows = [
        ["X1", "甲局", "甲", "2", "10", "部门", "电话受理"],
        ["X2", "乙局", "乙", "2", "nowhere", "部门"],
        ["X3", "丙局", "丙", "3", "10", "部门"],
        ["X4", "", "丁", "2", "10", "部门"],
        ["X5", "戊局", "戊", "9", "无此", "部门"],
        ["X6", "己局", "己", "2", "10", "部门", "", "", "没有电话"],
        ["X7", "庚局", "庚", "2", "10", "部门", "", "", "", "撤销"],
        ["X0", "新设X0局", "X0局", "3", "10", "部门"],
        ["X8", "辛局", "辛", "2", "10", "部门"],
        ["X8", "辛局", "辛", "2", "10", "部门"],
    ]
    assert faults(csv_of(UNITS, *rows), admin) == [
        ("", 2, "职能"), ("", 3, "上级单位编码"), ("", 4, "上级单位编码"), ("", 5, "名称"), ("", 6, "级别"),
        ("", 6, "上级单位编码"),
        ("", 7, "值班电话"), ("", 8, "状态"), ("", 9, "级别"), ("", 11, "编码"),
    ]  # fmt: skip


def test_every_fault_of_people_by_row_and_column(admin: Actor) -> None:
    rows = [
        ["a.b", "甲", "nowhere", "承办人"],
        ["c.d", "乙", "341302", "受理员"],
        ["e f", "丙", "341302", "承办人"],
        ["g.h", "", "341302", "承办人"],
        ["yongqiao-clerk", "冒名", "341302", "主要负责人"],
        ["i.j", "丁", "341302", "承办人", "不是号码"],
        ["k.l", "戊", "341302", "承办人", "", "离岗"],
        ["m.n", "己", "341302", "承办人"],
        ["m.n", "另己", "341302", "主要负责人"],
    ]
    assert faults(csv_of(PEOPLE, *rows), admin) == [
        ("", 2, "单位编码"), ("", 3, "岗位"), ("", 4, "登录名"), ("", 5, "姓名"), ("", 6, "登录名"), ("", 7, "电话"),
        ("", 8, "状态"), ("", 10, "登录名"),
    ]  # fmt: skip


def test_every_fault_of_a_roster_by_row_and_column(admin: Actor) -> None:
    rows = [
        ["nowhere", "甲", "110", "2026-09-18 18:00", "2026-09-19 08:00"],
        ["341302", "甲", "0557-0000001", "明天", "2026-09-19 08:00"],
        ["341302", "甲", "0557-0000001", "2026-09-19 08:00", "2026-09-18 18:00"],
        ["341302", "甲", "无", "2026-09-18 18:00", "2026-09-19 08:00"],
        ["341302", "甲", "0557-0000001", "2026-09-20 18:00", "2026-09-21 08:00", "撤销"],
    ]
    assert faults(csv_of(DUTIES, *rows), admin) == [
        ("", 2, "单位编码"), ("", 3, "开始"), ("", 4, "结束"), ("", 5, "电话"), ("", 6, "状态"),
    ]  # fmt: skip


def test_turns_that_are_over_are_passed_by_and_a_new_number_replaces_the_old(admin: Actor) -> None:
    past = ["341302", "甲", "0557-0000001", "2026-09-01 18:00", "2026-09-02 08:00"]
    ahead = ["341302", "甲", "0557-0000001", "2026/09/20 18:00", "2026-09-21T08:00"]
    made = loading.plan(csv_of(DUTIES, past, ahead), NOW)
    assert (len(made.changes), len(made.notes)) == (1, 1)
    loading.load(made, admin, NOW)
    load(csv_of(DUTIES, [*ahead[:2], "0557-0000002", *ahead[3:]]), admin, NOW)
    assert list(Duty.objects.filter(status="open", name="甲").values_list("phone", flat=True)) == ["0557-0000002"]
    load(csv_of(DUTIES, [*ahead[:2], "0557-0000002", *ahead[3:], "撤销"]), admin, NOW)
    assert not Duty.objects.filter(status="open", name="甲").exists()


def test_what_only_a_card_knows_is_a_fault_of_its_row_and_takes_all_back(admin: Actor) -> None:
    last = Post.objects.get(role="admin")
    gone = [last.person.login, last.person.name, last.unit.code, "系统管理员", "", "离岗"]
    assert faults(book_of(单位=(UNITS, [NEW]), 人员=(PEOPLE, [gone])), admin) == [("人员", 2, "")]
    assert not Unit.objects.filter(code="X1").exists()


def test_what_is_not_what_was_shown_is_not_done(admin: Actor) -> None:
    data = csv_of(UNITS, NEW, ["X2", "另一局", "另一局", *NEW[3:]])
    shown = loading.plan(data, NOW).fingerprint()
    opened(admin, "X2", name="另一局", short="另一局", phone=NEW[8])
    with pytest.raises(loading.Moved):
        loading.load(loading.plan(data, NOW), admin, NOW, shown)
    assert not Unit.objects.filter(code="X1").exists()
    again = loading.plan(data, NOW)
    loading.load(again, admin, NOW, again.fingerprint())
    assert Unit.objects.filter(code="X1").exists()


def test_a_whole_county_comes_in_at_once(admin: Actor) -> None:
    units = [[f"Z{n:03}", f"第{n}局", f"{n}局", "2", "10", "部门", "", "", f"0557-{n:07}"] for n in range(200)]
    people = [[f"p.{n}.{role}", f"某{n}{role}", f"Z{n:03}", role] for n in range(200) for role in ("承办人", "分管负责人")]
    accounts = load(book_of(单位=(UNITS, units), 人员=(PEOPLE, people)), admin, NOW)
    assert len({one.password for one in accounts}) == 400
    assert Post.objects.filter(unit__code__startswith="Z").count() == 400
