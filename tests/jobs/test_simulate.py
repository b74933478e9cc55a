"""A city lived by invented people: the same from the same seed, and everything in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from harness import databases
from hotline.casework import models
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.config import birth, wiring
from hotline.jobs.simulate import course, figures
from hotline.jobs.simulate.living import Outcome
from hotline.network import rosters
from hotline.procedure import times
from hotline.procedure.models import LedgerLine
from hotline.procedure.verify import verify
from hotline.procedure.world import current
from support import line

TZ = line.rulebook("suzhou-2018").tz
UNTIL = datetime(2026, 4, 28, 15, tzinfo=TZ)
SMALL = course.ending("1", UNTIL, 20, 3, TZ)
LARGE = course.ending("1", UNTIL, 60, 5, TZ)
PASSING = {MatterStatus.ANSWERED}  # answered and closed in one breath: nothing rests there
# What the issue asks to be found in such a city, by the kind of line that shows it.
SEEN = (
    "yellow_given", "red_given", "send_back_marked", "card_lifted", "return_requested", "return_granted",
    "return_refused", "return_disagreed", "late_return_recorded", "extension_requested", "extension_agreed",
    "extension_filed", "extension_refused", "extension_explained", "sent_back", "bounced", "redo_ordered",
    "dissatisfaction_accepted", "approved_in_part", "supervised", "supervision_answered", "urged", "inspected",
    "submitted", "instructed", "repeat_recorded", "facts_asked", "facts_supplied", "declined", "answered_at_once",
    "connected", "shares_assigned", "share_handed_in", "handed_down", "accepted_from_below", "relayed", "recalled",
    "deemed_accepted", "followed_up", "kind_changed", "record_amended", "designated", "explained_approved",
    "joined", "answered_jointly", "separated", "withdrawn", "end_approved",
)  # fmt: skip
APART = {"procedure_ledgerline": ("recorded_at",), "procedure_outboxmessage": ()}


def live(folder: Path, one: course.Course) -> Outcome:
    """A city of its own, born when the course begins, in the database of the test."""
    birth.birth(birth.SIMULATED, one.begins(TZ))
    wiring.wire()
    folder.mkdir(exist_ok=True)
    return course.live(folder, folder / "seals", one, lambda day: None)


def everything() -> dict[str, list[Any]]:
    """All rows of casework, of the ledger and of the outbox, but for when they came to the database."""
    with connection.cursor() as cur:
        cur.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'casework\\_%%' OR tablename = ANY(%s)",
                    [list(APART)])  # fmt: skip
        tables = [row[0] for row in cur.fetchall()]
        found = {}
        for table in sorted(tables):
            left = "".join(f" - '{column}'" for column in APART.get(table, ()))
            cur.execute(f"SELECT (to_jsonb(t){left})::text FROM {table} t ORDER BY 1")
            found[table] = [row[0] for row in cur.fetchall()]
    return found


@pytest.fixture(scope="module")
def large(server: Any, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Outcome]]:
    """A city of some months, its folder and what came of living it; nothing in these tests writes into it."""
    folder = tmp_path_factory.mktemp("large")
    with databases.fresh(server, template):
        yield folder, live(folder, LARGE)


@pytest.mark.slow
def test_every_status_is_there(large: tuple[Path, Outcome]) -> None:
    found = figures.count()
    assert set(MatterStatus) - PASSING - set(found.matters) == set()
    assert set(OrderStatus) - set(found.orders) == set()
    assert set(SEEN) - set(found.lines) == set()
    assert models.Order.objects.filter(urgent=True).exists()
    late = models.Order.objects.filter(on_time=False).count()
    assert 0 < late < found.on_time
    open_ = models.Order.objects.filter(status__in=["signed", "drafted"])
    assert open_.filter(due_at__lt=UNTIL).exists(), "somebody is overdue now"
    assert {"yellow", "red"} <= set(found.cards)


@pytest.mark.slow
def test_nothing_that_was_thought_of_was_refused(large: tuple[Path, Outcome]) -> None:
    """What a page offers is done; a verb that has begun to ask for more than people here fill in shows here."""
    outcome = large[1]
    assert Counter((one.term, one.because) for one in outcome.refused) == {}
    assert (outcome.found, outcome.registered) == (0, models.Matter.objects.count())
    assert outcome.acts > 10 * outcome.registered


@pytest.mark.slow
def test_the_ledger_holds_against_its_seals(large: tuple[Path, Outcome]) -> None:
    report = verify(large[0] / "seals")
    assert (report.ok, list(report.broken)) == (True, [])
    assert len(list((large[0] / "seals").iterdir())) == LARGE.days - 1


@pytest.mark.slow
def test_the_clock_stands_at_the_end_and_the_telephones_are_answered(large: tuple[Path, Outcome]) -> None:
    times.forget()
    assert times.now() >= UNTIL
    assert not LedgerLine.objects.filter(at__gt=UNTIL).exclude(kind="duty_rostered").exists()
    assert rosters.uncovered(current().book, UNTIL, course.timedelta(days=14)) == []


@pytest.mark.slow
def test_once_more_over_the_same_days_adds_nothing(large: tuple[Path, Outcome]) -> None:
    before = LedgerLine.objects.count()
    again = course.live(large[0], large[0] / "seals", LARGE, lambda day: None)
    assert (again.registered, again.acts) == (0, 0)
    assert again.found == models.Matter.objects.count()
    assert LedgerLine.objects.count() == before


@pytest.mark.slow
def test_the_same_seed_makes_the_same_city(server: Any, template: str, tmp_path: Path) -> None:
    """To the byte, whatever the wall clock said meanwhile; the seals, too."""
    cities = []
    for name in ("one", "two"):
        with databases.fresh(server, template):
            live(tmp_path / name, SMALL)
            seals = {path.name: path.read_bytes() for path in (tmp_path / name / "seals").iterdir()}
            cities.append((everything(), seals))
    assert cities[0] == cities[1]
    assert len(cities[0][0]["casework_matter"]) > 50


@pytest.mark.slow
def test_another_city_is_lived_by_its_own_rulebook(database: str, tmp_path: Path) -> None:
    with override_settings(HOTLINE_RULEBOOK="example-city"):
        outcome = live(tmp_path, course.ending("1", UNTIL, 25, 3, TZ))
    assert outcome.refused == []
    found = figures.count()
    assert {"archived", "in_hand", "closed"} <= set(found.matters)
    assert verify(tmp_path / "seals").ok


@pytest.mark.slow
def test_a_course_remembers_itself(tmp_path: Path) -> None:
    assert course.read(tmp_path) is None
    course.write(tmp_path, SMALL)
    assert course.read(tmp_path) == SMALL
    assert (SMALL.days, SMALL.begins(TZ)) == (20, datetime(2026, 4, 9, tzinfo=TZ))
