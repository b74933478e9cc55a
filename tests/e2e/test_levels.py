"""Several units and two levels in the browser: one leads and one assists; level 2 hands down and makes level 3's letter
its own; a complaint about the unit that would handle it goes elsewhere, and the unit finds it nowhere."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from playwright.sync_api import expect

from e2e.people import People
from surfaces.city import put_clock, quick_passwords
from surfaces.walk import GIST, LETTER, Walk

SHARE = "路口的灯杆是我局去年移过的，已经移回。"
ANSWER = LETTER["answer"]


def begun(people: People, until: str) -> Walk:
    """Lived up to a verb behind the scenes."""
    walk = Walk().until(until)
    people.number, people.code = walk.number, walk.code
    return walk


def orders(walk: Walk) -> dict[str, int]:
    """The matter's orders by the unit that holds each."""
    from hotline.casework.models import Order

    found = Order.objects.filter(matter__number=walk.number).values_list("unit__code", "id")
    return dict(found)


def behind(walk: Walk, order: int, *steps: tuple[str, str, dict[str, str]]) -> None:
    """What is walked elsewhere already: (verb, login, form), on one order."""
    for verb, login, form in steps:
        answer: Any = walk.client(login).post(f"{walk.url}{verb}/?order={order}", {"act_id": str(uuid4()), **form})
        assert answer.status_code == 303, (verb, answer.status_code, answer.content.decode()[:2000])


def letter_of(unit: str) -> tuple[tuple[str, str, dict[str, str]], ...]:
    """Signed for, contacted, drafted, told and signed off in a unit."""
    clerk = f"{unit}-clerk"
    return (("sign_for", clerk, {}), ("record_contact", clerk, {"outcome": "reached", "means": "phone", "note": "问清了"}),
            ("draft_reply", clerk, LETTER), ("answer_citizen", clerk, {"means": "phone"}),
            ("sign_off", f"{unit}-deputy", {}), ("file", clerk, {}))  # fmt: skip


def test_one_leads_and_one_assists(people: People) -> None:
    walk = begun(people, "accept")
    people.sign_in("dispatcher")
    people.open_first(GIST)
    people.verb("转办")
    unit = people.page.locator("#f-unit option", has_text="埇桥区人民政府").first
    people.page.get_by_label("承办单位").select_option(value=unit.get_attribute("value"))
    people.write(协办单位="市城管局、没有的局")
    people.submit("转办")
    assert people.errors() == ["没有找到“没有的局”，或者不止一个；可以写全称或编码。"]
    people.write(协办单位="市城管局")
    people.submit("转办")
    people.done("已转办")
    people.open_whole()
    people.sees("牵头", "协办", "12月9日（周三）24:00", "协办：市城管局")
    people.sign_out()
    people.sign_in("chengguan-clerk")
    people.open_first(GIST)
    people.open_whole()
    people.sees("12月7日")
    people.verb("签收")
    people.done("已签收")
    people.verb("写反馈件")
    people.write(反馈件正文=SHARE, 给诉求人的答复="由牵头单位答复", 可公开的文字="由牵头单位拟",
                 与诉求人沟通反馈的情况="未联系", 办理责任单位名称="宿州市城市管理局", 责任人姓名="奚明礼",
                 承办责任人联系电话="05570000018")  # fmt: skip
    people.submit("写反馈件")
    people.sees("要素齐全")
    people.sees_no("答复诉求人 T")
    people.sign_out()
    helper = orders(walk)["205"]
    behind(walk, helper, ("sign_off", "chengguan-deputy", {}))
    people.sign_in("chengguan-clerk")
    people.go("待报送")
    people.open_first(GIST)
    people.verb("报送反馈件")
    people.done("已报送反馈件")
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    people.open_first(GIST)
    people.open_whole()
    people.sees(SHARE, "协办材料交牵头单位")
    people.sign_out()
    lead = orders(walk)["341302"]
    behind(walk, lead, *letter_of("yongqiao"), ("approve", "reviewer", {}))
    people.follow()
    people.sees(ANSWER, "埇桥区")
    people.sees_no("城管", SHARE)


def test_several_are_ticked_and_handed_down_by_keys(page: Any, city: str) -> None:
    put_clock()
    first, second = (Walk().until("sign_for", phone=f"1390000{n:04}") for n in range(2))
    people = People(page, by_the_form=False)
    with quick_passwords():
        people.sign_in("yongqiao-clerk")
    page.goto("/staff/desk/handed-down/several/")
    expect(page.get_by_label(first.number[4:13])).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("请到现场看一看")
    page.keyboard.press("Control+Enter")
    people.done("已下派 2 件。")
    people.sees(second.number[4:13])


