"""Error pages: staff stay in their own frame, with their posts to choose from; citizens get the plain page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from surfaces.city import client_of, text_of
from surfaces.walk import Walk

STAFF, CITIZENS = "回到工作台", "回到首页"


def told(answer: Any, status: int) -> str:
    """What an error page says; nobody keeps it."""
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    return text_of(answer.content)


def test_who_is_signed_in_stays_in_the_workbench(walk: Walk) -> None:
    for url in ("/staff/m/20261118-9999-0/", "/nowhere/", "/staff/desk/nothing/?done=accept"):
        said = told(walk.client("web").get(url), 404)
        assert STAFF in said
        assert CITIZENS not in said
        assert "吴守拙" in said
        assert "急着说事" not in said
        assert "已受理" not in said


def test_a_post_that_does_not_see_a_page_is_shown_the_posts_it_could_change_to(walk: Walk) -> None:
    page = told(client_of("shift", "dispatcher").get("/staff/desk/to-accept/"), 404)
    assert "您现在的岗位看不到它" in page
    assert "班长" in page


def test_a_form_too_old_is_told_in_the_workbench_too(walk: Walk) -> None:
    strict = client_of("web", enforce_csrf_checks=True)
    assert STAFF in told(strict.post("/staff/post/", {"post": "1"}), 403)


@pytest.mark.parametrize("path", ["/nowhere/", "/staff/nowhere/"])
def test_everybody_else_gets_the_plain_page(walk: Walk, path: str) -> None:
    said = told(Client().get(path), 404)
    assert CITIZENS in said
    assert STAFF not in said
    assert "急着说事，打 12345" in said


def test_what_breaks_for_staff_is_told_in_their_frame(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    from hotline.casework import desks
    from hotline.surfaces.workbench import shell

    asking = client_of("web", raise_request_exception=False)
    monkeypatch.setattr(desks, "desk", lambda *_: 1 / 0)
    assert STAFF in told(asking.get("/staff/desk/open/"), 500)
    monkeypatch.setattr(shell, "_posts", lambda *_: 1 / 0)
    assert CITIZENS in told(asking.get("/staff/desk/open/"), 500)  # not even the frame could be made
