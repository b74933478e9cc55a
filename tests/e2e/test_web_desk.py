"""The web desk at the browser, by its keys: the next one is taken, taken in, and the one behind it comes by itself;
advertising is ticked and refused together; an alarm is taken with one press."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from e2e.people import People
from e2e.test_keyboard import Keys
from surfaces.city import put_clock, quick_passwords, status_of
from surfaces.walk import Walk


def test_one_after_the_other(people: People) -> None:
    first, second = Walk().until("register"), Walk().until("register", gist="井盖缺了一半")
    advert, cry = Walk().until("register", gist="专业贷款"), Walk().until("register", gist="有人要跳楼")
    people.sign_in("web")
    people.go("网络台")
    page, keys = people.page, Keys(people.page)
    people.sees("等着受理的书面来件", "险情待接手 1", "有人要跳楼", "网络")
    page.get_by_label(f"{advert.number[4:8]}-0003").check()
    keys.alt("G")
    people.sees("已提出不予受理", "共 3 件")
    page.get_by_role("button", name="接手险情").first.click()
    people.sees(cry.number, "已接手险情")
    page.goto("/staff/desk/web/")
    keys.alt("N")
    people.sees(first.number, "您取的，还留", "诉求人的话")
    page.get_by_label("受理项").select_option(index=1)
    for name, words in (("人物", "住户"), ("事由", "灯坏"), ("经过", "报修过"), ("结果", "还没有修")):
        page.get_by_label(name, exact=False).first.fill(words)
    page.get_by_label("缺要素的原因").fill("没有说明")
    keys.alt("A")
    people.sees("已受理", second.number, "井盖缺了一半")
    keys.alt("Z")
    expect(page.get_by_role("heading", name="等着受理的书面来件")).to_be_visible()
    assert [status_of(one.number) for one in (first, second, advert)] == ["accepted", "registered", "refusal_proposed"]


def test_a_reload_loses_nothing(page: Page, city: str) -> None:
    put_clock()
    Walk().until("register")
    with quick_passwords():
        People(page).sign_in("web")
    page.goto("/staff/desk/web/")
    page.get_by_role("button", name="取下一件").click()
    page.get_by_label("经过", exact=False).first.fill("报修过三回")
    expect(page.locator("#saved")).to_contain_text("已保存在服务器")
    page.reload()
    expect(page.get_by_label("经过", exact=False).first).to_have_value("报修过三回")
    page.get_by_label("经过", exact=False).first.fill("报修过四回")
    page.reload()  # before anything is saved
    expect(page.get_by_label("经过", exact=False).first).to_have_value("报修过四回")
