"""代理: for whom, from when until when; it begins and ends by itself, and may end at once."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.network import desks
from hotline.network.models import Acting, Person, Post
from hotline.network.records import Acting as ActingRow
from hotline.network.transitions.acting import AppointActing, EndActing
from hotline.network.transitions.posts import EndPost
from hotline.procedure.actor import Actor
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import read
from hotline.procedure.perform import Subject, perform
from network.acts import NOW, PERSON, appointed, do, opened
from support import ledger

HOUR = timedelta(hours=1)
SPAN = {"from_at": (NOW + HOUR).isoformat(), "until_at": (NOW + 3 * HOUR).isoformat()}


def posts(admin: Actor) -> tuple[Post, Post]:
    """A clerk's post and a deputy's, of two people in one unit."""
    unit = opened(admin, "X1", phone="0000-0000009")
    clerk = appointed(admin, unit, "clerk")
    return clerk, appointed(admin, unit, "deputy", login="lan.ming", name="兰明远")


def acting(admin: Actor, post: Post, login: str, **form: str) -> Acting:
    do(AppointActing, post.id, admin, login=login, **{**SPAN, **form})
    return Acting.objects.get(post=post, status="open")


def roles_of(person: int, hours: float) -> list[tuple[str, str]]:
    return [(held.post.role, held.for_name) for held in desks.posts_of(person, NOW + hours * HOUR)]


def problems(admin: Actor, post: Post, **form: Any) -> list[str]:
    with pytest.raises(FormErrors) as caught:
        do(AppointActing, post.id, admin, **{**SPAN, **form})
    return [problem.field for problem in caught.value.problems]


def test_one_acts_while_it_runs_and_not_a_moment_longer(admin: Actor) -> None:
    clerk, deputy = posts(admin)
    acting(admin, clerk, "lan.ming")
    mine, both = [("deputy", "")], [("deputy", ""), ("clerk", PERSON["name"])]
    assert [roles_of(deputy.person_id, hours) for hours in (0, 1, 2.999, 3)] == [mine, both, both, mine]
    assert roles_of(clerk.person_id, 2) == [("clerk", "")]


def test_it_ends_at_once_when_ended_early(admin: Actor) -> None:
    clerk, deputy = posts(admin)
    row = acting(admin, clerk, "lan.ming")
    perform(EndActing, Subject("post", clerk.id, (ActingRow, row.id)), {}, actor=admin, now=NOW + HOUR)
    row.refresh_from_db()
    assert (row.status, row.ended_at) == ("ended", NOW + HOUR)
    assert roles_of(deputy.person_id, 2) == [("deputy", "")]
    with pytest.raises(Refused):
        perform(EndActing, Subject("post", clerk.id, (ActingRow, row.id)), {}, actor=admin, now=NOW + HOUR)


def test_who_has_left_acts_for_nobody_and_nobody_acts_for_who_has_left(admin: Actor) -> None:
    clerk, deputy = posts(admin)
    acting(admin, clerk, "lan.ming")
    do(EndPost, deputy.id, admin)
    assert roles_of(deputy.person_id, 2) == []
    again = appointed(admin, clerk.unit, "deputy", login="lan.ming", name="")
    assert len(roles_of(again.person_id, 2)) == 2
    do(EndPost, clerk.id, admin)
    assert roles_of(again.person_id, 2) == [("deputy", "")]


def test_who_may_act_and_when(admin: Actor) -> None:
    clerk, deputy = posts(admin)
    acting(admin, clerk, "lan.ming")
    assert problems(admin, clerk, login="nobody") == ["login"]
    assert problems(admin, clerk, login=PERSON["login"]) == ["login"]
    assert problems(admin, clerk, login="lan.ming") == ["from_at"]
    backwards = {"from_at": SPAN["until_at"], "until_at": SPAN["from_at"]}
    assert problems(admin, clerk, login="lan.ming", **backwards) == ["until_at"]
    over = {"from_at": (NOW - 3 * HOUR).isoformat(), "until_at": (NOW - HOUR).isoformat()}
    assert problems(admin, clerk, login="lan.ming", **over) == ["until_at"]
    assert problems(admin, clerk, login="lan.ming", until_at="明天") == ["until_at"]
    do(EndPost, deputy.id, admin)
    assert problems(admin, clerk, login="lan.ming") == ["login"]


def test_an_hour_without_a_zone_is_the_citys(admin: Actor) -> None:
    clerk, _ = posts(admin)
    row = acting(admin, clerk, "lan.ming", from_at="2026-09-20T09:00", until_at="2026-09-21T09:00")
    assert row.from_at.isoformat() == "2026-09-20T01:00:00+00:00"


def test_only_administrators_appoint_and_the_line_has_numbers_only(admin: Actor) -> None:
    clerk, deputy = posts(admin)
    head = Actor("deputy", deputy.person_id, deputy.id, deputy.unit_id)
    with pytest.raises(Refused):
        do(AppointActing, clerk.id, head, login="lan.ming", **SPAN)
    row = acting(admin, clerk, "lan.ming")
    (text,) = [line.text for line in ledger.lines("chain_id = %s AND kind = 'acting_appointed'", clerk.id)]
    facts = read(text).facts
    assert facts[:5] == (row.id, deputy.person_id, clerk.person_id, clerk.unit_id, "clerk")
    assert Person.objects.get(id=deputy.person_id).name not in text
    assert "lan.ming" not in text
