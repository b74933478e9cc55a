"""日历: a year published on a city that has work open: dates move by the ledger, once, whoever is killed in between."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings

from hotline.casework import clock, recomputing
from hotline.casework.models import Matter
from hotline.config import freshness, wiring
from hotline.config.commands import calendar
from hotline.config.complaint import Complaint
from hotline.jobs import alarming, loops
from hotline.procedure import disk, outbox, times, verify
from hotline.procedure.perform import raw
from hotline.procedure.world import IdBlocks, current
from support import ledger, many

DELIVERED = datetime(2026, 12, 30, 8, 5, tzinfo=UTC)
NOW = DELIVERED + timedelta(hours=3)
OLD, NEW = datetime(2027, 1, 21, 16, tzinfo=UTC), datetime(2027, 1, 26, 16, tzinfo=UTC)  # 24:00 of 1 月 21、26 日
NOTICE = "国办发明电〔2026〕9号"
OFFICIAL = f"""
year: 2027
status: official
notice: {NOTICE}
holidays:
  元旦: [2027-01-01, 2027-01-04, 2027-01-05, 2027-01-06]
workdays: {{}}
"""


@pytest.fixture
def folder(city: Any, tmp_path: Path) -> Iterator[Path]:
    """The city's own calendars, apart from every other test's."""
    times.set_simulated(NOW)
    with override_settings(HOTLINE_CALENDARS_DIR=tmp_path / "calendars"):
        wiring.wire()
        yield tmp_path
    wiring.wire()


def by_hand(target: Path, content: bytes) -> None:
    """A file put there by whoever looks after the machine, with no row behind it."""
    target.parent.mkdir(exist_ok=True)
    disk.write_whole(target, content)


def args(folder: Path, text: str = OFFICIAL, year: int = 2027) -> argparse.Namespace:
    file = folder / "new.yaml"
    file.write_text(text, encoding="utf-8")
    return argparse.Namespace(data=folder, year=year, file=file, json=True)


def publish(folder: Path, capsys: pytest.CaptureFixture[str], **more: Any) -> dict[str, Any]:
    capsys.readouterr()
    calendar.publish(args(folder, **more))
    return dict(json.loads(capsys.readouterr().out))


def ask(query: str) -> list[tuple[Any, ...]]:
    with raw().cursor() as cur:
        return cur.execute(query).fetchall()


def orders() -> list[tuple[Any, ...]]:
    return ask("SELECT due_at, due_provisional, round FROM casework_order ORDER BY id")


def numbers(ids: list[int]) -> list[str]:
    return list(Matter.objects.filter(id__in=ids).order_by("id").values_list("number", flat=True))


def lines() -> int:
    return int(ask("SELECT count(*) FROM procedure_ledgerline WHERE kind::text LIKE '%_recomputed'")[0][0])


def test_a_year_turning_official_moves_the_open_dates_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = many.write(5, DELIVERED)
    assert orders() == [(OLD, True, 1)] * 5
    said = publish(folder, capsys)
    assert orders() == [(NEW, False, 2)] * 5
    assert (said["installed"], said["recomputed"], said["failed"], said["notice"]) == (True, 10, 0, NOTICE)
    assert [row["number"] for row in said["differences"]] == numbers(ids)
    assert {(row["old_due_at"], row["due_at"]) for row in said["differences"]} == {
        ("2027-01-22T00:00+08:00", "2027-01-27T00:00+08:00")}  # fmt: skip
    assert all(row["notices"].endswith(NOTICE) for row in said["differences"])
    again = publish(folder, capsys)
    assert (again["installed"], again["recomputed"]) == (False, 0)
    assert again["differences"] == said["differences"]
    assert orders() == [(NEW, False, 2)] * 5
    assert lines() == 10
    (line,) = ledger.lines("kind = 'calendar_published'")
    facts, digest = line.read().facts, hashlib.sha256((folder / "calendars" / "2027.yaml").read_bytes()).hexdigest()
    assert list(facts[1:5]) == [2027, "official", NOTICE, digest]
    assert verify.verify().ok


def test_it_is_as_if_the_calendar_had_been_there_from_the_start(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = ("SELECT due_at, due_clause, due_readings, due_provisional, sign_until, return_until, contact_until,"
               " next_decision_at FROM casework_order WHERE matter_id = ")  # fmt: skip
    (before,) = many.write(1, DELIVERED)
    publish(folder, capsys)
    (after,) = many.write(1, DELIVERED, after=1)
    assert ask(columns + str(before)) == ask(columns + str(after))


def test_what_is_told_to_a_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many.write(1, DELIVERED)
    asked = args(folder)
    asked.json = False
    capsys.readouterr()
    assert calendar.publish(asked) == 0
    said = capsys.readouterr().out
    assert "2027-01-22T00:00+08:00 → 2027-01-27T00:00+08:00" in said
    assert NOTICE in said
    assert "改动 2 处" in said
    (text,) = (m for m, in ask("SELECT template FROM procedure_outboxmessage WHERE template = 'due_changed'"))
    assert text == "due_changed"


@pytest.mark.parametrize(("text", "year", "why"), [
    (OFFICIAL, 2028, "与文件名相同"), (OFFICIAL.replace("official", "sure"), 2027, "official"),
    (OFFICIAL.replace("2027-01-04", "2026-01-04"), 2027, "不是 2027 年的日期"),
    (OFFICIAL.replace("{}", "{元旦: [2027-01-08]}"), 2027, "不是周末"), ("year: [", 2027, "YAML"),
])  # fmt: skip
def test_a_faulty_file_is_refused_as_the_loader_would(folder: Path, text: str, year: int, why: str) -> None:
    with pytest.raises(Complaint, match=why):
        calendar.publish(args(folder, text, year))
    assert not (folder / "calendars").exists()


def test_a_year_not_there_before_may_be_published(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "year: 2028\nstatus: provisional\nholidays: {元旦: [2028-01-01]}\nworkdays: {}\n"
    said = publish(folder, capsys, text=text, year=2028)
    assert (said["status"], said["recomputed"]) == ("provisional", 0)
    assert current().book.calendar.status(date(2028, 5, 1)) == "provisional"


def dying(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let this process die as by kill -9 in the midst of a portion."""
    real, calls = recomputing.perform_many, [0]

    def step(*given: Any, **more: Any) -> Any:
        calls[0] += 1
        if calls[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **more)

    monkeypatch.setattr(recomputing, "perform_many", step)


