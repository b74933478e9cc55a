"""存下的查找: by name, for whoever acts in the post, sealed, until it is put away; nobody else's."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from hotline.surfaces import saved_searches
from surfaces.city import client_of, text_of
from surfaces.test_search import PHONE, SEARCH, UNIT, asked, numbers
from surfaces.walk import Walk

KEPT = f"{SEARCH}kept/"


def kept(client: Client) -> dict[str, tuple[str, str]]:
    """What is kept: name, address and number."""
    html = unescape(client.get(SEARCH).content.decode())
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a><input type="hidden" name="end" value="([^"]+)"', html)
    return {name: (url, row_id) for url, name, row_id in found}


def save(client: Client, query: str, name: str = "") -> Any:
    return client.post(KEPT, {"query": query, "name": name})


def test_a_search_is_kept_opened_and_put_away(walk: Walk) -> None:
    walk.until("register")
    operator = client_of("operator")
    page = unescape(asked(operator, q="楼道灯", kind="complaint"))
    query = re.search(r'name="query" value="([^"]+)"', page)
    assert query
    done = operator.post(KEPT, {"query": query[1], "name": "楼道里的灯"})
    assert done.status_code == 303
    found = operator.get(done.headers["Location"]).content.decode()
    assert ("已经存下" in found, numbers(found)) == (True, [walk.number]), "one is where one was"
    save(operator, "q=楼道灯&kind=help")
    save(operator, "q=楼道灯&kind=help", "求助的灯")
    mine = kept(operator)
    assert list(mine) == ["楼道里的灯", "求助的灯"], "the same is kept once, by its last name"
    assert numbers(operator.get(mine["楼道里的灯"][0]).content.decode()) == [walk.number]
    assert operator.post(KEPT, {"end": mine["楼道里的灯"][1]}).status_code == 303
    assert list(kept(operator)) == ["求助的灯"]


def test_it_is_the_posts_and_nobody_elses(walk: Walk) -> None:
    save(client_of("operator"), "q=路灯", "路灯")
    row_id = kept(client_of("operator"))["路灯"][1]
    for who in ("web", "reviewer", UNIT, "leader"):
        assert kept(client_of(who)) == {}, who
        client_of(who).post(KEPT, {"end": row_id})
    assert "路灯" in kept(client_of("operator"))
    assert client_of("admin").post(KEPT, {"query": "q=路灯"}).status_code == 403
    assert Client().post(KEPT, {"query": "q=路灯"}).status_code == 302


def test_it_is_sealed(walk: Walk) -> None:
    save(client_of("operator"), "q=诸葛家的路灯", "诸葛家")
    with connections["owner"].cursor() as cur:
        cur.execute("SELECT s::text, encode(body, 'escape') FROM surfaces_savedsearch s")
        [(row, body)] = cur.fetchall()
    for said in ("诸葛", "诸葛".encode().hex()):
        assert said not in row
        assert said not in body
    assert "诸葛家" in kept(client_of("operator"))


NOTHING = ("", "q=%E7%81%AF", "since=tomorrow", "caller=forged", "after=20261118-0001-0", "x=1")


@pytest.mark.parametrize("query", NOTHING)
def test_what_finds_nothing_is_not_kept(walk: Walk, query: str) -> None:
    assert save(client_of("operator"), query, "什么也没有").status_code == 303
    assert kept(client_of("operator")) == {}


def test_a_caller_is_not_kept(walk: Walk) -> None:
    walk.until("register")
    operator = client_of("operator")
    token = operator.post(SEARCH, {"phone": PHONE}).headers["Location"].partition("?")[2]
    save(operator, token, "他的")
    save(operator, f"{token}&q=路灯", "他的路灯")
    assert kept(operator).keys() == {"他的路灯"}
    assert "caller" not in kept(operator)["他的路灯"][0]


def test_no_more_than_so_many(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_searches, "MOST", 2)
    operator = client_of("operator")
    for name in ("一", "二", "三"):
        done = save(operator, f"q=路灯{name}", name)
    assert "先收掉不要的" in text_of(operator.get(done.headers["Location"]).content)
    assert list(kept(operator)) == ["一", "二"]
    for wrong in ("", "x", "\x00"):
        assert operator.post(KEPT, {"end": wrong}).status_code == 303
