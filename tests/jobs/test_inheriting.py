"""承接: a unit ends with a successor; its open orders go on there, whole, whoever is killed in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hotline.casework import inheriting
from hotline.casework.models import Matter, Order
from hotline.casework.records import Order as OrderRow
from hotline.casework.transitions.inheriting import InheritOrder
from hotline.jobs import loops
from hotline.network.models import Post, Unit
from hotline.network.transitions.posts import EndPost
from hotline.network.transitions.units import EndUnit
from hotline.procedure import outbox, times, verify
from hotline.procedure.actor import Actor
from hotline.procedure.engine import SYSTEM, Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Subject, perform, raw, read
from support import ledger, many

NOW = datetime(2026, 9, 18, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
DATES = ("status", "round", "dispatched_at", "received_at", "sign_until", "return_until", "due_at", "due_clause",
         "contact_until", "signed_at", "next_decision_at")  # fmt: skip


class Sent:
    """A channel that keeps what it was given."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def send(self, message_id: int, to: str, text: str) -> None:
        """Keep it."""
        self.said.append((to, text))


@pytest.fixture
def admin(city: str) -> Actor:
    """The administrator, and an hour at which things happen."""
    times.set_simulated(NOW)
    post = Post.objects.get(role="admin")
    return Actor("admin", post.person_id, post.id, post.unit_id)


def old_unit() -> Unit:
    """The unit that the many matters were dispatched to."""
    return Unit.objects.get(id=many.a_unit().unit.id)


def able_unit(besides: Unit) -> Unit:
    """Another unit of level 2 that can be given orders."""
    able = Unit.objects.filter(level=2, status="open", posts__role="clerk").exclude(id=besides.id)
    found = able.order_by("-id").first()
    assert found is not None
    return found


def emptied(unit: Unit, admin: Actor) -> None:
    """Its people leave; the units below it, which have nothing open, end."""
    for child in Unit.objects.filter(parent=unit, status="open"):
        emptied(child, admin)
        perform(EndUnit, Subject("unit", child.id), {}, actor=admin, now=LATER)
    for post in Post.objects.filter(unit=unit, status="open"):
        perform(EndPost, Subject("post", post.id), {}, actor=admin, now=LATER)


def ended(admin: Actor, count: int = 5) -> tuple[Unit, Unit, list[int]]:
    """A unit with so many open orders that has ended, its successor, and the matters."""
    ids, old = many.write(count, NOW), old_unit()
    heir = able_unit(old)
    emptied(old, admin)
    perform(EndUnit, Subject("unit", old.id), {"successor": heir.code}, actor=admin, now=LATER)
    return old, heir, ids


def facts(ids: list[int]) -> dict[int, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in Order.objects.filter(matter_id__in=ids).values_list("matter_id", *DATES)}


def holders(ids: list[int]) -> set[tuple[int, int]]:
    return set(Order.objects.filter(matter_id__in=ids).values_list("unit_id", "level2_unit_id"))


def lines(ids: list[int]) -> list[list[Any]]:
    return [list(line.read().facts) for line in ledger.lines("chain_id = ANY(%s) AND kind = 'order_inherited'", ids)]


def test_open_orders_go_on_with_the_successor_and_no_date_moves(admin: Actor) -> None:
    old, heir, ids = ended(admin)
    before = facts(ids)
    done = inheriting.inherit(LATER)
    assert (done.performed, done.aside, done.after) == (5, 0, None)
    assert holders(ids) == {(heir.id, heir.id)}
    assert facts(ids) == before
    assert lines(ids) == [[old.id, old.id, heir.id, heir.id]] * 5
    assert verify.verify().ok


@pytest.mark.clause("R-11")
def test_what_will_be_looked_at_again_needs_a_successor_too(admin: Actor) -> None:
    """Or it would be called again on its review day at a unit where nobody is."""
    many.write(1, NOW)
    old = old_unit()
    Order.objects.filter(unit=old).update(status="approved", explained_review_at=LATER + timedelta(days=60))
    emptied(old, admin)
    with pytest.raises(FormErrors) as no:
        perform(EndUnit, Subject("unit", old.id), {}, actor=admin, now=LATER)
    assert [p.field for p in no.value.problems] == ["successor"]
    Order.objects.filter(unit=old).update(explained_review_at=None)
    perform(EndUnit, Subject("unit", old.id), {}, actor=admin, now=LATER)


@pytest.mark.clause("R-05")
def test_what_is_opened_again_where_nobody_carries_on_comes_back_to_the_desk(admin: Actor) -> None:
    """A redo, or new facts, after the unit had ended without an heir: nobody there could do it."""
    ids, old = many.write(2, NOW), old_unit()
    Order.objects.filter(matter_id__in=ids).update(status="approved", explained_review_at=None)
    emptied(old, admin)
    perform(EndUnit, Subject("unit", old.id), {}, actor=admin, now=LATER)
    assert inheriting.inherit(LATER).performed == 0
    Order.objects.filter(matter_id=ids[0]).update(status="reopened")
    done = inheriting.inherit(LATER)
    assert (done.performed, done.aside) == (1, 0)
    assert dict(Order.objects.filter(matter_id__in=ids).values_list("matter_id", "status")) == {
        ids[0]: "recalled", ids[1]: "approved"}  # fmt: skip
    assert Matter.objects.get(id=ids[0]).status == "accepted"
    assert inheriting.inherit(LATER).performed == 0
    assert verify.verify().ok


