"""补充情况: what is missing is asked for, and answered on the matter's own page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from surfaces.city import client_of, text_of
from surfaces.walk import Walk

MISSING = "请说明是哪个小区的哪一栋"
ASKING = {"missing": MISSING, "means": "phone", "outcome": "tried", "note": "通话记录"}


@pytest.mark.clause("三（二）1")
def test_a_citizen_says_on_the_page_what_was_missing(walk: Walk) -> None:
    walk.until("register")
    walk.post("ask_for_facts", ASKING, "web")
    citizen, url = Client(), f"/follow/{walk.number}/"
    citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    page = text_of(citizen.get(url).content)
    assert "等您补充情况" in page
    assert MISSING in page
    assert "前答复" not in page  # nothing is promised while the answer is waited for
    form = citizen.post(f"{url}supply/", {"start": "1"})
    assert form.status_code == 200
    assert MISSING in text_of(form.content)
    assert citizen.post(f"{url}supply/", {"act_id": str(uuid4()), "facts": ""}).status_code == 422
    said = {"act_id": str(uuid4()), "facts": "是东苑 6 栋 2 单元。"}
    assert [citizen.post(f"{url}supply/", said).status_code for _ in range(2)] == [302, 302]  # twice is once
    after = text_of(citizen.get(url).content)
    assert "您补充了情况" in after
    assert "前答复" in after
    assert citizen.get(f"{url}supply/").status_code == 404
    staff = text_of(client_of("web").get(walk.url).content)
    assert staff.count("是东苑 6 栋 2 单元。") == 1
    assert MISSING in staff


def test_nobody_else_supplies_it(walk: Walk) -> None:
    other = Walk().until("register")
    walk.until("register")
    walk.post("ask_for_facts", ASKING, "web")
    stranger = Client()
    stranger.post("/follow/", {"number": other.number, "code": other.code})
    assert stranger.get(f"/follow/{walk.number}/supply/").status_code == 302
    assert stranger.get(f"/follow/{other.number}/supply/").status_code == 404  # nothing is missing there


def test_what_waits_for_the_citizen_has_a_list_of_its_own(walk: Walk) -> None:
    walk.until("register")
    walk.post("ask_for_facts", ASKING, "web")
    assert walk.number in client_of("web").get("/staff/desk/to-supply/").content.decode()
    assert walk.number not in client_of("web").get("/staff/desk/to-accept/").content.decode()
