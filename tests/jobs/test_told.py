"""对外消息: what units and citizens are told of urging, supervision and dates that moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hotline.casework import clock
from hotline.casework.records import Order
from hotline.network.models import Duty, Person, Post, Unit
from hotline.network.roles import CITIZEN
from hotline.procedure import outbox, times
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Subject, perform, raw, read
from hotline.procedure.world import current
from support import line, many

NOW = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)


class Sent:
    """A channel that keeps what it was given."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def send(self, message_id: int, to: str, text: str) -> None:
        """Keep it."""
        self.said.append((to, text))


def somebody(role: str) -> Actor:
    """A demo person in that post of the hotline."""
    post = Post.objects.filter(role=role).order_by("id").first()
    assert post is not None
    return Actor(role, post.person_id, post.id, post.unit_id)


def told(now: datetime) -> list[str]:
    """Everything that is delivered now."""
    sent = Sent()
    while outbox.deliver(sent, now, 1):
        pass
    with raw().cursor() as cur:
        assert cur.execute("SELECT count(*) FROM procedure_outboxmessage WHERE delivered_at IS NULL").fetchone() == (0,)
    return [text for _, text in sent.said]


@pytest.mark.parametrize(("verb", "role", "form", "said"), [
    ("urge", "operator", {"words": "请抓紧"}, ["催办：请抓紧办理工单", "10月13日 24:00 前办结"]),
    ("supervise", "supervisor", {"scope": "其他", "demand": "报进展", "answer_on": "2026-09-18"}, ["有新的督办"]),
    ("change_kind", "dispatcher", {"kind": "help", "category": "", "reason": "归错了"},
     ["办理期限有变", "9月22日 24:00 前办结"]),
])  # fmt: skip
def test_the_unit_is_told(city: Any, verb: str, role: str, form: dict[str, str], said: list[str]) -> None:
    times.set_simulated(NOW)
    (matter_id,) = many.write(1, NOW)
    told(NOW)
    card = REGISTRY[verb]
    subject = Subject("matter", matter_id, (Order, None) if card.moves.record is Order else None)
    perform(card, subject, form, actor=somebody(role), now=NOW)
    texts = told(NOW)
    assert len(texts) == (2 if verb == "change_kind" else 1)
    (text,) = (one for one in texts if said[0] in one)
    assert all(part in text for part in said), text


def test_the_citizen_is_told_of_another_kind(city: Any) -> None:
    """In plain words, with the date that is now promised."""
    times.set_simulated(NOW)
    (matter_id,) = many.write(1, NOW)
    told(NOW)
    form = {"kind": "help", "category": "", "reason": "归错了"}
    perform(REGISTRY["change_kind"], Subject("matter", matter_id), form, actor=somebody("dispatcher"), now=NOW)
    (text,) = (one for one in told(NOW) if "分类已由热线办更正" in one)
    assert "9月22日前答复您" in text


def test_a_notice_not_answered_is_told(city: Any) -> None:
    times.set_simulated(NOW)
    (matter_id,) = many.write(1, NOW)
    form = {"scope": "其他", "demand": "报进展", "answer_on": "2026-09-16"}
    perform(REGISTRY["supervise"], Subject("matter", matter_id, (Order, None)), form, actor=somebody("inspector"),
            now=NOW)  # fmt: skip
    told(NOW)
    late = NOW + timedelta(hours=9)
    clock.sweep(late)
    assert any("督办到期没有答复" in text for text in told(late))
    clock.sweep(late + timedelta(minutes=1))
    assert not any("督办到期没有答复" in text for text in told(late + timedelta(minutes=1)))


