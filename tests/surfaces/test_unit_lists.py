"""单位的清单: due today, overdue, handed down; what one's own unit alone can do stands on its own lists alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.casework import desks
from hotline.casework.models import Order
from hotline.network import desks as network
from surfaces.city import WEDNESDAY, client_of, put_clock, text_of
from surfaces.standing import actor_of
from surfaces.walk import Walk, unit_id


def counted(login: str, now: datetime) -> dict[str, int]:
    actor = actor_of(login)
    return desks.counts(actor, network.unit(actor.unit_id), now)


def test_due_today_and_overdue_by_the_instant(walk: Walk) -> None:
    walk.until("sign_for")
    due = Order.objects.get().due_at
    assert due is not None
    day = due - timedelta(days=1)
    for now, today, over in ((day - timedelta(seconds=1), 0, 0), (day, 1, 0), (due - timedelta(seconds=1), 1, 0),
                             (due, 0, 1)):  # fmt: skip
        found = counted("yongqiao-clerk", now)
        assert (found["due-today"], found["overdue"]) == (today, over), now
    put_clock(due - timedelta(hours=2))
    page = client_of("yongqiao-clerk").get("/staff/desk/due-today/").content.decode()
    assert walk.number in page
    assert "等我处理 1 今天到期 1" in text_of(page)
    for verb in ("record_contact", "draft_reply", "answer_citizen", "sign_off", "file"):
        walk.act(verb)
    assert counted("yongqiao-clerk", due)["overdue"] == 0, "filed: the office's turn"


def test_handed_down_and_what_only_the_holder_does(walk: Walk) -> None:
    walk.until("sign_for")
    form = {"unit": str(unit_id("341302005")), "words": "请到现场看一看"}
    assert walk.client("yongqiao-clerk").post(
        f"{walk.url}hand_down/?order={walk.order()}", {**walk.form("file"), **form}).status_code == 303  # fmt: skip
    upper, lower = counted("yongqiao-clerk", WEDNESDAY), counted("sanliwan-clerk", WEDNESDAY)
    assert (upper["handed-down"], upper["to-sign"], upper["open"]) == (1, 0, 2)
    assert (lower["handed-down"], lower["to-sign"], lower["open"]) == (0, 1, 1)
    assert counted("dangshan-clerk", WEDNESDAY) == dict.fromkeys(upper, 0)
