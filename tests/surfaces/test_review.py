"""审核台: the letter due first opens by itself, beside what it answers; each outcome is one button, and the next letter
follows. What is ticked and written is lost neither by an error nor by somebody else's act."""

from __future__ import annotations

import re
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from hotline.casework.models import Order
from hotline.rules import grounds, letters
from hotline.surfaces import frame
from surfaces import at_desks
from surfaces.city import client_of, text_of
from surfaces.walk import GIST, LETTER, REPORT, WORDS, Walk

DESK = "/staff/desk/review/"
AGAIN = {"channel": "phone", "facts": "same", "words": "五楼又灭了一盏。"}
THIN, OPINION = "because_thin", "请写明换了哪几盏。"
pressed = partial(at_desks.pressed, desk=DESK)


def standing(walk: Walk) -> str:
    return str(Order.objects.values_list("status", flat=True).get(id=walk.order()))


def ticked(page: str) -> list[str]:
    return re.findall(r'name="(because_\w+)" value="1"[^>]*checked', page)


@pytest.fixture
def reviewer(city: str) -> Client:
    return client_of("reviewer")


def test_the_letter_opens_beside_what_it_answers(walk: Walk, reviewer: Client) -> None:
    walk.until("file")
    page = reviewer.get(DESK).content.decode()
    said = text_of(page)
    for words in (walk.number, GIST, WORDS, LETTER["reply"], LETTER["answer"], LETTER["publishable"], "审核期限", "待审核 1"):
        assert words in said, words
    book = frame.book()
    for ground in (*grounds.elements(book, "send_back"), *grounds.merits(book), *grounds.bounces(book)):
        assert f'name="because_{ground.id}"' in page, ground
        assert f">{ground.clause}</a>" in page, ground
    keys = re.findall(r'accesskey="(\w)"', page)
    assert sorted(keys) == sorted(set(keys))
    assert len(keys) > len(letters.terms(book)) + len(grounds.merits(book))


def test_approved_the_next_one_opens(walk: Walk, reviewer: Client) -> None:
    first, second = Walk().until("file"), Walk().until("file", gist="井盖缺了一半")
    answer = pressed(reviewer, "approve", words="写得清楚")
    assert (answer.status_code, standing(first), standing(second)) == (303, "approved", "filed")
    page = reviewer.get(answer["Location"]).content.decode()
    said = text_of(page)
    assert f"/staff/m/{first.number}/" in page
    for words in ("已审核通过", "井盖缺了一半", "待审核 1"):
        assert words in said
    answer = pressed(reviewer, "approve")
    assert "现在没有待审核的件" in text_of(reviewer.get(answer["Location"]).content)
    assert "写得清楚" in text_of(reviewer.get(first.url).content)


def test_pressed_twice_it_is_done_once(walk: Walk, reviewer: Client) -> None:
    walk.until("file")
    page = reviewer.get(DESK).content.decode()
    lines = []
    for _ in range(2):
        assert pressed(reviewer, "approve", page).status_code == 303
        lines.append(reviewer.get(walk.url).content.decode().count('id="line-'))
    assert lines[0] == lines[1]


def test_sent_back_with_reasons_and_the_colour_that_comes_next(walk: Walk, reviewer: Client) -> None:
    walk.until("file")
    assert "连续第 1 次" in text_of(reviewer.get(DESK).content)
    assert pressed(reviewer, "send_back", words=OPINION, **{THIN: "1"}).status_code == 303
    assert standing(walk) == "sent_back"
    unit = text_of(client_of("yongqiao-clerk").get(walk.url).content)
    for words in (OPINION, "内容不详实", "黄牌"):
        assert words in unit
    for verb in ("draft_reply", "answer_citizen", "sign_off", "file"):
        walk.act(verb)
    said = text_of(reviewer.get(DESK).content)
    outcome = said[said.index("退回重办 按下以后") :]
    for words in ("连续第 2 次", "红牌"):
        assert words in outcome
    for words in ("以前的反馈件", "正文和退回的那一份一字不差"):
        assert words in said


