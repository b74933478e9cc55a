"""The reviewer's desk at the browser: two letters one after the other by keys alone, one sent back, one approved."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.people import People
from e2e.test_keyboard import Keys
from surfaces.walk import Walk


def test_two_letters_one_after_the_other(people: People) -> None:
    first = Walk().until("file")
    Walk().until("file", gist="井盖缺了一半")
    people.sign_in("reviewer")
    people.go("审核台")
    page, keys = people.page, Keys(people.page)
    people.sees(first.number, "待审核 2")
    keys.alt("1")
    expect(page.locator("[name=because_thin]")).to_be_checked()
    keys.alt("V")  # a ticked reason holds an approval up
    assert people.errors() == ["已勾选“内容不详实”，“审核通过”不带这些理由。去掉勾再按。"]
    page.get_by_role("textbox", name="意见").fill("请写明换了哪几盏。")
    keys.alt("B")
    people.sees("已退回重办", "井盖缺了一半", "待审核 1")
    keys.alt("V")
    people.sees("已审核通过", "现在没有待审核的件")
    page.goto(first.url)
    people.sees("请写明换了哪几盏。", "内容不详实", "黄牌")
