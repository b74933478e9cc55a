"""期限上清单: on lists, among what was found and beside a call a date is said as the matter's own page says it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hotline.casework import clock, lists, searching
from hotline.casework.seeking import Wanted
from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.perform import read
from hotline.procedure.world import current
from hotline.surfaces.workbench.shaping import desk, found
from hotline.surfaces.workbench.shaping.matter import matter_view
from support import many

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
    assert shown(AFTER, lists.TO_REVIEW) == [done]
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
