"""A city is staffed through the browser: a file with faults, the file put right, the new clerk's first sign-in."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from e2e.people import People
from network.sheet_files import PEOPLE, UNITS, book_of

PASSWORD = "高山流水遇知音难觅也"
ROW = ["X1", "新设局", "新设局", "2", "10", "部门", "", "", "0557-0009999"]


def choose(people: People, **sheets: Any) -> None:
    """Choose a workbook and ask what it would change."""
    file = {"name": "网络.xlsx", "mimeType": "application/octet-stream", "buffer": book_of(**sheets)}
    people.page.set_input_files("input[type=file]", files=[file])
    people.press("看看会改什么")


def test_a_unit_and_its_clerk_come_in_by_a_file(people: People) -> None:
    people.page.goto("/staff/")
    people.write(登录名="admin", 口令="minsheng")
    people.press("登录")
    expect(people.page).to_have_url(re.compile("/staff/network/"))
    people.go("导入导出")
    clerk = ["zhu.guang", "烛光照", "X1", "承办人"]
    choose(people, 单位=(UNITS, [ROW]), 人员=(PEOPLE, [["zhu.guang", "烛光照", "X1", "科员"]]))
    people.sees("有 1 处要改", "没有“科员”")
    choose(people, 单位=(UNITS, [ROW]), 人员=(PEOPLE, [clerk]))
    people.sees("增设单位", "新设局（X1）", "设岗", "新开账号")
    people.press("确认导入")
    people.sees("请把口令交给本人", "zhu.guang")
    password = people.page.locator("tbody td").last.inner_text()
    people.go("单位与人员")
    people.page.get_by_label("找单位").fill("新设")
    people.press("^找")
    people.go("新设局")
    people.sees("烛光照", "还缺", "签批人")
    people.press("退出")
    people.write(登录名="zhu.guang", 口令=password)
    people.press("登录")
    people.write(原口令=password, 新口令=PASSWORD, 再输一遍新口令=PASSWORD)
    people.press("改口令")
    people.sees("新设局 承办人")
