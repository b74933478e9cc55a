"""期限上清单: on lists, among what was found and beside a call a date is said as the matter's own page says it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hotline.casework import at_home, clock, lists, searching
from hotline.casework.models import Matter, Order
from hotline.casework.seeking import Wanted
from hotline.casework.statuses import OrderStatus
from hotline.network import desks as network
from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.perform import read
from hotline.procedure.world import current
from hotline.surfaces.workbench.shaping import desk, found
from hotline.surfaces.workbench.shaping.matter import matter_view
from support import many
from surfaces import standing
from surfaces.city import WEDNESDAY
from surfaces.test_statements_of_pages import crowded, held, holding
from surfaces.walk import Walk

DELIVERED = datetime.fromisoformat("2026-09-16T16:05+08:00")
AFTER = datetime.fromisoformat("2026-11-18T09:00+08:00")
OFFICE = Actor(Role.SUPERVISOR, 1, 1, 1)


def shown(now: datetime, spec: lists.DeskSpec = lists.ALL_OPEN) -> list[tuple[str, list[tuple[str, str]]]]:
    """The groups of a list of the office, each with the marks of its rows."""
    page = desk.desk_page(current().book, desk.Asked(OFFICE, None, spec, now), ())
    rows = [row.number for group in page.desk.groups for row in group.rows]
    assert rows == list(page.numbers), "next and previous go as the list stands"
    return [(group.title, [(row.due.state, row.due.said) for row in group.rows if row.due])
            for group in page.desk.groups]  # fmt: skip


def test_what_was_filed_in_time_is_not_overdue_on_lists(city: Any) -> None:
    (filed,) = many.write(1, DELIVERED, until="file")
    many.write(1, DELIVERED, until="dispatch", after=1)
    view = matter_view(current().book, read("matter", filed), AFTER, [])  # type: ignore[arg-type]
    assert view.due is not None
    met = (view.due.state, view.due.said)
    assert met[0] == "settled"
    overdue, done = shown(AFTER)
    assert (overdue[0], [state for state, _ in overdue[1]]) == ("已逾期 1", ["over"])
    assert done == ("期限已到，已报送 1", [met])
    ((title, ((state, _),)),) = shown(AFTER, lists.TO_REVIEW)
    assert (title, state) == ("已逾期 1", "over"), "what the office owes is another date"
    page = desk.desk_page(current().book, desk.Asked(OFFICE, None, lists.TO_REVIEW, AFTER), ())
    assert "（五（二）4），按时报送" in page.desk.groups[0].rows[0].status_term
    hits = searching.search(OFFICE, None, Wanted()).hits
    marks = [row.due for row in found.rows(current().book, hits, OFFICE, AFTER)]
    assert sorted(mark.state for mark in marks if mark) == ["over", "settled"]


def test_that_the_clock_reminded_is_said_by_word_and_shape_until_it_is_filed_or_over(city: Any) -> None:
    (owed,) = many.write(1, DELIVERED, until="dispatch")
    many.write(1, DELIVERED, until="file", after=1)
    due = read("matter", owed).subjects()[-1].due_at  # type: ignore[attr-defined]
    now = due - timedelta(days=1, minutes=1)  # the day before the due one
    ((_, before),) = shown(now)
    assert [state for state, _ in before] == ["ontime", "settled"]
    while clock.sweep(now).claimed:
        pass
    ((_, rows),) = shown(now)
    assert [state for state, _ in rows] == ["soon", "settled"]
    assert rows[0][1].startswith("提醒：还剩 1 个工作日")
    assert "提醒" not in rows[1][1]
    view = matter_view(current().book, read("matter", owed), now, [])  # type: ignore[arg-type]
    assert view.due is not None
    assert (view.due.state, view.due.said) == rows[0]
    hits = searching.search(OFFICE, None, Wanted()).hits
    marks = [row.due for row in found.rows(current().book, hits, OFFICE, now)]
    assert rows[0] in [(mark.state, mark.said) for mark in marks if mark]
    assert [said for _, said in shown(due)[0][1]] == ["已逾期"]


def stands(role: str, spec: lists.DeskSpec, now: datetime) -> list[str]:
    """How the dates of a list's rows stand."""
    actor = standing.actor_of(standing.LOGINS[role])
    page = desk.desk_page(current().book, desk.Asked(actor, network.unit(actor.unit_id), spec, now), ())
    return [row.due.state if row.due else "" for group in page.desk.groups for row in group.rows]


def overdue(role: str, spec: lists.DeskSpec, now: datetime) -> int:
    """How many of a list's rows the post's home calls overdue."""
    actor = standing.actor_of(standing.LOGINS[role])
    waiting = at_home.waiting(actor, network.unit(actor.unit_id), now, current().book.tz)
    return sum(one.overdue for one in waiting if one.spec == spec)


def test_a_list_calls_overdue_what_its_home_counts_and_nothing_else(walk: Walk) -> None:
    """Each list once, long after every date that its row may have, and before them."""
    late, early = WEDNESDAY + timedelta(days=30), WEDNESDAY - timedelta(days=30)
    every = {spec.name: (role, spec) for role, specs in lists.DESKS.items() for spec in specs}
    with standing.demo_people():
        ids = [*crowded(1)]
        for role, spec in every.values():
            if "due_at__gt" in spec.where:
                continue  # what falls due today is neither
            held(ids, spec, holding(role, spec)[:1])
            Order.objects.using("owner").update(filed_at=None if spec.statuses != (OrderStatus.FILED,) else early)
            if spec.by != "dispatch_until":
                Matter.objects.using("owner").update(dispatch_until=WEDNESDAY)  # long met where it went on
            then, now = stands(role, spec, late), stands(role, spec, early)
            assert overdue(role, spec, late) == (0 if spec.across else then.count("over")), spec.name
            assert then == ["over"] or spec.owed == ("", ""), spec.name
            assert "over" not in now, spec.name
            assert len(now) == (0 if "due_at__lte" in spec.where else 1), spec.name
