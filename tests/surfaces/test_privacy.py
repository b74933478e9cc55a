"""Personal data and locked words: not in ledger, outbox or logs, on no page before a reveal that leaves its line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from surfaces.city import client_of, text_of
from surfaces.walk import LINE, NAME, PHONE, REPORT, Walk

WORDS, GIST = "隔壁的铁匠铺半夜打铁，我母亲心脏不好。", "铁匠铺半夜打铁"
TEXTS = ("casework_text",)  # where the words themselves belong
LOOKERS = ("web", "dispatcher", "reviewer", "follow", "supervisor", "inspector", "shift", "yongqiao-clerk",
           "yongqiao-deputy", "yongqiao-head")  # fmt: skip
VERBS = ("record_contact", "draft_reply", "answer_citizen", "sign_off", "approve", "follow_up", "archive", "sign_for")


def rows(skip: tuple[str, ...] = ()) -> str:
    """Everything in the database, as text."""
    found = []
    with connections["owner"].cursor() as cur:
        cur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [row[0] for row in cur.fetchall() if row[0] not in skip]
        for table in tables:
            cur.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cur.fetchall()]
    assert {"procedure_ledgerline", "procedure_outboxmessage", "casework_citizen"} <= set(tables)
    return "\n".join(found)


def forms_of(planted: str) -> tuple[str, ...]:
    """As it stands, and as bytes are shown."""
    return planted, planted.encode().hex()


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """What our own log would hold, in each of its formats."""
    from hotline.config.logs import Json, OneLine

    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.extend((OneLine().format(record), Json().format(record)))

    handler, names = Keeping(), ("", "django", "django.request", "hotline")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield lines
    for name in names:
        logging.getLogger(name).removeHandler(handler)


def test_planted_words_are_only_where_they_belong(walk: Walk, server: Any, logged: list[str], monkeypatch: Any) -> None:
    walk.until("register", words=WORDS, gist=GIST)
    for verb in LINE:
        wrong = {"unit": NAME, "item": WORDS, "result": WORDS, "outcome": PHONE, "means": NAME}
        if walk.post(verb, {**walk.form(verb), **wrong}).status_code != 303:
            walk.act(verb)
    walk.client("reviewer").post(f"{walk.url}reveal/")
    from hotline.surfaces.portal import submitting

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"{NAME} {PHONE} {WORDS}")

    monkeypatch.setattr(submitting, "perform", broken)
    answer = Client(raise_request_exception=False).post(
        "/submit/", {**REPORT, "words": WORDS, "step": "send", "act_id": str(uuid4())}
    )
    assert answer.status_code == 500
    assert any("error=RuntimeError" in line for line in logged)
    postgres = (Path(server.data.root) / "postgres.log").read_text()
    elsewhere = "\n".join([rows(TEXTS), *logged, postgres, answer.content.decode()])
    for planted in (NAME, PHONE, WORDS, GIST):
        assert not [form for form in forms_of(planted) if form in elsewhere], planted
    for planted in (NAME, PHONE):
        assert planted not in rows()
    assert WORDS in rows()


def pages_of(walk: Walk, login: str) -> dict[str, str]:
    """Every page of the matter that this person may see, lists included."""
    client = walk.client(login)
    from hotline.casework.lists import DESKS

    urls = [walk.url, *(f"{walk.url}{verb}/" for verb in VERBS)]
    for name in dict.fromkeys(spec.name for specs in DESKS.values() for spec in specs):
        urls += [f"/staff/desk/{name}/", f"/staff/desk/{name}/?m={walk.number}"]
    found = {url: client.get(url) for url in urls}
    return {url: answer.content.decode() for url, answer in found.items() if answer.status_code != 404}


@pytest.mark.parametrize("until", ["register", "dispatch", "draft_reply", "file", "archive"])
def test_name_and_phone_are_on_no_page_before_the_reveal(walk: Walk, until: str) -> None:
    walk.until(until)
    looked_at = 0
    for login in LOOKERS:
        for url, page in pages_of(walk, login).items():
            looked_at += 1
            assert NAME not in page, (login, url)
            assert PHONE not in page, (login, url)
            assert PHONE[-4:] not in text_of(page), (login, url)
    assert looked_at > 60
    walk.citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    theirs = walk.citizen.get(f"/follow/{walk.number}/").content.decode()
    assert NAME not in theirs
    assert PHONE not in theirs


def chain(kind: int, chain_id: int) -> list[str]:
    """A chain's lines."""
    from hotline.procedure.models import LedgerLine

    return list(
        LedgerLine.objects.filter(chain_kind=kind, chain_id=chain_id).order_by("seq").values_list("kind", flat=True)
    )


def test_a_reveal_leaves_a_line_in_the_lookers_own_chain(walk: Walk) -> None:
    from hotline.casework.models import Matter
    from hotline.network.models import Person

    walk.until("dispatch")
    matter, looker = Matter.objects.get(number=walk.number).id, Person.objects.get(login="yongqiao-clerk").id
    before = chain(1, matter)
    for times in (1, 2):
        shown = walk.client("yongqiao-clerk").post(f"{walk.url}reveal/")
        assert shown.status_code == 200
        assert shown["Cache-Control"] == "no-store"
        assert NAME in shown.content.decode()
        assert PHONE in shown.content.decode()
        assert chain(5, looker) == ["revealed"] * times
    assert chain(1, matter) == before
    assert NAME not in walk.client("yongqiao-clerk").get(walk.url).content.decode()


def test_a_refused_reveal_leaves_none_and_shows_nothing(walk: Walk) -> None:
    from hotline.procedure.models import LedgerLine

    walk.until("dispatch")
    for login in ("dangshan-clerk", "admin", "leader"):
        answer = client_of(login).post(f"{walk.url}reveal/")
        assert answer.status_code == 404
    assert Client().post(f"{walk.url}reveal/").status_code == 302
    assert not LedgerLine.objects.filter(chain_kind=5).exists()


def test_nobody_is_revealed_where_nobody_is_known(walk: Walk) -> None:
    walk.until("register", name="", phone="")
    assert "匿名" in text_of(walk.client("web").get(walk.url).content)
    assert walk.client("web").post(f"{walk.url}reveal/").status_code == 404


SECRET, SECRET_GIST, SECRET_PLACE = "图纸上写着某库房的坐标和值班的人数。", "一张不该外传的图纸", "城北某库房"


def test_locked_words_are_on_no_page_and_no_list(walk: Walk) -> None:
    walk.report(words=SECRET, gist=SECRET_GIST, place=SECRET_PLACE)
    walk.act("decline", refusal="三（二）3", reason="")
    listed = walk.client("reviewer").get("/staff/desk/to-archive/").content.decode()
    assert walk.number in listed
    assert "文字已封存" in listed
    for login in LOOKERS:
        for url, page in pages_of(walk, login).items():
            for locked in (SECRET, SECRET_GIST, SECRET_PLACE):
                assert locked not in page, (login, url)
    said = text_of(walk.client("web").get(walk.url).content)
    assert "文字涉密，已封存。" in said
    walk.act("archive")
    walk.citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    theirs = text_of(walk.citizen.get(f"/follow/{walk.number}/").content)
    assert "已停止受理；已经写下的文字已封存" in theirs
    assert not any(locked in theirs for locked in (SECRET, SECRET_GIST, SECRET_PLACE))
