"""离手的: what left a desk stands among what changed, with its clause, and says no more than one may still read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hotline.casework import left
from hotline.casework.models import Matter, Order
from hotline.network import desks as network
from hotline.surfaces import frame
from surfaces.city import WEDNESDAY, client_of, put_clock, text_of
from surfaces.counting import counted
from surfaces.standing import actor_of
from surfaces.walk import GIST, Walk, leader_post, unit_id

HOME, NOTICES, COUNT = "/staff/", "/staff/notices/", "/staff/notices/count/"
COSTS = 4  # who asks, up to where they have looked, what has changed, what has left


def page(login: str, url: str = NOTICES) -> str:
    return client_of(login).get(url).content.decode()


def gone(login: str) -> list[tuple[str, bool]]:
    """The line by which each left, and whether one may still read it."""
    actor = actor_of(login)
    rows = left.left(actor, network.unit(actor.unit_id), WEDNESDAY - timedelta(days=1), frame.book().tz)
    return [(one.line.kind, one.shown) for one in rows]


def performed(number: str, card: str, login: str, **form: str) -> None:
    """A verb as somebody's, in its own words."""
    from hotline.casework.records import Order as Row
    from hotline.procedure.card import REGISTRY
    from hotline.procedure.perform import Subject, perform

    matter_id = Matter.objects.values_list("id", flat=True).get(number=number)
    of = REGISTRY[card].moves.record
    order = Order.objects.filter(matter_id=matter_id).order_by("-id").values_list("id", flat=True).first()
    perform(REGISTRY[card], Subject("matter", matter_id, (Row, order) if of is Row else None), form,
            actor=actor_of(login), now=frame.now())  # fmt: skip


def test_what_was_recalled_is_gone_and_said(walk: Walk, statements: Any) -> None:
    """A recall; of what turns out to be about the unit itself, nothing on any page: not that there was one (R-21)."""
    walk.until("sign_for")
    performed(walk.number, "recall", "dispatcher", because="派错了")
    other = Walk()
    other.until("sign_for", gist="井盖缺了一半")
    performed(other.number, "name_target", "supervisor", target="unit", unit=str(unit_id()), reason="说的就是他们")
    clerk = client_of("yongqiao-clerk")
    for url in (HOME, NOTICES):
        html = clerk.get(url).content.decode()
        rows = [text_of(row.split("</li>")[0]) for row in html.split('<li class="order near">')[1:]]
        assert len(rows) == 1
        assert "已收回，不再由本单位办理 四（二）3" in rows[0]
        assert other.number[4:13] not in html
        assert GIST not in html
        assert "井盖缺了一半" not in html
        assert f"/staff/m/{walk.number}/" not in html
    assert "离手 1 件" in text_of(page("yongqiao-clerk", HOME))
    assert text_of(clerk.get(COUNT).content) == "消息 1"
    assert gone("yongqiao-clerk") == [("recalled", False)]
    assert gone("dangshan-clerk") == gone("dispatcher") == []
    assert counted(statements, clerk, NOTICES) == COSTS


def test_what_a_colleague_did_and_what_was_ended(walk: Walk) -> None:
    walk.until("sign_off")
    assert gone("yongqiao-deputy") == [], "one's own act"
    assert gone("yongqiao-head") == [("signed_off", True)]
    said = page("yongqiao-head")
    assert GIST in said
    assert f"/staff/m/{walk.number}/" in said
    performed(walk.number, "ask_to_withdraw", "operator", words="不用办了", channel="phone")
    put_clock(frame.now() + timedelta(minutes=1))
    performed(walk.number, "confirm_withdrawal", "dispatcher", because="本人说了", means="phone")
    assert gone("yongqiao-clerk") == [("order_ended", True)]
    assert GIST in page("yongqiao-clerk")


def test_what_a_leader_need_not_instruct_on(walk: Walk) -> None:
    walk.until("accept")
    form = {"leader": leader_post(), "opinion": "请批示", "ground": "跨部门"}
    performed(walk.number, "submit", "dispatcher", **form)
    assert gone("leader") == []
    performed(walk.number, "withdraw_submission", "dispatcher", because="自己能办")
    assert gone("leader") == [("submission_withdrawn", False)]
    said = page("leader")
    assert "撤回" in said
    assert GIST not in said
