"""Invented messages lived through the whole line in a city of their own: what becomes of them, counted and compared."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from harness import databases
from hotline.config.paths import RULEBOOKS
from hotline.jobs.replay import forms, reader
from hotline.jobs.replay.plan import begins
from hotline.rules import book as books
from jobs.replay_sheets import LIVED, Row, file, row
from support import ledger

RULEBOOK = "suzhou-2018"
BOOK = books.load(RULEBOOKS / RULEBOOK)
Lived = Callable[..., Any]


def sheet_of(rows: tuple[Row, ...], book: books.Rulebook = BOOK) -> reader.Sheet:
    """The rows as the command reads them."""
    return reader.read(file(rows), book.tz, None, forms.longest(book))


def early(server: Any, template: str, rulebook: str) -> str:
    """The name of a template: a simulated city born at the midnight before the first of the invented messages."""
    from hotline.config import birth

    book = books.load(RULEBOOKS / rulebook)
    at = begins(book, sheet_of(LIVED, book).messages)
    with override_settings(HOTLINE_RULEBOOK=rulebook):
        name = f"template_replay_{rulebook[:7]}"
        return databases.template(server, name, template, lambda: birth.birth(birth.SIMULATED, at))


@pytest.fixture(scope="session")
def early_city(server: Any, template: str) -> str:
    """The city whose rulebook the figures below are of."""
    return early(server, template, RULEBOOK)


@pytest.fixture
def lived(server: Any, early_city: str, tmp_path: Path) -> Iterator[Lived]:
    """Lives rows in a fresh city; the last city stays open for the test to look at."""
    from hotline.config import wiring
    from hotline.jobs.replay import living
    from hotline.procedure import world

    with contextlib.ExitStack() as stack:

        def live(rows: tuple[Row, ...] = LIVED, kind: str | None = None, city: str = early_city) -> Any:
            stack.close()
            stack.enter_context(databases.fresh(server, city))
            wiring.wire()
            seals = tmp_path / "seals"
            shutil.rmtree(seals, ignore_errors=True)
            book = world.current().book
            return living.live(book, sheet_of(rows, book), seals, kind)

        yield live


def texts() -> list[str]:
    """Every line of the ledger, as written."""
    return [line.text for line in ledger.lines()]


def filed() -> dict[str, bool]:
    """Id of the message (from the placeholder in the record) to whether it was filed on time."""
    from hotline.casework.models import Order, Text

    found = {}
    for text in Text.objects.filter(field="record", body__contains="原编号"):
        course = json.loads(text.body)["elements"]["course"]
        found[course.split("原编号 ")[1]] = Order.objects.get(matter_id=text.matter_id).on_time
    return found


def test_every_message_is_lived_to_its_end(lived: Lived) -> None:
    outcome = lived()
    found = outcome.figures
    assert (outcome.rows, outcome.lived, outcome.refused) == (8, 8, [])
    assert (found.closed, found.archived, found.late) == (8, 8, 3)
    assert found.by_kind == {
        "complaint": {"lived": 3, "on_time": 2, "late": 1},
        "consultation": {"lived": 2, "on_time": 1, "late": 1},
        "help": {"lived": 2, "on_time": 1, "late": 1},
        "suggestion": {"lived": 1, "on_time": 1, "late": 0},
    }
    assert found.answered_within == {"2": 3, "5": 6, "15": 7}
    assert filed() == {"101": True, "102": False, "103": True, "104": True, "105": False, "106": True, "107": False,
                       "108": True}  # fmt: skip
    assert found.transitions >= 8 * 12


def test_the_two_instants_of_the_file_stand_in_the_ledger(lived: Lived) -> None:
    from hotline.procedure.models import LedgerLine

    lived()
    at = {
        kind: set(LedgerLine.objects.filter(kind=kind).values_list("at", flat=True)) for kind in ("dispatched", "filed")
    }
    messages = sheet_of(LIVED).messages
    assert at == {"dispatched": {m.asked for m in messages}, "filed": {m.answered for m in messages}}


def test_one_kind_for_all(lived: Lived) -> None:
    assert lived(kind="complaint").figures.by_kind == {"complaint": {"lived": 8, "on_time": 7, "late": 1}}


def test_an_answer_of_a_few_words_is_sent_back_once_and_taken_a_working_day_later(lived: Lived) -> None:
    from hotline.procedure.models import LedgerLine

    in_time = row("301", "2019/3/4 9:00:00", "2019/3/5 10:00:00", reply="收到。 " + "好" * 27)
    late = row("302", "2019/3/4 9:00:00", "2019/4/30 10:00:00", reply="已经转给有关部门。")
    long_enough = row("303", "2019/3/4 9:00:00", "2019/3/5 10:00:00", reply="好" * 31)
    outcome = lived((in_time, late, long_enough))
    found = outcome.figures
    assert (outcome.refused, found.closed, found.archived, found.send_backs, found.bounces) == ([], 3, 3, 2, 0)
    assert found.by_kind == {"complaint": {"lived": 3, "on_time": 2, "late": 1}}
    assert found.answered_within == {"2": 2, "5": 2, "15": 2}
    assert found.cards["red"] == {"overdue": 1}
    assert found.cards["yellow"]["send_back"] == 2
    lines = LedgerLine.objects.filter(chain_kind=1, kind__in=("sent_back", "approved")).order_by("chain_id", "seq")
    told = {chain: [line for line in lines if line.chain_id == chain] for chain in {li.chain_id for li in lines}}
    for first, *rest in told.values():
        for then in rest:
            assert BOOK.calendar.working_days_between(first.at, then.at) == 1
            assert BOOK.calendar.local(first.at).timetz() == BOOK.calendar.local(then.at).timetz()
    assert sorted(len(found) for found in told.values()) == [1, 2, 2]


def test_the_clock_runs_between_the_steps(lived: Lived) -> None:
    """Half a year of silence on a complaint signed for in time: what falls due falls at its own instant."""
    from hotline.procedure.models import LedgerLine

    found = lived((row("107", "2018/3/30 0:00:00", "2018/12/31 10:00:00"),)).figures
    kinds = ("deemed_accepted", "reminded", "yellow_given", "red_given", "archived")
    lines = LedgerLine.objects.filter(chain_kind=1, kind__in=kinds).order_by("seq")
    fallen = [(line.kind, str(BOOK.calendar.local(line.at))) for line in lines]
    due_day = [("reminded", "2018-04-20 00:00:00+08:00"), ("yellow_given", "2018-04-23 00:00:00+08:00"),
               ("red_given", "2018-04-24 00:00:00+08:00")]  # fmt: skip
    assert [one for one in fallen if one in due_day] == due_day
    assert (found.cards["red"], found.cards["yellow"]["due_day"]) == ({"overdue": 1}, 1)
    assert found.deemed_accepted == sum(kind == "deemed_accepted" for kind, _ in fallen)
    assert fallen[-1][0] == "archived"


def test_what_was_written_before_the_rulebook_is_marked_and_who_gave_no_name_is_anonymous(lived: Lived) -> None:
    from hotline.casework.models import Citizen, Contact, Matter

    lived()
    late = Matter.objects.filter(entered_late=True)
    assert late.count() == 1
    assert Contact.objects.get(anonymous=True).matter_id == late.get().id
    assert Citizen.objects.count() == 2  # the same user is known again


def test_the_same_file_gives_the_same_ledger_to_the_byte(lived: Lived) -> None:
    lived()
    first = texts()
    lived()
    assert texts() == first
    assert len(first) > 8 * 12


def test_the_ledger_verifies_and_every_day_is_sealed(lived: Lived, tmp_path: Path) -> None:
    from hotline.procedure import sealing, times
    from hotline.procedure.models import LedgerLine
    from hotline.procedure.verify import verify

    lived()
    report = verify(tmp_path / "seals")
    assert (report.ok, list(report.broken)) == (True, [])
    days = {BOOK.calendar.day_of(at) for at in LedgerLine.objects.filter(chain_kind=1).values_list("at", flat=True)}
    assert [sealing.read_file(path).day for path in sealing.files(tmp_path / "seals")] == sorted(days)
    assert BOOK.calendar.day_of(times.now()) > max(days)


def test_chains_are_lived_in_the_order_of_instants(lived: Lived) -> None:
    from hotline.procedure.models import LedgerLine

    lived()
    lines = LedgerLine.objects.filter(chain_kind=1).order_by("recorded_at", "seq")
    instants = [line.at for line in lines]
    assert instants == sorted(instants)


def test_one_day_of_the_calendar_more_or_less_changes_a_count(lived: Lived, tmp_path: Path) -> None:
    books_here = tmp_path / "books"
    shutil.copytree(RULEBOOKS / RULEBOOK, books_here / RULEBOOK)
    year = books_here / RULEBOOK / "calendars" / "2019.yaml"
    text = year.read_text(encoding="utf-8")
    assert text.count("2019-04-28, ") == 1
    year.write_text(text.replace("2019-04-28, ", ""), encoding="utf-8")  # that Sunday is not worked after all
    with override_settings(HOTLINE_RULEBOOKS=books_here):
        found = lived().figures
    assert (found.late, found.by_kind["help"]) == (2, {"lived": 2, "on_time": 2, "late": 0})
    assert found.answered_within == {"2": 3, "5": 7, "15": 7}


def test_a_message_outside_every_calendar_is_refused_and_the_others_live(lived: Lived) -> None:
    old = row("201", "2005/1/1 8:00:00", "2019/1/2 8:00:00")
    last = row("202", "2027/12/30 8:00:00", "2027/12/31 8:00:00")
    outcome = lived((*LIVED[:2], old, last))
    assert [(r.row, r.id, r.field) for r in outcome.refused] == [(3, "201", "留言时间"), (4, "202", "答复时间")]
    assert all("没有工作日历" in r.reason for r in outcome.refused)
    assert (outcome.rows, outcome.lived, outcome.figures.archived) == (4, 2, 2)


def test_another_city_lives_the_same_file_by_its_own_rulebook(server: Any, template: str, lived: Lived) -> None:
    outcome = lived(city=early(server, template, "example-city"))
    found = outcome.figures
    assert (outcome.lived, found.closed, found.archived, found.late) == (8, 8, 8, 5)
    assert found.answered_within == {"3": 4, "7": 6, "20": 7}


def test_nobody_signs_off_what_they_wrote(lived: Lived) -> None:
    from hotline.procedure.models import LedgerLine

    lived()
    pairs = Counter(
        len(
            {
                line.person_id
                for line in ledger.lines("chain_id = %s AND kind IN ('reply_drafted', 'signed_off')", chain)
            }
        )
        for chain in LedgerLine.objects.filter(kind="filed").values_list("chain_id", flat=True)
    )
    assert pairs == {2: 8}
