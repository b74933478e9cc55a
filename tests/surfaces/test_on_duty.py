"""值班: who is on duty stands beside the order, and gets the call when an urgent one is not signed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hotline.casework import clock
from hotline.network.models import Post, Unit
from hotline.network.transitions.duties import RosterDuty
from hotline.procedure import outbox, times
from hotline.procedure.actor import Actor
from hotline.procedure.perform import Subject, perform
from surfaces.city import text_of
from surfaces.walk import Walk, unit_id

HOUR = timedelta(hours=1)


def on_duty(name: str, phone: str, begin: datetime, end: datetime) -> None:
    """A turn of duty in the unit of the walk."""
    post = Post.objects.get(role="admin")
    who = Actor("admin", post.person_id, post.id, post.unit_id)
    form = {"name": name, "phone": phone, "from_at": begin.isoformat(), "until_at": end.isoformat()}
    perform(RosterDuty, Subject("unit", unit_id()), form, actor=who, now=times.now())


class Sent:
    """A channel that keeps what it was given."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def send(self, message_id: int, to: str, text: str) -> None:
        """Keep it."""
        self.said.append((to, text))


def delivered(at: datetime) -> list[tuple[str, str]]:
    sent = Sent()
    while outbox.deliver(sent, at, 1):
        pass
    return sent.said


@pytest.mark.clause("五段1")
def test_the_order_shows_who_is_on_duty_at_its_unit(walk: Walk) -> None:
    now = times.now()
    on_duty("兰明远", "0557-0000071", now - HOUR, now + 8 * HOUR)
    on_duty("梅问雪", "0557-0000072", now + 8 * HOUR, now + 16 * HOUR)
    walk.until("dispatch")
    page = text_of(walk.client("dispatcher").get(walk.url).content)
    assert "兰明远 0557-0000071" in page
    assert "梅问雪" not in page


@pytest.mark.clause("五段1", "R-03")
@pytest.mark.parametrize(("rostered", "to"), [(True, "0557-0000071"), (False, "")])
def test_an_urgent_order_nobody_signed_goes_to_whoever_is_on_duty(walk: Walk, rostered: bool, to: str) -> None:
    now = times.now()
    if rostered:
        on_duty("兰明远", "0557-0000071", now - HOUR, now + 8 * HOUR)
    walk.until("accept")
    walk.act("dispatch", urgent="1", urgent_reason="漏电")
    later = times.now() + HOUR
    delivered(later)
    while clock.sweep(later).claimed:
        pass
    called = [(phone, said) for phone, said in delivered(later) if "紧急工单" in said]
    assert [phone for phone, _ in called] == [to or Unit.objects.get(id=unit_id()).phone]
    assert ("兰明远" in called[0][1]) is rostered
