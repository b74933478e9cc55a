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


def both(suzhou: Any, example: Any) -> pytest.MarkDecorator:
    """The test under each city with what its text says, by hand. 云渡 rests on Friday and Saturday, and from 28 September
    to 3 October; it works on Friday 9 October."""
    return pytest.mark.parametrize(("city", "expected"), list(zip(CITIES, (suzhou, example), strict=True)))


def dates(capsys: pytest.CaptureFixture[str], city: str, kind: str, received: str, *words: str) -> dict[str, Any]:
    """What `due --json` prints for a city."""
    args = parsed(due, "--rulebook", city, "--kind", kind, "--received", received, "--json", *words)
    assert due.run(args) == 0
    return dict(json.loads(capsys.readouterr().out))


@both(
    ("2026-10-10T00:00+08:00", "五（二）1", ["R-01", "R-02"]),
    ("2026-09-30T11:30+05:45", "第21条第1款", []),  # ninety minutes, in the holiday too
)
def test_a_consultation_before_the_october_holiday(
    capsys: pytest.CaptureFixture[str], city: str, expected: tuple[str, str, list[str]]
) -> None:
    found = dates(capsys, city, "consultation", "2026-09-30T10:00")
    assert (found["due_at"], found["clause"], found["readings"]) == expected
    assert (found["provisional"], found["reminder_at"]) == (False, None)


@both(
    {
        "due_at": "2026-10-28T00:00+08:00",
        "reminder_at": "2026-10-26T00:00+08:00",
        "yellow_at": "2026-10-27T00:00+08:00",
        "return_until": "2026-10-09T00:00+08:00",
        "extension_ask_until": "2026-10-27T00:00+08:00",
        "contact_until": "2026-10-10T00:00+08:00",
        "sign_until": "2026-10-09T00:00+08:00",
    },
    {
        "due_at": "2026-10-29T00:00+05:45",  # the twentieth: 4–9, 11–15, 18–22, 25–28 October
        "reminder_at": "2026-10-26T00:00+05:45",  # two before the 28th
        "yellow_at": "2026-10-27T00:00+05:45",  # one before
        "return_until": "2026-10-06T00:00+05:45",  # the second
        "extension_ask_until": "2026-10-27T00:00+05:45",  # the end of the second before
        "contact_until": "2026-10-05T00:00+05:45",  # the first
        "sign_until": "2026-10-06T00:00+05:45",  # the second
    },
)
def test_a_complaint_before_the_october_holiday(
    capsys: pytest.CaptureFixture[str], city: str, expected: dict[str, str]
) -> None:
    found = dates(capsys, city, "complaint", "2026-09-30T10:00")
    assert {key: found[key] for key in due.TERMS} == expected


@both("2026-10-10T00:00+08:00", "2026-10-08T00:00+05:45")  # 云渡: two working days after the 5th, when the door closed
def test_help_is_contacted_after_deemed_acceptance(
    capsys: pytest.CaptureFixture[str], city: str, expected: str
) -> None:
    assert dates(capsys, city, "help", "2026-09-30T10:00")["contact_until"] == expected


@both(
    ("2026-10-04T00:00+08:00", "2026-10-03T10:30+08:00", "2026-10-03T22:00+08:00"),
    ("2026-10-05T00:00+05:45", "2026-10-03T10:15+05:45", "2026-10-04T23:10+05:45"),
)
def test_an_urgent_matter_has_no_extension_and_no_reminder(
    capsys: pytest.CaptureFixture[str], city: str, expected: tuple[str, str, str]
) -> None:
    found = dates(capsys, city, "help", "2026-10-03T10:00", "--urgent")
    assert (found["due_at"], found["sign_until"], found["yellow_at"]) == expected
    assert found["contact_until"] == found["due_at"]
    assert (found["extension_ask_until"], found["reminder_at"]) == (None, None)


@both("2026-09-30T02:00Z", "2026-09-30T04:15Z")
def test_an_instant_with_an_offset_is_converted(capsys: pytest.CaptureFixture[str], city: str, expected: str) -> None:
    found = dates(capsys, city, "consultation", expected)
    assert found == dates(capsys, city, "consultation", "2026-09-30T10:00")


@both("2027-01-19T00:00+08:00", "2027-01-26T00:00+05:45")  # 云渡: 27–29 December, 3–7, 10–14, 17–21, 24–25 January
def test_across_new_year_the_date_is_provisional(capsys: pytest.CaptureFixture[str], city: str, expected: str) -> None:
    found = dates(capsys, city, "complaint", "2026-12-25T10:00")
    assert (found["due_at"], found["provisional"]) == (expected, True)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("received", ["2027-12-25T10:00", "2030-01-01T10:00", "2009-06-01T10:00"])
def test_an_uncovered_year_ends_with_code_2(received: str, city: str) -> None:
    with pytest.raises(Complaint, match="没有工作日历") as error:
        due.run(parsed(due, "--rulebook", city, "--kind", "complaint", "--received", received))
    assert error.value.code == 2


@pytest.mark.parametrize(
    "book, kind, received",
    [("nowhere", "help", "2026-01-01"), *((city, *wrong) for city in CITIES for wrong in
                                          (("gossip", "2026-01-01"), ("help", "昨天")))],
)  # fmt: skip
def test_a_wrong_word_is_told_in_chinese(book: str, kind: str, received: str) -> None:
    with pytest.raises(Complaint) as error:
        due.run(parsed(due, "--rulebook", book, "--kind", kind, "--received", received))
    assert error.value.code == 1


@pytest.mark.parametrize("city", CITIES)
def test_for_a_person_the_dates_are_a_table(capsys: pytest.CaptureFixture[str], city: str) -> None:
    due.run(parsed(due, "--rulebook", city, "--kind", "praise", "--received", "2026-09-30T10:00"))
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


@pytest.mark.parametrize("city", CITIES)
def test_for_a_person_the_clauses_are_counted(capsys: pytest.CaptureFixture[str], city: str) -> None:
    clauses.run(parsed(clauses, "--rulebook", city))
    assert "已执行" in capsys.readouterr().out
