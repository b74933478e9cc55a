"""拟不受理: the desk proposes, the shift leader approves, the citizen asks for a review, another shift leader decides."""

from __future__ import annotations

from e2e.people import People

DEBT = "邻居借钱不还"


def test_a_refusal_is_proposed_approved_and_reviewed(people: People) -> None:
    people.report("求助", DEBT, "借出去两年了，一直不还。")
    people.sign_in("web")
    people.open_first(DEBT)
    people.verb("提出不予受理")
    people.sees("班长决定")
    people.choose(不受理项="三（二）6 纯属个人问题，与政府职责无关")
    people.submit("提出不予受理")
    assert people.errors() == ["请填写“理由”。"]
    people.write(理由="两家之间的借款，没有涉及任何部门")
    people.submit("提出不予受理")
    people.done("已提出不予受理")
    people.sees("拟不受理，待批准")
    people.sign_out()
    people.follow()
    people.sees("已经收到")
    people.sees_no("这件事热线不能办")
    approved(people)
    people.follow()
    people.sees("这件事热线不能办", "没有涉及任何部门", "人民调解", "12348", "觉得不对吗？")
    people.press("请求复核")
    people.write(您为什么觉得不对="借钱的是村里的会计，拿的是村里的钱。")
    people.press("交给热线")
    people.sees("正在复核", "您请我们复核")
    upheld(people)
    people.follow()
    people.sees("这件事热线不能办", "已经由没有经手的另一位负责人复核，仍不能办", "是两个人之间的欠条")
    people.sees_no("觉得不对吗？", "给您的答复")


def approved(people: People) -> None:
    people.sign_in("shift")
    people.go("待批准与复核")
    people.open_first(DEBT)
    people.sees("两家之间的借款")
    people.verb("批准不予受理")
    people.submit("批准不予受理")
    people.done("已批准不予受理")
    people.sign_out()


def upheld(people: People) -> None:
    people.sign_in("jiancha")
    people.go("待批准与复核")
    people.open_first(DEBT)
    people.sees("拿的是村里的钱")
    people.verb("维持不予受理")
    people.write(理由="查了村账，是两个人之间的欠条")
    people.submit("维持不予受理")
    people.done("已维持不予受理")
    people.sign_out()
