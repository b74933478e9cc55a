"""What the hotline does not take: the citizen reads why and where to go; an emergency is handed over first."""

from __future__ import annotations

from e2e.people import People

COURT = "法院判决一直不执行"
FIRE = "楼下电动车棚在冒烟"


def test_another_organ_decides(people: People) -> None:
    people.report("求助", COURT, "判决书下来半年了，对方一直不给钱，法院也没有消息。")
    people.sign_in("web")
    people.open_first(COURT)
    people.verb("不予受理")
    people.submit("不予受理")
    assert people.errors() == ["请选择“不受理项”。"]
    people.choose(不受理项="三（二）2 人大、政协、纪委监委、法院、检察院、军队和武警职能")
    people.submit("不予受理")
    people.done("已不予受理")
    people.sees("不予受理", "三（二）2")
    people.sign_out()
    people.follow()
    people.sees("这件事热线不能办", "政府热线不能受理，请向有权机关反映", "12368", "觉得不对，可以打 12345")
    people.sees_no("给您的答复", "答应您", "您的事解决了吗")


def test_an_emergency_is_handed_over_before_it_is_declined(people: People) -> None:
    people.report("求助", FIRE, "烟越来越大，没有人管。")
    people.sign_in("web")
    people.open_first(FIRE)
    people.verb("不予受理")
    people.choose(不受理项="三（二）5 110、119、120 等紧急救助")
    people.submit("不予受理")
    assert people.errors() == ["紧急情况不能只拒绝，请用“移交紧急救助”，写明谁接的。"]
    people.page.goto(f"/staff/m/{people.number}/")
    people.verb("移交紧急救助")
    people.choose(移交给="119 火警")
    people.write(谁接的="2 号席")
    people.submit("移交紧急救助")
    people.done("已移交紧急救助")
    people.sign_out()
    people.follow()
    people.sees("情况紧急，我们转给了紧急救助", "119")
