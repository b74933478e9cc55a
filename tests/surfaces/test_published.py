"""公开的答复: what everybody may read of a matter on the site, page by page, and what its own citizen sees of that."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from hotline.casework import public_desk
from hotline.casework.models import Publication
from support import line
from surfaces.city import text_of
from surfaces.test_extensions_shown import citizens_page, done, page
from surfaces.walk import GIST, LETTER, NAME, PHONE, Walk

FORM = {**line.forms(line.rulebook("suzhou-2018"))["prepare_publication"]}


def published(walk: Walk) -> str:
    """The address of its text, once one has prepared it and another published it."""
    done(walk, "prepare_publication", "reviewer", **FORM)
    done(walk, "publish", "shift")
    return f"/published/{Publication.objects.get(matter__number=walk.number, outcome='published').id}/"


def read(address: str) -> tuple[int, str]:
    answer = Client().get(address)
    return answer.status_code, text_of(answer.content)


@pytest.mark.clause("六（一）b", "六（四）")
def test_everybody_reads_what_was_published(walk: Walk) -> None:
    walk.until("follow_up")
    assert "路灯坏了归谁修" not in read("/published/")[1]
    address = published(walk)
    for where in ("/", "/published/"):
        assert "路灯坏了归谁修" in read(where)[1], where
    status, text = read(address)
    assert status == 200
    assert FORM["question"] in text
    assert FORM["answer"] in text
    for told in (NAME, PHONE, walk.number, walk.code, GIST, LETTER["handler_name"], LETTER["responsible_name"]):
        assert told not in text
    assert "这件事已在网上公开" in citizens_page(walk)
    assert "在网上公开" in page(walk, "reviewer")


@pytest.mark.clause("六（二）", "R-13")
def test_taken_off_the_site_it_is_not_there(walk: Walk) -> None:
    walk.until("follow_up")
    address = published(walk)
    done(walk, "withdraw_publication", "shift", because="诉求人来电不愿意")
    assert read(address)[0] == 404
    assert "路灯坏了归谁修" not in read("/published/")[1]
    assert "这件事已在网上公开" not in citizens_page(walk)
    assert "不再在网上公开" in citizens_page(walk)


def test_a_secret_matter_is_not_public_whatever_a_row_says(walk: Walk) -> None:
    walk.until("follow_up")
    address = published(walk)
    walk_row = Publication.objects.get(matter__number=walk.number)
    type(walk_row.matter).objects.filter(number=walk.number).update(secrecy=True)
    assert read(address)[0] == 404
    assert public_desk.listed() == []


def test_page_by_page(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a cursor in the address; one that is nonsense is the first page."""
    monkeypatch.setattr(public_desk, "PAGE", 1)
    titles = []
    for number in range(3):
        one = Walk().until("follow_up", phone=f"1395570321{number}")
        done(one, "prepare_publication", "reviewer", **{**FORM, "title": f"第 {number} 件的标题"})
        done(one, "publish", "shift")
    address = "/published/"
    while address:
        html = Client().get(address).content.decode()
        titles += re.findall(r"第 \d 件的标题", html)
        more = re.search(r'href="([^"]+)" rel="next"', html)
        address = more.group(1).replace("&amp;", "&") if more else ""
    assert titles == [f"第 {number} 件的标题" for number in (2, 1, 0)]
    for odd in ("x", "2026-01-01_1", "2026-01-01T00:00:00+00:00_x", "9" * 50):
        assert Client().get("/published/", {"after": odd}).status_code == 200
    assert Client().get(f"/published/{'9' * 30}/").status_code == 404
