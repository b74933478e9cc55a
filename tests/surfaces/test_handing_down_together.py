"""一起下派: several orders go to one unit below at once, with an inner date; what cannot go says why."""

from __future__ import annotations

import re

from hotline.casework.models import Order
from hotline.procedure.models import LedgerLine
from hotline.surfaces.workbench import handing_down
from surfaces.city import client_of, text_of
from surfaces.walk import Walk, unit_id

CLERK, BELOW, URL = "yongqiao-clerk", "sanliwan-clerk", "/staff/desk/handed-down/several/"
SOON = "2026-09-02T10:00"  # the next working morning


def test_several_go_at_once_and_the_others_say_why(city: str) -> None:
    first, second, third = (Walk().until("sign_for", phone=f"1390000{n:04}") for n in range(3))
    clerk, place = client_of(CLERK), str(unit_id("341302005"))
    assert f'href="{URL}"' in clerk.get("/staff/desk/to-handle/").content.decode()
    assert f'href="{URL}"' not in client_of(BELOW).get("/staff/desk/to-handle/").content.decode()
    page = clerk.get(URL).content.decode()
    assert all(one.number in page for one in (first, second, third))
    assert f'value="{place}"' in page
    assert f'value="{unit_id("341321")}"' not in page, "another's are none of it"
    none = clerk.post(URL, {"unit": place, "words": "请到现场看"})
    assert (none.status_code, "请至少选一件。" in text_of(none.content)) == (422, True)
    wrong = clerk.post(URL, {"numbers": [first.number], "unit": place, "words": "", "inner_at": "2026-09-05T10:00"})
    assert wrong.status_code == 422
    assert "请填写“要它做什么”。" in text_of(wrong.content)
    assert re.search(rf'value="{first.number}"[^>]* checked', wrong.content.decode()), "what was ticked stays"
    both = {"numbers": [first.number, second.number], "unit": place, "words": "请到现场看", "inner_at": SOON}
    answer = clerk.post(URL, both)
    assert (answer.status_code, answer["Location"]) == (303, "/staff/desk/handed-down/?done=hand_down&n=2")
    assert "已下派 2 件。" in text_of(clerk.get(answer["Location"]).content)
    below = Order.objects.filter(parent_id__isnull=False)
    assert {(one.unit_id, one.inner_at.isoformat()) for one in below if one.inner_at} == {
        (int(place), "2026-09-02T02:00:00+00:00")}  # fmt: skip
    assert LedgerLine.objects.filter(kind="handed_down").values("chain_id").distinct().count() == 2
    assert "9月2日 10:00" in text_of(clerk.get("/staff/desk/handed-down/").content), "by the inner date"
    assert "内部期限 9月2日 10:00" in text_of(client_of(BELOW).get("/staff/desk/to-sign/").content)
    assert first.number not in clerk.get(URL).content.decode(), "handed down already"
    Order.objects.filter(matter__number=third.number).update(return_asked_at="2026-09-01T00:00Z")
    late = clerk.post(URL, {**both, "numbers": [third.number]})
    assert (late.status_code, handing_down.GONE in text_of(late.content)) == (422, True)


def test_who_was_given_a_part_sees_its_own_date_over_the_page(city: str) -> None:
    walk = Walk().until("sign_for")
    clerk, place = client_of(CLERK), str(unit_id("341302005"))
    form = {"numbers": [walk.number], "unit": place, "words": "请到现场看", "inner_at": "2027-01-20T10:00"}
    late = text_of(clerk.post(URL, form).content)
    assert "内部期限不能晚于下级自己的办理期限，最晚 9月20日（周日）24:00。" in late
    assert clerk.post(URL, {**form, "inner_at": SOON}).status_code == 303
    upper, own = (text_of(client_of(who).get(walk.url).content) for who in (CLERK, BELOW))
    assert "为什么是 9月21日（周一）24:00" in upper
    assert "投诉，15 个工作日。" in upper
    assert "为什么是 9月20日（周日）24:00 本单位的上级的期限到 9月21日（周一）24:00，要留时间汇总、签批" in own
    assert "上级要求 9月2日（周三）10:00 前报来。" in own
    beside = text_of(clerk.get(f"/staff/desk/handed-down/?m={walk.number}").content)
    assert beside.count("地点 某小区 6 栋 2 单元") == 1, "of a record that was amended, as it is now"
    below = client_of(BELOW)
    assert below.post(walk.address("sign_for"), walk.form("sign_for")).status_code == 303
    for name, there in (("to-handle", False), ("handed-down", True)):
        listed = text_of(clerk.get(f"/staff/desk/{name}/").content)
        assert ("三里湾街道" in listed) is there, "what others have in hand waits for others"
    asks = text_of(below.get(walk.address("request_extension")).content)
    assert re.search(r"上级准到 还剩 .{1,20} 9月21日（周一）24:00", asks), asks[asks.index("上级准到"):][:60]
    form = {**walk.form("file"), "working_days": "1", "reason": "等配件"}
    assert below.post(walk.address("request_extension"), form).status_code == 303
    deputy = client_of("sanliwan-deputy")
    above = client_of("yongqiao-deputy")
    assert walk.number not in above.get("/staff/desk/to-extend/").content.decode(), "it is not theirs to agree to"
    assert deputy.post(walk.address("agree_to_extension"), walk.form("file")).status_code == 303
    assert "explain_extension/?" not in below.get(walk.url).content.decode(), "the citizen's date does not move"
    office = text_of(client_of("supervisor").get(walk.url).content)
    assert "为什么是 9月21日（周一）24:00" in office, "to everybody else the lead's is the date"


def test_one_refused_leaves_the_other(city: str) -> None:
    walks = [Walk().until("sign_for", phone=f"1390000{n:04}") for n in range(2)]
    clerk, place = client_of(CLERK), str(unit_id("341302005"))
    Order.objects.filter(matter__number=walks[1].number).update(due_at="2026-08-18T00:00Z")
    form = {"numbers": [one.number for one in walks], "unit": place, "words": "请到现场看", "inner_at": ""}
    answer = clerk.post(URL, form)
    assert answer.status_code == 422
    said = text_of(answer.content)
    assert "办成 1 件，1 件没有办成：" in said
    assert "本单位的期限已经过了，没有时间可以再给下级" in said
