"""单位与人员: a city is staffed through the browser's forms; only by an administrator."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from hotline.network import passwords
from hotline.network.models import Acting, CatalogueEntry, Category, Duty, Person, Post, Unit
from hotline.procedure import times
from network.sheet_files import DUTIES, PEOPLE, UNITS, book_of, csv_of
from surfaces.city import client_of, hidden, put_clock, quick_passwords, text_of

HOME, SHEETS = "/staff/network/", "/staff/network/sheets/"
NEW = {"code": "X1", "name": "新设局", "short": "新设局", "level": "2", "parent": "10", "sort": "department",
       "phone": "0557-0009999"}  # fmt: skip
ROW = ["X1", "新设局", "新设局", "2", "10", "部门", "", "", "0557-0009999"]


@pytest.fixture
def admin(city: str) -> Any:
    """The administrator's browser on a fixed day."""
    put_clock()
    with quick_passwords():
        yield client_of("admin")


def post(client: Client, url: str, **form: str) -> Any:
    return client.post(url, {"act_id": str(uuid4()), **form})


def unit_url(code: str = "341302") -> str:
    return f"{HOME}unit/{Unit.objects.get(code=code).id}/"


def said(answer: Any) -> str:
    return text_of(answer.content)


def upload(client: Client, data: bytes, name: str = "a.xlsx") -> Any:
    file = BytesIO(data)
    file.name = name
    return client.post(SHEETS, {"file": file})


def test_the_list_finds_units_and_says_what_they_lack(admin: Client) -> None:
    page = said(admin.get(HOME))
    assert "埇桥区人民政府" in page
    assert "缺承办人、签批人" in page
    found = said(admin.get(f"{HOME}?q=三里湾"))
    assert "三里湾" in found
    assert "砀山县" not in found
    assert "没有这样的单位" in said(admin.get(f"{HOME}?q=没有这个"))
    assert admin.get(f"{HOME}?page=9999999").status_code == 200
    assert said(admin.get(f"{HOME}?page=2")) != page


def test_a_unit_is_opened_staffed_amended_and_ended(admin: Client) -> None:
    answer = post(admin, f"{HOME}open/", **NEW)
    assert answer.status_code == 303
    assert Unit.objects.get(code="X1").phone == NEW["phone"]
    url = unit_url("X1")
    assert "还缺 承办人、签批人，不能接单" in said(admin.get(url))
    clerk = post(admin, f"{url}appoint/", role="clerk", login="zhu.guang", name="烛光照", phone="")
    assert clerk.status_code == 200
    password = re.findall(r"<td[^>]*>((?:[a-z2-9]{4}-){3}[a-z2-9]{4})", clerk.content.decode())[0]
    person = Person.objects.get(login="zhu.guang")
    assert passwords.fits(password, person.password)
    assert person.must_change_password
    again = post(admin, f"{url}appoint/", role="deputy", login="zhu.guang", name="", phone="")
    assert again.status_code == 303
    page = said(admin.get(url))
    assert "不能接单" not in page
    posts, _, done = page.partition("岗位和账号的经过")
    assert posts.count("烛光照") == 2
    assert ("设岗 烛光照（承办人） 钱清和" in done, "设岗 烛光照（分管负责人） 钱清和" in done) == (True, True)
    assert post(admin, f"{url}amend_unit/", name="改名局", short="改名", place="", phone="").status_code == 303
    assert post(admin, f"{url}end_unit/", successor="").status_code == 422
    for row in Post.objects.filter(unit__code="X1"):
        assert post(admin, f"{HOME}post/{row.id}/end_post/").status_code == 303
    assert post(admin, f"{url}end_unit/", successor="201").status_code == 303
    assert "撤销于" in said(admin.get(url))
    assert admin.get(f"{url}amend_unit/").status_code == 409


def test_a_form_that_is_wrong_comes_back_with_what_was_typed(admin: Client) -> None:
    wrong = post(admin, f"{HOME}open/", **{**NEW, "code": "201", "name": "重复的局"})
    assert wrong.status_code == 422
    assert "重复的局" in wrong.content.decode()
    assert "已有单位使用" in said(wrong)
    role = admin.get(f"{unit_url()}appoint/").content.decode()
    assert 'value="clerk"' in role
    assert 'value="operator"' not in role
    empty = post(admin, f"{unit_url()}appoint/", role="", login="", name="", phone="")
    assert (empty.status_code, "请选择“岗位”" in said(empty), "请填写“登录名”" in said(empty)) == (422, True, True)
    half = said(post(admin, f"{unit_url()}appoint/", role="", login="新 人", name="", phone="12"))
    assert all(one in half for one in ("请选择“岗位”", "登录名只能用字母", "“电话”只能是数字")), "in one round"


