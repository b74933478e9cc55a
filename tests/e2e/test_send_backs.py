"""Two send-backs to a red card: the reviewer sees beforehand what each does, the unit reads why, one card is lifted."""

from __future__ import annotations

from e2e.people import People
from surfaces.walk import GIST, Walk


def filed_again(people: People, more: str) -> None:
    """The unit reads why its letter came back, mends it, and files it anew."""
    people.sign_in("yongqiao-clerk")
    people.go("待重办")
    people.open_first(GIST)
    people.open_whole()
    people.sees("退回重办", "没有写怎么修的")
    people.verb("写反馈件")
    people.write(反馈件正文=more)
    people.submit("写反馈件")
    people.done("已写反馈件")
    people.sign_out()
    people.sign_in("yongqiao-deputy")
    people.open_first(GIST)
    people.verb("签批")
    people.submit("签批")
    people.sign_out()
    people.sign_in("yongqiao-clerk")
    people.go("待报送")
    people.open_first(GIST)
    people.verb("报送反馈件")
    people.done("已报送反馈件")
    people.sign_out()


def sent_back(people: People, count: str, card: str) -> None:
    """The reviewer sends the letter back; the form says the date and the card first."""
    people.sign_in("reviewer")
    people.open_first(GIST)
    people.verb("退回重办")
    people.sees("期限不变", f"连续第 {count} 次", card)
    people.write(具体说明="没有写怎么修的，也没有写谁修的。")
    people.submit("退回重办")
    assert people.errors() == ["请至少勾选一条理由。"]
    people.tick("事实不清楚")
    people.submit("退回重办")
    people.done("已退回重办")
    people.sign_out()


def test_two_send_backs_to_a_red_card(people: People) -> None:
    walk = Walk().until("file")
    people.number, people.code = walk.number, walk.code
    sent_back(people, "1", "黄牌")
    filed_again(people, "经查，8 盏损坏，物业已于昨日更换。")
    sent_back(people, "2", "红牌")
    people.sign_in("supervisor")
    people.sees("退回重办 · 退回 2 次")
    people.open_first(GIST)
    people.open_whole()
    people.sees("第 2 次退回重办", "事实不清楚", "红牌", "连续退回重办", "连续 2 次")
    people.verb("撤牌")
    people.page.get_by_label("撤哪一张").select_option(index=1)
    people.write(撤牌的理由="第一次退回时要求没有写明。")
    people.submit("撤牌")
    people.done("已撤牌")
    people.sees("已撤", "撤黄牌", "第一次退回时要求没有写明。")
    people.sign_out()
    people.follow()
    people.sees("不合格，退回重办", "正在办")
