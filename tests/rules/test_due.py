"""The two commands that look at the rules alone: `due` and `clauses`."""

import argparse
import json
from typing import Any

import pytest

from clauses.cities import CITIES
from hotline.config.commands import clauses, due
from hotline.config.complaint import Complaint


def parsed(module: Any, *words: str) -> argparse.Namespace:
    """The words of a command as the launcher parses them."""
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return parser.parse_args(words)


def dates(capsys: pytest.CaptureFixture[str], kind: str, received: str, *words: str) -> dict[str, Any]:
    """What `due --json` prints for 宿州."""
    args = parsed(due, "--rulebook", CITIES[0], "--kind", kind, "--received", received, "--json", *words)
    assert due.run(args) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_a_consultation_before_the_october_holiday(capsys: pytest.CaptureFixture[str]) -> None:
    found = dates(capsys, "consultation", "2026-09-30T10:00")
    assert found["due_at"] == "2026-10-10T00:00+08:00"
    assert (found["clause"], found["readings"], found["provisional"]) == ("五（二）1", ["R-01", "R-02"], False)
    assert found["reminder_at"] is None


def test_a_complaint_before_the_october_holiday(capsys: pytest.CaptureFixture[str]) -> None:
    found = dates(capsys, "complaint", "2026-09-30T10:00")
    assert {key: found[key] for key in due.TERMS} == {
        "due_at": "2026-10-28T00:00+08:00",
        "reminder_at": "2026-10-26T00:00+08:00",
        "yellow_at": "2026-10-27T00:00+08:00",
        "return_until": "2026-10-09T00:00+08:00",
        "extension_ask_until": "2026-10-27T00:00+08:00",
        "contact_until": "2026-10-10T00:00+08:00",
        "sign_until": "2026-10-09T00:00+08:00",
    }


def test_help_is_contacted_a_day_after_deemed_acceptance(capsys: pytest.CaptureFixture[str]) -> None:
    assert dates(capsys, "help", "2026-09-30T10:00")["contact_until"] == "2026-10-10T00:00+08:00"


def test_an_urgent_matter_has_no_extension_and_no_reminder(capsys: pytest.CaptureFixture[str]) -> None:
    found = dates(capsys, "help", "2026-10-03T10:00", "--urgent")
    assert found["due_at"] == found["contact_until"] == "2026-10-04T00:00+08:00"
    assert found["sign_until"] == "2026-10-03T10:30+08:00"
    assert found["yellow_at"] == "2026-10-03T22:00+08:00"
    assert (found["extension_ask_until"], found["reminder_at"]) == (None, None)


def test_an_instant_with_an_offset_is_converted(capsys: pytest.CaptureFixture[str]) -> None:
    assert dates(capsys, "consultation", "2026-09-30T02:00Z") == dates(capsys, "consultation", "2026-09-30T10:00")


def test_across_new_year_the_date_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    found = dates(capsys, "complaint", "2026-12-25T10:00")
    assert found["provisional"] is True
    assert found["due_at"] == "2027-01-19T00:00+08:00"


@pytest.mark.parametrize("received", ["2027-12-25T10:00", "2030-01-01T10:00", "2009-06-01T10:00"])
def test_an_uncovered_year_ends_with_code_2(received: str) -> None:
    with pytest.raises(Complaint, match="没有工作日历") as error:
        due.run(parsed(due, "--rulebook", CITIES[0], "--kind", "complaint", "--received", received))
    assert error.value.code == 2


@pytest.mark.parametrize(
    "book, kind, received",
    [("nowhere", "help", "2026-01-01"), (CITIES[0], "gossip", "2026-01-01"), (CITIES[0], "help", "昨天")],
)
def test_a_wrong_word_is_told_in_chinese(book: str, kind: str, received: str) -> None:
    with pytest.raises(Complaint) as error:
        due.run(parsed(due, "--rulebook", book, "--kind", kind, "--received", received))
    assert error.value.code == 1


def test_for_a_person_the_dates_are_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    due.run(parsed(due, "--rulebook", CITIES[0], "--kind", "praise", "--received", "2026-09-30T10:00"))
    assert "办结到期：无" in capsys.readouterr().out


@pytest.mark.parametrize("city", CITIES)
def test_the_table_of_clauses(capsys: pytest.CaptureFixture[str], city: str) -> None:
    assert clauses.run(parsed(clauses, "--rulebook", city, "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"executed", "narrative", "pending", "uncovered", "duties"}
    assert found["uncovered"] == []
    assert found["executed"]
    assert set(found["duties"][0]) == {"id", "clause", "text", "state", "because", "tests"}
    pending = {duty["clause"] for duty in found["duties"] if duty["state"] == "pending"}
    assert set(found["pending"]) == pending


def test_for_a_person_the_clauses_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    clauses.run(parsed(clauses, "--rulebook", CITIES[0]))
    assert "已执行" in capsys.readouterr().out
