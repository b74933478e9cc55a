"""时钟: sweeps on the database. Exactly once, through two at a time, kills, poison and long absence."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from hotline.casework import clock, falling_due
from hotline.casework.records import Order
from hotline.jobs import loops
from hotline.procedure import loading, store, sweeping, times
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Subject, perform, raw, read
from hotline.procedure.world import IdBlocks, current
from hotline.rules import calendars
from support import many

DELIVERED = datetime.fromisoformat("2026-09-16T16:05+08:00")
DOOR = datetime.fromisoformat("2026-09-18T00:00+08:00")
END = datetime.fromisoformat("2027-03-01T08:00+08:00")
MINUTE = timedelta(minutes=1)
EACH = Counter(deemed_accepted=1, yellow_given=3, reminded=1, red_given=1)
CARDS = [("red", "overdue"), ("yellow", "due_day"), ("yellow", "no_contact"), ("yellow", "unsigned")]


def ask(query: str, *params: Any) -> list[Any]:
    with raw().cursor() as cur:
        return cur.execute(query, params).fetchall()


def times_of(count: int) -> Counter[str]:
    return Counter({kind: n * count for kind, n in EACH.items()})


def done() -> Counter[str]:
    """How many lines of each kind the clock has written."""
    query = "SELECT kind, count(*) FROM procedure_ledgerline WHERE kind::text = ANY(%s) GROUP BY 1"
    return Counter(dict(ask(query, [*EACH])))


def sweep_all(now: datetime) -> int:
    performed = 0
    while (swept := clock.sweep(now)).claimed:
        performed += swept.performed
    return performed


@pytest.fixture
def small_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "SET", 7)
    monkeypatch.setattr(sweeping, "AHEAD", 28)


@pytest.fixture
def logged() -> Iterator[list[logging.LogRecord]]:
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("hotline.clock", "hotline.jobs")]
    for one in loggers:
        one.addHandler(handler)
    yield records
    for one in loggers:
        one.removeHandler(handler)


def test_to_the_minute_and_only_once(city: Any) -> None:
    many.write(3, DELIVERED)
    assert sweep_all(DOOR - MINUTE) == 0
    assert sweep_all(DOOR) == 6
    assert sweep_all(DOOR + MINUTE) == 0
    assert done() == Counter(deemed_accepted=3, yellow_given=3)


def test_after_long_absence_everything_is_done_in_order_and_the_ledger_holds(city: Any) -> None:
    ids = many.write(20, DELIVERED)
    assert sweep_all(END) == 120
    assert done() == times_of(20)
    assert sorted({(colour, cause) for _, colour, cause in many.marks_of(ids)}) == CARDS
    assert len(many.marks_of(ids)) == 80
    kinds = [li.kind for li in read("matter", ids[0]).lines][3:]
    assert kinds == ["deemed_accepted", "yellow_given", "yellow_given", "reminded", "yellow_given", "red_given"]
    assert ask("SELECT count(*) FROM casework_order WHERE next_decision_at <= %s", END) == [(0,)]
    assert sweep_all(END + timedelta(days=99)) == 0


def clerk_of(matter_id: int) -> Actor:
    (order,) = read("matter", matter_id).all(Order)
    return Actor("clerk", 1, 1, order.unit_id)


def test_whoever_acts_before_a_late_clock_finds_its_acts_done_first(city: Any) -> None:
    """So that nobody's act wipes out what has fallen due; the clock finds nothing left to do."""
    (matter_id,) = many.write(1, DELIVERED)
    clerk, act_id = clerk_of(matter_id), uuid4()
    subject = Subject("matter", matter_id, (Order, None))
    done_now = perform(REGISTRY["sign_for"], subject, {}, actor=clerk, now=DOOR + MINUTE, act_id=act_id)
    kinds = [li.kind for li in read("matter", matter_id).lines][3:]
    assert kinds == ["deemed_accepted", "yellow_given", "signed_for"]
    assert done_now.seq == 6
    again = perform(REGISTRY["sign_for"], subject, {}, actor=clerk, now=DOOR + MINUTE, act_id=act_id)
    assert (again.seq, again.repeated) == (6, True)
    assert sweep_all(DOOR + MINUTE) == 0