def test_what_nobody_can_type_is_taken_out_of_a_form(admin: Client) -> None:
    wrong = post(admin, f"{HOME}open/", **{**NEW, "parent": "坏\x00字"})
    assert (wrong.status_code, "坏字" in wrong.content.decode()) == (422, True)
    begun = {"phone": "139\x0055500033", "cause": "路灯\x00不亮", "do": "", "act_id": str(uuid4())}
    assert client_of("operator").post("/staff/desk/intake/", begun).status_code in (200, 303, 422)


def test_a_password_is_reset_and_shown_once(admin: Client) -> None:
    row = Post.objects.get(person__login="yongqiao-clerk")
    form = admin.get(f"{HOME}post/{row.id}/set_password/")
    assert 'type="password"' not in form.content.decode()
    data = {"act_id": hidden(form.content, "act_id"), "seen_seq": hidden(form.content, "seen_seq")}
    answer = admin.post(f"{HOME}post/{row.id}/set_password/", data)
    password = re.findall(r"<td[^>]*>((?:[a-z2-9]{4}-){3}[a-z2-9]{4})", answer.content.decode())[0]
    assert passwords.fits(password, Person.objects.get(login="yongqiao-clerk").password)
    assert answer["Cache-Control"] == "no-store"
    twice = admin.post(f"{HOME}post/{row.id}/set_password/", data)
    assert twice.status_code == 303
    assert passwords.fits(password, Person.objects.get(login="yongqiao-clerk").password)
    file = admin.post("/staff/network/passwords/", {"rows": hidden(answer.content, "rows")})
    table = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert table[1][0] == "yongqiao-clerk"
    assert table[1][3] == password
    assert admin.post("/staff/network/passwords/", {"rows": "forged"}).status_code == 303
    assert admin.get(f"{HOME}post/{row.id}/change_password/").status_code == 404


def test_somebody_acts_and_a_turn_of_duty_is_set(admin: Client) -> None:
    row, now = Post.objects.get(person__login="yongqiao-clerk"), times.now()
    acting = f"{HOME}post/{row.id}/appoint_acting/"
    assert 'type="datetime-local"' in admin.get(acting).content.decode()
    span = {"from_at": "2026-11-18T09:00", "until_at": "2026-11-20T09:00"}
    assert post(admin, acting, login="yongqiao-deputy", **span).status_code == 303
    one = Acting.objects.get(post=row)
    page = admin.get(unit_url()).content.decode()
    assert f"end_acting/?row={one.id}" in page
    assert post(admin, f"{HOME}post/{row.id}/end_acting/?row={one.id}").status_code == 303
    assert post(admin, f"{HOME}post/{row.id}/end_acting/?row=1").status_code == 404
    turn = {"name": "兰明远", "phone": "0557-0000007", **span}
    assert post(admin, f"{unit_url()}roster_duty/", **turn).status_code == 303
    shown = said(admin.get(unit_url()))
    assert ("兰明远" in shown, "排班：11月18日 09:00 至 11月20日 09:00" in shown) == (True, True)
    duty = Duty.objects.get(name="兰明远")
    assert duty.until_at > now + timedelta(days=1)
    assert "兰明远" in said(admin.get("/staff/network/duty/"))
    assert post(admin, f"{unit_url()}cancel_duty/?row={duty.id}").status_code == 303
    assert "兰明远" not in said(admin.get(unit_url()))


@pytest.mark.clause("一段1")
def test_hours_without_anybody_on_duty_are_shown(admin: Client) -> None:
    assert "没有人值班" in said(admin.get("/staff/network/duty/"))
    turns = [[code, "兰明远", "0557-0000007", "2026-11-18 08:00", "2026-12-18 08:00"] for code in ("11", "12")]
    shown = upload(admin, csv_of(DUTIES, *turns), "值班.csv")
    data = {name: hidden(shown.content, name) for name in ("file", "shown")}
    assert admin.post(f"{SHEETS}confirm/", data).status_code == 303
    page = said(admin.get("/staff/network/duty/"))
    assert "没有空档" in page
    assert "个时段没有人值班" not in page


def test_a_file_is_looked_at_confirmed_and_done(admin: Client) -> None:
    data = book_of(单位=(UNITS, [ROW]), 人员=(PEOPLE, [["zhu.guang", "烛光照", "X1", "承办人"]]))
    shown = upload(admin, data)
    page = said(shown)
    assert "增设单位 1 项" in page
    assert "设岗 1 项" in page
    assert "新开账号" in page
    assert not Unit.objects.filter(code="X1").exists()
    form = {name: hidden(shown.content, name) for name in ("file", "shown")}
    assert client_of("operator").post(f"{SHEETS}confirm/", form).status_code == 403
    done = admin.post(f"{SHEETS}confirm/", form)
    assert done.status_code == 200
    assert "zhu.guang" in said(done)
    assert Unit.objects.filter(code="X1").exists()
    assert "重新上传" in said(admin.post(f"{SHEETS}confirm/", form))
    assert "没有要改的" in said(upload(admin, data))


