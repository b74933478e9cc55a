"""班长台: what was proposed is decided in place; who sits where; what was begun and left lying is taken or put away."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from hotline.casework.at_shift import Proposed
from hotline.casework.models import Matter
from hotline.casework.transitions.proposing import RESTS_ON
from hotline.network.models import Post, ShiftNote
from hotline.procedure import times
from hotline.rules import abuse, refusals
from hotline.surfaces import sitting
from hotline.surfaces.models import Draft
from hotline.surfaces.workbench.shaping import shift as shaping
from support import ledger, line
from surfaces.city import client_of, status_of, text_of
from surfaces.counting import MOST_OF_A_PAGE, counted
from surfaces.standing import actor_of
from surfaces.walk import GIST, Walk

URL = "/staff/desk/shift/"
REFUSAL = {"refusal": "三（二）6", "reason": "邻里之间的私事，没有涉及部门的职责。"}


def form_of(page: str, number: str) -> dict[str, str]:
    """What a proposal's form sends by itself."""
    form = re.search(rf'id="row-{number}".*?</form>', page, re.S)
    assert form
    return dict(re.findall(r'type="hidden" name="(act_id|seen_seq)" value="([^"]+)"', form[0]))


def proposed(walk: Walk, gist: str = GIST) -> str:
    """A matter whose refusal an operator has proposed; its number."""
    walk.report(gist=gist)
    answer = walk.post("propose_refusal", REFUSAL, "operator")
    assert answer.status_code == 303, text_of(answer.content)[-800:]
    return walk.number


def test_a_refusal_is_decided_where_it_stands(walk: Walk, statements: Any) -> None:
    first, second = proposed(walk), proposed(Walk(), "门口的树倒了")
    leader = client_of("shift")
    page = leader.get(URL).content.decode()
    for words in ("2 件等您决定", "提出不予受理", REFUSAL["reason"], GIST, "批准不予受理", "今天到期"):
        assert words in text_of(page), words
    [mark] = re.findall(rf'id="row-{first}".*?class="due-when">(.*?)</span></span>', page, re.S)
    assert [REFUSAL["refusal"] in mark, "R-26" in mark, "三（二）7" in mark] == [True, True, False]
    assert counted(statements, leader, URL) <= MOST_OF_A_PAGE
    sent = {**form_of(page, first), "do": "reject_refusal"}
    refused = leader.post(f"{URL}?m={first}", {**sent, "because": ""})
    assert (refused.status_code, status_of(first)) == (422, "refusal_proposed")
    done = leader.post(f"{URL}?m={first}", {**sent, "because": "不是同一件事，照常受理。"})
    assert (done.status_code, done.headers["Location"]) == (303, f"{URL}?done=reject_refusal")
    assert status_of(first) == "registered"
    again = leader.post(f"{URL}?m={second}", {**form_of(page, second), "do": "approve_refusal", "because": ""})
    assert (again.status_code, status_of(second)) == (303, "declined")
    assert "没有等您决定的" in text_of(leader.get(URL).content)
    late = leader.post(f"{URL}?m={second}", {**form_of(page, second), "act_id": str(uuid4()), "do": "reject_refusal",
                                             "because": "晚了的话还在"})  # fmt: skip
    assert late.status_code == 409
    assert leader.post(f"{URL}?m={second}", {"do": "archive"}).status_code == 422


@pytest.mark.parametrize("name", line.BOOKS)
def test_the_date_of_a_proposal_cites_what_was_proposed_and_the_reading_it_rests_on(name: str) -> None:
    """Of every sort; a ground of refusal by its own item, whichever it is."""
    book, rules = line.rulebook(name), dict[str, tuple[str, ...]]()
    grounds = [one.id for one in refusals.items(book).values() if one.approver]
    asked = [("refusal", g, g) for g in grounds]
    asked += [(what, item, book.provision(rest).clause)
              for what, rest, item in (("abuse", "abuse", next(iter(abuse.sorts(book)))), ("ending", "ending", ""))]
    for what, item, clause in asked:
        row = Proposed("to-decide", "20261128-0001-2", "…", "help", what, item, "…", line.NOW, line.NOW, None, 1)
        due = shaping._proposed(book, row, line.NOW, frozenset(), {}, shaping.Wrong()).due
        assert due is not None
        rule = book.provision(RESTS_ON[what])
        assert (due.clause.id, [one.id for one in due.readings]) == (clause, list(rule.readings))
        rules[what] = rule.readings
    assert rules


def test_nobody_decides_their_own_nor_what_is_about_them(walk: Walk) -> None:
    walk.report()
    leader = client_of("shift")
    walk.post("propose_refusal", REFUSAL, "shift")
    page = text_of(leader.get(URL).content)
    assert "是您自己提的，要由别的班长决定" in page
    assert "批准不予受理" not in page
    assert "批准不予受理" in text_of(client_of("jiancha").get(URL).content)
    asked = {"act_id": str(uuid4()), "do": "approve_refusal", "because": ""}
    assert leader.post(f"{URL}?m={walk.number}", asked).status_code == 403
    Matter.objects.using("owner").update(against_person_id=actor_of("shift").person_id)
    assert GIST not in text_of(leader.get(URL).content)
    assert leader.post(f"{URL}?m={walk.number}", asked).status_code == 404


