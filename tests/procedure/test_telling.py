"""代说: what has grown is told after the commit, by one thread for all; nothing left out, nothing taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from hotline.procedure import store, telling
from hotline.procedure.perform import raw
from procedure import toy
from procedure.toy import NOW, READER, act, write

pytestmark = pytest.mark.usefixtures("module_room")
NOBODY = 0.2  # seconds of silence that are taken for silence


@pytest.fixture
def ear() -> Iterator[psycopg.Connection[Any]]:
    """A connection that listens."""
    info = raw().info
    with psycopg.connect(make_conninfo(**info.get_parameters()), autocommit=True) as found:
        found.execute(f"LISTEN {store.CHANNEL}")
        yield found


@pytest.fixture
def teller(monkeypatch: pytest.MonkeyPatch) -> telling.Teller:
    """One that says what it has when it is told to."""
    found = telling.Teller()
    monkeypatch.setattr(telling, "_tellers", [found])
    return found


def heard(ear: psycopg.Connection[Any]) -> list[str]:
    return [one.payload for one in ear.notifies(timeout=NOBODY)]


def name(done: Any) -> str:
    return f"{done.chain.code}.{done.chain.id}"


def test_without_a_teller_an_act_says_it_itself(ear: psycopg.Connection[Any]) -> None:
    assert heard(ear) == []
    done = write()
    assert heard(ear) == [name(done)]


def test_a_teller_says_it_for_all_at_once_and_first_that_everybody_is_to_look(
        ear: psycopg.Connection[Any], teller: telling.Teller) -> None:  # fmt: skip
    done = [write(), write()]
    act(toy.PassNote, done[0], READER, NOW, remark="好")
    assert heard(ear) == []
    teller.hand_on()
    first, *rest = heard(ear)
    assert first == telling.ALL
    assert sorted(",".join(rest).split(",")) == sorted(map(name, done))
    teller.hand_on()
    assert heard(ear) == []


def test_within_another_transaction_it_is_said_with_it_or_not_at_all(
        ear: psycopg.Connection[Any], teller: telling.Teller) -> None:  # fmt: skip
    with raw().transaction():
        write()
        raise psycopg.Rollback
    with transaction.atomic():
        done = write()
    assert heard(ear) == [name(done)]
    teller.hand_on()
    assert heard(ear) == [telling.ALL]


def test_what_could_not_be_said_is_said_the_next_time(
        ear: psycopg.Connection[Any], teller: telling.Teller) -> None:  # fmt: skip
    done = write()
    connection.connection.close()
    with pytest.raises(psycopg.Error):
        teller.hand_on()
    connection.close()
    teller.hand_on()
    assert heard(ear) == [telling.ALL, name(done)]


def test_its_thread_goes_on_where_the_database_does_not_answer(
        teller: telling.Teller, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    turns, said = [0], threading.Event()

    def hand_on() -> None:
        turns[0] += 1
        if turns[0] == 1:
            raise psycopg.OperationalError
        said.set()

    monkeypatch.setattr(telling, "PAUSE", 0)
    monkeypatch.setattr(teller, "hand_on", hand_on)
    teller.begin()
    assert said.wait(10)
    assert turns == [2]
