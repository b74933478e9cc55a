"""An urgent order: marked at intake, due the same day, answered in part, the rest a round of its own."""

from __future__ import annotations

from e2e.people import People
from surfaces.walk import GIST, Walk


def marks_it_urgent(people: People) -> None:
    people.sign_in("web")
    people.open_first(GIST)
    people.verb("受理")
    people.choose(受理项="三（一）6 影响正常生产生活的诉求")
    people.write(人物="住户", 事由="灯坏", 缺要素的原因="没有说明")
    people.page.get_by_role("group", name="紧急或可简易处理").get_by_label("是").check()
    people.submit("受理")
    assert people.errors() == ["标为紧急须写明理由。"]
    people.write(紧急的理由="电线裸露")
    people.submit("受理")
    people.done("已受理")
    people.sign_out()


def dispatches(people: People) -> None:
    people.sign_in("dispatcher")
    people.open_first(GIST)
    people.sees("紧急")
    people.verb("转办")
    assert people.page.get_by_role("group", name="紧急或可简易处理").get_by_label("是").is_checked()
    assert people.page.get_by_label("紧急的理由").input_value() == "电线裸露"
    unit = people.page.locator("#f-unit option", has_text="埇桥区人民政府").first
    people.page.get_by_label("承办单位").select_option(value=unit.get_attribute("value"))
    people.submit("转办")
    people.done("已转办")
    people.open_whole()
    people.sees("11月18日（周三）24:00", "五（二）5", "11月18日（周三）10:30")
    people.sign_out()


def approves_in_part(people: People) -> None:
    people.sign_in("reviewer")
    people.open_first(GIST)
    people.verb("同意当天答复，余下续办")
    people.sees("余下的期限", "12月9日（周三）24:00", "五（二）4")
    people.write(还要办什么="换掉老化的整段线路")
    people.submit("同意当天答复，余下续办")
    people.done("已同意当天答复，余下续办")
    people.sign_out()


def test_an_urgent_order(people: People) -> None:
    walk = Walk().until("register")
    people.number, people.code = walk.number, walk.code
    marks_it_urgent(people)
    dispatches(people)
    for verb in ("sign_for", "record_contact", "draft_reply", "answer_citizen", "sign_off", "file"):
        walk.act(verb)
    approves_in_part(people)
    people.sign_in("yongqiao-clerk")
    people.go("待重办")
    people.open_first(GIST)
    people.sees("续办", "12月9日")
    people.sign_out()
    people.follow()
    people.sees("先答复了一部分", "余下的还在办", "12月9日（周三）24:00 前答复", "楼道灯已经换好 8 盏。")