@pytest.mark.forks
@pytest.mark.parametrize("at", [1, 2, 4])
def test_killed_in_the_middle_and_then_again(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    many.write(9, DELIVERED)
    monkeypatch.setattr(recomputing, "PORTION", 3)
    connections.close_all()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            current().ids = IdBlocks()  # a forked process must not share its parent's numbers
            dying(monkeypatch, at)
            calendar.publish(args(folder))
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    moved = [row for row in orders() if row[0] == NEW]
    assert len(moved) == {1: 0, 2: 0, 4: 3}[at], "whole portions, of matters and then of orders"
    said = publish(folder, capsys)
    assert said["installed"] is False
    assert said["recomputed"] == 18 - (at - 1) * 3
    assert len(said["differences"]) == 9
    assert orders() == [(NEW, False, 2)] * 9
    assert lines() == 18
    assert verify.verify().ok


# 循环和网站也换用


def test_the_loop_does_what_a_killed_command_left_and_settles(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many.write(4, DELIVERED)
    by_hand(folder / "calendars" / "2027.yaml", OFFICIAL.encode())
    loop, clock_ = loops.Recomputation(), [1000.0]
    monkeypatch.setattr(loops, "monotonic", lambda: clock_[0])
    while loop.turn():
        pass
    assert orders() == [(OLD, True, 1)] * 4, "nobody has taken the calendar up yet"
    assert freshness.Calendars().turn() is False
    while loop.turn():
        pass
    assert orders() == [(NEW, False, 2)] * 4
    assert times.calendars_settled() != {current().book.id: current().book.calendar_hash}
    clock_[0] += loops.GRACE
    while loop.turn():
        pass
    assert times.calendars_settled() == {current().book.id: current().book.calendar_hash}
    monkeypatch.setattr(recomputing, "open_matters", lambda: pytest.fail("nothing is looked at any more"))
    assert loop.turn() is False
    assert loops.Recomputation().turn() is False


def test_a_request_acts_by_the_calendars_there_are(folder: Path) -> None:
    assert current().book.calendar.status(date(2027, 1, 4)) == "provisional"
    by_hand(folder / "calendars" / "2027.yaml", OFFICIAL.encode())
    assert Client().get("/").status_code == 200
    assert not current().book.calendar.is_workday(date(2027, 1, 4))


def test_a_faulty_file_put_there_by_hand_changes_nothing(folder: Path) -> None:
    target = folder / "calendars" / "2027.yaml"
    by_hand(target, b"year: 1999\n")
    book = current().book
    assert freshness.refresh() is False
    assert freshness.refresh() is False
    assert current().book is book
    by_hand(target, OFFICIAL.encode())
    assert freshness.refresh() is True


def test_cards_fall_again_for_the_new_date_and_not_for_the_old(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = many.write(1, DELIVERED)
    publish(folder, capsys)
    clock.sweep(OLD + timedelta(hours=1))
    assert "overdue" not in {cause for _, _, cause in many.marks_of(ids)}
    clock.sweep(NEW)
    assert [cause for _, _, cause in many.marks_of(ids)].count("overdue") == 1


# check 和提醒


def test_check_tells_of_each_year(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    asked = argparse.Namespace(data=folder, json=True)
    assert calendar.check(asked) == 1
    said = json.loads(capsys.readouterr().out)
    years = {row["year"]: row for row in said["years"]}
    assert said["alarm"].startswith("2027 年的日历还是暂定的")
    assert (years[2026]["status"], years[2026]["holidays"], years[2026]["made_up_workdays"]) == ("official", 33, 6)
    assert years[2026]["compared"] == {"chinesecalendar": []}
    assert years[2027]["compared"] == {}
    assert years[2027]["status"] == "provisional"
    by_hand(folder / "calendars" / "2027.yaml", OFFICIAL.encode())
    freshness.refresh()
    asked.json = False
    assert calendar.check(asked) == 0
    told = capsys.readouterr().out
    assert f"{NOTICE}  （本机发布）" in told
    assert "没有要提醒的" in told


def test_a_calendar_that_differs_from_the_public_one_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = current().book.calendar.years[2026]
    text = f"year: 2026\nstatus: official\nnotice: {own.notice}\nholidays: {{元旦: [2026-01-01]}}\nworkdays: {{}}\n"
    by_hand(folder / "calendars" / "2026.yaml", text.encode())
    freshness.refresh()
    capsys.readouterr()
    calendar.check(argparse.Namespace(data=folder, json=False))
    (row,) = (told for told in capsys.readouterr().out.splitlines() if told.startswith("2026"))
    assert "天不同" in row
    assert "2026-01-02" in row


def test_the_office_is_told_once_a_day_and_no_more_once_it_is_published(folder: Path) -> None:
    said: list[tuple[str, str]] = []

    class Sent:
        """Keeps what it is given."""

        def send(self, message_id: int, to: str, text: str) -> None:
            said.append((to, text))

    today = date(2026, 11, 2)
    assert [alarming.raise_alarm(today, NOW) for _ in range(3)] == [True, False, False]
    while outbox.deliver(Sent(), NOW, 1):
        pass
    assert [text for _, text in said if "2027 年的日历还是暂定的" in text]
    assert len(said) == 1
    assert alarming.raise_alarm(today + timedelta(days=1), NOW) is True
    by_hand(folder / "calendars" / "2027.yaml", OFFICIAL.encode())
    freshness.refresh()
    while outbox.deliver(Sent(), NOW, 1):
        pass
    assert len(said) == 1


def test_dates_of_an_old_order_without_its_steps_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many.write(1, DELIVERED)
    with raw().cursor() as cur:
        cur.execute("UPDATE casework_order SET due_basis = ''")
    publish(folder, capsys)
    assert orders() == [(OLD, True, 1)]


def test_one_poisonous_matter_stops_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = many.write(3, DELIVERED)
    with raw().cursor() as cur:
        cur.execute("UPDATE casework_order SET due_basis = 'nonsense' WHERE matter_id = %s", (ids[1],))
    said = publish(folder, capsys)
    assert sorted(row[0] for row in orders()) == [OLD, NEW, NEW]
    assert said["failed"] >= 1
