"""The operator's desk at the browser, with scripts and without (issue 6 §1): a call is looked for, written down, put
through or joined to what there is already; somebody in danger is handed over before anything else is asked."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from e2e.people import NUMBER, People
from surfaces.city import put_clock, quick_passwords
from surfaces.walk import Walk

PHONE = "13955704444"


def written(people: People, cause: str) -> None:
    """What was told, on an empty desk."""
    people.go("受理台")
    people.page.goto("/staff/desk/intake/?new=1")
    people.write(联系电话=PHONE, 时间="昨天夜里起", 地点="梧桐里小区 3 栋", 人物="同栋约四十户", 事由=cause,
                 经过="物业说水泵烧了。", 结果="希望先送水上楼。")  # fmt: skip
    people.tick("求助")
    people.choose(受理项="三（一）6 影响正常生产生活的诉求", 类别="城乡建设 › 供水")
    people.choose(县区="埇桥区 › 三里湾街道")


def test_a_call_is_taken_and_the_next_about_the_same_is_joined(people: People) -> None:
    people.sign_in("shift")
    written(people, "小区停水")
    people.press("转办")
    expect(people.page).to_have_url(re.compile("/dispatch/"))
    people.choose(承办单位="埇桥区人民政府")
    people.submit("转办")
    people.done("已转办")
    found = NUMBER.search(people.page.url)
    assert found
    people.sees("查询码")
    written(people, "小区停水两天")
    people.press("查来电")
    caller = people.page.locator("#caller")
    expect(caller).to_contain_text("未结 1")
    near = people.page.locator("#near")
    expect(near).to_contain_text(found[0][4:13])
    near.get_by_role("button", name="并单").click()
    expect(people.page).to_have_url(re.compile("/join_matter/"))
    expect(people.page.get_by_label("并入哪一件")).to_have_value(found[0])
    people.submit("并入另一件")
    people.done("已并入另一件")


def test_somebody_in_danger_is_handed_over_at_once(people: People) -> None:
    people.sign_in("operator")
    people.go("受理台")
    people.press("119")
    expect(people.page).to_have_url(re.compile(r"/hand_over/\?number=119"))
    expect(people.page.get_by_label("移交给")).to_have_value("119")
    people.write(谁接的="3 号席")
    people.submit("移交紧急救助")
    people.done("已移交紧急救助")


def test_all_of_it_stands_above_the_bar(page: Any, city: str) -> None:
    """On a screen of 1440 × 900 nothing of the record is scrolled for; nor has a record beside a list two rows of
    buttons."""
    put_clock()
    Walk().until("register")
    page.set_viewport_size({"width": 1440, "height": 900})
    with quick_passwords():
        People(page).sign_in("operator")
    page.goto("/staff/desk/intake/")
    bar = page.locator("#ways").bounding_box()
    for name in ("urgent", "urgent_reason", "absence", "secrecy"):
        box = page.locator(f"#f-{name}").bounding_box()
        assert box["y"] + box["height"] < bar["y"], name
        assert box["width"] > 10, name
    page.goto("/staff/desk/to-accept/")
    page.locator(".desk-row a").first.click()
    assert page.locator(".record .verb-bar").bounding_box()["height"] < 60
    expect(page.locator(".record .verb-bar")).to_contain_text("请诉求人补充")
    page.locator(".verb-more summary").click()
    expect(page.get_by_role("link", name="不予受理").first).to_be_visible()
    Walk().until("register", gist="有人要跳楼")
    page.goto("/staff/")
    banner, title, aside = (page.locator(one).bounding_box() for one in (".alarms", "#home-title", "#home-side"))
    assert (banner["x"], banner["y"] + banner["height"] < title["y"]) == (title["x"], True)  # over both columns
    assert aside["y"] > banner["y"] + banner["height"]
    assert banner["width"] > 1300


def test_a_reload_in_the_middle_of_a_word_loses_nothing(page: Any, city: str) -> None:
    """Nothing had been saved yet when it was reloaded, and the address was that of a new call."""
    put_clock()
    with quick_passwords():
        People(page).sign_in("operator")
    page.goto("/staff/desk/intake/")
    page.get_by_role("link", name="新来电").click()
    page.wait_for_url("**/?new=1")
    cause = page.get_by_label("事由")
    cause.press_sequentially("小区停水")
    page.get_by_label("求助").check()
    page.reload()
    expect(cause).to_have_value("小区停水")
    expect(page.get_by_label("求助")).to_be_checked()
    cause.fill("小区停水两天")
    expect(page.locator("#saved")).to_contain_text("已保存在服务器")
    page.reload()
    expect(cause).to_have_value("小区停水两天")
    expect(page.get_by_text("没有写完的")).to_have_count(0)  # one draft, not two
