"""对外消息: what units and citizens are told of urging, supervision and dates that moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hotline.casework import clock
from hotline.casework.records import Order
from hotline.network.models import Post
from hotline.procedure import outbox, times
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Subject, perform, raw
from support import many

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
    while outbox.deliver_one(sent, now):
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