def test_what_poisons_the_clock_stops_no_person(
    city: Any, monkeypatch: pytest.MonkeyPatch, logged: list[logging.LogRecord]
) -> None:
    (matter_id,) = many.write(1, DELIVERED)
    monkeypatch.setattr(REGISTRY["give_yellow"], "change", classmethod(lambda cls, case: 1 // 0))
    subject = Subject("matter", matter_id, (Order, None))
    perform(REGISTRY["sign_for"], subject, {}, actor=clerk_of(matter_id), now=DOOR + MINUTE)
    assert [li.kind for li in read("matter", matter_id).lines][3:] == ["signed_for"]
    assert [r.getMessage() for r in logged] == [f"时钟未能先办 matter {matter_id}：ZeroDivisionError"]


def test_the_unit_is_told_by_the_outbox(city: Any) -> None:
    many.write(1, DELIVERED)
    before = ask("SELECT count(*) FROM procedure_outboxmessage")[0][0]
    sweep_all(END)
    told = ask("SELECT template FROM procedure_outboxmessage ORDER BY id")[before:]
    assert Counter(t for (t,) in told) == Counter(deemed=1, yellow_card=3, reminded=1, red_card=1)


def test_every_message_of_the_clock_is_rendered(city: Any) -> None:
    from hotline.casework import messages
    from hotline.procedure.outbox import TEMPLATES

    assert TEMPLATES["deemed"] is messages.to_unit
    assert {"deemed", "reminded", "yellow_card", "red_card"} <= TEMPLATES.keys()


def in_threads(*doing: Callable[[], Any]) -> list[Any]:
    results: list[Any] = []

    def run(one: Callable[[], Any]) -> None:
        try:
            results.append(one())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.usefixtures("small_sets")
def test_two_sweepers_at_once_never_double(city: Any) -> None:
    many.write(60, DELIVERED)
    results = in_threads(lambda: sweep_all(END), lambda: sweep_all(END))
    assert sum(results) + sweep_all(END) == 360
    assert done() == times_of(60)


def test_a_matter_that_somebody_holds_is_passed_by(city: Any) -> None:
    ids = many.write(3, DELIVERED)
    with connections["owner"].cursor() as cur:
        cur.execute("BEGIN")
        cur.execute("SELECT 1 FROM procedure_chainhead WHERE chain_id = %s FOR UPDATE", [ids[0]])
        assert clock.sweep(DOOR).claimed == 2
        cur.execute("ROLLBACK")
    assert sweep_all(DOOR) == 2


def test_an_instant_that_was_stale_is_put_right_and_nothing_more(city: Any) -> None:
    (matter_id,) = many.write(1, DELIVERED)
    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE casework_order SET next_decision_at = %s", [DELIVERED])
    assert clock.sweep(DELIVERED).performed == 0
    assert ask("SELECT next_decision_at FROM casework_order") == [(DOOR,)]
    assert len(read("matter", matter_id).lines) == 3
    assert clock.sweep(DELIVERED).claimed == 0


# kill -9


def dying(monkeypatch: pytest.MonkeyPatch, where: str, after: bool) -> None:
    """Let this process die as by kill -9 at that step of the second set."""
    module, name = {"write": (store, "write"), "load": (loading, "load"), "aside": (sweeping, "_set_aside"),
                    "claim": (sweeping, "_claim")}[where]  # fmt: skip
    real, calls = getattr(module, name), Counter[str]()

    def step(*args: Any, **more: Any) -> Any:
        calls[name] += 1
        if calls[name] == 2 and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*args, **more)
        if calls[name] == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    monkeypatch.setattr(module, name, step)


KILLS = [(where, after) for where in ("claim", "load", "write", "aside") for after in (False, True)]


@pytest.mark.forks
@pytest.mark.usefixtures("small_sets")
@pytest.mark.parametrize(("where", "after"), KILLS)
def test_kill_9_in_an_open_transaction_loses_and_doubles_nothing(
    city: Any, monkeypatch: pytest.MonkeyPatch, where: str, after: bool
) -> None:
    many.write(25, DELIVERED)
    connections.close_all()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            current().ids = IdBlocks()  # a forked process must not share its parent's numbers
            dying(monkeypatch, where, after)
            sweep_all(END)
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert done() == times_of(7), "the first set stands whole, of the second nothing"
    pause = threading.Event()
    for _ in range(100):  # until the server has noticed the death
        sweep_all(END)
        if done() == times_of(25):
            break
        pause.wait(0.05)
    assert sweep_all(END) == 0
    assert done() == times_of(25)


# 搁置


@pytest.fixture
def poisonous(city: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], dict[int, str]]:
    """Ten matters, of which one breaks in memory and one in the database."""
    ids = many.write(10, DELIVERED)
    ills = {ids[2]: "memory", ids[5]: "database"}
    real = falling_due.decisions

    def decisions(dossier: Any, book: Any) -> Any:
        ill = ills.get(dossier.chain.id)
        if ill == "memory":
            raise ZeroDivisionError("13912345678 张三")
        found = real(dossier, book)
        if ill == "database" and dossier.orders[0].round == 1:
            dossier.put(replace(dossier.orders[0], unit_id=-1))
        return found

    monkeypatch.setattr(falling_due, "decisions", decisions)
    return ids, ills


