"""回访台: who was drawn opens by itself, with why, what to say and what was tried; reached and content it closes, not
reached it waits for another hour, not content it stays until it is said what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from hotline.casework.models import Matter, Revisit
from hotline.procedure.models import LedgerLine
from hotline.procedure.perform import read
from hotline.rules import follow_up
from hotline.surfaces import frame
from surfaces import at_desks
from surfaces.city import WEDNESDAY, client_of, put_clock, text_of
from surfaces.test_review import pressed as sent_back
from surfaces.walk import GIST, LETTER, NAME, PHONE, WORDS, Walk

DESK = "/staff/desk/follow-up/"
GOOD = {"means": "phone", "solved": "yes", "attitude": "1", "speed": "2", "result": "1", "opinion": "谢谢。"}
BAD = {**GOOD, "solved": "no", "result": "4", "opinion": "四楼还是不亮。"}
pressed = partial(at_desks.pressed, desk=DESK)


def drawn(walk: Walk) -> Walk:
    """One that is always called: its letter was sent back once."""
    walk.until("file")
    sent_back(client_of("reviewer"), "send_back", because_thin="1", words="写明换了哪几盏")
    for verb in ("draft_reply", "answer_citizen", "sign_off", "file", "approve"):
        walk.act(verb)
    return walk


def standing(walk: Walk) -> tuple[str, bool | None]:
    return Matter.objects.values_list("status", "satisfied").get(number=walk.number)


@pytest.fixture
def agent(city: str) -> Client:
    return client_of("follow")


def test_who_is_called_and_why_and_what_is_said(walk: Walk, agent: Client) -> None:
    drawn(walk)
    book, said = frame.book(), text_of(agent.get(DESK).content)
    for words in (walk.number, GIST, WORDS, LETTER["answer"], "必须回访：曾退回重办", "待回访 1", "您好，这里是"):
        assert words in said, words
    for term in follow_up.aspects(book).values():
        assert f"您对办理的{term}怎么看？{'、'.join(follow_up.grades(book))}" in said
    seed = re.search(r"种子 (\w{16})", said)
    assert seed
    lines = read("matter", Matter.objects.get(number=walk.number).id).lines
    assert [seed[1] in line.read().facts for line in lines if line.kind == "settled"] == [True]
    assert f"{follow_up.lot(seed[1], walk.number):.4f}" in said
    assert PHONE not in said
    assert NAME not in said


def test_the_number_is_shown_on_the_desk_and_leaves_a_line(walk: Walk, agent: Client) -> None:
    drawn(walk)
    page = agent.get(DESK).content.decode()
    where = re.search(r'type="submit" form="review" formaction="([^"]+)"', page)
    assert where
    before = LedgerLine.objects.filter(kind="revealed").count()
    shown = agent.post(where[1].replace("&amp;", "&"), {**GOOD, "opinion": "四楼亮了。"}).content
    said = text_of(shown)
    assert PHONE in said
    assert "四楼亮了。" in said, "what was typed before is still there"
    assert re.search(r'name="speed" value="2"[^>]*checked', shown.decode())
    assert "联系上了，记下回访" in said
    assert LedgerLine.objects.filter(kind="revealed").count() == before + 1


def test_reached_and_content_it_closes_and_the_next_one_opens(walk: Walk, agent: Client) -> None:
    first, second = drawn(Walk()), drawn(Walk())
    answer = pressed(agent, "follow_up", **GOOD)
    assert (answer.status_code, standing(first), standing(second)) == (303, ("closed", True), ("replied", None))
    said = text_of(agent.get(answer["Location"]).content)
    assert second.number in said
    assert "已回访" in said
    answer = pressed(agent, "follow_up", **GOOD)
    assert "现在没有要办的件" in text_of(agent.get(answer["Location"]).content)


def test_not_reached_it_waits_for_another_hour_and_then_it_is_given_up(walk: Walk, agent: Client) -> None:
    drawn(walk)
    tries = frame.book().provision("follow_up").values["tries"]
    for n in range(tries):
        put_clock(WEDNESDAY + timedelta(hours=n + 1))
        page = agent.get(DESK).content.decode()
        assert f"已在不同钟点电话回访 {n} 次" in text_of(page)
        answer = pressed(agent, "missed", page, means="phone")
        assert answer.status_code == 303
        onward = text_of(agent.get(answer["Location"]).content)
        assert walk.number not in onward.replace("看刚办的", "")
        assert "没有联系上，记下了" in onward
        assert "已回访" not in onward
    assert standing(walk) == ("closed", None)
    assert Revisit.objects.filter(reached=False).count() == tries


def test_what_is_wrong_is_said_and_nothing_is_lost(walk: Walk, agent: Client) -> None:
    drawn(walk)
    answer = pressed(agent, "follow_up", **{**GOOD, "solved": "", "result": ""})
    page = answer.content.decode()
    assert (answer.status_code, standing(walk)) == (422, ("replied", None))
    for words in ("请选事情解决了没有", "请选对结果的评价", "谢谢。"):
        assert words in page
    assert re.search(r'name="speed" value="2"[^>]*checked', page)
    answer = pressed(agent, "missed", **GOOD)  # who was not reached said nothing
    assert (answer.status_code, Revisit.objects.exists()) == (422, False)
    assert "没有联系上就没有评价可记" in answer.content.decode()


def test_not_content_it_is_done_again(walk: Walk, agent: Client) -> None:
    drawn(walk)
    answer = pressed(agent, "follow_up", **BAD)
    page = agent.get(answer["Location"]).content.decode()
    said = text_of(page)
    assert standing(walk) == ("replied", False)
    for words in (walk.number, "四楼还是不亮。", "不满意待定 1", "新的期限", "须由另一人办"):
        assert words in said, words
    assert pressed(agent, "order_redo", page, reason="").status_code == 422
    answer = pressed(agent, "order_redo", page, reason="把四楼修好")
    assert (answer.status_code, standing(walk)) == (303, ("in_hand", None))
    clerk = client_of("yongqiao-clerk")
    assert "把四楼修好" in text_of(clerk.get(walk.url).content)
    written = text_of(clerk.get(walk.address("draft_reply")).content)
    assert "把四楼修好" in written[written.index("为什么要重写") :][:200], "above what was written, not behind all else"


def test_not_content_somebody_else_leaves_it_at_that(walk: Walk, agent: Client) -> None:
    drawn(walk)
    pressed(agent, "follow_up", **BAD)
    other = client_of("shift")
    page = other.get(f"{DESK}?of=dissatisfied").content.decode()
    assert walk.number in page
    answer = pressed(other, "accept_dissatisfaction", page, reason="四楼是住户自家的灯")
    assert (answer.status_code, standing(walk)) == (303, ("closed", False))
    assert "of=dissatisfied" in answer["Location"]


def test_what_was_rated_badly_is_asked_after_on_the_desk_first(walk: Walk, agent: Client) -> None:
    drawn(walk)
    walk.citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    rating = {"act_id": str(uuid4()), "solved": "no", "result": "5"}
    assert walk.citizen.post(f"/follow/{walk.number}/rate/", rating).status_code == 302
    assert standing(walk) == ("replied", False)
    page = agent.get(f"{DESK}?of=dissatisfied").content.decode()
    assert "联系上了，记下回访" in text_of(page)
    assert "认可不再重办" not in text_of(page)
    assert pressed(agent, "follow_up", page, **BAD).status_code == 303
    assert "认可不再重办" in text_of(client_of("shift").get(f"{DESK}?of=dissatisfied").content)


def test_whoever_does_not_follow_up_has_no_such_desk(walk: Walk, agent: Client) -> None:
    drawn(walk)
    for login in ("operator", "reviewer", "inspector", "yongqiao-clerk"):
        answer = client_of(login).get(DESK)
        assert (answer.status_code, walk.number in answer.content.decode()) == (403, False), login
    assert agent.get(f"{DESK}?m=1").status_code == 404
    assert agent.post(f"{DESK}?m=1&show=1").status_code == 404
    assert agent.post(f"{DESK}?m={walk.number}", {"do": "approve"}).status_code == 422
