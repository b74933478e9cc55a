"""Post × URL in the second city: other clauses, numbers and units, the very same table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from harness import databases
from support.pictures import picture
from surfaces import test_urls as first
from surfaces.city import client_of, put_clock, text_of
from surfaces.walk import FORMS, Walk

LOGINS = {
    **{one: one for one in (*first.OFFICE, *first.OUTSIDE)},
    "clerk": "dongdu-clerk", "deputy": "dongdu-deputy", "head": "dongdu-head",
    "level2": "dukou-clerk", "stranger": "daolu-clerk",
}  # fmt: skip
# Here it is the leaders who order that dates are shifted.
OTHERWISE = {("GET", "leader"): {"shift-dates": 200}, ("POST", "leader"): {"shift-dates": 422}}


@pytest.fixture
def city(server: Any, second_template: str) -> Iterator[str]:
    """A fresh second city; shadows the first for these tests."""
    from hotline.config import wiring

    with databases.fresh(server, second_template) as name, override_settings(HOTLINE_RULEBOOK="example-city"):
        wiring.wire()
        yield name


@pytest.fixture
def held(city: str) -> Walk:
    """A matter in the hands of a level-3 unit, signed for."""
    put_clock()
    walk = Walk()
    walk.unit = "C1-2"
    walk.report(**{"files-new": SimpleUploadedFile("楼道.jpg", picture(size=(40, 30)))})
    item = "第8条第1款"
    assert walk.post("accept", {**walk.form("accept"), "item": item}).status_code == 303
    walk.act("dispatch")
    walk.post("sign_for", {}, "dongdu-clerk")
    return walk


def address(name: str, walk: Walk) -> str:
    return first.address(name, walk).replace("%E4%BA%94%EF%BC%88%E4%BA%8C%EF%BC%891", "第1条")


def browser(who: str) -> Client:
    return Client() if who == "anonymous" else client_of(LOGINS[who])


@pytest.mark.parametrize("who", first.EVERYBODY)
def test_every_address_for(who: str, held: Walk) -> None:
    asking = browser(who)
    seen = {name: asking.get(address(name, held)).status_code for name in first.GET}
    assert seen == {name: row[who] for name, row in first.GET.items()} | OTHERWISE.get(("GET", who), {})
    sent = {name: browser(who).post(address(name, held), {}).status_code for name in first.POST}
    assert sent == {name: row[who] for name, row in first.POST.items()} | OTHERWISE.get(("POST", who), {})


def test_its_own_numbers_stand_on_its_pages(held: Walk) -> None:
    home = Client().get("/").content.decode()
    assert 'href="tel:31415"' in home
    assert 'href="tel:777"' in home
    assert "12345" not in home
    assert "问询 有事想问 帮助 要人搭把手" in text_of(Client().get("/submit/").content)


def labels(html: bytes) -> dict[str, str]:
    """The fields of a page's form by name, each with its label."""
    found = re.findall(r'<(?:label for|legend)[^>]*>(.*?)</(?:label|legend)>.*?name="(\w+)"', html.decode(), re.S)
    return {name: text_of(label).removesuffix("（选填）").strip() for label, name in found}


def test_its_forms_ask_for_its_own_elements_by_its_own_names(held: Walk) -> None:
    record = client_of("operator").get("/staff/register/").content
    asked = labels(record)
    assert [asked[name] for name in ("time", "place", "cause", "course", "outcome")] == [
        "何时", "何地", "何事", "怎样", "如何了结"]  # fmt: skip
    assert "people" not in asked
    assert "五要素" in text_of(record)
    letter = labels(client_of("dongdu-clerk").get(held.address("draft_reply")).content)
    wanted = {"responds": "正面的回答", "citations": "依据的文件", "truthful": "真假", "responsible_phone": "责任人电话"}
    assert {name: letter[name] for name in wanted} == wanted
    assert not letter.keys() & {"contact_summary", "satisfaction", "handler_unit"}
    page = text_of(client_of("dongdu-clerk").get(held.url).content)
    assert "五要素 何时 三个月前 何地 某小区 6 栋 2 单元 何事 灯坏 怎样 缺" in page


def test_its_citizens_grade_what_it_asks_in_its_own_grades(held: Walk) -> None:
    for verb in ("record_contact", "draft_reply", "answer_citizen", "sign_off", "file"):
        form = {**FORMS[verb], "satisfaction": "", "publish_opinion": "公开"}
        login = "dongdu-deputy" if verb == "sign_off" else "dongdu-clerk"
        assert held.post(verb, form, login).status_code == 303, verb
    held.act("approve")
    held.citizen.post("/follow/", {"number": held.number, "code": held.code})
    assert "再答 2 个小问题" in text_of(held.citizen.get(f"/follow/{held.number}/").content)
    page = held.citizen.get(f"/follow/{held.number}/rate/").content
    assert labels(page) == {"solved": "事情解决了吗", "attitude": "对办事的态度", "result": "对办事的结果",
                            "opinion": "还想说的话"}  # fmt: skip
    assert "好 行 差" in text_of(page)
    rated = {"solved": "yes", "attitude": "1", "result": "3", "act_id": str(uuid4())}
    assert held.citizen.post(f"/follow/{held.number}/rate/", rated).status_code == 302
    said = text_of(client_of("reviewer").get(held.url).content)
    assert "回访：不满意，已解决" in said
