"""够到别的链: an act that reaches another chain writes both or neither, under locks that nobody waits for in a circle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from hotline.procedure import reaching
from hotline.procedure.echoing import MoreChains
from hotline.procedure.engine import Refused
from hotline.procedure.ledger import read as read_line
from hotline.procedure.perform import Subject, Unknown, perform_many, read
from hotline.procedure.verify import verify
from hotline.procedure.world import current
from procedure import toy
from procedure.toy import NOW, READER, WRITER, act, ask, write

pytestmark = pytest.mark.usefixtures("module_room")


def kinds(chain_id: int) -> list[str]:
    return [line.kind for line in read(toy.CHAIN, chain_id).lines]


def poke(one: int, other: int, must: str = "1", **more: Any) -> Any:
    return act(toy.Poke, one, WRITER, NOW + timedelta(minutes=1), other=str(other), must=must, **more)


def test_both_chains_are_written_in_one_breath() -> None:
    one, other = write().chain.id, write().chain.id
    done = poke(other, one)  # the chain that is found out about has the smaller number: all is locked anew
    assert (done.chain.id, done.seq) == (other, 2)
    assert (kinds(other), kinds(one)) == (["note_written", "note_poked"], ["note_written", "note_was_poked"])
    last = read_line(read(toy.CHAIN, one).lines[-1].text)
    assert (last.role, last.facts) == ("system", (other,))
    assert verify().broken == ()


def test_what_was_drawn_by_the_try_is_given_back() -> None:
    one, other = write().chain.id, write().chain.id
    with connections["default"].cursor() as cur:
        current().ids.refill(cur, 500)
    before = current().ids.mark()[0]
    done = poke(other, one)
    assert read_line(done.dossier.lines[-1].text).facts == (one, before)
    assert current().ids.mark()[0] == before + 1


@pytest.mark.parametrize("must", ["1", ""])
def test_where_the_other_chain_is_closed_nothing_is_written_unless_it_need_not_be(must: str) -> None:
    one, other = write().chain.id, write().chain.id
    act(toy.PassNote, one, READER, remark="好")
    before = kinds(one)
    if must:
        with pytest.raises(Refused):
            poke(other, one, must)
        assert kinds(other) == ["note_written"]
    else:
        poke(other, one, must)
        assert kinds(other) == ["note_written", "note_poked"]
    assert kinds(one) == before


def test_the_same_form_twice_is_one_act() -> None:
    one, other, act_id = write().chain.id, write().chain.id, uuid4()
    poke(one, other, act_id=act_id)
    assert poke(one, other, act_id=act_id).repeated
    assert (kinds(one), kinds(other)) == (["note_written", "note_poked"], ["note_written", "note_was_poked"])


def test_heads_are_locked_in_ascending_order(monkeypatch: pytest.MonkeyPatch) -> None:
    from hotline.procedure import loading

    asked: list[list[int]] = []
    real = loading.lock_heads

    def noted(cur: Any, kind: int, ids: Any, *more: Any) -> Any:
        asked.append([*ids])
        return real(cur, kind, ids, *more)

    monkeypatch.setattr(loading, "lock_heads", noted)
    one, other = write().chain.id, write().chain.id
    poke(other, one)
    assert asked[-2:] == [[other], [one, other]]


def _together(*jobs: Callable[[], Any]) -> list[Any]:
    """All at once; what each gave, or how it failed."""
    results: list[Any] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(i: int) -> None:
        start.wait()
        try:
            results[i] = jobs[i]()
        except Exception as error:
            results[i] = error
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_that_reach_for_each_other_never_wait_in_a_circle() -> None:
    one, other, third = (write().chain.id for _ in range(3))

    def many(a: int, b: int) -> Callable[[], Any]:
        return lambda: [poke(a, b) for _ in range(15)]

    results = _together(many(one, other), many(other, one), many(third, one), many(other, third))
    assert [r for r in results if isinstance(r, Exception)] == []
    found = [*kinds(one), *kinds(other), *kinds(third)]
    assert (found.count("note_poked"), found.count("note_was_poked")) == (60, 60)
    assert verify().broken == ()


def test_a_chain_that_is_not_there_ends_the_act() -> None:
    one = write().chain.id
    with pytest.raises(RuntimeError):
        poke(one, 999_999_999)
    assert kinds(one) == ["note_written"]
    with pytest.raises(Unknown):
        poke(999_999_999, one)


def test_on_many_chains_at_once_nothing_is_brought_about_elsewhere() -> None:
    """They lock no others: it is set aside, and nothing of it is lost in silence."""
    one, other = write().chain.id, write().chain.id
    form = {"other": str(other), "must": "1"}
    many = perform_many(toy.Poke, [Subject(toy.CHAIN, one)], form, actor=WRITER, now=NOW)
    assert many.performed == 0
    assert isinstance(many.aside[one], MoreChains)
    assert kinds(one) == ["note_written"]
    assert ask("SELECT count(*) FROM procedure_ledgerline WHERE chain_id = %s", other) == [(1,)]


def test_an_act_that_runs_in_circles_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "MOST_TRIES", 1)
    one, other = write().chain.id, write().chain.id
    with pytest.raises(RuntimeError):
        poke(one, other)
    assert kinds(one) == ["note_written"]