def test_level_2_hands_down_and_signs_what_comes_back(people: People) -> None:
    walk = begun(people, "sign_for")
    people.sign_in("yongqiao-clerk")
    people.go("办理中")
    people.open_first(GIST)
    people.open_whole()
    people.verb("下派")
    people.sees("下级的期限", "12月8日（周二）24:00")
    option = people.page.locator("#f-unit option", has_text="三里湾").first
    people.page.get_by_label("交给哪个下级单位").select_option(value=option.get_attribute("value"))
    people.write(要它做什么="请你街道去看一看，换好灯。")
    people.submit("下派")
    people.done("已下派")
    people.sees("下派三里湾街道", "请你街道去看一看")
    people.sign_out()
    inner = orders(walk)["341302005"]
    behind(walk, inner, *letter_of("sanliwan"))
    people.sign_in("sanliwan-clerk")
    people.go("下级反馈")
    people.sees_no(GIST)
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    people.go("下级反馈")
    people.open_first(GIST)
    people.verb("采用下级反馈")
    people.choose(评价="好")
    people.submit("采用下级反馈")
    people.done("已采用下级反馈")
    people.sign_out()
    people.sign_in("yongqiao-deputy")
    people.open_first(GIST)
    people.sees(ANSWER)
    people.verb("签批")
    people.submit("签批")
    people.done("已签批")
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    people.go("待报送")
    people.open_first(GIST)
    people.verb("报送反馈件")
    people.done("已报送反馈件")
    people.sign_out()
    people.sign_in("reviewer")
    people.open_first(GIST)
    people.open_whole()
    people.sees("采用下级反馈，评价：好", "下级反馈等本单位签批", "12月9日（周三）24:00")
    people.verb("审核通过")
    people.submit("审核通过")
    people.done("已审核通过")


def test_a_complaint_about_the_unit_that_would_handle_it(people: People) -> None:
    walk = begun(people, "sign_for")
    people.sign_in("yongqiao-clerk")
    people.go("办理中")
    people.open_first(GIST)
    people.sign_out()
    people.sign_in("dispatcher")
    people.page.goto(walk.url)
    people.verb("写明反映对象")
    people.choose(反映的是谁="网络单位", 单位="埇桥区人民政府")
    people.write(从哪里看出来的="来电人第二次来电，说的是区里的承办人。")
    people.submit("写明反映对象")
    people.done("已写明反映对象")
    people.sees("须交监察中心办理", "反映的就是承办单位，收回工单", "等待重新派单")
    people.verb("转办")
    assert people.page.locator("#f-unit option[value]:not([value=''])").all_inner_texts() == ["监察中心"]
    people.sees("这件事须回避，只能交这个单位")
    people.choose(承办单位="监察中心")
    people.submit("转办")
    people.done("已转办")
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    for name in ("全部未结", "办理中"):
        people.go(name)
        people.sees_no(GIST)
    assert people.page.goto(walk.url).status == 404
    people.page.goto("/staff/")
    people.sign_out()
    people.sign_in("jiancha-clerk")
    people.open_first(GIST)
    people.verb("签收")
    people.done("已签收")


def test_several_go_down_together_by_an_inner_date(people: People) -> None:
    first, second = Walk().until("sign_for"), Walk().until("sign_for", gist="井盖缺了一半")
    people.sign_in("yongqiao-clerk")
    people.go("办理中")
    people.go("一起下派")
    people.page.get_by_label(f"{first.number[4:8]}-0001").check()
    people.page.get_by_label("井盖缺了一半").check()
    option = people.page.locator("#f-unit option", has_text="三里湾").first
    people.page.get_by_label("交给哪个下级单位").select_option(value=option.get_attribute("value"))
    people.page.locator("#f-inner_at").fill("2026-12-03T10:00")
    people.submit("下派勾选的")
    assert people.errors() == ["请填写“要它做什么”。"]
    people.write(要它做什么="请到现场看")
    people.submit("下派勾选的")
    people.done("已下派")
    people.sees(GIST, "井盖缺了一半", "12月3日 10:00")
    people.sign_out()
    people.sign_in("sanliwan-clerk")
    people.sees("内部期限 12月3日 10:00", GIST, "井盖缺了一半")
    assert len({orders(walk)["341302005"] for walk in (first, second)}) == 2
