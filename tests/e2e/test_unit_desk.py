"""The unit's desk at the browser: a letter that says what it lacks while it is written, keeps itself, takes a document
once, and is looked at as it will be printed."""

from __future__ import annotations

from playwright.sync_api import expect

from e2e.people import People
from surfaces.walk import LETTER, Walk


def test_a_letter_is_written(people: People) -> None:
    walk = Walk().until("record_contact")
    people.sign_in("yongqiao-clerk")
    page = people.page
    page.goto(walk.address("draft_reply"))
    if page.locator("#cite-here").is_visible():
        expect(page.get_by_label("反馈件正文")).to_be_focused()
        page.locator("h1").click()
        page.keyboard.press("Control+Enter")  # wherever one is on the page
        assert people.errors() == ["请填写“反馈件正文”。", "请填写“给诉求人的答复”。"]
    people.write(反馈件正文=LETTER["reply"], 给诉求人的答复=LETTER["answer"], 与诉求人沟通反馈的情况=LETTER["contact_summary"])
    lacking = page.locator(".element-missing")
    if page.locator("#cite-here").is_visible():
        expect(page.locator("#saved")).to_contain_text("已保存在服务器")
        expect(lacking.filter(has_text="给诉求人的答复")).to_have_count(0)
        people.write(文件名称="物业管理条例")
        people.press("写进正文")
        expect(page.locator("#f-cite_title-error")).to_have_text("请写上文件名称和文号，再写进正文。")
        people.write(文号="国务院令第698号")
        people.press("写进正文")
        expect(page.locator("#f-cite_title-error")).to_be_empty()
        expect(page.get_by_label("与诉求人沟通反馈的情况")).to_have_value("已告知《物业管理条例》（国务院令第698号）")
    people.write(文件名称="物业管理条例", 文号="国务院令第698号")
    people.press("加进依据")
    expect(page.locator("#f-citations")).to_have_value("物业管理条例 | 国务院令第698号")
    expect(lacking.filter(has_text="政策法规引用的文号和出处")).to_have_count(0)
    people.press("看打印的样子")
    people.sees("草稿，还没有交", "《物业管理条例》（国务院令第698号）", LETTER["reply"])
    people.go("回去接着写")
    people.submit("写反馈件")
    people.done("已写反馈件")
    people.sees("还缺")


def test_two_letters_on_a_telephone(people: People) -> None:
    first = Walk().until("draft_reply")
    second = Walk().until("draft_reply", gist="井盖缺了一半")
    people.page.set_viewport_size({"width": 390, "height": 844})
    people.sign_in("yongqiao-deputy")
    people.go("签批台")
    people.sees(first.number, LETTER["reply"], "待签批 2")
    bar = people.page.locator(".verb-bar")
    expect(bar.get_by_role("button", name="签批")).to_be_in_viewport()
    bar.get_by_role("button", name="签批").click()
    people.sees("已签批", second.number, "待签批 1")
    people.page.get_by_label("内容不详实").check()
    bar.get_by_role("button", name="发回修改").click()
    people.sees("已发回修改", "现在没有待签批的件")
