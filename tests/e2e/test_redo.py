"""A citizen who is not content: what the page says then, the redo, the new answer, and the second word."""

from __future__ import annotations

from e2e.people import People
from surfaces.walk import GIST, Walk

AGAIN = "又换了两盏，现在六层都亮了。"


def rates(people: People, solved: str, grade: str) -> None:
    people.press(solved)
    people.page.get_by_role("group", name="对办事的结果").get_by_label(grade, exact=True).check()
    people.press("交评价")


def orders_it_redone(people: People) -> None:
    people.sign_in("follow")
    people.go("不满意待定")
    people.open_first(GIST)
    people.verb("不满意重办")
    people.sees("新的期限", "11月23日（周一）24:00", "不亮牌")
    people.submit("不满意重办")
    assert people.errors() == ["请填写“诉求人不满意什么，要重办什么”。"]
    people.page.get_by_label("诉求人不满意什么").fill("四楼、六楼还是不亮")
    people.submit("不满意重办")
    people.done("已不满意重办")
    people.sign_out()


def does_it_again(people: People, walk: Walk) -> None:
    people.sign_in("yongqiao-clerk")
    people.go("待重办")
    people.open_first(GIST)
    people.open_whole()
    people.sees("诉求人不满意，重办", "四楼、六楼还是不亮", "续办")
    people.verb("写反馈件")
    people.write(给诉求人的答复=AGAIN)
    people.submit("写反馈件")
    people.done("已写反馈件")
    people.verb("答复诉求人")
    people.choose(答复方式="电话")
    people.submit("答复诉求人")
    people.done("已答复诉求人")
    people.sign_out()
    for verb in ("sign_off", "file", "approve"):
        walk.act(verb)


def test_a_dissatisfied_citizen_to_redo(people: People) -> None:
    walk = Walk().until("approve")
    people.number, people.code = walk.number, walk.code
    people.follow()
    rates(people, "没有解决", "不满意")
    people.sees("您不满意，我们知道了", "要么让单位重新办，要么不再重办，并写明理由", "楼道灯已经换好 8 盏。")
    orders_it_redone(people)
    people.follow()
    people.sees("正在重新办", "11月23日（周一）24:00 前答复", "您不满意，我们让埇桥区重新办", "楼道灯已经换好 8 盏。")
    does_it_again(people, walk)
    people.follow()
    people.sees(AGAIN, "您的事解决了吗")
    rates(people, "解决了", "满意")
    people.sees("办完了")
    people.sees_no("您的事解决了吗")
