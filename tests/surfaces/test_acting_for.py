"""代理 over HTTP: the switch offers the acted post while it runs; lines name both; four eyes stay four; the end comes
at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from hotline.network.models import Acting, Person, Post
from hotline.network.records import Acting as ActingRow
from hotline.network.transitions.acting import AppointActing, EndActing
from hotline.procedure import times
from hotline.procedure.actor import Actor
from hotline.procedure.perform import Subject, perform
from support.ledger import lines
from surfaces.city import client_of, put_clock, text_of
from surfaces.walk import FORMS, Walk

DAY = timedelta(days=1)


def post_of(login: str) -> Post:
    return Post.objects.get(person__login=login, status="open")


def admin() -> Actor:
    post = Post.objects.get(role="admin")
    return Actor("admin", post.person_id, post.id, post.unit_id)


@pytest.fixture
def deputised(walk: Walk) -> Walk:
    """A matter contacted, and the unit's deputy acting for its clerk for one day."""
    walk.until("record_contact")
    now = times.now()
    form = {"login": "yongqiao-deputy", "from_at": now.isoformat(), "until_at": (now + DAY).isoformat()}
    perform(AppointActing, Subject("post", post_of("yongqiao-clerk").id), form, actor=admin(), now=now)
    return walk


def as_clerk(walk: Walk) -> object:
    """The deputy's browser, acting as the clerk."""
    asking = walk.client("yongqiao-deputy")
    assert "（代理" in text_of(asking.get("/staff/").content) or asking.get("/staff/").status_code == 302
    asking.post("/staff/post/", {"post": str(post_of("yongqiao-clerk").id)})
    return asking


def test_the_switch_offers_the_post_acted_in(deputised: Walk) -> None:
    page = text_of(deputised.client("yongqiao-deputy").get(deputised.url).content)
    name = Person.objects.get(login="yongqiao-clerk").name
    assert f"承办人（代理{name}）" in page
    assert "代理" not in text_of(deputised.client("yongqiao-head").get(deputised.url).content)


def test_who_drafted_as_the_clerks_proxy_does_not_sign_off(deputised: Walk) -> None:
    as_clerk(deputised)
    assert deputised.post("draft_reply", deputised.form("draft_reply"), "yongqiao-deputy").status_code == 303
    names = {login: Person.objects.get(login=f"yongqiao-{login}").name for login in ("deputy", "clerk")}
    page = text_of(deputised.client("yongqiao-deputy").get(deputised.url).content)
    assert f"{names['deputy']}（代{names['clerk']}）" in page
    deputised.act("answer_citizen")
    deputised.client("yongqiao-deputy").post("/staff/post/", {"post": str(post_of("yongqiao-deputy").id)})
    refused = deputised.post("sign_off", FORMS["sign_off"], "yongqiao-deputy")
    assert refused.status_code == 403
    assert "须由另一人办" in text_of(refused.content)
    assert deputised.post("sign_off", FORMS["sign_off"], "yongqiao-head").status_code == 303


def test_nor_does_the_one_in_whose_name_it_was_drafted(deputised: Walk) -> None:
    as_clerk(deputised)
    deputised.post("draft_reply", deputised.form("draft_reply"), "yongqiao-deputy")
    deputised.act("answer_citizen")
    now, clerk = times.now(), post_of("yongqiao-clerk")
    form = {"login": "yongqiao-clerk", "from_at": now.isoformat(), "until_at": (now + DAY).isoformat()}
    perform(AppointActing, Subject("post", post_of("yongqiao-head").id), form, actor=admin(), now=now)
    asking = deputised.client("yongqiao-clerk")
    asking.post("/staff/post/", {"post": str(post_of("yongqiao-head").id)})
    refused = deputised.post("sign_off", FORMS["sign_off"], "yongqiao-clerk")
    assert refused.status_code == 403
    deputy = post_of("yongqiao-deputy").person_id
    assert [(li.person_id, li.for_person_id) for li in lines("kind = 'reply_drafted'")] == [(deputy, clerk.person_id)]


def test_it_is_over_at_the_next_request(deputised: Walk) -> None:
    asking = as_clerk(deputised)
    assert asking.get(deputised.url).status_code == 200  # type: ignore[attr-defined]
    put_clock(times.now() + DAY)
    answer = asking.get(deputised.url)  # type: ignore[attr-defined]
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/staff/sign-in/")


def test_ended_early_it_is_over_at_the_next_request_too(deputised: Walk) -> None:
    asking, clerk = as_clerk(deputised), post_of("yongqiao-clerk")
    row = Acting.objects.get(post=clerk)
    perform(EndActing, Subject("post", clerk.id, (ActingRow, row.id)), {}, actor=admin(), now=times.now())
    assert asking.get(deputised.url).status_code == 302  # type: ignore[attr-defined]


def test_nobody_switches_to_a_post_they_do_not_act_in(deputised: Walk) -> None:
    asking = client_of("yongqiao-head")
    asking.post("/staff/post/", {"post": str(post_of("yongqiao-clerk").id)})
    assert "承办人" not in text_of(asking.get(deputised.url).content).split("经过")[0]


def test_the_password_changed_while_acting_is_ones_own(deputised: Walk) -> None:
    asking = as_clerk(deputised)
    before = Person.objects.get(login="yongqiao-clerk").password
    form = {"old": "minsheng", "password": "高山流水遇知音难觅也", "again": "高山流水遇知音难觅也",
            "act_id": str(uuid4())}  # fmt: skip
    assert asking.post("/staff/password/", form).status_code == 302  # type: ignore[attr-defined]
    assert Person.objects.get(login="yongqiao-clerk").password == before
