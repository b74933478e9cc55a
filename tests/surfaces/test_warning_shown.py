"""骚扰标记: whoever takes the next call of the number sees it, while it stands; nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.procedure import times
from surfaces.city import client_of, put_clock, text_of
from surfaces.walk import Walk

FORM = {"sort": "harassing", "reason": "一天打来三十次", "last_day": "2026-11-30"}
SAID = "骚扰来电，标记到 11月30日，紧急的照常受理"


def marked() -> Walk:
    """A caller who is marked."""
    walk = Walk().until("register")
    assert walk.post("propose_abuse", FORM, "web").status_code == 303
    assert walk.number in client_of("shift").get("/staff/desk/to-mark/").content.decode()
    assert walk.post("approve_abuse", {}, "shift").status_code == 303
    return walk


def page(walk: Walk, login: str = "web") -> str:
    """The matter's page, as somebody sees it."""
    return text_of(client_of(login).get(walk.url).content)


@pytest.mark.clause("四（一）段1", "R-33")
def test_the_next_call_of_the_number_shows_it_while_it_stands(walk: Walk) -> None:
    first = marked()
    walk.until("register")
    assert SAID in page(walk)
    other = Walk().until("register", phone="13900000000")
    assert "标记到" not in page(other)
    walk.act("accept")
    assert "标记到" not in page(walk)  # what was taken is handled like any other
    fresh = Walk().until("register")
    put_clock(times.now() + timedelta(days=30))
    assert "标记到" not in page(fresh)
    assert first.number != fresh.number


@pytest.mark.clause("四（一）段1", "R-33")
def test_lifted_it_is_shown_no_more(walk: Walk) -> None:
    first = marked()
    walk.until("register")
    assert SAID in page(walk)
    assert first.post("lift_abuse", {"reason": "不是同一个人"}, "inspector").status_code == 303
    assert "标记到" not in page(walk)
