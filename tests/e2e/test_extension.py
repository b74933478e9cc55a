"""An extension: asked by the clerk, agreed by the deputy, filed by the office, explained, read by the citizen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from e2e.people import People
from surfaces.city import put_clock, quick_passwords
from surfaces.walk import GIST, Walk

REASON = "灯具须从外地调来，12月9日前到不了货"
WORDS = "灯具要从外地调来，请再等三个工作日。"


def asks(people: People) -> None:
    people.sign_in("yongqiao-clerk")
    people.go("办理中")
    people.open_first(GIST)
    people.open_whole()
    people.sees("延期可申请至", "12月8日（周二）24:00")
    people.verb("申请延期")
    people.sees("可申请至", "12月8日（周二）24:00")
    people.write(延长的工作日="16", 具体原因=REASON)
    people.submit("申请延期")
    assert people.errors() == ["各次延长合计不得超过上限，最多还能延长 15 个工作日。"]
    assert people.page.get_by_label("具体原因").input_value() == REASON
    people.write(延长的工作日="3")
    people.submit("申请延期")
    people.done("已申请延期")
    people.sees("待本单位同意", REASON)
    people.sign_out()


def agrees(people: People) -> None:
    people.sign_in("yongqiao-deputy")
    people.go("待本单位同意延期")
    people.open_first(GIST)
    people.verb("同意延期并报备")
    people.done("已同意延期并报备")
    people.sign_out()


def files(people: People) -> None:
    people.sign_in("supervisor")
    people.go("延期待备案")
    people.open_first(GIST)
    people.verb("备案")
    people.done("已备案")
    people.sign_out()


def explains(people: People) -> None:
    people.sign_in("yongqiao-clerk")
    people.go("办理中")
    people.open_first(GIST)
    people.open_whole()
    people.sees("还没有向诉求人解释，12月9日 24:00 前解释才有效")
    people.verb("向诉求人解释延期")
    people.sees("12月9日（周三）24:00 前")
    people.choose(方式="电话")
    people.write(怎样解释的=WORDS)
    people.submit("向诉求人解释延期")
    people.done("已向诉求人解释延期")
    people.sees("已向诉求人解释", "已备案，延到 12月14日 24:00")
    people.sign_out()


def test_an_extension_from_the_clerk_to_the_citizen(people: People) -> None:
    walk = Walk().until("record_contact")
    people.number, people.code = walk.number, walk.code
    asks(people)
    agrees(people)
    files(people)
    people.follow()
    people.sees_no("延期原因", "12月14日")
    explains(people)
    people.follow()
    people.sees("12月14日（周一）24:00 前答复", "延期原因", WORDS, "向您说明要多办几天")
    people.sees_no("五（二）")


def test_how_long_it_may_be_asked_for_goes_on_counting(page: Any, page_without_scripts: Any, city: str) -> None:
    put_clock()
    walk = Walk().until("sign_for")
    for at in (page, page_without_scripts):
        people = People(at, by_the_form=False)
        if at is page:
            page.clock.install()
        with quick_passwords():
            people.sign_in("yongqiao-clerk")
        at.goto(walk.address("request_extension"))
        people.sees("可申请至", "12月8日（周二）24:00")
        left = at.locator("dl.effects .due-said")
        expect(left).to_contain_text("还剩")
        if at is page:
            words = left.inner_text()
            page.clock.fast_forward("26:00:00")
            expect(left).not_to_have_text(words)
            page.clock.fast_forward(40 * 24 * 3600 * 1000)
            expect(left).to_have_text("已过")
            people.sees("12月8日（周二）24:00")
