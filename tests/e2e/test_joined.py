"""并单 in the browser: two callers, one matter; a third that turns out to be another one and is separated; each is
answered under a number of their own. And what else was told in the same call."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from e2e.people import NUMBER, People
from surfaces.walk import GIST, Walk

ALSO = "我们单元的灯也黑着"
OTHER_HOUSE = "七栋的楼道灯不亮"


def brought(gist: str, phone: str) -> Walk:
    """Somebody else's matter, accepted."""
    return Walk().until("accept", gist=gist, name="欧阳测试", phone=phone)


def joins(people: People, main: Walk, joined: Walk, gist: str) -> None:
    people.number = joined.number
    people.sign_in("dispatcher")
    people.go("待派单")
    people.open_first(gist)
    people.open_whole()
    people.verb("并入另一件")
    people.sees("派发时限停", "也可以评价")
    people.submit("并入另一件")
    assert people.errors() == ["请填写“并入哪一件”。", "请填写“为什么是同一件事”。"]
    people.write(并入哪一件="20990101-0001-1", 为什么是同一件事="同一栋楼的灯")
    people.submit("并入另一件")
    assert [said.split("（")[0] for said in people.errors()][0].startswith("没有这件事，或者您看不到它。")
    people.write(并入哪一件=main.number)
    people.submit("并入另一件")
    people.done("已并入另一件")
    people.sees("已并入另一件", main.number, "并入另一件，一并办理")
    people.sign_out()


def separates(people: People, apart: Walk) -> None:
    people.number = apart.number
    people.sign_in("dispatcher")
    people.go("已并入")
    people.open_first(OTHER_HOUSE)
    people.open_whole()
    people.verb("分开单办")
    people.sees("派发期限", "答应诉求人的日期")
    people.write(为什么分开="去看了，是另一栋楼")
    people.submit("分开单办")
    people.done("已分开单办")
    people.sees("已经分开", "分开，单独办理")
    people.sign_out()


def follows(people: People, walk: Walk) -> None:
    people.number, people.code = walk.number, walk.code
    people.follow()


def test_two_callers_one_matter_each_answered_and_one_separated(people: People) -> None:
    main = Walk().until("sign_for")
    also, apart = brought(ALSO, "13900005678"), brought(OTHER_HOUSE, "13900009012")
    joins(people, main, also, ALSO)
    joins(people, main, apart, OTHER_HOUSE)
    follows(people, also)
    people.sees("已经受理", "和别人反映的同一件事一并办")
    people.sees_no(main.number, GIST)
    people.number = main.number
    people.sign_in("yongqiao-clerk")
    people.go("办理中")
    people.open_first(GIST)
    people.open_whole()
    people.sees("并入 2 件", ALSO, OTHER_HOUSE, "又有人反映同一件事，并入")
    people.sees_no(also.number, apart.number)
    people.sign_out()
    separates(people, apart)
    for verb in ("record_contact", "draft_reply", "answer_citizen", "sign_off", "file", "approve"):
        main.act(verb)
    follows(people, main)
    people.sees("楼道灯已经换好 8 盏。", "您的事解决了吗")
    follows(people, also)
    people.sees("楼道灯已更换。", "一并办的事办好了，答复了您")
    people.sees_no("8 盏", main.number)
    people.press("解决了")
    people.page.get_by_role("group", name="对办事的结果").get_by_label("满意", exact=True).check()
    people.press("交评价")
    people.sees("您评价了办理结果")
    follows(people, apart)
    people.sees("改为单独办")
    people.sees_no("楼道灯已更换。")


def test_another_matter_told_in_the_same_call(people: People) -> None:
    first = Walk().until("accept")
    people.number = first.number
    people.sign_in("web")
    people.page.goto(first.url)
    people.page.locator(".verb-more summary").click()
    people.go("本次来电另有一事")
    people.sees("同一次来电说的另一件事", GIST)
    expect(people.page.get_by_label(re.compile("^联系电话"))).to_have_count(0)
    people.choose(种类="咨询")
    people.write(要点="末班车几点", 诉求人的话="还想问三路末班车几点。", 缺要素的原因="只是问一句")
    people.submit("登记")
    people.sees("末班车几点", "同一次来电", first.number, "和前一件是同一次来电")
    number = NUMBER.search(people.page.url)
    assert number is not None
    assert number[0] != first.number
    people.page.goto(first.url)
    people.sees("同一次来电另登记一件", number[0])
    people.sign_out()