def test_faults_come_back_by_row_and_column_and_nothing_is_changed(admin: Client) -> None:
    rows = ROW, ["X2", "", "乙", "2", "10", "局"], ["X3", "丙", "丙", "3", "10", "部门"], ["X4", "丁", "丁", "3", "X2", "部门"]
    bad = upload(admin, csv_of(UNITS, *rows), "units.csv")
    assert bad.status_code == 422
    assert "有 2 处要改" in said(bad), "what hangs on a wrong row is not wrong for that"
    assert "没有“局”" in said(bad)
    assert not Unit.objects.filter(code="X1").exists()
    assert "旧式 Excel" in said(upload(admin, b"\xd0\xcf\x11\xe0" + b"x" * 99, "a.xls"))
    assert "没有收到文件" in said(admin.post(SHEETS, {}))
    assert "没有收到文件" in said(upload(admin, b"a" * (7 * 1024 * 1024), "big.csv"))


def test_what_was_changed_meanwhile_is_shown_again(admin: Client) -> None:
    shown = upload(admin, csv_of(UNITS, ROW, ["X2", "另一局", "另一局", *ROW[3:]]))
    form = {name: hidden(shown.content, name) for name in ("file", "shown")}
    assert post(admin, f"{HOME}open/", **{**NEW, "code": "X2", "name": "另一局", "short": "另一局"}).status_code == 303
    moved = admin.post(f"{SHEETS}confirm/", form)
    assert moved.status_code == 409
    assert "有人改动" in said(moved)
    again = {name: hidden(moved.content, name) for name in ("file", "shown")}
    assert admin.post(f"{SHEETS}confirm/", again).status_code == 303


@pytest.mark.parametrize("name", ["all.xlsx", "units.csv", "people.xlsx", "duties.csv"])
def test_what_stands_is_taken_away_as_a_file(admin: Client, name: str) -> None:
    answer = admin.get(f"{SHEETS}{name}")
    assert answer["Content-Disposition"] == f'attachment; filename="network-{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "没有要改的" in said(upload(admin, answer.content, name)) or name == "duties.csv"
    assert admin.get(f"{SHEETS}all.csv").status_code == 404


NOWHERE = ["unit/0/", "unit/99999999999999999999/", "unit/x/", "post/7/end_post/", "post/x/end_post/"]


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_not_there(admin: Client, path: str) -> None:
    assert admin.get(f"{HOME}{path}").status_code == 404


@pytest.mark.clause("四（二）3")
def test_the_duty_catalogue_is_seen_changed_and_ended(admin: Client) -> None:
    url = f"{HOME}catalogue/"
    page = said(admin.get(url))
    assert "现行 101 条" in page
    assert "城乡建设 › 供水" in page
    found = said(admin.get(f"{url}?q=gs"))  # by its initials
    assert "供水" in found
    assert "养犬管理" not in found
    form = admin.get(f"{url}add/?category=供水").content.decode()
    assert re.search('<option value="供水"[^>]* selected', form)
    who = {"lead": "341302", "assisting": "", "basis": "", "from_on": "2026-11-25"}
    wrong = post(admin, f"{url}add/", category="供水", county="", **who)
    assert (wrong.status_code, "已有一条" in said(wrong)) == (422, True)
    assert post(admin, f"{url}add/", category="供水", county="341302", **who).status_code == 303
    row = CatalogueEntry.objects.get(county="341302")
    assert "以后起用 1 条" in said(admin.get(f"{url}?q=供水"))
    change = f"{url}{row.id}/change_catalogue_entry/"
    assert 'value="埇桥区"' in admin.get(change).content.decode()
    assert post(admin, change, **{**who, "assisting": "属地"}).status_code == 303
    later = CatalogueEntry.objects.get(county="341302", status="open")
    assert post(admin, f"{url}{later.id}/end_catalogue_entry/", ends_on="2026-11-25").status_code == 303
    assert "已停用 2 条" in said(admin.get(f"{url}?q=供水"))
    assert admin.get(change).status_code == 409
    assert admin.get(f"{url}1/end_catalogue_entry/").status_code == 404
    page = admin.get(f"{url}?q=供水").content.decode()
    assert re.findall(r"again=(\d+)", page) == [str(later.id)], "what another has followed is not taken up again"
    form = admin.get(f"{url}add/?again={later.id}").content.decode()
    for wanted in ('value="埇桥区"', 'value="属地"', 'value="2026-11-25"', '<option value="341302"', '<option value="供水"'):
        assert wanted in form, wanted
    again = post(admin, f"{url}add/?again={later.id}", category="供水", county="341302", **who)
    assert again.status_code == 303
    assert CatalogueEntry.objects.filter(county="341302", status="ended").count() == 2, "the old ones stay as they were"
    assert "again=" not in admin.get(f"{url}?q=供水").content.decode()
    assert admin.get(f"{url}add/?again=1").status_code == 404