def test_without_a_reason_nothing_goes_back_and_nothing_is_lost(walk: Walk, reviewer: Client) -> None:
    walk.until("file")
    for do in ("send_back", "bounce"):
        answer = pressed(reviewer, do, words=OPINION)
        page = answer.content.decode()
        assert (answer.status_code, standing(walk)) == (422, "filed")
        assert "请至少勾选一条理由" in page
        assert OPINION in page
    page = pressed(reviewer, "send_back", words="长" * 2001, **{THIN: "1"}).content.decode()
    assert ticked(page) == [THIN]
    assert "“意见”最多 2000 个字" in page
    assert "请填写“意见”。" in pressed(reviewer, "send_back", **{THIN: "1"}).content.decode()
    both = pressed(reviewer, "send_back").content.decode()
    assert "有 2 处要改" in both, "all at once, not one after the other"
    assert "请填写“意见”。" in both
    assert "请至少勾选一条理由。" in both


@pytest.mark.parametrize(("do", "reason"), [("approve", THIN), ("bounce", THIN), ("send_back", "because_sign_off")])
def test_a_reason_that_the_outcome_does_not_bear_holds_it_up(
    walk: Walk, reviewer: Client, do: str, reason: str
) -> None:
    walk.until("file")
    own = {"bounce": "because_responsible_unit", "send_back": THIN}.get(do)
    answer = pressed(reviewer, do, words=OPINION, **{reason: "1"}, **({own: "1"} if own else {}))
    assert (answer.status_code, standing(walk)) == (422, "filed")
    assert "不带这些理由" in answer.content.decode()


def test_bounced_it_was_never_filed(walk: Walk, reviewer: Client) -> None:
    walk.until("file")
    assert pressed(reviewer, "bounce", because_sign_off="1", words="没有签批").status_code == 303
    assert standing(walk) == "bounced"


def test_a_call_after_the_letter_is_marked(walk: Walk, reviewer: Client) -> None:
    walk.until("file")
    page = reviewer.get(DESK).content.decode()
    assert "反馈件写好以后" not in text_of(page)
    walk.post("record_repeat", AGAIN, "web")
    answer = pressed(reviewer, "approve", page, words=OPINION)  # of what is there now the reviewer knows nothing
    assert (answer.status_code, standing(walk)) == (409, "filed")
    said = text_of(answer.content)
    for words in ("别人办过这件事", OPINION, "反馈件写好以后", AGAIN["words"], "又来过电话，看答复说到没有"):
        assert words in said
    assert pressed(reviewer, "approve", answer.content.decode()).status_code == 303


def test_skipped_it_waits(walk: Walk, reviewer: Client) -> None:
    first, second = Walk().until("file"), Walk().until("file")
    page = reviewer.get(DESK).content.decode()
    skip = re.search(r'<a href="([^"]+)" accesskey="j"', page)
    assert skip
    assert first.number in page
    url = skip[1].replace("&amp;", "&")
    page = reviewer.get(url).content.decode()
    assert second.number in page
    answer = pressed(reviewer, "approve", page)
    said = text_of(reviewer.get(answer["Location"]).content)
    assert (standing(first), standing(second)) == ("filed", "approved")
    assert "跳过的还在前面" in said


def test_hints_say_where_they_come_from(walk: Walk, reviewer: Client) -> None:
    walk.report(words="灯坏了三个月，没有人管。什么时候修？谁来修？" * 3)
    for verb in ("accept", "dispatch", "sign_for", "record_contact"):
        walk.act(verb)
    bad = {"citations": "", "no_citation_reason": "只是维修", "satisfaction": "不满意", "solved": "no",
           "publishable": "卫尚志已经修好。"}  # fmt: skip
    walk.act("draft_reply", **bad)
    for verb in ("answer_citizen", "sign_off", "file"):
        walk.act(verb)
    said = text_of(reviewer.get(DESK).content)
    hints = said[said.index("提示 只供参考") : said.index("的反馈件")]
    for words in ("没有引用文号，理由是“只是维修”", "诉求人对办理“不满意”", "没有提出按已解释办结", "供公开的文本里有", "个字，诉求",
                  "诉求里有 6 处问句"):  # fmt: skip
        assert words in hints, words
    assert REPORT["name"] not in hints


def test_whoever_does_not_review_has_no_such_desk(walk: Walk) -> None:
    walk.until("file")
    for login in ("operator", "supervisor", "inspector", "yongqiao-clerk"):
        answer = client_of(login).get(DESK)
        assert (answer.status_code, walk.number in answer.content.decode()) == (403, False), login
    assert client_of("reviewer").post(f"{DESK}?m={walk.number}", {"act_id": str(uuid4())}).status_code == 422
    for wrong in ("?m=1", f"?m={walk.number}&order=7", f"?m={walk.number}&order=x"):
        assert client_of("reviewer").get(DESK + wrong).status_code == 404
