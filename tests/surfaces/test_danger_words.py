"""险情词: both lists on the administrator's page; what the city adds rings at once, what it ends rings no more, what the
rulebook has rings always; each act a line."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from hotline.casework.models import Matter
from hotline.network import danger_words, desks, first_lists
from hotline.network.models import DangerWord
from hotline.procedure import times, verify
from hotline.procedure.models import OutboxMessage
from hotline.procedure.world import current
from support import ledger
from surfaces.city import client_of, put_clock, text_of
from surfaces.walk import Walk

URL = "/staff/network/danger/"
WORD = "往火车道上躺"


@pytest.fixture
def admin(city: str) -> Client:
    """The administrator's browser on a fixed day."""
    put_clock()
    return client_of("admin")


def post(client: Client, path: str, **form: str) -> Any:
    return client.post(f"{URL}{path}", {"act_id": str(uuid4()), **form})


def alarmed(words: str) -> bool:
    """Whether it rings when a citizen writes this, and the shift leader is told at once."""
    before = OutboxMessage.objects.filter(template="danger").count()
    one = Walk()
    one.report(words=words)
    rang = Matter.objects.get(number=one.number).alarm_next_at is not None
    assert OutboxMessage.objects.filter(template="danger").count() - before == rang
    return rang


def test_both_lists_are_shown_and_the_demonstration_has_its_own(admin: Client) -> None:
    page = text_of(admin.get(URL).content)
    for said in ("本市加的", "想死", "寻短见", "结束生命", "割脉", "杀人", "规则册里的", "自杀 R-41", "每 5 分钟一次"):
        assert said in page, said
    found = text_of(admin.get(f"{URL}?q=割").content)
    assert "割脉" in found
    assert "割腕" in found
    assert "想死" not in found
    assert first_lists.load(current(), times.now()) == 0, "entered once"


@pytest.mark.clause("三（二）5d", "R-41")
def test_what_the_city_adds_rings_and_what_it_ends_does_not(admin: Client) -> None:
    said = f"他说要{WORD}，没有人管"
    assert not alarmed(said)
    assert post(admin, "add/", word=WORD).status_code == 303
    assert alarmed(said)
    row = DangerWord.objects.get(word=WORD)
    assert post(admin, f"{row.id}/end/").status_code == 303
    assert not alarmed(said)
    assert alarmed("我不想活了"), "the rulebook's, whatever the city does"
    assert "停用的 1 个" in text_of(admin.get(URL).content)
    lines = ledger.lines("kind IN ('danger_word_added', 'danger_word_ended')")
    facts = [(one.kind, list(one.read().facts)) for one in lines]
    assert facts[-2:] == [("danger_word_added", [row.id, WORD]), ("danger_word_ended", [row.id, WORD])]
    assert verify.verify().ok
    assert post(admin, f"{row.id}/end/").status_code == 409
    assert post(admin, "add/", word=WORD).status_code == 303, "taken up again"


@pytest.mark.parametrize(("word", "because"), [
    ("自杀", "有“自杀”已经会响"), ("要自杀了", "有“自杀”已经会响"), ("想死了", "有“想死”已经会响"), ("死", "两个字以上"),
    ("不 想活", "不带空格和标点"), ("", "请填写“词语”"), ("一二三四五六七八九十一", "最多 10 个字"),
])  # fmt: skip
def test_what_is_no_word_or_rings_already_is_refused(admin: Client, word: str, because: str) -> None:
    before = len(danger_words.rows())
    wrong = post(admin, "add/", word=word)
    assert (wrong.status_code, because in text_of(wrong.content)) == (422, True), text_of(wrong.content)[:800]
    assert f'value="{word}"' in wrong.content.decode()
    desks.forget()
    assert len(danger_words.rows()) == before


def test_of_the_rulebooks_none_can_be_ended(admin: Client) -> None:
    assert post(admin, "1/end/").status_code == 404
    page = admin.get(URL).content.decode()
    assert page.count("/end/") == len(danger_words.words())


def test_only_the_administrator_keeps_them(admin: Client) -> None:
    row = DangerWord.objects.order_by("id")[0]
    for login in ("office-head", "shift", "operator"):
        who = client_of(login)
        assert {who.get(URL).status_code, post(who, "add/", word=WORD).status_code,
                post(who, f"{row.id}/end/").status_code} == {403}  # fmt: skip
