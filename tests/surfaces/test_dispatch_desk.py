"""派单台: what is due first opens by itself beside its list; the units come from the duty catalogue and from what was done
before, each with its date; one button gives the matter away, and the next one opens."""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.test import Client

from hotline.casework.models import Matter, Order
from hotline.network.models import Unit
from surfaces import at_desks
from surfaces.city import client_of, hidden, text_of
from surfaces.walk import GIST, WORDS, Walk, unit_id

DESK = "/staff/desk/dispatch/"
PLACE = "341302"
CITY = "205"  # whom the catalogue names for public lighting, before the county
FORM = {"kind": "complaint", "urgent": "", "urgent_reason": "", "unit": "", "assisting": ""}
pressed = partial(at_desks.pressed, desk=DESK)


def to(code: str, verb: str = "dispatch") -> str:
    return f"{verb}:{unit_id(code)}"


def given(walk: Walk) -> list[tuple[str, bool]]:
    found = Order.objects.filter(matter__number=walk.number).exclude(status__in=["returned", "recalled"]).order_by("id")
    return [(Unit.objects.get(id=one).code, lead) for one, lead in found.values_list("unit_id", "lead")]


def standing(walk: Walk) -> str:
    return str(Matter.objects.values_list("status", flat=True).get(number=walk.number))


def until(verb: str, **report: str) -> Walk:
    """In a county; who wrote on the web has not said which, so that somebody did at intake."""
    one = Walk().until(verb, **report)
    Matter.objects.filter(number=one.number).update(area=PLACE)
    return one


@pytest.fixture
def dispatcher(city: str) -> Client:
    return client_of("dispatcher")


def test_units_come_from_the_catalogue_and_the_past_each_with_its_date(walk: Walk, dispatcher: Client) -> None:
    until("follow_up")  # 埇桥区 brought one like it to its end
    elsewhere = until("accept", gist="砀山县的灯不亮")
    Matter.objects.filter(number=elsewhere.number).update(area="")
    until("accept", gist="井盖缺了一半")
    urgent = until("accept")
    Matter.objects.filter(number=urgent.number).update(dispatch_until="2026-11-18T03:00Z")
    page = dispatcher.get(DESK).content.decode()
    said = text_of(page)
    for words in (urgent.number, GIST, WORDS, "井盖缺了一半", "派发期限", "待派单 3", "待决退回 0", "待指定 0", "市城管局",
                  "《城市照明管理规定》（住房和城乡建设部令第4号）", "职责目录：协办，属地", "同类办结过 1 件", "其中埇桥区的 1 件",
                  "现在派出的话", "签收", "可退回"):  # fmt: skip
        assert words in said, words
    assert [re.findall(rf'value="{to(code)}" accesskey="(\d)"', page) for code in (CITY, PLACE)] == [["1"], ["2"]]
    assert re.search(rf'name="assist" value="{PLACE}" checked', page)
    assert "职责目录：协办，属地" in text_of(dispatcher.get(f"{DESK}?m={elsewhere.number}").content)
    dates = said[said.index("建议的单位 2") : said.index("现在派出的话")]
    assert "还剩 15 个工作日" in dates
    assert re.search(r"协办 .{0,20}还剩 13 个工作日", dates)
    runs = said[said.index("现在派出的话") :]  # and what ticking it urgent would bring, before it is ticked
    assert re.search(r"如是紧急 .{0,10}今天到期", runs)


def test_one_button_gives_it_to_both_and_the_next_one_opens(walk: Walk, dispatcher: Client) -> None:
    first, second = until("accept"), until("accept", gist="井盖缺了一半")
    page = dispatcher.get(DESK).content.decode()
    assert at_desks.action(page).endswith(f"m={first.number}")
    answer = pressed(dispatcher, to(CITY), page, **FORM, assist=PLACE)
    assert (answer.status_code, given(first), standing(second)) == (303, [(CITY, True), (PLACE, False)], "accepted")
    said = text_of(dispatcher.get(answer["Location"]).content)
    for words in ("已转办", second.number, "待派单 1"):
        assert words in said
    answer = pressed(dispatcher, to(PLACE), **FORM, assist=PLACE)  # ticked for whoever leads: that it leads is meant
    assert given(second) == [(PLACE, True)]
    assert "现在没有等着办的件" in text_of(dispatcher.get(answer["Location"]).content)


