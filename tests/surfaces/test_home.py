"""总览: what waits, what falls due today, what others did since one has looked; nothing of what is kept from one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hotline.casework import at_home
from hotline.casework.lists import DESKS, DUE_TODAY
from hotline.casework.models import Mark, Matter, Order
from hotline.network import desks as network
from hotline.procedure.card import REGISTRY
from hotline.surfaces import frame
from surfaces.city import WEDNESDAY, client_of, hidden, put_clock, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted
from surfaces.standing import actor_of
from surfaces.walk import GIST, Walk

HOME = "/staff/"


def waiting(login: str) -> dict[str, tuple[int, int, int]]:
    """Of each list on which something waits: how many, overdue, due today."""
    actor = actor_of(login)
    rows = at_home.waiting(actor, network.unit(actor.unit_id), frame.now(), frame.book().tz)
    return {one.spec.name: (one.count, one.overdue, one.today) for one in rows if one.count}


def said(login: str) -> str:
    return text_of(client_of(login).get(HOME).content)


def test_what_waits_and_what_changed(walk: Walk) -> None:
    walk.until("file")
    reviewer = walk.client("reviewer")
    page = reviewer.get(HOME).content.decode()
    for words in ("1 件等着", "待审核 1", "刚刚报送", "审核台", "有什么变化 1", "埇桥区承办人", GIST):
        assert words in text_of(page), words
    assert f'href="/staff/m/{walk.number}/#line-' in page
    assert waiting("reviewer") == {"to-review": (1, 0, 0), "open": (1, 0, 0)}
    assert "没有别人办的事" in said("yongqiao-clerk"), "it is with the office now"
    answer = reviewer.post("/staff/seen/", {"until": hidden(page, "until")})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/?done=seen")
    assert "没有别人办的事" in text_of(reviewer.get(HOME).content)
    assert "有什么变化 1" in said("supervisor"), "what another has looked at is another's"
    walk.act("approve")
    assert "没有别人办的事" in text_of(reviewer.get(HOME).content), "one's own act is no news, nor on the list"


def test_looking_is_marked_up_to_where_the_page_looked(walk: Walk) -> None:
    walk.until("dispatch")
    clerk = walk.client("yongqiao-clerk")
    until = hidden(clerk.get(HOME).content, "until")
    Walk().until("dispatch", gist="井盖缺了一半")
    clerk.post("/staff/seen/", {"until": until})
    page = text_of(clerk.get(HOME).content)
    assert "有什么变化 1" in page
    assert "井盖缺了一半" in page
    for wrong in ("", "昨天", "2026-11-18T10:00:00", "x" * 3000):
        assert clerk.post("/staff/seen/", {"until": wrong}).headers["Location"] == HOME
    assert "有什么变化 1" in text_of(clerk.get(HOME).content)
    ahead = (frame.now() + timedelta(days=9)).isoformat()
    clerk.post("/staff/seen/", {"until": ahead})
    put_clock(frame.now() + timedelta(hours=1))
    Walk().until("dispatch", gist="路面塌了一块")
    assert "路面塌了一块" in text_of(clerk.get(HOME).content), "nobody looks ahead"


def test_what_falls_due_today(walk: Walk) -> None:
    walk.until("sign_for")
    due = Order.objects.values_list("due_at", flat=True).get()
    assert due is not None
    assert waiting("yongqiao-clerk")["to-handle"] == (1, 0, 0)
    put_clock(due - timedelta(hours=5))
    assert waiting("yongqiao-clerk")["to-handle"] == (1, 0, 1)
    page = said("yongqiao-clerk")
    for words in ("今天到期 1 件", "今天到期，还剩 4 小时", "24:00", GIST):
        assert words in page, words
    assert "今天没有到期的" in said("dangshan-clerk")
    put_clock(due)
    assert waiting("yongqiao-clerk")["to-handle"] == (1, 1, 0)
    assert "1 件逾期" in said("yongqiao-clerk")


def test_what_is_about_oneself_is_counted_nowhere(walk: Walk) -> None:
    walk.until("file")
    reviewer = actor_of("reviewer")
    Matter.objects.using("owner").update(against_person_id=reviewer.person_id)
    assert waiting("reviewer") == {}
    unit, since = network.unit(reviewer.unit_id), WEDNESDAY - timedelta(days=1)
    assert at_home.changes(reviewer, unit, since, frame.book().tz) == []
    assert GIST not in said("reviewer")
    assert GIST in said("supervisor")


@pytest.mark.usefixtures("city")
def test_every_list_says_by_when_and_since_when() -> None:
    """Each column there is; a date rests on a provision of the rulebook."""
    for spec in {spec.name: spec for specs in DESKS.values() for spec in specs}.values():
        model = Order if spec.orders else Matter
        column, rests_on = at_home.owed_by(spec)
        for name in filter(None, (*(spec.first or (column,)), at_home.waits_since(spec))):
            assert model._meta.get_field(name), (spec.name, name)
        assert not rests_on or frame.book().provision(rests_on).clause
        assert REGISTRY.keys() >= {*spec.waits}, spec.name
    assert at_home.owed_by(DUE_TODAY) == ("", "")


def test_only_what_a_post_may_do_waits_for_it(walk: Walk) -> None:
    """What it may but look at is named apart, and counted nowhere."""
    walk.until("accept")
    for login, mine in (("dispatcher", True), ("operator", False)):
        page = said(login)
        assert waiting(login)["to-decide"][0] == 1
        assert ("1 件等着" in page, "等我处理 1" in page, "等我处理 0" in page) == (mine, mine, not mine), login
        assert ("待派单 1" in page.partition("另外可看：")[2]) is not mine, login
    for role, specs in DESKS.items():
        assert role in ("inspector", "supervisor") or any(spec.awaits(role) for spec in specs), role


def test_the_head_of_the_office_sees_how_the_city_stands_in_numbers(walk: Walk, statements: Any) -> None:
    """Its queues, what is overdue, which cards were given; nothing of any matter, nor of what is about the hotline."""
    walk.until("file")
    Walk().report()
    Order.objects.using("owner").update(due_at=WEDNESDAY - timedelta(days=1), status="signed")
    order = Order.objects.get(matter__number=walk.number)
    Mark.objects.using("owner").create(id=1, matter_id=order.matter_id, order_id=order.id, unit_id=order.unit_id,
                                       colour="red", cause="overdue", round=1, given_at=WEDNESDAY)  # fmt: skip
    head = client_of("office-head")
    page = head.get(HOME).content.decode()
    city = text_of(page.split("全市各队")[1])
    assert "不查看每一件事项；要问哪一件，请找“谁在办”一列的岗位" in city
    for words in ("待受理 1", "受理员", "已逾期 1", "承办单位", "黄牌 0，红牌 1", "没有等着的"):
        assert words in city, words
    assert GIST not in page
    assert walk.number not in page
    assert head.get(walk.url).status_code == 404
    assert counted(statements, head, HOME) <= MOST_OF_A_PAGE
    for login in ("yongqiao-head", "jiancha-head", "shift"):
        assert "全市各队" not in said(login), login
    Matter.objects.using("owner").update(against="hotline")
    assert "待受理 1" not in said("office-head")
    assert "红牌 0" in said("office-head")


def test_whoever_supervises_sees_what_is_overdue_in_the_city(walk: Walk) -> None:
    walk.until("sign_for")
    Order.objects.using("owner").update(due_at=WEDNESDAY - timedelta(days=1))
    for login in ("supervisor", "inspector", "shift"):
        assert "已逾期 1" in said(login), login
        assert walk.number in client_of(login).get("/staff/desk/overdue/").content.decode()
