"""撤诉与终止: what the citizen reads and does on the matter's own page, and what the units see."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from surfaces.city import client_of, text_of
from surfaces.walk import Walk

WORDS = "物业已经换好了，不用办了"


def let_in(walk: Walk) -> Client:
    """The citizen's browser, on the matter's own page."""
    citizen = Client()
    citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    return citizen


def asked(walk: Walk) -> Client:
    """In hand, and withdrawn by the citizen on the page."""
    walk.until("sign_for")
    citizen, url = let_in(walk), f"/follow/{walk.number}/"
    assert f"{url}withdraw/" in citizen.get(url).content.decode()
    assert "先向您核实" in text_of(citizen.get(f"{url}withdraw/").content)
    said = {"act_id": str(uuid4()), "words": WORDS}
    assert [citizen.post(f"{url}withdraw/", said).status_code for _ in range(2)] == [302, 302]  # twice is once
    return citizen


@pytest.mark.clause("四（一）段1", "R-28")
def test_a_citizen_withdraws_on_the_page(walk: Walk) -> None:
    citizen, url = asked(walk), f"/follow/{walk.number}/"
    page = text_of(citizen.get(url).content)
    assert "您请求撤回，我们会先向您核实" in page
    assert citizen.get(f"{url}withdraw/").status_code == 404
    assert walk.number in client_of("shift").get("/staff/desk/to-withdraw/").content.decode()
    staff = text_of(client_of("shift").get(walk.url).content)
    assert WORDS in staff
    assert walk.post("confirm_withdrawal", {"because": "电话核实"}, "shift").status_code == 303
    assert "已经撤回 ，按您的请求，不再办理" in text_of(citizen.get(url).content)
    unit = text_of(client_of("yongqiao-clerk").get(walk.url).content)
    assert "终止工单，不计按时逾期" in unit
    assert walk.number not in client_of("yongqiao-clerk").get("/staff/desk/open/").content.decode()
    assert walk.number in client_of("reviewer").get("/staff/desk/to-archive/").content.decode()


@pytest.mark.clause("四（一）段1", "R-28")
def test_what_is_not_withdrawn_says_why(walk: Walk) -> None:
    citizen, url = asked(walk), f"/follow/{walk.number}/"
    form = {"ground": "public_safety", "because": "电线裸露，别人会触电"}
    assert walk.post("refuse_to_withdraw", form, "shift").status_code == 303
    page = text_of(citizen.get(url).content)
    assert "没有撤回，照常办理：电线裸露，别人会触电" in page
    assert "正在办" in page


@pytest.mark.clause("三（二）4", "R-29")
def test_what_another_channel_has_is_ended(walk: Walk) -> None:
    walk.until("sign_for")
    citizen, url = let_in(walk), f"/follow/{walk.number}/"
    form = {"channel": "litigation", "evidence": "法院受理通知书"}
    assert walk.post("propose_end", form, "supervisor").status_code == 303
    assert "法院" not in text_of(citizen.get(url).content)
    assert walk.number in client_of("shift").get("/staff/desk/to-end/").content.decode()
    assert walk.post("approve_end", {"because": "由埇桥区人民法院受理"}, "shift").status_code == 303
    page = text_of(citizen.get(url).content)
    assert "这件事由法定途径解决，热线不再办理" in page
    assert "已经进入诉讼" in page
    assert "由埇桥区人民法院受理" in page
    assert "12368" in page
    assert "给您的答复" not in page
    assert "已经进入诉讼" in text_of(client_of("reviewer").get(walk.url).content)


def test_nobody_else_withdraws_it(walk: Walk) -> None:
    walk.until("sign_for")
    stranger = Client()
    data = {"act_id": str(uuid4()), "words": "撤"}
    assert stranger.post(f"/follow/{walk.number}/withdraw/", data).status_code == 302
    assert text_of(client_of("reviewer").get(walk.url).content).count("请求撤诉") == 0