def test_another_unit_and_what_is_wrong_is_lost_by_no_error(walk: Walk, dispatcher: Client) -> None:
    one = until("accept")
    other = {**FORM, "unit": str(unit_id("204")), "assisting": "没有这个单位", "urgent": "1"}
    answer = pressed(dispatcher, "dispatch", **other)
    page = answer.content.decode()
    assert (answer.status_code, standing(one)) == (422, "accepted")
    for words in ("没有找到“没有这个单位”", "标为紧急须写明理由", 'value="没有这个单位"', f'value="{other["unit"]}"'):
        assert words in page, words
    assert re.search(rf'value="{other["unit"]}"[^>]* selected', page)
    assert pressed(dispatcher, "", page, **FORM).status_code == 422  # Enter in a box gives nothing away
    assert pressed(dispatcher, "dispatch", page, **FORM).status_code == 422
    answer = pressed(dispatcher, "dispatch", page, **{**other, "assisting": "", "urgent_reason": "漏电"})
    assert (answer.status_code, given(one)) == (303, [("204", True)])


def asked_back(walk: Walk) -> None:
    """The unit wants to be rid of it, and its leader agrees."""
    page = walk.client("yongqiao-clerk").get(walk.url).content.decode()
    seen = str(max(map(int, re.findall(r'id="line-(\d+)"', page))))
    reason = {"reason": "路灯归市里管。", "basis": "市政府令〔2020〕5号", "seen_seq": seen}
    order = f"?order={walk.order()}"
    agreed = {"seen_seq": str(int(seen) + 1)}
    for verb, who, form in (("request_return", "clerk", reason), ("agree_to_return", "deputy", agreed)):
        where = f"{walk.url}{verb}/{order}"
        act = hidden(walk.client(f"yongqiao-{who}").get(where).content.decode(), "act_id")
        answer = walk.client(f"yongqiao-{who}").post(where, {**form, "act_id": act})
        assert answer.status_code == 303, answer.content.decode()[:2000]


def test_a_return_is_decided_with_both_sides_before_one(walk: Walk, dispatcher: Client) -> None:
    one = until("dispatch")
    asked_back(one)
    returns = f"{DESK}?of=returns"
    page = dispatcher.get(returns).content.decode()
    said = text_of(page)
    for words in ("待决退回 1", "埇桥区 申请退回", "路灯归市里管。", "市政府令〔2020〕5号", "待热线办决定", "决定期限", "职责目录：牵头",
                  "同意退回 按下以后", "提请指定它", "这件事它正在申请退回"):  # fmt: skip
        assert words in said, words
    assert "派给它" not in said  # here no button gives it to anybody
    assert 'name="assist"' not in page
    assert not re.search(r'verb-primary" name="do" value="propose', page)
    answer = pressed(dispatcher, "refuse_return", page, **FORM, words="")
    assert (answer.status_code, "请填写“意见”" in answer.content.decode()) == (422, True)
    answer = pressed(dispatcher, "take_back", page, **FORM, words="同意，改派市城管局。")
    assert (answer.status_code, standing(one)) == (303, "accepted")
    assert "of=returns" in answer["Location"]
    said = text_of(dispatcher.get(DESK).content)
    for words in ("热线办同意退回，已收回：同意，改派市城管局。", "待派单 1"):
        assert words in said
    assert pressed(dispatcher, to(PLACE), **FORM).status_code == 303  # nothing bars whoever had it
    asked_back(one)
    page = dispatcher.get(returns).content.decode()
    assert "再次退回须提请指定" in text_of(page)
    answer = pressed(dispatcher, to(CITY, "propose_designation"), page, **FORM, words="路灯在市管道路上。")
    assert answer.status_code == 303
    disputes = f"{DESK}?of=to-designate"
    page = dispatcher.get(disputes).content.decode()
    said = text_of(page)
    for words in ("待指定 1", "热线办 提请指定 市城管局", "路灯在市管道路上。", "待市领导指定", "指定期限"):
        assert words in said, words
    assert pressed(dispatcher, "withdraw_designation", page, words="商量好了。").status_code == 303
    assert "待决退回 1" in text_of(dispatcher.get(returns).content)


def test_whoever_does_not_dispatch_has_no_such_desk(walk: Walk) -> None:
    one = until("accept")
    for login in ("operator", "reviewer", "inspector", "yongqiao-clerk"):
        answer = client_of(login).get(DESK)
        assert (answer.status_code, one.number in answer.content.decode()) == (403, False), login
    for wrong in ("?m=1", f"?m={one.number}&of=returns"):
        assert client_of("dispatcher").get(DESK + wrong).status_code == 404