def begun(login: str, ago: timedelta) -> str:
    """What somebody has begun at the operator's desk, so long ago; its number."""
    number = str(uuid4())
    client_of(login).post("/staff/desk/intake/", {"act_id": number, "do": "save", "cause": "没有录完的"})
    assert Draft.objects.filter(act_id=number, body__isnull=False).update(saved_at=times.wall() - ago) == 1
    return number


def test_what_was_left_lying_is_taken_over_or_put_away(walk: Walk) -> None:
    old, older, new = (begun("operator", timedelta(minutes=m)) for m in (25, 90, 2))
    leader = client_of("shift")
    page = leader.get(URL).content.decode()
    for words in ("放下 20 分钟以上的 2 份", "1 小时没有动", "25 分钟没有动", "正在录 3 件", "电话受理中心受理员"):
        assert words in text_of(page), words
    assert "没有录完的" not in page, "what was typed is not read here"
    assert leader.post(URL, {"do": "take", "draft": new}).status_code == 409, "somebody is at it"
    taken = leader.post(URL, {"do": "take", "draft": old})
    assert (taken.status_code, taken.headers["Location"]) == (303, f"/staff/desk/intake/?draft={old}")
    assert Draft.objects.get(act_id=old).person_id == actor_of("shift").person_id
    assert "没有录完的" in leader.get(taken.headers["Location"]).content.decode()
    assert leader.post(URL, {"do": "discard", "draft": older}).status_code == 303
    assert Draft.objects.get(act_id=older).body is None
    for wrong in (older, "", "某一份", str(uuid4())):
        assert leader.post(URL, {"do": "take", "draft": wrong}).status_code == 409
    assert client_of("operator").post(URL, {"do": "discard", "draft": new}).status_code == 403


def test_an_alarm_stands_above_everything_and_is_taken_in_place(walk: Walk, statements: Any) -> None:
    proposed(walk)
    cry, leader = Walk().until("register", gist="有人要跳楼"), client_of("shift")
    page = leader.get(URL).content.decode()
    assert "险情待接手 1" in text_of(page)
    assert 'class="due due-over"' not in page.partition("等您决定")[0], "red is for dates alone"
    assert counted(statements, leader, URL) <= MOST_OF_A_PAGE
    action = re.search(rf'action="(/staff/m/{cry.number}/take_alarm/)"', page)
    act_id = re.search(r'name="act_id" value="([^"]+)"', page[page.index("take_alarm") :])
    assert action
    assert act_id
    assert leader.post(action[1], {"act_id": act_id[1]}).status_code == 303
    assert "险情待接手" not in text_of(leader.get(URL).content)


def test_whoever_left_sits_there_no_longer(walk: Walk) -> None:
    client_of("operator")
    leader = client_of("shift")
    assert "受理员" in text_of(leader.get(URL).content)
    from hotline.surfaces.models import Session

    Session.objects.filter(person__login="operator").update(seen_at=times.wall() - sitting.HERE)
    assert "1 人坐着" in text_of(leader.get(URL).content)


def test_a_shift_is_handed_over(walk: Walk) -> None:
    """Written by who leaves, read and confirmed by the next, never by the writer; no word of it in the ledger."""
    leader, words = client_of("shift"), "两件等回电，投影仪坏了。"
    give = {"do": "write_shift_note", "body": words}
    empty = leader.post(URL, {**give, "act_id": str(uuid4()), "body": ""})
    assert empty.status_code == 422
    done = leader.post(URL, {**give, "act_id": str(uuid4())})
    assert (done.status_code, done.headers["Location"]) == (303, f"{URL}?done=write_shift_note")
    page = leader.get(URL).content.decode()
    assert "还没有人接班" in text_of(page)
    assert 'value="confirm_shift_note"' not in page
    note = ShiftNote.objects.get()
    take = {"do": "confirm_shift_note", "note": str(note.id)}
    own = leader.post(URL, {**take, "act_id": str(uuid4())})
    assert (own.status_code, "写的人自己不能确认" in text_of(own.content)) == (409, True)
    assert words not in text_of(client_of("jiancha").get(URL).content), "another unit's"
    Post.objects.filter(person__login="operator").update(role="shift_leader")
    following = client_of("operator")
    page = following.get(URL).content.decode()
    assert ("读过了，接班" in text_of(page), page.count('accesskey="e"'), page.count('accesskey="w"')) == (True, 1, 1)
    for wrong in ("", "x", "1"):
        assert following.post(URL, {**take, "note": wrong, "act_id": str(uuid4())}).status_code == 404
    assert following.post(URL, {**take, "act_id": str(uuid4())}).status_code == 303
    note.refresh_from_db()
    assert (note.status, note.reader_id) == ("ended", actor_of("operator").person_id)
    assert "接班" in text_of(leader.get(URL).content)
    said = "".join(line.text for line in ledger.lines("chain_id = %s", note.unit_id))
    assert said.count("shift_note_") == 2
    assert "投影" not in said
