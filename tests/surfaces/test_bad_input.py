"""Nonsense from the outside: never a broken page, never half an act."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from surfaces.city import client_of, text_of
from surfaces.walk import REPORT, Walk

NUL, HUGE = "坏\x00字", "9" * 5000
NUMBERS = ("0", "20261118-0001", "20261118-0001-1", "%00", "..", "%F0%9F%98%80", "2" * 300, "20261118-0001-0'--")


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers(walk: Walk, number: str) -> None:
    walk.until("register")
    staff = walk.client("web")
    for url in (f"/staff/m/{number}/", f"/staff/m/{number}/accept/"):
        assert staff.get(url).status_code == 404, url
    assert staff.post(f"/staff/m/{number}/accept/", {"act_id": str(uuid4())}).status_code == 404
    assert staff.post(f"/staff/m/{number}/reveal/").status_code == 404
    assert Client().get(f"/follow/{number}/").status_code in (302, 404)


@pytest.mark.parametrize("after", ["x", "_", "nan_1", "inf_1", "1e400_1", "-1e18_5", "0_" + HUGE, HUGE, "\x00", "_９",
                                   "1796832000.0_99999999999999999999"])  # fmt: skip
def test_cursors(walk: Walk, after: str) -> None:
    walk.until("dispatch")
    for login, name in (("yongqiao-clerk", "open"), ("web", "to-accept")):
        assert client_of(login).get(f"/staff/desk/{name}/", {"after": after}).status_code == 200


@pytest.mark.parametrize("order", ["x", "-1", "0", "1.5", "99999999999999999", HUGE, "\x00", "１"])
def test_orders(walk: Walk, order: str) -> None:
    walk.until("dispatch")
    clerk = walk.client("yongqiao-clerk")
    assert clerk.get(f"{walk.url}sign_for/", {"order": order}).status_code == 404
    from urllib.parse import urlencode

    assert clerk.post(f"{walk.url}sign_for/?{urlencode({'order': order})}", {}).status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "-1", "1.5", HUGE, "\x00", "999999999"])
def test_what_was_seen(walk: Walk, seen: str) -> None:
    walk.until("dispatch")
    answer = walk.post("sign_for", {"act_id": str(uuid4()), "seen_seq": seen})
    assert answer.status_code == 303


@pytest.mark.parametrize("act_id", ["", "x", "\x00", HUGE, "{}", "00000000-0000-0000-0000-00000000000g"])
def test_act_ids(walk: Walk, act_id: str) -> None:
    citizen = Client()
    answer = citizen.post("/submit/", {**REPORT, "act_id": act_id})
    assert answer.status_code == 200
    again = citizen.post("/submit/", {**REPORT, "act_id": act_id, "step": "send"})
    assert "请您核对" in again.content.decode()  # looked over once more, under a number of its own
    walk.until("register")
    assert walk.post("accept", {**walk.form("accept"), "act_id": act_id}).status_code == 422


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"gist": "长" * 61}, "“一句话，是什么事”最多 60 个字，现在有 61 个。"),
        ({"words": "长" * 20001}, "“详细说说”最多 20000 个字，现在有 20001 个。"),
        ({"kind": "murder"}, "“您要”没有这个选项，请从列出的里面选。"),
        ({"phone": "一三九"}, "“您的电话”只能是数字，例如 13912345678；座机请加区号。"),
        ({"words": " \n "}, "请填写“详细说说”。"),
        ({"publish_wish": "not_asked"}, "“办理结果能放到网上吗”没有这个选项，请从列出的里面选。"),
    ],
)
def test_a_citizens_form(walk: Walk, changed: dict[str, str], said: str) -> None:
    for step in ({}, {"step": "send"}):
        answer = Client().post("/submit/", {**REPORT, **changed, **step, "act_id": str(uuid4())})
        assert answer.status_code == 422
        assert said in text_of(answer.content)
        assert REPORT["place"] in answer.content.decode()


def test_null_bytes_are_dropped_everywhere(walk: Walk) -> None:
    walk.report(words=NUL, gist=NUL, name=NUL)
    walk.act("accept", people=NUL)
    staff = walk.client("web")
    assert "坏字" in text_of(staff.get(walk.url).content)
    assert Client().post("/staff/sign-in/", {"login": NUL, "password": NUL}).status_code == 422
    assert Client().post("/follow/", {"number": NUL, "code": NUL}).status_code == 422
    assert Client().post("/type/", {"type": NUL, "next": NUL}).status_code == 302
    assert staff.post("/staff/post/", {"post": NUL}).status_code == 302
    assert staff.post("/staff/password/", {"old": NUL, "password": NUL}).status_code == 422
    assert staff.get("/staff/desk/open/", {"m": NUL}).status_code == 404
    assert staff.get(f"/staff/clause/{NUL}/").status_code == 404
    assert staff.get(f"/staff/knowledge/e/{NUL}/").status_code == 404


@pytest.mark.parametrize("post", ["", "x", "0", "-5", HUGE, "1"])
def test_switching_to_a_post_that_is_not_ones_own(walk: Walk, post: str) -> None:
    from surfaces.city import text_of as said

    shift = walk.client("shift")
    assert shift.post("/staff/post/", {"post": post}).status_code == 302
    assert "电话受理中心 班长" in said(shift.get("/staff/desk/open/").content)


def test_a_verb_that_is_none(walk: Walk) -> None:
    walk.until("register")
    staff = walk.client("web")
    for verb in ("register", "reveal-all", "close-everything", "open_unit", "change_password"):
        assert staff.get(f"{walk.url}{verb}/").status_code == 404
        assert staff.post(f"{walk.url}{verb}/", {}).status_code == 404
    assert staff.get(f"{walk.url}close/").status_code == 403  # the system's own


def test_a_forged_form_is_a_page_in_chinese(walk: Walk) -> None:
    walk.until("register")
    for client, url in (
        (Client(enforce_csrf_checks=True), "/submit/"),
        (client_of("web", enforce_csrf_checks=True), f"{walk.url}accept/"),
    ):
        answer = client.post(url, {"csrfmiddlewaretoken": "x" * 64})
        assert answer.status_code == 403
        assert "页面已过期" in text_of(answer.content)
        assert "zh-CN" in answer.content.decode()


def test_a_body_too_large_is_refused(walk: Walk) -> None:
    answer = Client().post("/submit/", {**REPORT, "words": "长" * 800_000})
    assert answer.status_code == 400
    assert "格式不对" in text_of(answer.content)


def test_a_session_nobody_has(walk: Walk) -> None:
    for token in ("x", "\x00", "x" * 5000):
        stranger: Any = Client()
        stranger.cookies["minsheng_session"] = token
        assert stranger.get("/staff/").status_code == 302
        stranger.cookies["follow"] = stranger.cookies["receipt"] = token
        assert stranger.get("/follow/20261118-0001-0/").status_code == 302
        assert stranger.get("/submit/done/").status_code == 302


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "2026-02-30", "二月"])
def test_a_day_that_nobody_means_is_said_and_breaks_nothing(walk: Walk, typed: str) -> None:
    walk.until("register")
    form = {"sort": "harassing", "reason": "反复来电骂人", "last_day": typed}
    answer = walk.post("propose_abuse", form, "web")
    told = "“标记到哪一天”的格式不对，请写成年-月-日。"
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_what_is_too_long_is_not_cut_off_but_told_and_kept(walk: Walk) -> None:
    """A browser cuts what is pasted into a field with `maxlength`, without a word."""
    clerk = walk.until("sign_for").client("yongqiao-clerk")
    page = clerk.get(walk.address("request_extension")).content.decode()
    assert "maxlength" not in page
    assert 'data-most="4000" data-label="具体原因"' in page
    assert "可申请至" in text_of(page)
    answer = walk.post("request_extension", {**walk.form("file"), "working_days": "多几天", "reason": "长" * 4001})
    said = text_of(answer.content)
    assert (answer.status_code, "“具体原因”最多 4000 个字，现在有 4001 个。" in said) == (422, True)
    assert "“延长的工作日”的格式不对，请写整数。" in said
    assert "长" * 4001 in said
