"""不泄露: a planted name and number never appear in ledger lines, outbox rows, server log or errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hotline.procedure.engine import Conflict, Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import short
from hotline.procedure.perform import Subject, perform_many, read
from procedure import toy
from procedure.toy import READER, WRITER, act, write

NAME, NUMBER = "欧阳植入者", "13987654321"
WORDS = f"我是{NAME}，电话{NUMBER}，楼下噪声扰民。"
ERRORS = (Refused, FormErrors, Conflict)


def everything_that_can_go_wrong() -> list[Exception]:
    """Acts whose forms hold the planted words, good and bad; the errors they raise."""
    note = write("标题", WORDS, phone=NUMBER)
    act(toy.AmendNote, note, WRITER, body=WORDS + "又改。")
    poison = write("库毒", WORDS, phone=NUMBER)
    many = perform_many(toy.Tick, [Subject(toy.CHAIN, poison.chain.id)], {}, actor=toy.CLOCK, now=toy.NOW)
    raised: list[Exception] = list(many.aside.values())
    bad: list[Any] = [
        lambda: write("标题" * 30, WORDS, phone=NUMBER),
        lambda: write("标题", WORDS, phone=NAME),
        lambda: act(toy.PassNote, note, READER, remark=WORDS),
        lambda: act(toy.PassNote, note, WRITER, remark=NAME),
        lambda: act(toy.PassNote, note, READER, seen_seq=1, remark=NAME),
    ]
    for attempt in bad:
        with pytest.raises(ERRORS) as caught:
            attempt()
        raised.append(caught.value)
    return raised


def test_planted_words_are_in_no_line_row_log_or_error(owner: Any, server: Any) -> None:
    errors = everything_that_can_go_wrong()
    tables = ("procedure_ledgerline", "procedure_outboxmessage", "procedure_act", "procedure_chainhead", "toy_note")
    found = [str(error) for error in errors if isinstance(error, ERRORS)]
    for table in tables:
        owner.execute(f"SELECT t::text FROM {table} t")
        found += [row[0] for row in owner.fetchall()]
    found.append(Path(server.data.root / "postgres.log").read_text())
    whole = "\n".join(found)
    for planted in (NAME, NUMBER, "噪声扰民"):
        encoded = planted.encode()
        assert not [form for form in (planted, encoded.hex(), short(encoded)) if form in whole]
    assert len(found) > 10


def test_the_words_themselves_are_where_they_belong(owner: Any) -> None:
    note = write("标题", WORDS, phone=NUMBER)
    assert read(toy.CHAIN, note.chain.id).all(toy.Text)[0].body == WORDS
