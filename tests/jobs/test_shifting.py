"""顺延 on the database: every order that the outage ran into, once, by order of the office's head."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from hotline.casework import shifting
from hotline.config.commands import shift
from hotline.config.complaint import Complaint
from hotline.network.models import Person, Post, Unit
from hotline.network.transitions.posts import AppointPost
from hotline.procedure import times, verify
from hotline.procedure.actor import Actor
from hotline.procedure.perform import Subject, perform, raw
from hotline.procedure.world import IdBlocks, current
from support import ledger, many

DELIVERED = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
FORM: dict[str, Any] = {"first_on": date(2026, 11, 3), "last_on": date(2026, 11, 8), "document": "某办〔2026〕3号",
                        "reason": "机房停电"}  # fmt: skip


def ask(query: str) -> list[tuple[Any, ...]]:
    with raw().cursor() as cur:
        return cur.execute(query).fetchall()


def dues() -> list[Any]:
    return [row[0] for row in ask("SELECT due_at FROM casework_order ORDER BY id")]


def lines() -> int:
    return int(ask("SELECT count(*) FROM procedure_ledgerline WHERE kind = 'dates_shifted'")[0][0])


OLD = datetime(2026, 11, 23, 16, tzinfo=UTC)
NEW = datetime(2026, 11, 27, 16, tzinfo=UTC)


@pytest.fixture
def head(city: Any) -> Actor:
    """The head of the hotline's office, appointed by its administrator."""
    times.set_simulated(NOW - timedelta(hours=1))
    admin = Post.objects.get(role="admin")
    office = Unit.objects.filter(level=1).exclude(desk="").order_by("id").first()
    person = Person.objects.get(login="shift")
    assert office is not None
    by = Actor("admin", admin.person_id, admin.id, admin.unit_id)
    form = {"login": person.login, "unit": str(office.id), "role": "head"}
    perform(AppointPost, Subject("post"), form, actor=by, now=NOW - timedelta(hours=1))
    times.set_simulated(NOW)
    return shift._ordering("shift")


def test_every_order_that_the_outage_ran_into_is_shifted_once(head: Actor) -> None:
    many.write(5, DELIVERED)
    later = many.write(2, NOW)
    assert shift._shift_all(FORM, head) == (5, 0)
    assert dues()[:5] == [NEW] * 5
    assert NEW not in dues()[5:]
    assert len(later) == 2
    assert shift._shift_all(FORM, head) == (0, 0)
    assert dues()[:5] == [NEW] * 5
    assert lines() == 5
    assert verify.verify().ok


def test_approved_since_and_not_put_away_they_are_shifted_too(head: Actor) -> None:
    """And what was filed before the outage is not."""
    many.write(2, DELIVERED, until="approve")
    many.write(1, DELIVERED, after=2)
    assert shift._shift_all(FORM, head) == (1, 0)
    form = {**FORM, "first_on": date(2026, 11, 2), "last_on": date(2026, 11, 2), "document": "某办〔2026〕4号"}
    assert shift._shift_all(form, head) == (3, 0)
    assert lines() == 4
    assert shift._shift_all(form, head) == (0, 0)
    assert verify.verify().ok


@pytest.mark.forks
def test_killed_between_two_portions_and_then_again(head: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    many.write(7, DELIVERED)
    real, calls = shifting.perform_many, [0]
    connections.close_all()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            current().ids = IdBlocks()  # a forked process must not share its parent's numbers

            def dying(*given: Any, **more: Any) -> Any:
                calls[0] += 1
                if calls[0] == 2:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **more)

            monkeypatch.setattr(shifting, "perform_many", dying)
            after = shifting.shift(current().book, FORM, head, NOW, 0, 3).after
            shifting.shift(current().book, FORM, head, NOW, after or 0, 3)
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert dues() == [NEW] * 3 + [OLD] * 4
    assert shift._shift_all(FORM, head) == (4, 0)
    assert dues() == [NEW] * 7
    assert lines() == 7


def test_only_the_offices_head_orders_it(head: Actor) -> None:
    for login in ("sanliwan-head", "jiancha-head", "supervisor", "nobody"):
        with pytest.raises(Complaint, match="不是热线办主要负责人，按二段2、R-24不能决定顺延"):
            shift._ordering(login)


def test_what_is_about_whoever_orders_it_is_neither_moved_nor_counted(head: Actor) -> None:
    mine, *_ = many.write(2, DELIVERED)
    assert shifting.how_many(current().book, FORM, head) == 2
    with raw().cursor() as cur:
        cur.execute("UPDATE casework_matter SET against_unit_id = %s WHERE id = %s", (head.unit_id, mine))
    assert shifting.how_many(current().book, FORM, head) == 1
    assert shift._shift_all(FORM, head) == (1, 0)
    assert dues() == [OLD, NEW]


def test_what_time_does_not_suffice_for_is_left_for_the_next_time(head: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    many.write(3, DELIVERED)
    real = shifting.shift
    monkeypatch.setattr(shifting, "shift", lambda *given: real(*given, 2))
    assert shifting.shift_all(current().book, FORM, head, times.now, 0.0) == (2, 0)
    assert shifting.how_many(current().book, FORM, head) == 1
    assert shifting.shift_all(current().book, FORM, head, times.now) == (1, 0)


def test_who_orders_it_stands_in_the_ledger(head: Actor) -> None:
    many.write(1, DELIVERED)
    shift._shift_all(FORM, head)
    line = ledger.lines("kind = 'dates_shifted'")[0]
    assert (line.person_id, line.post_id) == (head.person_id, head.post_id)


@pytest.mark.parametrize(("field", "value"), [("document", " "), ("last_on", date(2026, 11, 1))])
def test_an_order_that_is_not_whole_begins_nothing(head: Actor, field: str, value: Any) -> None:
    many.write(1, DELIVERED)
    with pytest.raises(Complaint):
        shift._insist({**FORM, field: value})
    assert dues() == [OLD]


def test_days_are_days() -> None:
    assert shift._day("2026-11-03") == date(2026, 11, 3)
    with pytest.raises(argparse.ArgumentTypeError):
        shift._day("三号")