def test_categories_are_seen_renamed_and_retired(admin: Client) -> None:
    url = f"{HOME}categories/"
    assert "现行 1" in said(admin.get(url))
    assert "供水 gs" in said(admin.get(f"{url}?q=gs"))
    new = {"above": "城乡建设", "from_on": "2026-11-25"}
    odd = post(admin, f"{url}add/", name="𠮷祥", **new)
    assert (odd.status_code, "没有拼音首字母" in said(odd)) == (422, True)
    assert post(admin, f"{url}add/", name="供水", **new).status_code == 422
    assert post(admin, f"{url}add/", name="低空飞行", **new).status_code == 303
    assert "以后起用 1 个" in said(admin.get(f"{url}?q=低空"))
    row = Category.objects.get(name="供水")
    assert post(admin, f"{url}{row.id}/rename_category/", name="自来水", from_on="2026-11-18").status_code == 303
    assert "供水 gs 9月1日（周二） 11月18日（周三） 自来水" in said(admin.get(f"{url}?q=供水"))
    assert "zls" in said(admin.get(f"{url}?q=自来水"))
    page = said(admin.get(f"{HOME}catalogue/?q=供水"))
    assert "现行 1 条" in page
    heat = Category.objects.get(name="供热")
    retire = f"{url}{heat.id}/retire_category/"
    assert 'value="供气"' in admin.get(retire).content.decode()
    assert post(admin, retire, ends_on="2026-11-18", successor="供气").status_code == 303
    assert admin.get(retire).status_code == 409
    assert admin.get(f"{url}1/retire_category/").status_code == 404
    assert "again=" not in admin.get(f"{url}?q=供水").content.decode(), "it goes on under another name"
    assert f"again={heat.id}" in admin.get(f"{url}?q=供热").content.decode()
    form = admin.get(f"{url}add/?again={heat.id}").content.decode()
    assert 'value="供热"' in form
    assert re.search('<option value="城乡建设"[^>]* selected', form)
    assert post(admin, f"{url}add/?again={heat.id}", name="供热", above="城乡建设", from_on="2026-11-18").status_code == 303
    assert [(one.status, one.successor) for one in Category.objects.filter(name="供热").order_by("id")] == [
        ("ended", "供气"), ("open", "")]  # fmt: skip
    assert "again=" not in admin.get(f"{url}?q=供热").content.decode()
    assert admin.get(f"{url}add/?again=1").status_code == 404


def test_wordings_are_looked_at_worded_and_restored(admin: Client) -> None:
    url = f"{HOME}wordings/"
    assert "，已逾期 3 件" in said(admin.get(url))  # a number where a number belongs
    page = said(admin.get(url))
    assert "催办以后 【" in page
    assert "承办单位" in said(admin.get(f"{url}?q=催办"))
    one = f"{url}urged/"
    assert "〔事项编号〕（必须有）" in said(admin.get(one))
    assert "{" not in said(admin.get(url)) + said(admin.get(one))
    looked = post(admin, one, body="请快办 {number}{limit}。", look="1")
    assert (looked.status_code, "请快办 20261118-0017-4，11月25日 24:00 前办结。" in said(looked)) == (200, True)
    assert "没有改过" in said(admin.get(one))
    wrong = post(admin, one, body="请快办。")
    assert (wrong.status_code, "少了“〔事项编号〕”" in said(wrong)) == (422, True)
    assert admin.get(f"{one}restore/").status_code == 404
    assert post(admin, one, body="请快办 {number}{limit}。").status_code == 303
    assert post(admin, one, body="快办〔事项编号〕〔办理期限〕。").status_code == 303
    assert "快办〔事项编号〕〔办理期限〕。" in said(admin.get(one))
    assert "改过的各版 2 版" in said(admin.get(one))
    assert "恢复原文" in said(admin.get(url))
    assert post(admin, f"{one}restore/").status_code == 303
    assert "催办：请抓紧办理工单" in said(admin.get(one))
    assert admin.get(f"{url}nothing/").status_code == 404
    clause = client_of("operator").get("/staff/clause/四（五）段1/")
    assert "消息：催办以后给承办单位" in said(clause)
