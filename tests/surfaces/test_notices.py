"""消息: what others did at one's desk, and the number on the bell."""

from __future__ import annotations

from typing import Any

from django.test import override_settings

from surfaces.city import client_of, hidden, text_of
from surfaces.counting import counted
from surfaces.walk import GIST, Walk

NOTICES, COUNT = "/staff/notices/", "/staff/notices/count/"
COSTS = 3  # who asks, up to where they have looked, what has changed


def bell(login: str) -> str:
    return text_of(client_of(login).get(COUNT).content)


def test_the_bell_and_the_list_behind_it(walk: Walk, statements: Any) -> None:
    walk.until("file")
    reviewer = walk.client("reviewer")
    assert (bell("reviewer"), bell("dispatcher")) == ("消息 1", "消息")
    page = text_of(reviewer.get(NOTICES).content)
    for words in ("1 件有新的", GIST, "报送反馈件", "埇桥区承办人", "都看过了"):
        assert words in page, words
    assert [counted(statements, reviewer, url) for url in (NOTICES, COUNT)] == [COSTS, COSTS]
    until = hidden(reviewer.get(NOTICES).content, "until")
    answer = reviewer.post("/staff/seen/", {"until": until, "next": NOTICES})
    assert answer.headers["Location"] == f"{NOTICES}?done=seen"
    assert bell("reviewer") == "消息"
    page = text_of(reviewer.get(NOTICES).content)
    assert "没有新的" in page
    assert GIST in page, "what was looked at lately stands below"
    assert client_of("admin").get(COUNT).status_code == 403


def test_where_a_page_listens(walk: Walk) -> None:
    reviewer = client_of("reviewer")
    assert "data-push" not in reviewer.get("/staff/").content.decode()
    with override_settings(HOTLINE_PUSH_PORT=8001):
        assert 'data-push="http://testserver:8001/push/"' in reviewer.get("/staff/").content.decode()
        page = reviewer.get("/staff/desk/").headers["Location"]
        assert "data-uncounted" in reviewer.get(page).content.decode()
        with override_settings(HOTLINE_PROXIED=True):
            assert 'data-push="/push/"' in reviewer.get("/staff/").content.decode()
        assert "data-push" not in client_of("admin").get("/staff/network/").content.decode()
