"""顺延的一页: the office's head says for which days and on which document, sees how many that would move, moves them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from hotline.casework import shifting
from support import many
from surfaces.city import client_of, put_clock, text_of

URL, DELIVERED = "/staff/shift-dates/", datetime.fromisoformat("2026-11-02T09:00+08:00")
OUTAGE = {"first_on": "2026-11-03", "last_on": "2026-11-08", "document": "某办〔2026〕3号", "reason": "机房停电"}


def seen(page: str) -> str:
    """What the button carries that moves what was shown."""
    found = re.search(r'name="seen" value="(\d+)"', page)
    return found[1] if found else ""


def test_from_the_form_to_what_came_of_it(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put_clock()
    many.write(3, DELIVERED)
    head = client_of("office-head")
    assert f'href="{URL}"' in head.get("/staff/password/").content.decode()
    assert "看看涉及多少张" in text_of(head.get(URL).content)
    wrong = head.post(URL, {**OUTAGE, "last_on": "2026-11-01"})
    assert wrong.status_code == 422
    assert "最后一天不能早于第一天。" in text_of(wrong.content)
    shown = head.post(URL, OUTAGE).content
    assert "停机 11月3日—11月8日，4 个工作日 二段2" in text_of(shown)
    assert "要顺延的 3 张工单" in text_of(shown)
    changed = head.post(URL, {**OUTAGE, "document": "某办〔2026〕4号", "seen": seen(shown.decode())}).content
    assert "要顺延的 3 张工单" in text_of(changed), "another document is shown first"
    real = shifting.shift
    monkeypatch.setattr(shifting, "shift", lambda *given: real(*given, 2))
    monkeypatch.setattr("hotline.surfaces.workbench.shifting.SECONDS", 0.0)
    some = head.post(URL, {**OUTAGE, "seen": seen(shown.decode())}).content
    assert "已顺延 2 张工单" in text_of(some)
    assert "还没有顺延 1 张工单" in text_of(some)
    rest = head.post(URL, {**OUTAGE, "seen": seen(some.decode())}).content
    assert "已顺延 1 张工单" in text_of(rest)
    assert "接着顺延" not in text_of(rest)
    assert "没有受影响的工单" in text_of(head.post(URL, OUTAGE).content)


@pytest.mark.clause("R-24")
def test_no_other_head_has_it(city: Any) -> None:
    put_clock()
    for login in ("jiancha-head", "yongqiao-head", "shift"):
        client = client_of(login)
        assert (client.get(URL).status_code, client.post(URL, OUTAGE).status_code) == (403, 403), login
        assert URL not in client.get("/staff/password/").content.decode()
