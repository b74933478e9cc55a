"""取件的草稿: what is typed at the web desk about what one has taken is kept while one types: a reload loses nothing,
nobody else sees it, and nothing is left of it when the matter has been done with or its citizen is forgotten."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from hotline.surfaces import drafts
from hotline.surfaces.models import Draft
from surfaces import at_desks
from surfaces.city import client_of, status_of, text_of
from surfaces.test_web_desk import DESK, TAKEN_IN, pressed, taken, written
from surfaces.walk import Walk

SAID = "住户说水泵烧了"


def saved(client: Client, url: str, **typed: str) -> Any:
    return client.post(url, {"do": "save", **typed})


def value_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*>\n([^<]*)</textarea>', page)
    assert found, name
    return found[1]


def test_a_reload_loses_nothing(walk: Walk) -> None:
    one, web = written(), client_of("web")
    assert taken(web) == one.number
    url = at_desks.action(web.get(DESK).content.decode())
    answer = saved(web, url, course=SAID, reason="", ask_words="")
    assert answer.status_code == 204
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer.headers["X-Saved-At"])
    page = web.get(DESK).content.decode()
    assert value_of(page, "course") == SAID
    assert f"{answer.headers['X-Saved-At']} 已保存在服务器" in text_of(page)
    assert SAID.encode() not in bytes(Draft.objects.get().body)
    assert saved(web, url, course="").status_code == 204  # what was emptied stays empty
    assert value_of(web.get(DESK).content.decode(), "course") == ""


def test_nobody_elses_and_nothing_is_left(walk: Walk) -> None:
    one, web = written(), client_of("web")
    taken(web)
    url = at_desks.action(web.get(DESK).content.decode())
    assert saved(client_of("shift"), url, course=SAID).status_code == 409
    assert not Draft.objects.exists()
    assert saved(web, url, course=SAID).status_code == 204
    pressed(web, "hand_back")
    assert "不在您手上了" in saved(web, url, course="后来写的").content.decode()
    shift = client_of("shift")
    assert taken(shift) == one.number
    assert SAID not in shift.get(DESK).content.decode()
    pressed(shift, "hand_back")
    assert taken(web) == one.number
    assert SAID in web.get(DESK).content.decode()
    assert pressed(web, "accept", **TAKEN_IN).status_code == 303
    assert status_of(one.number) == "accepted"
    assert not Draft.objects.exists()


def test_who_was_forgotten_is_not_kept(walk: Walk) -> None:
    written()
    web = client_of("web")
    taken(web)
    url = at_desks.action(web.get(DESK).content.decode())
    assert saved(web, url, course=SAID).status_code == 204
    drafts.forget((), [Draft.objects.get().matter_id])
    assert SAID not in web.get(DESK).content.decode()
    assert saved(web, url, course=SAID).status_code == 409
    assert Draft.objects.get().body is None
