"""办: one transaction from lock to commit; refusals, repetitions, conflicts."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from hotline.procedure.actor import Actor
from hotline.procedure.engine import Conflict, Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import GENESIS, LineMeta, line_hash
from hotline.procedure.perform import Done, Reused, Subject, Unknown, perform, perform_many, raw, read
from hotline.procedure.world import IdBlocks, current
from procedure import toy
from procedure.toy import NOW, READER, STRANGER, WRITER, Note, act, ask, write

pytestmark = pytest.mark.usefixtures("module_room")


def test_an_act_writes_rows_lines_head_and_message() -> None:
    done = write("标题", "内容")
    act(toy.PassNote, done, READER, NOW + timedelta(minutes=1), remark="好")
    note = read(toy.CHAIN, done.chain.id)
    assert note.get(Note, done.chain.id).status == "put_away"
    assert [line.kind for line in note.lines] == ["note_written", "note_passed", "note_put_away"]
    previous, of_it = GENESIS, "WHERE chain_id = %s"
    columns = ", ".join(LineMeta.COLUMNS)
    for digest, *row in ask(f"SELECT hash, {columns} FROM procedure_ledgerline {of_it} ORDER BY seq", done.chain.id):
        assert bytes(digest) == line_hash(previous, LineMeta(*row).text)
        previous = bytes(digest)
    assert (note.head.seq, note.head.hash) == (3, previous)
    refs = f'{{"text": {note.get(Note, done.chain.id).text_id}}}'
    messages = ask(f"SELECT template, to_id, refs, next_try_at FROM procedure_outboxmessage {of_it}", done.chain.id)
    assert messages == [("toy_written", done.chain.id, refs, NOW)]


def test_the_dossier_handed_back_is_the_one_in_the_database() -> None:
    done = write()
    again = read(toy.CHAIN, done.chain.id)
    assert done.dossier is not None
    assert done.dossier.all(Note) == again.all(Note)
    assert done.dossier.lines == again.lines
    assert done.dossier.head == again.head


@pytest.mark.parametrize(
    ("card", "actor", "title", "step"),
    [
        (toy.PassNote, WRITER, "标题", "post"),
        (toy.PassNote, STRANGER, "标题", "reach"),
        (toy.PassNote, Actor("reader", 11, 29, 31), "标题", "not_by"),
        (toy.PassNote, Actor("reader", 12, 22, 31, for_person_id=11), "标题", "not_by"),
        (toy.PassNote, READER, "闭门", "guard"),
    ],
)
def test_refusals_say_which_check_and_write_nothing(card: Any, actor: Actor, title: str, step: str) -> None:
    done = write(title)
    with pytest.raises(Refused) as refused:
        act(card, done, actor, remark="好")
    assert (refused.value.step, refused.value.verdict.clause) == (step, "玩一")
    assert ask("SELECT count(*) FROM procedure_ledgerline WHERE chain_id = %s", done.chain.id) == [(1,)]


def test_a_status_that_moved_on_is_refused() -> None:
    done = write()
    act(toy.PassNote, done, READER, remark="好")
    with pytest.raises(Refused) as refused:
        act(toy.PassNote, done, READER, remark="好")
    assert refused.value.step == "status"


@pytest.mark.parametrize(("remark", "clause"), [("", ""), ("很长很长很长很长很长的", ""), ("坏", "玩一")])
def test_form_errors_name_the_field(remark: str, clause: str) -> None:
    done = write()
    with pytest.raises(FormErrors) as errors:
        act(toy.PassNote, done, READER, remark=remark)
    assert [(p.field, p.clause) for p in errors.value.problems] == [("remark", clause)]


def test_no_chain_no_act() -> None:
    with pytest.raises(Unknown):
        act(toy.PassNote, 999, READER, remark="好")


def test_a_line_is_never_earlier_than_the_one_before() -> None:
    done = write()
    act(toy.LookAt, done, READER, NOW - timedelta(hours=1))
    assert [line.at for line in read(toy.CHAIN, done.chain.id).lines] == [NOW, NOW]


def test_a_repeated_act_id_returns_the_first_result() -> None:
    act_id = uuid4()
    first, again = write(act_id=act_id), write(act_id=act_id)
    assert (again.chain, again.seq, again.repeated, again.dossier) == (first.chain, 1, True, None)
    act_id = uuid4()
    passed = act(toy.PassNote, first, READER, act_id=act_id, remark="好")
    again = act(toy.PassNote, first, READER, act_id=act_id, remark="坏")
    assert (again.seq, again.repeated) == (passed.seq, True)


def test_an_act_id_used_for_another_act_is_refused_and_does_nothing() -> None:
    act_id = uuid4()
    write(act_id=act_id)
    other = write()
    with pytest.raises(Reused):
        act(toy.PassNote, other, READER, act_id=act_id, remark="好")
    act(toy.PassNote, other, READER, remark="好")


def both(*acts: Any) -> list[Any]:
    """Run acts in threads that begin together; their results or exceptions."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(i: int) -> None:
        barrier.wait()
        try:
            results[i] = acts[i]()
        except Exception as error:
            results[i] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("act_id", [uuid4() for _ in range(5)])
def test_a_creating_card_sent_twice_at_once_creates_once(act_id: UUID) -> None:
    [(before,)] = ask("SELECT count(*) FROM toy_note")
    results: list[Done] = both(lambda: write(act_id=act_id), lambda: write(act_id=act_id))
    assert sorted(r.repeated for r in results) == [False, True]
    assert results[0].chain == results[1].chain
    assert ask("SELECT count(*) FROM toy_note") == [(before + 1,)]


