"""再次来电: what was said again stands on the unit's page, the reviewer's, and the citizen's own."""

from __future__ import annotations

import pytest
from django.test import Client

from surfaces.city import client_of, text_of
from surfaces.walk import Walk

AGAIN = {"channel": "phone", "words": "今天又黑了一层楼。", "facts": "new"}


@pytest.mark.clause("四（一）段1")
def test_what_was_said_again_is_read_by_all_who_handle_it(walk: Walk) -> None:
    walk.until("file")
    form = client_of("web").get(f"{walk.url}record_repeat/").content.decode()
    assert "并入这件事，告诉承办单位" in text_of(form)
    walk.post("record_repeat", AGAIN, "web")
    for login in ("reviewer", "yongqiao-clerk"):
        page = text_of(client_of(login).get(walk.url).content)
        assert "今天又黑了一层楼。" in page
        assert "来电来信 2 次" in page
        assert "反馈件写好以后又来过电话" in page
    approving = text_of(client_of("reviewer").get(f"{walk.url}approve/").content)
    assert "又来过电话" in approving
    citizen = Client()
    citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    assert "您又说了情况，我们记下了" in text_of(citizen.get(f"/follow/{walk.number}/").content)


@pytest.mark.clause("四（一）段1")
def test_reopened_on_new_facts_the_citizen_reads_why_and_the_old_answer_stays(walk: Walk) -> None:
    walk.until("follow_up")
    walk.post("record_repeat", AGAIN, "web")
    citizen = Client()
    citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    page = text_of(citizen.get(f"/follow/{walk.number}/").content)
    assert "正在再办" in page
    assert "因为有新的情况" in page
    assert "楼道灯已经换好" in page
    assert walk.number in client_of("yongqiao-clerk").get("/staff/desk/to-redo/").content.decode()
