"""签批台: the letter due first opens by itself; signed, or handed back for a reason at two taps, and the next follows."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client

from hotline.casework.models import Order
from hotline.rules import grounds
from hotline.surfaces import frame
from surfaces import at_desks
from surfaces.city import client_of, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted
from surfaces.walk import GIST, LETTER, WORDS, Walk

DESK, THIN = "/staff/desk/sign-off/", "because_thin"
pressed = partial(at_desks.pressed, desk=DESK)


@pytest.fixture
def deputy(city: str) -> Client:
    return client_of("yongqiao-deputy")


def standing(walk: Walk) -> str:
    return str(Order.objects.values_list("status", flat=True).get(matter__number=walk.number))


def test_read_signed_and_the_next_one_comes(walk: Walk, deputy: Client, statements: object) -> None:
    first = Walk().until("draft_reply")
    second = Walk().until("draft_reply", gist="井盖缺了一半")
    page = deputy.get(DESK).content.decode()
    said = text_of(page)
    for words in (first.number, GIST, WORDS, LETTER["reply"], LETTER["answer"], "待签批 2", "五（二）4"):
        assert words in said, words
    for ground in grounds.merits(frame.book()):
        assert f'name="because_{ground.id}"' in page
    assert all(f'value="{do}" accesskey="{key}"' in page for do, key in (("sign_off", "q"), ("hand_back_draft", "h")))
    assert counted(statements, deputy, DESK) <= MOST_OF_A_PAGE
    answer = pressed(deputy, "sign_off", page, words="同意")
    assert (answer.status_code, standing(first), standing(second)) == (303, "signed_off", "drafted")
    said = text_of(deputy.get(answer["Location"]).content)
    for words in ("已签批", "井盖缺了一半", "待签批 1"):
        assert words in said
    answer = pressed(deputy, "sign_off")
    assert "现在没有待签批的件" in text_of(deputy.get(answer["Location"]).content)
    assert "同意" in text_of(deputy.get(first.url).content)


def test_handed_back_at_two_taps_and_written_again(walk: Walk, deputy: Client) -> None:
    walk.until("draft_reply")
    for do, typed, because in (("hand_back_draft", {}, "要改什么"), ("sign_off", {THIN: "1"}, "去掉勾再按")):
        answer = pressed(deputy, do, **typed)
        assert (answer.status_code, because in answer.content.decode()) == (422, True)
    assert standing(walk) == "drafted"
    assert pressed(deputy, "hand_back_draft", **{THIN: "1"}).status_code == 303
    assert standing(walk) == "signed"
    clerk = client_of("yongqiao-clerk")
    for name, there in (("to-mend", True), ("to-handle", False)):
        assert (walk.number in clerk.get(f"/staff/desk/{name}/").content.decode()) is there, name
    said = text_of(clerk.get(walk.address("draft_reply")).content)
    came = said[said.index("为什么要重写") :]
    for words in ("没有签批，发回修改", "内容不详实"):
        assert words in came
    walk.act("draft_reply", reply="换好了八盏，每层都亮。")
    assert walk.number not in clerk.get("/staff/desk/to-mend/").content.decode()
    assert "换好了八盏，每层都亮。" in text_of(deputy.get(DESK).content)
    assert pressed(deputy, "sign_off").status_code == 303


def test_what_only_the_head_signs_says_so(walk: Walk, deputy: Client) -> None:
    for verb in ("accept", "dispatch", "sign_for", "record_contact", "draft_reply"):
        if verb == "accept":
            walk.report()
        walk.act(verb, **({"major": "1"} if verb == "dispatch" else {}))
    assert "现在没有待签批的件" in text_of(deputy.get(DESK).content), "nothing of the deputy's"
    assert walk.number not in deputy.get("/staff/desk/to-sign-off/").content.decode()
    assert walk.number in deputy.get("/staff/desk/for-head/").content.decode()
    shown = deputy.get(f"{DESK}?m={walk.number}").content.decode()
    assert "须由主要负责人签批" in text_of(shown)
    assert pressed(deputy, "sign_off", shown).status_code == 409
    assert pressed(client_of("yongqiao-head"), "sign_off").status_code == 303


def test_whoever_does_not_sign_has_no_such_desk(walk: Walk) -> None:
    walk.until("draft_reply")
    for login in ("reviewer", "yongqiao-clerk", "leader"):
        answer = client_of(login).get(DESK)
        assert (answer.status_code, walk.number in answer.content.decode()) == (403, False), login
    stranger = client_of("dangshan-deputy")
    assert "现在没有待签批的件" in text_of(stranger.get(DESK).content)
    assert stranger.get(f"{DESK}?m={walk.number}").status_code == 404