@pytest.mark.parametrize("act_id", [uuid4() for _ in range(5)])
def test_the_same_form_sent_twice_at_once_acts_once(act_id: UUID) -> None:
    done = write()
    one = both(*[lambda: act(toy.PassNote, done, READER, act_id=act_id, remark="好")] * 2)
    assert sorted(r.repeated for r in one) == [False, True]
    assert len(read(toy.CHAIN, done.chain.id).lines) == 3


def test_what_was_not_seen_is_a_conflict_unless_it_disturbs_nobody() -> None:
    done = write()
    act(toy.LookAt, done, READER)
    act(toy.AmendNote, done, WRITER, body="改", seen_seq=1)
    with pytest.raises(Conflict) as conflict:
        act(toy.PassNote, done, READER, seen_seq=2, remark="好")
    assert [line.kind for line in conflict.value.lines] == ["note_amended"]
    act(toy.PassNote, done, READER, seen_seq=3, remark="好")


@pytest.mark.parametrize("seen", [None, 1])
def test_two_people_at_once_one_wins(seen: int | None) -> None:
    done = write()
    other = Actor("reader", 14, 24, 31)
    results = both(
        lambda: act(toy.PassNote, done, READER, seen_seq=seen, remark="甲"),
        lambda: act(toy.PassNote, done, other, seen_seq=seen, remark="乙"),
    )
    lost = [r for r in results if isinstance(r, Exception)]
    assert len(lost) == 1
    assert isinstance(lost[0], Conflict if seen else Refused)
    assert len(read(toy.CHAIN, done.chain.id).lines) == 3


FOUND = "SELECT n.id FROM toy_note n WHERE n.id = $1"


def found_by(chain_id: int) -> Subject:
    """A note by a question instead of its number."""
    return Subject(toy.CHAIN, found=(FOUND, [chain_id]))


def test_a_question_finds_the_chain_with_its_lock() -> None:
    done, act_id = write(), uuid4()
    form, who = {"remark": "好"}, {"actor": READER, "now": NOW, "act_id": act_id}
    passed = perform(toy.PassNote, found_by(done.chain.id), form, seen_seq=1, **who)
    assert passed.chain == done.chain
    assert perform(toy.PassNote, found_by(done.chain.id), form, seen_seq=1, **who).repeated
    assert [line.kind for line in read(toy.CHAIN, done.chain.id).lines] == [line.kind for line in passed.dossier.lines]


def test_what_the_question_does_not_find_is_not_acted_on() -> None:
    with pytest.raises(Unknown):
        perform(toy.PassNote, found_by(10**9), {"remark": "好"}, actor=READER, now=NOW)


def test_who_waited_for_the_lock_acts_on_what_was_written_meanwhile() -> None:
    """The question's statement began before the other act was there: its rows are older than the head it locked."""
    done, results = write(), []

    def wait() -> None:
        try:
            perform(toy.AmendNote, found_by(done.chain.id), {"body": "再改"}, actor=WRITER, now=NOW, seen_seq=1)
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    waiting = threading.Thread(target=wait)
    with raw().transaction():
        act(toy.AmendNote, done, WRITER, body="改")
        waiting.start()
        for _ in range(1000):
            if ask("SELECT 1 FROM pg_locks WHERE NOT granted", alias="owner"):
                break
            waiting.join(0.01)
    waiting.join()
    assert isinstance(results[0], Conflict)
    assert len(read(toy.CHAIN, done.chain.id).lines) == 2


def test_many_at_once_set_the_poisonous_aside() -> None:
    titles = ["一", "毒", "二", "库毒", "三"]
    notes = {title: write(title).chain.id for title in titles}
    subjects = [Subject(toy.CHAIN, i) for i in notes.values()]
    many = perform_many(toy.Tick, subjects, {}, actor=toy.CLOCK, now=NOW)
    assert many.performed == 3
    assert set(many.aside) == {notes["毒"], notes["库毒"]}
    ticked = "SELECT title FROM toy_note WHERE status = 'ticked' AND id = ANY(%s) ORDER BY id"
    assert ask(ticked, list(notes.values())) == [("一",), ("二",), ("三",)]
    again = perform_many(toy.Tick, subjects[:1], {}, actor=toy.CLOCK, now=NOW)
    assert isinstance(again.aside[notes["一"]], Refused)


def test_many_leave_what_somebody_else_holds() -> None:
    ids = [write().chain.id for _ in range(3)]
    with transaction.atomic(using="owner"):
        ask("SELECT 1 FROM procedure_chainhead WHERE chain_id = %s FOR UPDATE", ids[1], alias="owner")
        many = perform_many(toy.Tick, [Subject(toy.CHAIN, i) for i in ids], {}, actor=toy.CLOCK, now=NOW)
    assert (many.performed, dict(many.aside)) == (2, {})


def test_many_take_each_chain_once() -> None:
    subject = Subject(toy.CHAIN, write().chain.id)
    with pytest.raises(ValueError):
        perform_many(toy.Tick, [subject, subject], {}, actor=toy.CLOCK, now=NOW)


def test_numbers_above_two_to_the_31() -> None:
    small = Actor("writer", 1, 2, 3)
    with connections["owner"].cursor() as cur:
        cur.execute("ALTER SEQUENCE procedure_ids RESTART WITH 5000000000")
    current().ids = IdBlocks()
    big = Actor("writer", 6_000_000_000, 6_000_000_001, 6_000_000_002)
    for actor in (small, big, small):
        done = write(actor=actor)
        assert done.chain.id >= 5_000_000_000
        act(toy.AmendNote, done, actor, body="改")
        act(toy.PassNote, done, Actor("reader", 12, 22, actor.unit_id), remark="好")
        note = read(toy.CHAIN, done.chain.id)
        assert note.lines[0].person_id == actor.person_id
        assert note.get(Note, done.chain.id).unit_id == actor.unit_id