@pytest.mark.clause("R-21", "R-05")
def test_what_is_about_the_successor_comes_back_to_the_desk(admin: Actor) -> None:
    _, heir, ids = ended(admin, 3)
    Matter.objects.filter(id=ids[1]).update(against="level_2", against_unit_id=heir.id)
    done = inheriting.inherit(LATER)
    assert (done.performed, done.aside) == (3, 0)
    assert holders([ids[0], ids[2]]) == {(heir.id, heir.id)}
    assert Order.objects.get(matter_id=ids[1]).status == "recalled"
    assert Matter.objects.get(id=ids[1]).status == "accepted"
    assert inheriting.inherit(LATER).performed == 0


def test_twice_is_harmless(admin: Actor) -> None:
    _, heir, ids = ended(admin, 2)
    assert inheriting.inherit(LATER).performed == 2
    assert inheriting.inherit(LATER).performed == 0
    with pytest.raises(Refused):
        perform(InheritOrder, Subject("matter", ids[0], (OrderRow, None)), {}, actor=SYSTEM, now=LATER)
    assert holders(ids) == {(heir.id, heir.id)}
    assert len(lines(ids)) == 2


def test_who_is_stopped_between_two_portions_loses_nothing(admin: Actor) -> None:
    _, heir, ids = ended(admin, 7)
    first = inheriting.inherit(LATER, 0, 3)
    assert (first.performed, first.after is None) == (3, False)
    assert {unit for unit, _ in holders(ids)} == {old_id for old_id, _ in holders(ids)}
    assert len(holders(ids)) == 2, "some have gone on, some wait"
    loop = loops.Inheritance()  # another process, which knows nothing of the first
    while loop.turn():
        pass
    assert holders(ids) == {(heir.id, heir.id)}
    assert len(lines(ids)) == 7


def test_a_successor_that_ends_too_passes_on_what_was_on_its_way(admin: Actor) -> None:
    _, middle, ids = ended(admin, 3)
    last = able_unit(middle)
    emptied(middle, admin)
    with pytest.raises(FormErrors) as wrong:
        perform(EndUnit, Subject("unit", middle.id), {}, actor=admin, now=LATER)
    assert [problem.field for problem in wrong.value.problems] == ["successor"]
    perform(EndUnit, Subject("unit", middle.id), {"successor": last.code}, actor=admin, now=LATER)
    assert inheriting.inherit(LATER).performed == 3
    assert holders(ids) == {(last.id, last.id)}


def test_without_a_successor_a_unit_with_open_orders_stays(admin: Actor) -> None:
    many.write(2, NOW)
    old = old_unit()
    emptied(old, admin)
    with pytest.raises(FormErrors) as wrong:
        perform(EndUnit, Subject("unit", old.id), {}, actor=admin, now=LATER)
    assert [problem.field for problem in wrong.value.problems] == ["successor"]
    assert "2 件工单" in wrong.value.problems[0].because
    old.refresh_from_db()
    assert old.status == "open"


def test_a_successor_that_cannot_take_orders_is_refused(admin: Actor) -> None:
    many.write(1, NOW)
    old = old_unit()
    empty = Unit.objects.filter(level=2, status="open", posts=None).exclude(id=old.id).first()
    assert empty is not None
    emptied(old, admin)
    with pytest.raises(FormErrors) as wrong:
        perform(EndUnit, Subject("unit", old.id), {"successor": empty.code}, actor=admin, now=LATER)
    assert [problem.field for problem in wrong.value.problems] == ["successor"]


def test_the_successor_is_told_once(admin: Actor) -> None:
    old, heir, _ = ended(admin, 4)
    sent = Sent()
    while outbox.deliver(sent, LATER, 1):
        pass
    inherits = [(to, said) for to, said in sent.said if "承接" in said]
    assert [to for to, _ in inherits] == [heir.phone]
    assert old.short in inherits[0][1]


def test_an_order_that_cannot_go_on_stops_no_other(admin: Actor) -> None:
    _, heir, ids = ended(admin, 3)
    with raw().cursor() as cur:
        cur.execute("UPDATE casework_matter SET rulebook = 'nowhere' WHERE id = %s", (ids[1],))
    done = inheriting.inherit(LATER)
    assert (done.performed, done.aside) == (2, 1)
    assert holders([ids[0], ids[2]]) == {(heir.id, heir.id)}
    assert read("matter", ids[1]) is not None
