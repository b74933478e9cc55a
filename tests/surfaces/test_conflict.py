"""Two people on one matter, and forms sent twice: one wins, nothing doubles, nothing typed is lost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from surfaces.city import status_of, text_of
from surfaces.walk import LINE, REPORT, Walk

WRITTEN = "这是我写了半小时的反馈，一个字也不能丢。"


def lines_of(number: str) -> int:
    """How many lines the matter's chain holds."""
    from hotline.casework.models import Matter
    from hotline.procedure.models import LedgerLine

    return LedgerLine.objects.filter(chain_kind=1, chain_id=Matter.objects.get(number=number).id).count()


def test_the_second_of_two_keeps_the_text_and_sees_what_the_first_did(walk: Walk) -> None:
    walk.until("record_contact")
    mine, theirs = walk.form("draft_reply", reply=WRITTEN), walk.form("draft_reply")
    assert walk.post("draft_reply", theirs, "yongqiao-head").status_code == 303
    before = lines_of(walk.number)
    answer = walk.post("draft_reply", mine)
    assert answer.status_code == 409
    page, said = answer.content.decode(), text_of(answer.content)
    assert WRITTEN in page
    assert "您打开这一页以后，别人办过这件事。" in said
    assert "写反馈件，要素齐全 沈明礼 · 埇桥区主要负责人" in said
    assert "您写的都还在，没有交上去。" in said
    assert lines_of(walk.number) == before
    again = {**mine, "act_id": str(uuid4()), "seen_seq": str(before)}
    assert walk.post("draft_reply", again).status_code == 303


def test_the_loser_of_a_race_for_one_button_is_told_the_door_is_shut(walk: Walk) -> None:
    walk.until("dispatch")
    mine, theirs = walk.form("sign_for"), walk.form("sign_for")
    assert walk.post("sign_for", theirs, "yongqiao-head").status_code == 303
    answer = walk.post("sign_for", mine)
    said = text_of(answer.content)
    assert answer.status_code == 409
    assert "您打开这一页以后，别人办过这件事。" in said
    assert "工单现在“办理中”，不能“签收”。" in said


def test_a_contact_recorded_meanwhile_disturbs_nobody(walk: Walk) -> None:
    walk.until("sign_for")
    mine = walk.form("draft_reply")
    walk.act("record_contact")
    assert walk.post("draft_reply", mine).status_code == 303


@pytest.mark.parametrize("verb", LINE)
def test_the_same_form_twice_is_done_once(walk: Walk, verb: str) -> None:
    before = LINE[LINE.index(verb) - 1] if verb != LINE[0] else "register"
    walk.until(before)
    data = walk.form(verb)
    first, lines = walk.post(verb, data), lines_of(walk.number)
    answer = walk.post(verb, data)
    assert (answer.status_code, answer["Location"]) == (303, first["Location"])
    assert lines_of(walk.number) == lines


def matters() -> int:
    """How many there are."""
    from hotline.casework.models import Matter

    return Matter.objects.count()


def test_a_citizens_form_sent_twice_is_one_matter(walk: Walk) -> None:
    data = {**REPORT, "act_id": str(uuid4()), "step": "send"}
    citizen = Client()
    assert [citizen.post("/submit/", data).status_code for _ in range(2)] == [303, 303]
    assert matters() == 1
    assert "查询码只显示这一次" in text_of(citizen.get("/submit/done/").content)
    lost = Client()  # the first answer never arrived: the number is shown again, the code is not
    assert lost.post("/submit/", data).status_code == 303
    said = text_of(lost.get("/submit/done/").content)
    assert matters() == 1
    assert "20261118-0001-0" in said
    assert "查询码已经显示过一次" in said


def test_an_operators_form_sent_twice_is_one_matter(walk: Walk) -> None:
    data = {
        **REPORT,
        "channel": "phone",
        "people": "住户",
        "cause": "灯坏",
        "absence": "没有说",
        "act_id": str(uuid4()),
    }
    operator = walk.client("operator")
    answers = [operator.post("/staff/register/", data) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert matters() == 1


def test_a_rating_sent_twice_counts_once(walk: Walk) -> None:
    from hotline.casework.models import Revisit

    walk.until("approve")
    walk.citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    data = {"act_id": str(uuid4()), "solved": "yes", "result": "1"}
    answers = [walk.citizen.post(f"/follow/{walk.number}/rate/", data).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Revisit.objects.count() == 1


def test_what_is_not_ones_own_is_refused_in_words(walk: Walk) -> None:
    walk.until("draft_reply")
    answer = walk.client("yongqiao-clerk").post(walk.address("sign_off"), {"act_id": str(uuid4())})
    said = text_of(answer.content)
    assert answer.status_code == 403
    assert "您现在的岗位不办“签批”。" in said
    assert status_of(walk.number) == "in_hand"
