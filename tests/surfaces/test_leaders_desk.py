"""呈办: what waits longest opens by itself, is instructed on or given back, and the next follows; what became of it is
beside; another leader's, and what is about the leader, is not there."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from hotline.casework import at_leader, desks
from hotline.casework.lists import TO_INSTRUCT
from hotline.casework.models import Matter, Submission
from hotline.procedure import times
from surfaces import at_desks
from surfaces.city import client_of, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted, steadily
from surfaces.standing import actor_of
from surfaces.test_extensions_shown import done
from surfaces.walk import GIST, WORDS, Walk, leader_post, unit_id

DESK, GIVEN = "/staff/desk/leaders/", "/staff/desk/leaders/given/"
OPINION, INSTRUCTION = "拟请住建牵头，区里配合", "请住建局一周内拿出办法"
LEADER, OTHER, OFFICE = "leader", "leader2", "dispatcher"
steady = pytest.fixture(autouse=True)(steadily)
pressed = partial(at_desks.pressed, desk=DESK)


def submitted(to: str = LEADER, opinion: str = OPINION, **report: str) -> Walk:
    """A matter put before a leader, with two units proposed."""
    walk = Walk().until("accept", **report)
    done(walk, "submit", OFFICE, ground="跨部门", opinion=opinion, leader=leader_post(to), unit=str(unit_id("204")),
         assisting="埇桥区")  # fmt: skip
    return walk


def reads(login: str, url: str = DESK) -> str:
    return text_of(client_of(login).get(url).content)


def outcome(walk: Walk) -> str:
    return str(Submission.objects.values_list("outcome", flat=True).get(matter__number=walk.number))


def test_read_instructed_and_the_next_one_comes(walk: Walk, statements: Any) -> None:
    long = "每天晚上都有人摔倒，" * 20
    first, second = submitted(words=f"{WORDS}{long}"), submitted(gist="井盖缺了一半", words="井盖缺了一半，夜里看不见。")
    submitted(OTHER, gist="另一位领导的事")
    done(first, "dispatch_meanwhile", OFFICE, kind="complaint", unit=str(unit_id()))
    leader = client_of(LEADER)
    page = leader.get(DESK).content.decode()
    said = text_of(page)
    for words in (first.number, GIST, WORDS, OPINION, "市住建局（协办：埇桥区）", "跨部门", "看全文", "埇桥区人民政府", "交办，待签收",
                  "五（二）4", "等批示 2", "井盖缺了一半", "同一诉求人", "还没有批示过的"):  # fmt: skip
        assert words in said, words
    chosen = re.search(r'<option value="(\d+)"[^>]* selected', page)
    assert chosen
    assert chosen[1] == str(unit_id("204")), "the form begins with what is proposed"
    assert "另一位领导的事" not in said
    assert counted(statements, leader, DESK) <= MOST_OF_A_PAGE
    wrong = pressed(leader, "instruct", page, unit="", assisting="埇桥区", instruction=INSTRUCTION, wanted_on="2026-11-01")
    assert (wrong.status_code, outcome(first)) == (422, "")
    for words in ("写了协办单位的，还要选牵头单位", "请写今天或以后的日子", INSTRUCTION):
        assert words in text_of(wrong.content), words
    good = {"instruction": INSTRUCTION, "unit": str(unit_id()), "assisting": "", "wanted_on": "2026-11-25"}
    answer = pressed(leader, "instruct", page, **good)
    assert (answer.status_code, outcome(first)) == (303, "instructed")
    said = text_of(leader.get(answer["Location"]).content)
    for words in ("已批示", "井盖缺了一半", "待批示 1", INSTRUCTION, "要求报结果", "还剩 7 天", "11月25日 24:00"):
        assert words in said, words
    again = pressed(leader, "instruct", page, **{**good, "act_id": str(uuid4())})
    assert again.status_code == 409
    for words in ("您打开这一页以后，别人办过这件事", INSTRUCTION):
        assert words in text_of(again.content)
    assert 'id="review"' not in leader.get(f"{DESK}?m={first.number}").content.decode(), "nothing is to be said"
    empty = pressed(leader, "give_back")
    assert (empty.status_code, "退回呈件的，请在这里写明理由" in text_of(empty.content), outcome(second)) == (422, True, "")
    answer = pressed(leader, "give_back", instruction="先由两局商量")
    said = text_of(leader.get(answer["Location"]).content)
    assert (outcome(second), "现在没有等您批示的" in said, "热线办另行处理" in said) == ("given_back", True, True)


def test_what_became_of_it(walk: Walk, statements: Any) -> None:
    """Not dispatched yet, in hand by a date with its clause, answered, reported; a page after the other."""
    one = submitted()
    leader = client_of(LEADER)
    pressed(leader, "instruct", instruction=INSTRUCTION, unit=str(unit_id()))
    assert "还没有照批示交办" in reads(LEADER)
    done(one, "dispatch_as_instructed", OFFICE, kind="complaint", unit=str(unit_id()))
    said = reads(LEADER, GIVEN)
    for words in ("办理中", INSTRUCTION, "埇桥区", "五（二）4", "还剩"):
        assert words in said, words
    for verb in ("sign_for", "record_contact", "draft_reply", "answer_citizen"):
        one.act(verb)
    assert one.client("yongqiao-head").post(one.address("sign_off"), one.form("sign_off")).status_code == 303
    one.act("file")
    one.act("approve")
    assert "等热线办报告结果" in reads(LEADER)
    done(one, "report_to_leader", "reviewer", came_of_it="灯已全部换好")
    assert "已报告结果" in reads(LEADER)
    assert "灯已全部换好" in reads(LEADER)
    two = submitted(gist="井盖缺了一半")
    pressed(leader, "instruct", instruction="请城管办", unit="")
    actor = actor_of(LEADER)
    first, more = at_leader.given(actor, most=1)
    assert (first.number, more.number) == (two.number, one.number)
    assert [row.number for row in at_leader.given(actor, (first.at, first.id), most=1)] == [one.number]
    assert counted(statements, leader, GIVEN) <= MOST_OF_A_PAGE
    assert INSTRUCTION not in reads(OTHER, GIVEN)


def test_longest_first_and_skipped_ones_stay(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    late, soon = submitted(gist="先登记的"), Walk()
    soon.until("accept", gist="后登记的")
    done(late, "withdraw_submission", OFFICE, because="再想想")
    done(soon, "submit", OFFICE, ground="跨部门", opinion=OPINION, leader=leader_post())
    done(late, "submit", OFFICE, ground="跨部门", opinion=OPINION, leader=leader_post())
    [first, second] = at_leader.at_desk(actor_of(LEADER), None, 1)[0]
    assert (first.number, second.number) == (soon.number, late.number)
    listed = desks.page(actor_of(LEADER), None, TO_INSTRUCT, None, times.now())
    assert [row.number for row in listed] == [soon.number, late.number], "by when they were submitted"
    [behind] = desks.page(actor_of(LEADER), None, TO_INSTRUCT, (listed[0].at, listed[0].id), times.now())
    assert behind.number == late.number
    later = times.now() + timedelta(days=2)
    monkeypatch.setattr(times, "now", lambda: later)
    page = client_of(LEADER).get(DESK).content.decode()
    assert "等了 2 个工作日" in text_of(page)
    next_one = re.findall(r'href="([^"]+)" accesskey="j"', page)[0].replace("&amp;", "&")
    assert f"/staff/m/{late.number}/" in (skipped := client_of(LEADER).get(next_one).content.decode())
    assert "回到最前面" in skipped
    assert "后面没有等您批示的了" in reads(LEADER, f"{DESK}?after=9999999999_1")


def test_another_leaders_and_what_is_about_the_leader_is_not_there(walk: Walk) -> None:
    one = submitted()
    for login in (OTHER, OFFICE, "yongqiao-clerk", "admin"):
        asked = client_of(login).get(f"{DESK}?m={one.number}")
        assert asked.status_code == (404 if login == OTHER else 403), login
        assert one.number not in asked.content.decode()
    assert pressed(client_of(LEADER), "archive").status_code == 422
    post = {"act_id": str(uuid4()), "do": "instruct", "instruction": "好"}
    assert client_of(OTHER).post(f"{DESK}?m={one.number}", post).status_code == 404
    pressed(client_of(LEADER), "instruct", instruction=INSTRUCTION)
    two = submitted()
    actor = actor_of(LEADER)
    told = at_leader.Told(0, "", "", (), GIST)
    assert {row.number for row in at_leader.related(actor, told)} == {one.number, two.number}
    _near_by_place_category_and_words(actor, one, two)
    for name in (one.number, two.number):
        matter = desks.matters(actor, None).get(number=name)
        type(matter).objects.filter(id=matter.id).update(against="leader", against_person_id=actor.person_id)
    assert at_leader.at_desk(actor, None, 5) == ([], [])
    assert (at_leader.given(actor), at_leader.related(actor, told)) == ([], [])
    assert GIST not in reads(LEADER)
    assert at_leader.at_desk(actor_of(OFFICE), None, 5) == ([], []), "nobody but leaders"


def _near_by_place_category_and_words(actor: Any, one: Walk, two: Walk) -> None:
    """As the office finds what is near, of what the leader may read: put to designation too, nobody else's."""
    disputed, other = Walk().until("sign_for", gist="泵站漏水"), Walk().until("sign_for", gist="泵站漏水")
    done(disputed, "propose_designation", OFFICE, unit=str(unit_id("204")), opinion="两家都说不归自己管")
    of = {walk.number: Matter.objects.filter(number=walk.number) for walk in (one, two, disputed, other)}
    for walk, area, category in ((one, "341302", "供水"), (two, "341302", "供热"), (disputed, "341321", "供水"),
                                 (other, "341302", "供水")):  # fmt: skip
        of[walk.number].update(area=area, category=category)

    def near(area: str, category: str, gist: str) -> set[str]:
        return {row.number for row in at_leader.related(actor, at_leader.Told(0, area, category, (), gist))}

    assert near("341302", "供水", "说的全是别的") == {one.number}, "there, and of that category"
    assert near("", "供水", "说的全是别的") == set()
    assert near("341323", "供水", "泵站漏水多日") == {disputed.number}, "of that category, in like words"
    assert near("", "", "泵站漏水") == {disputed.number}, "in much the same words"
