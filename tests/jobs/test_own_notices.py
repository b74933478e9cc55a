"""本人的消息: what people chose to have sent goes out once, by the ways they chose, at the hours they chose, while it still
holds; no address stands anywhere in clear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg import ProgrammingError

from hotline.casework.models import Matter
from hotline.casework.models import Order as Stored
from hotline.casework.records import Order
from hotline.gateways import mail
from hotline.jobs import own_notices
from hotline.jobs.own_notices import LAG, PRESSING, OwnNotices
from hotline.network.models import NoticeChoice, Post
from hotline.network.notice_groups import GROUPS
from hotline.network.records import Post as PostRow
from hotline.procedure import outbox, times, verify
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import FormErrors
from hotline.procedure.models import OutboxMessage
from hotline.procedure.perform import Subject, perform, raw
from jobs.test_told import Sent, somebody
from support import ledger, many

NOW = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)  # a Wednesday, five past four in the afternoon
PHONE, MAIL = "0557-0009021", "lan.ming@example.org"
ALL = {f"sms_{group}": "1" for group in GROUPS}


def of_unit(role: str, unit_id: int) -> Actor:
    post = Post.objects.get(role=role, unit_id=unit_id, status="open")
    return Actor(role, post.person_id, post.id, unit_id)


def chosen(who: Actor, now: datetime, **form: str) -> None:
    assert who.post_id
    data = {"phone": PHONE, "mail": "", "hours": "day", **form}
    perform(REGISTRY["choose_notices"], Subject("post", who.post_id, (PostRow, who.post_id)), data, actor=who, now=now)


def clock(now: datetime) -> None:
    """It goes on by itself, and only forward."""
    if times.now() < now:
        times.set_simulated(now)


def act(matter_id: int, verb: str, who: Actor, now: datetime, **form: str) -> None:
    clock(now)
    card = REGISTRY[verb]
    subject = Subject("matter", matter_id, (Order, None) if card.moves.record is Order else None)
    perform(card, subject, form, actor=who, now=now)


def sent(now: datetime, to: Callable[[str], bool] = lambda to: to == PHONE) -> list[str]:
    """What has gone to one's own telephone once the loop has read so far and everything due has been delivered."""
    clock(now)
    loop = OwnNotices()
    while loop.turn():
        pass
    channel = Sent()
    while outbox.deliver(channel, times.now(), 20):
        pass
    return [text for address, text in channel.said if to(address)]


@pytest.mark.clause("五段1d", "R-44")
def test_what_somebody_chose_goes_out_once(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    times.set_simulated(NOW)
    assert sent(NOW) == []  # from here on is read
    one, other = many.write(2, NOW)
    unit_id = Stored.objects.get(matter_id=one).unit_id
    number = Matter.objects.get(id=one).number
    clerk = of_unit("clerk", unit_id)
    chosen(clerk, NOW, **ALL, mail=MAIL, mail_pressing="1")
    minute = NOW + timedelta(minutes=2)
    with monkeypatch.context() as broken:  # it dies before it has moved on
        broken.setattr(own_notices, "_ON", "UPDATE nothing SET at = %s WHERE name = %s")
        with pytest.raises(ProgrammingError):
            sent(minute)
    assert not OutboxMessage.objects.filter(to_kind="person").exists()
    first = sent(minute)
    assert len(first) == 2
    assert f"{number} 到了您的“待签收”" in "".join(first)
    assert "前，请登录办理" in first[0]
    assert sent(minute + LAG) == []  # once
    act(one, "urge", somebody("operator"), minute + LAG, words="请抓紧")
    act(other, "urge", somebody("operator"), minute + LAG, words="请抓紧")
    act(other, "recall", somebody("dispatcher"), minute + LAG, because="派错了")
    later = minute + 3 * LAG
    every = sent(later, lambda to: to in (PHONE, f"{mail.TO}{MAIL}"))
    assert sum(f"催办：{number}（待签收）" in text for text in every) == 2  # by both ways
    assert sum("您的案头有动静\n【" in text for text in every) == 1
    assert sum("已不在您这里办：收回改派" in text for text in every) == 1
    assert len(every) == 3  # what had left is urged no more
    # a night: what comes then waits for the morning, and is gone if its matter has gone meanwhile
    night = datetime(2026, 9, 16, 15, 0, tzinfo=UTC)
    act(one, "urge", somebody("operator"), night, words="再催")
    assert sent(night + 2 * LAG) == []
    assert OutboxMessage.objects.filter(to_kind="person", delivered_at=None).count() == 2  # by both ways
    act(one, "recall", somebody("dispatcher"), night + 3 * LAG, because="派错了")
    morning = datetime(2026, 9, 16, 23, 0, tzinfo=UTC)
    assert [text for text in sent(morning + LAG) if "催办" in text] == []
    texts = "".join(line.text for line in ledger.lines("kind = %s", "notices_chosen"))
    assert PHONE not in texts
    assert MAIL not in texts
    assert verify.verify().ok


@pytest.mark.clause("五段1d", "R-44")
def test_a_choice_holds_from_then_on_and_the_old_one_is_forgotten(city: Any) -> None:
    times.set_simulated(NOW)
    clerk = somebody("clerk")
    for form in ({"sms_due": "1", "phone": ""}, {"mail_due": "1"}, {"mail": "不是邮箱"}, {"hours": "night"}):
        with pytest.raises(FormErrors):
            chosen(clerk, NOW, **form)
    chosen(clerk, NOW, **ALL)
    chosen(clerk, NOW, phone="0557-0009022", sms_due="1")
    old, new = NoticeChoice.objects.order_by("id")
    with raw().cursor() as cur:
        kept = cur.execute("SELECT id FROM procedure_personkey WHERE id IN (%s, %s)", (old.id, new.id)).fetchall()
    assert [row[0] for row in kept] == [new.id]
    assert (old.ended_at, new.ended_at, new.sms) == (NOW, None, "due")
    system = Actor("system")
    perform(REGISTRY["end_post"], Subject("post", clerk.post_id), {}, actor=system, now=NOW)
    with raw().cursor() as cur:  # who is there no more is forgotten
        assert cur.execute("SELECT 1 FROM procedure_personkey WHERE id = %s", (new.id,)).fetchone() is None
    assert NoticeChoice.objects.filter(ended_at=None).count() == 0
    assert verify.verify().ok


def test_what_presses_is_there() -> None:
    assert set(PRESSING) <= set(REGISTRY)
