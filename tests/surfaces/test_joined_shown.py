"""并单与关联: what the office, the unit and each caller see of matters that have to do with one another."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from hotline.procedure.verify import verify
from surfaces.city import client_of, status_of, text_of
from surfaces.walk import GIST, Walk, unit_id

ANOTHER = "我家楼上的灯也不亮"
JOIN = {"words": "六楼也说不亮", "reason": "同一栋楼"}
PHONE = "13900005678"
RECORD = {"kind": "consultation", "gist": "末班车几点", "words": "还想问末班车几点。", "place": "三路车站", "time": "每天", "people": "没有",
          "cause": "要坐车", "course": "没有", "outcome": "想知道", "publish_wish": "not_asked"}  # fmt: skip


def page_of(login: str, url: str, post: str = "") -> str:
    answer = client_of(login, post).get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return text_of(answer.content)


def citizens(walk: Walk) -> str:
    citizen = Client()
    citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    return text_of(citizen.get(f"/follow/{walk.number}/").content)


def another(walk: Walk, until: str = "accept", **report: str) -> Walk:
    """Somebody else brings the same matter."""
    other = Walk()
    return other.until(until, gist=ANOTHER, name="测试乙", phone=PHONE, **report)


def join(main: Walk, other: Walk, **fields: str) -> Any:
    return other.post("join_matter", {**JOIN, "number": main.number, **fields}, "web")


@pytest.mark.clause("四（一）段1", "R-25")
def test_each_side_sees_what_is_its_own_to_see(walk: Walk) -> None:
    walk.until("sign_for")
    other = another(walk)
    form = page_of("web", f"{other.url}join_matter/")
    assert "派发时限停" in form
    assert ANOTHER in form, "what the unit will read begins with the gist"
    assert join(walk, other, number=walk.number.replace("-", "")).status_code == 303, "typed without its strokes"
    office = page_of("web", other.url)
    assert "已并入另一件" in office
    assert walk.number in office
    unit = page_of("yongqiao-clerk", walk.url)
    assert "并入 1 件" in unit
    assert "六楼也说不亮" in unit
    assert other.number not in unit, "who else brought it is the office's to know"
    assert client_of("yongqiao-clerk").get(other.url).status_code == 404
    mine = citizens(other)
    assert "和别人反映的同一件事一并办" in mine
    assert walk.number not in mine
    assert "埇桥" not in mine


@pytest.mark.clause("四（一）段1", "R-25")
def test_each_caller_reads_the_answer_under_a_number_of_their_own_and_rates_it(walk: Walk) -> None:
    walk.until("sign_for")
    other = another(walk)
    join(walk, other)
    for verb in ("record_contact", "draft_reply", "answer_citizen", "sign_off", "file", "approve"):
        walk.act(verb)
    assert "楼道灯已经换好 8 盏" in citizens(walk)
    mine = citizens(other)
    assert "楼道灯已更换。" in mine
    assert "8 盏" not in mine, "what was written to the first caller is not the others' to read"
    assert "您的事解决了吗" in mine
    told = "SELECT to_id, refs ->> 'matter_id' FROM procedure_outboxmessage WHERE template = 'rate' ORDER BY id"
    from django.db import connections

    with connections["default"].cursor() as cur:
        cur.execute(told)
        rows = cur.fetchall()
    assert len({to for to, _ in rows}) == len({matter for _, matter in rows}) == 2
    citizen = Client()
    citizen.post("/follow/", {"number": other.number, "code": other.code})
    rated = citizen.post(f"/follow/{other.number}/rate/", {"act_id": str(uuid4()), "solved": "no", "result": "5",
                                                           "speed": "3", "attitude": "3"})  # fmt: skip
    assert rated.status_code in (302, 303), text_of(rated.content)
    assert status_of(other.number) == "replied"
    assert verify().broken == ()


@pytest.mark.clause("四（一）段1", "R-25")
def test_separated_it_lies_at_the_desk_again(walk: Walk) -> None:
    walk.until("sign_for")
    other = another(walk)
    join(walk, other)
    assert other.number in client_of("dispatcher").get("/staff/desk/joined/").content.decode()
    assert other.post("separate_matter", {"reason": "是另一栋楼"}, "dispatcher").status_code == 303
    assert status_of(other.number) == "accepted"
    assert other.number in client_of("dispatcher").get("/staff/desk/to-decide/").content.decode()
    assert "改为单独办" in citizens(other)
    assert "已经分开" in page_of("web", walk.url)
    assert verify().broken == ()


@pytest.mark.clause("二段2i", "R-21")
def test_who_names_a_target_is_told_of_what_is_joined(walk: Walk) -> None:
    """The target is named on each: else it reads the same complaint under another number."""
    walk.until("sign_for")
    other = another(walk)
    assert "要各自写明" not in page_of("supervisor", f"{walk.url}name_target/")
    join(walk, other)
    assert f"{other.number} 不再一并办，要各自写明" in page_of("supervisor", f"{walk.url}name_target/")
    assert f"{walk.number} 不再一并办，要各自写明" in page_of("supervisor", f"{other.url}name_target/")


@pytest.mark.clause("二段2i", "R-21", "R-25")
@pytest.mark.parametrize("main", [False, True])
def test_whose_target_is_named_is_separated_and_so_is_what_is_joined(walk: Walk, main: bool) -> None:
    """In the database too: from either side, each matter locked with the other."""
    walk.until("sign_for")
    other = another(walk)
    join(walk, other)
    named = {"target": "unit", "unit": str(unit_id()), "reason": "说的就是他们"}
    assert (walk if main else other).post("name_target", named, "supervisor").status_code == 303
    assert (status_of(walk.number), status_of(other.number)) == ("accepted" if main else "in_hand", "accepted")
    assert "不能再并" in page_of("supervisor", other.url)
    assert verify().broken == ()


@pytest.mark.clause("二段2i", "R-21")
def test_an_unknown_number_and_one_that_is_about_the_asker_are_refused_alike(walk: Walk) -> None:
    """Nobody learns from a refusal that there is a complaint about them."""
    from hotline.network.models import Person

    walk.until("sign_for")
    other, said = another(walk), []
    me = Person.objects.get(login="web").id
    for number, target in (("20990101-0001-1", None), (walk.number, me)):
        if target is not None:
            _name(walk, target)
        answer = join(walk, other, number=number)
        assert answer.status_code == 422
        said.append(re.findall(r"没有这件事，或者您看不到它。", answer.content.decode()))
    assert said[0] == said[1] != []


def _name(walk: Walk, person_id: int) -> None:
    """As if the matter complained about somebody of the hotline; written past the verbs, for this test alone."""
    from django.db import connections

    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE casework_matter SET against_person_id = %s WHERE number = %s", [person_id, walk.number])


@pytest.mark.clause("四（一）段1", "R-25")
def test_another_matter_of_the_same_call_is_registered_from_the_page(walk: Walk) -> None:
    walk.until("accept")
    page = client_of("web").get(walk.url).content.decode()
    assert "本次来电另有一事" in page
    address = f"/staff/register/?same_call={walk.number}"
    form = client_of("web").get(address).content.decode()
    assert 'name="phone"' not in form
    assert "同一次来电说的另一件事" in text_of(form)
    answer = client_of("web").post(address, {**RECORD, "act_id": str(uuid4())})
    assert answer.status_code == 303, text_of(answer.content)
    new = answer["Location"].split("?")[0]
    number = new.split("/")[-2]
    assert number in page_of("web", walk.url)
    assert "同一次来电另登记一件" in page_of("web", walk.url)
    said = page_of("web", new)
    assert walk.number in said
    assert "和前一件是同一次来电" in said
    assert verify().broken == ()


@pytest.mark.clause("四（一）段1", "R-23")
def test_what_is_archived_is_followed_by_a_matter_of_its_own(walk: Walk) -> None:
    walk.until("archive")
    page = client_of("web").get(walk.url).content.decode()
    assert "另登记一件，接着这件" in page
    assert "本次来电另有一事" not in page
    data = {**RECORD, "channel": "phone", "act_id": str(uuid4())}
    answer = client_of("web").post(f"/staff/register/?follows={walk.number}", data)
    assert answer.status_code == 303, text_of(answer.content)
    again = client_of("web").post(f"/staff/register/?follows={walk.number}", data)
    assert again["Location"] == answer["Location"], "sent twice it is one matter"
    assert status_of(walk.number) == "archived"
    assert "另登记了一件，接着这一件" in page_of("web", walk.url)
    assert verify().broken == ()


def test_beside_what_is_not_there_nothing_is_registered(walk: Walk) -> None:
    walk.until("register")
    assert client_of("web").get("/staff/register/?same_call=20990101-0001-1").status_code == 404
    data = {**RECORD, "channel": "phone", "beside": "20990101-0001-1", "relation": "same_call", "act_id": str(uuid4())}
    assert client_of("web").post("/staff/register/", data).status_code == 422
    assert GIST not in page_of("web", "/staff/register/")
