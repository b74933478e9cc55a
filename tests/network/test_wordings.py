"""Wordings: every message has its kind, with what must stay in it; the office says it otherwise by cards, from then
on."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest

import hotline
from hotline.network import desks, wordings
from hotline.network.models import MessageText, Unit
from hotline.network.records import MessageText as Record
from hotline.network.transitions.wording import RestoreMessage, RewordMessage, WordMessage
from hotline.network.wording_kinds import GAPS, TO, kinds, pieces, shown, stored
from hotline.procedure import verify
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import FormErrors
from hotline.procedure.outbox import TEMPLATES
from hotline.procedure.perform import Subject, perform
from hotline.procedure.world import current
from network.acts import NOW
from support import ledger

SRC = Path(hotline.__file__).parent
VARIANTS = {"leader_instructed_unit", "designation_withdrawn_unit", "redo_after_check_unit"}  # to the unit, of both
JOBS = ("hotline.jobs.alarming", "hotline.jobs.own_notices")
APART = {"seal"}  # no words: a file outside the database


def test_every_message_has_its_kind_and_every_kind_is_sent() -> None:
    for one in pkgutil.walk_packages([str(SRC)], "hotline."):
        if one.name.split(".")[-1].startswith("messages") or one.name in JOBS:
            importlib.import_module(one.name)
    mine = {name for name, render in TEMPLATES.items() if render.__module__.startswith("hotline.")} - APART
    sent = {kind.name for kind in kinds().values() if kind.to not in ("part", "letter")}
    assert sent - VARIANTS == mine
    assert len(mine) > 95


def test_no_message_has_its_words_in_the_code() -> None:
    files = [*SRC.glob("*/messages*.py"), SRC / "jobs" / "alarming.py", SRC / "jobs" / "own_notices.py"]
    assert len(files) > 8
    texts = {file.name: file.read_text("utf-8") for file in files}
    assert [name for name, text in texts.items() if "【" in text or ".format(" in text] == []


def test_every_kind_is_whole() -> None:
    for kind in kinds().values():
        assert kind.to in TO
        assert list(kind.wrong(kind.text)) == []
        assert set(kind.allowed) <= set(GAPS)
        assert bool(kind.verbs) != bool(kind.when)
        assert set(kind.verbs) <= set(REGISTRY)


def test_who_sends_a_message_names_it() -> None:
    """Each verb's module, or one that it shares its telling with, says the message's name."""
    told = {}
    for file in SRC.glob("*/transitions/*.py"):
        told[f"hotline.{file.parent.parent.name}.transitions.{file.stem}"] = file.read_text("utf-8")
    telling = ("base", "leaving", "marking", "alarming", "taking_in", "extending", "ending")
    shared = "".join(told[f"hotline.casework.transitions.{name}"] for name in telling)
    for kind in kinds().values():
        name = kind.name.removesuffix("_unit") if kind.name in VARIANTS else kind.name
        for verb in kind.verbs:
            assert f'"{name}"' in told[REGISTRY[verb].__module__] + shared, (kind.name, verb)


@pytest.mark.parametrize(("name", "body", "because"), [
    ("registered", "收到了。{promise}", "〔事项编号〕"), ("registered", "编号 {number} 收到了。", "〔答应的日子〕"),
    ("rate", "编号 {number} 答复了{rating}。", "查询码"), ("urged", "请办 {number}{limit}{phone}", "{phone}"),
    ("urged", "请办 {number{limit}", "花括号"), ("urged", "请办 {number.real}{limit}", "不是一个空"),
    ("urged", "请办 {number!r}{limit}", "不是一个空"), ("urged", "请办\n{number}{limit}", "换行"),
    ("urged", "", "〔事项编号〕"),
    ("urged", "〔什么〕{number}{limit}", "没有“〔什么〕”"), ("signature", "{hotline}：", "【】"), ("limit", "，{day} 前办结", "24:00"),
])  # fmt: skip
def test_what_must_stay_stays(name: str, body: str, because: str) -> None:
    assert because in next(kinds()[name].wrong(body))


def test_every_gap_is_shown_by_its_name_and_taken_either_way() -> None:
    assert len(set(GAPS.values())) == len(GAPS)
    for kind in kinds().values():
        read = shown(kind.text)
        assert not set("{}") & set(read + shown(kind.when)), kind.name
        assert stored(read) == stored(kind.text) == kind.text
    assert [*kinds()["urged"].wrong("依据示例〔2026〕1号，请办 {number}{limit}。")] == []


def test_how_many_short_messages() -> None:
    assert [pieces("字" * n) for n in (0, 70, 71, 134, 135)] == [1, 1, 2, 2, 3]


def act(card: Any, admin: Actor, which: str = "", /, **form: str) -> None:
    row = (Record, MessageText.objects.get(name=which, status="open").id) if which else None
    perform(card, Subject("unit", Unit.objects.get(desk="office").id, row), form, actor=admin, now=NOW)
    desks.forget()


@pytest.mark.clause("一段1")
def test_a_message_is_worded_reworded_and_restored(admin: Actor) -> None:
    desks.forget()
    hotline_name = current().book.hotline

    def urged() -> str:
        return wordings.written("urged", number="1-1", limit=wordings.part("limit", day="3月1日"))

    first = f"【{hotline_name}】催办：请抓紧办理工单 1-1，3月1日 24:00 前办结，请登录查看。"
    assert urged() == first
    act(WordMessage, admin, name="urged", body="工单 {number} 请快办{limit}。")
    assert urged() == f"【{hotline_name}】工单 1-1 请快办，3月1日 24:00 前办结。"
    act(RewordMessage, admin, "urged", body="{number} 快办{limit}！")
    assert urged() == f"【{hotline_name}】1-1 快办，3月1日 24:00 前办结！"
    with pytest.raises(FormErrors):
        act(RewordMessage, admin, "urged", body="快办！")
    act(RestoreMessage, admin, "urged")
    assert urged() == first
    assert [one.ended_at is None for one in wordings.versions()] == [False, False]
    lines = [line.text for line in ledger.lines("chain_id = %s", Unit.objects.get(desk="office").id)]
    assert not any("快办" in line for line in lines)
    assert verify.verify().ok


def test_greeting_and_contact_go_to_citizens_alone(admin: Actor) -> None:
    for name, body in (("greeting", "您好，"), ("contact", "有疑问请拨 12345。"), ("signature", "【{hotline}热线】")):
        act(WordMessage, admin, name=name, body=body)
    sign = f"【{current().book.hotline}热线】"
    assert wordings.written("redone", number="1-1") == (
        f"{sign}您好，编号 1-1，您对答复不满意，我们已要求承办单位重新办理。有疑问请拨 12345。"
    )
    assert wordings.written("many_revealed", name="某人").startswith(f"{sign}某人短时间里")
    assert wordings.written("recalled", number="1-1") == f"{sign}工单 1-1 已收回，贵单位不再承办。"
    assert wordings.written("praise_passed_on", number="1-1", thanks="好 {x}") == f"{sign}转告表扬（1-1）：好 {{x}}（不用回复）"