@pytest.mark.clause("二段2i", "R-21")
def test_who_answers_the_telephone_is_not_told_of_what_is_about_themselves(city: Any) -> None:
    """About the hotline as such its own telephone hears nothing: whom it goes to does. A unit hears once that its order
    is taken, and nothing more."""
    from hotline.casework.messages_of_leaders import to_office
    from hotline.casework.models import Matter
    from hotline.casework.models import Order as Stored

    times.set_simulated(NOW)
    one, other = many.write(2, NOW)
    told(NOW)
    unit = Stored.objects.get(matter_id=one).unit_id

    def rang(matter_id: int) -> str:
        waiting = outbox.Waiting(1, 1, matter_id, "decision_late", "office", 0, {"matter_id": matter_id}, 0)
        with raw().cursor() as cur:
            said = to_office(cur, waiting)
        return said.to if said else ""

    Unit.objects.filter(desk="office").update(phone="0557-0000001")
    Unit.objects.filter(desk="inspection").update(phone="0557-0000002")
    order = Subject("matter", one, (Order, None))
    perform(REGISTRY["urge"], order, {"words": "请抓紧"}, actor=somebody("operator"), now=NOW)
    form = {"target": "unit", "unit": str(unit), "reason": "说的就是他们"}
    perform(REGISTRY["name_target"], Subject("matter", one), form, actor=somebody("supervisor"), now=NOW)
    number = Matter.objects.get(id=one).number
    said = [text for text in told(NOW) if f"工单 {number}" in text]
    assert said == [f"【{current().book.hotline}】工单 {number} 已收回，贵单位不再承办。"]
    assert rang(other) == "0557-0000001"
    form = {"target": "hotline"}
    perform(REGISTRY["name_target"], Subject("matter", other), form, actor=somebody("supervisor"), now=NOW)
    assert rang(other) == "0557-0000002"


@pytest.mark.clause("三（二）5d", "R-41")
def test_by_night_whoever_leads_the_shift_is_told_until_somebody_takes_it(city: Any) -> None:
    """Once for each repetition, by a clock that sweeps twice or comes late; on whose number, the roster says."""
    began = datetime(2026, 9, 19, 19, 2, tzinfo=UTC)  # three o'clock at night between Saturday and Sunday
    minute = timedelta(minutes=1)
    times.set_simulated(began)
    form = {**line.forms(current().book)["register"], "words": "他站在楼顶，说要跳楼", "channel": "web"}
    chain = perform(REGISTRY["register"], Subject("matter"), form, actor=CITIZEN, now=began).chain
    subject, leads = Subject("matter", chain.id), somebody("shift_leader")
    centre = Unit.objects.get(id=leads.unit_id)
    own = Person.objects.get(id=leads.person_id)
    Person.objects.filter(id=own.id).update(phone="0557-0009001")
    Duty.objects.update(status="ended")

    def alarms(at: datetime) -> list[str]:
        """Who was told, after the clock has swept twice."""
        for _ in range(2):
            clock.sweep(at)
        sent = Sent()
        while outbox.deliver(sent, at, 20):
            pass
        return [to for to, text in sent.said if "危及生命的话" in text]

    assert alarms(began) == ["0557-0009001"]  # at once, and nobody is on duty: the leader's own number
    assert alarms(began + 5 * minute - minute / 60) == []
    Duty.objects.create(id=9_001, unit_id=centre.id, status="open", name="夜班甲", phone="0557-0009002", from_at=began,
                        until_at=began + 20 * minute)  # fmt: skip
    assert alarms(began + 5 * minute) == ["0557-0009002"]  # whoever is on duty there
    Duty.objects.create(id=9_002, unit_id=centre.id, status="open", name=own.name, phone="0557-0009003", from_at=began,
                        until_at=began + 60 * minute)  # fmt: skip
    assert alarms(began + 10 * minute) == ["0557-0009003"]  # the leader is
    assert alarms(began + 33 * minute) == ["0557-0009003"]  # a clock that missed four tells once, and goes on in time
    assert [alarms(began + n * minute) for n in (34, 35)] == [[], ["0557-0009003"]]
    clock.sweep(began + 40 * minute)
    perform(REGISTRY["take_alarm"], subject, {}, actor=leads, now=began + 40 * minute)
    assert alarms(began + 40 * minute) == []  # taken before it went out
    assert alarms(began + 90 * minute) == []
    lines = [li for li in read("matter", chain.id).lines if li.kind.startswith("alarm")]
    assert [li.kind for li in lines] == ["alarm_raised", *["alarm_repeated"] * 5, "alarm_taken"]
    assert (lines[-1].person_id, lines[-1].at) == (leads.person_id, began + 40 * minute)