def test_the_poisonous_are_set_aside_with_an_alarm_and_the_others_go_on(
    poisonous: tuple[list[int], dict[int, str]], logged: list[logging.LogRecord]
) -> None:
    _, ills = poisonous
    swept = clock.sweep(END)
    assert swept.claimed == 10
    assert set(swept.aside) == set(ills)
    assert done() == times_of(8)
    assert {r.levelno for r in logged} == {logging.ERROR}
    said = "".join(r.getMessage() for r in logged)
    assert "ZeroDivisionError" in said
    assert "139" not in said
    assert clock.sweep(END).claimed == 0, "they do not hold up the next sweep"


def test_the_poisonous_are_tried_again_ever_later_and_forgiven_once_well(
    poisonous: tuple[list[int], dict[int, str]]
) -> None:
    ids, ills = poisonous
    clock.sweep(END)
    now, pauses = END, []
    for _ in range(4):
        again = ask("SELECT again_at FROM procedure_setaside WHERE chain_id = %s", ids[2])[0][0]
        pauses.append((again - now) / MINUTE)
        assert clock.sweep(again - timedelta(seconds=1)).claimed == 0
        assert clock.sweep(again).claimed == 2
        now = again
    assert pauses == [1, 2, 4, 8]
    ills.clear()
    sweep_all(now + timedelta(days=2))
    assert done() == times_of(10)
    assert ask("SELECT count(*) FROM procedure_setaside") == [(0,)]


@pytest.mark.usefixtures("small_sets")
def test_more_poison_than_a_set_holds_starves_nobody(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ids, real = many.write(60, DELIVERED), falling_due.decisions
    ill = set(ids[:40])

    def decisions(dossier: Any, book: Any) -> Any:
        if dossier.chain.id in ill:
            raise ZeroDivisionError
        return real(dossier, book)

    monkeypatch.setattr(falling_due, "decisions", decisions)
    sweep_all(END)
    assert done() == times_of(20)


# 循环


@pytest.mark.parametrize("fails", [False, True])
def test_only_a_set_in_work_goes_uncollected(city: Any, monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    during = []

    def asked(*_: Any) -> dict[int, Any]:
        during.append(gc.isenabled())
        if fails:
            raise RuntimeError
        return {}

    monkeypatch.setattr(sweeping, "_claim", asked)
    with contextlib.suppress(RuntimeError):
        clock.sweep(times.now())
    assert (during, gc.isenabled()) == ([False], True)


def test_the_loop_goes_by_the_databases_time(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    many.write(2, DELIVERED)
    monkeypatch.setattr(times, "now", lambda: END)
    assert loops.LOOPS["clock"].turn() is False
    assert done() == times_of(2)


@pytest.mark.parametrize(("on", "wrong"), [
    ("2026-10-31T23:59", ""), ("2026-11-01T00:00", "2027 年的日历还是暂定的"),
    ("2027-11-01T00:00", "还没有 2028 年的日历"), ("2025-12-01T00:00", ""),
])  # fmt: skip
def test_late_in_the_year_a_missing_calendar_raises_the_alarm(city: Any, on: str, wrong: str) -> None:
    book = current().book
    said = calendars.alarm(book.calendar, datetime.fromisoformat(on).replace(tzinfo=book.tz))
    assert said.startswith(wrong)
    assert bool(said) == bool(wrong)


def test_the_alarm_sounds_once_a_day(city: Any, monkeypatch: pytest.MonkeyPatch, logged: list[Any]) -> None:
    alarm, now = loops.CalendarAlarm(), [datetime.fromisoformat("2026-11-02T08:00+08:00")]
    monkeypatch.setattr(times, "now", lambda: now[0])
    for _ in range(3):
        alarm.turn()
    now[0] += timedelta(days=1)
    alarm.turn()
    assert [record.levelname for record in logged] == ["WARNING", "WARNING"], "2027 is only provisional"
    now[0] = datetime.fromisoformat("2027-11-02T08:00+08:00")
    alarm.turn()
    assert [record.levelname for record in logged[2:]] == ["ERROR"], "there is none of 2028"
