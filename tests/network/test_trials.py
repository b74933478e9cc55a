"""试拨: somebody above calls a unit's duty telephone; what came of it is kept, and who is responsible hears of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hotline.network import desks, rosters, trials
from hotline.network.models import Post, TrialCall, Unit
from hotline.network.transitions.duties import RosterDuty
from hotline.network.transitions.people import AmendPerson
from hotline.network.transitions.trials import TryDutyPhone
from hotline.procedure import outbox
from hotline.procedure.actor import Actor
from hotline.procedure.engine import Refused
from hotline.procedure.perform import Subject, perform
from hotline.procedure.world import current
from network.acts import NOW, appointed, do, opened
from support import ledger

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE = "0557-0000071"


def somebody(role: str, code: str = "") -> Actor:
    """Whoever holds such a post."""
    posts = Post.objects.filter(role=role, status="open")
    post = (posts.filter(unit__code=code) if code else posts).order_by("id").first()
    assert post is not None
    return Actor(role, post.person_id, post.id, post.unit_id)


def tried(unit: Unit, who: Actor, outcome: str, at: datetime = NOW) -> None:
    """One trial call."""
    form = {"outcome": outcome, "phone": PHONE, "remark": "值班员姓兰"}
    perform(TryDutyPhone, Subject("unit", unit.id), form, actor=who, now=at)


def standing(unit: Unit, who: Actor, at: datetime = NOW) -> tuple[trials.Tried, int]:
    """How it stands with a unit's telephone, and where in the list."""
    desks.forget()
    rosters._kept = None
    rows = trials.standing(current().book, who, at)
    return next((row, n) for n, row in enumerate(rows) if row.unit.id == unit.id)


class Sent:
    """A channel that keeps what it was given."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def send(self, message_id: int, to: str, text: str) -> None:
        """Keep it."""
        self.said.append((to, text))


def delivered() -> list[tuple[str, str]]:
    """What goes out."""
    sent = Sent()
    while outbox.deliver(sent, NOW + HOUR, 1):
        pass
    return [(to, said) for to, said in sent.said if "试拨" in said]


@pytest.mark.clause("五段1c", "R-40")
def test_a_telephone_is_tried_and_what_came_of_it_is_kept(admin: Actor) -> None:
    unit, who = opened(admin, "X1", phone="0557-0000070"), somebody("supervisor")
    before, place = standing(unit, who)
    assert (before.phone, before.last, before.due(NOW)) == ("0557-0000070", None, True)
    turn = {"name": "兰明远", "phone": PHONE, "from_at": NOW.isoformat(), "until_at": (NOW + 8 * HOUR).isoformat()}
    do(RosterDuty, unit.id, admin, **turn)
    assert standing(unit, who)[0].phone == PHONE
    tried(unit, who, "no_answer")
    row, first = standing(unit, who, NOW + DAY)
    assert row.due(NOW + DAY)
    assert not row.due(NOW)
    assert first == 0 <= place
    assert row.last is not None
    assert (row.last.good, row.last.phone, row.last.post_id) == (False, PHONE, who.post_id)
    tried(unit, who, "answered", NOW + DAY)
    row, last = standing(unit, who, NOW + 2 * DAY)
    assert not row.due(NOW + 2 * DAY)
    assert last > first
    assert trials.lately(current().book, who, NOW + 2 * DAY, 30 * DAY) == (2, 1)
    assert [call.outcome for call in trials.of_unit(unit.id, 5)] == ["answered", "no_answer"]
    text = "".join(line.text for line in ledger.lines("chain_id = %s", unit.id))
    assert text.count("duty_phone_tried") == 2
    assert not any(word in text for word in (PHONE, "兰"))


@pytest.mark.clause("五段1c", "R-40")
def test_whoever_is_responsible_hears_of_a_telephone_nobody_answered(admin: Actor) -> None:
    unit, who = opened(admin, "X1", phone="0557-0000070"), somebody("inspector")
    above = Unit.objects.get(id=unit.parent_id)
    Unit.objects.filter(id=above.id).update(phone="0557-0000069")
    tried(unit, who, "answered")
    assert delivered() == []
    tried(unit, who, "unreachable")
    assert [to for to, _ in delivered()] == ["0557-0000069"]
    head = appointed(admin, unit, "head", login="mei.xue", name="梅问雪", phone="13900000031")
    tried(unit, who, "no_answer")
    assert [to for to, _ in delivered()] == ["13900000031"]
    deputy = appointed(admin, unit, "deputy", phone="13900000032")
    tried(unit, who, "unclear")
    [(to, words)] = delivered()
    assert to == "13900000032"
    assert "X1局的值班电话没有通" in words
    do(AmendPerson, deputy.id, admin, name="烛光照", phone="")
    tried(unit, who, "no_answer")
    assert [to for to, _ in delivered()] == ["13900000031"]
    assert head.status == "open"


def test_a_unit_tries_those_below_it_and_no_other(city: str) -> None:
    clerk, below = somebody("clerk", "341302"), Unit.objects.filter(parent__code="341302", status="open").first()
    stranger = Unit.objects.filter(level=3, status="open").exclude(parent__code="341302").first()
    assert below is not None
    assert stranger is not None
    found = {unit.id for unit in trials.mine(current().book, clerk)}
    assert below.id in found
    assert stranger.id not in found
    tried(below, clerk, "answered")
    assert TrialCall.objects.get(unit=below).good
    for unit in (stranger, Unit.objects.get(code="341302")):
        with pytest.raises(Refused) as caught:
            tried(unit, clerk, "answered")
        assert caught.value.step == "reach"
