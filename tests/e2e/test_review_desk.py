"""The desks of one thing after the other at the browser, by their keys: two letters, one sent back, one approved; two
calls, one not reached, one of somebody who is not content."""

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


def test_two_calls_one_after_the_other(people: People) -> None:
    for gist in ("楼道灯三个月不亮", "井盖缺了一半"):
        walk = Walk().until("file", gist=gist)
        walk.post("send_back", walk.form("approve", because_thin="1", words="写明哪几盏"), "reviewer")
        for verb in ("draft_reply", "answer_citizen", "sign_off", "file", "approve"):
            walk.act(verb)
    people.sign_in("follow")
    people.go("回访台")
    keys = Keys(people.page)
    people.sees("楼道灯三个月不亮", "必须回访：曾退回重办", "待回访 2")
    keys.alt("U")
    people.sees("没有联系上，记下了", "井盖缺了一半")
    people.tick("没有解决")
    people.page.get_by_role("group", name="结果").get_by_label("不满意", exact=True).check()
    keys.alt("H")
    people.sees("井盖缺了一半", "不满意待定 1", "新的期限")
    people.page.get_by_role("textbox", name="理由").fill("还差一块，请补上。")
    keys.alt("O")
    people.sees("已不满意重办", "后面没有了")
    people.go("回到最前面的一件")
    people.sees("楼道灯三个月不亮", "已在不同钟点电话回访 1 次")
