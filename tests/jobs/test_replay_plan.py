"""When the steps fall, which kind a message is of, and in which order all messages' steps are taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.config.paths import RULEBOOKS
from hotline.jobs.replay import forms, kinds, queue
from hotline.jobs.replay.life import Life, Step
from hotline.jobs.replay.plan import Draw, Plan, begins, part, plan
from hotline.jobs.replay.reader import Message
from hotline.procedure.engine import Refused
from hotline.rules import book as books
from hotline.rules import limits, office
from hotline.rules.errors import UncoveredYear
from hotline.rules.verdicts import Verdict

BOOKS = ("suzhou-2018", "example-city")
INSTANTS = st.datetimes(datetime.fromisoformat("2012-01-01"), datetime.fromisoformat("2026-06-01")).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
WAITS = st.one_of(st.timedeltas(timedelta(0), timedelta(days=2)), st.timedeltas(timedelta(0), timedelta(days=400)))


def message(number: str, asked: datetime, answered: datetime) -> Message:
    """An invented message between two instants."""
    return Message(1, number, "甲", "题", "文", "答", asked, answered)


def load(name: str) -> books.Rulebook:
    """A rulebook of the repository."""
    return books.load(RULEBOOKS / name)


def steps(found: Plan) -> list[datetime]:
    """The instants in the order of the line, up to the last call."""
    named = [getattr(found, field.name) for field in fields(found)[:8]]
    return [*named, *found.calls]


@pytest.mark.parametrize("name", BOOKS)
@given(number=st.text(min_size=1, max_size=8), asked=INSTANTS, wait=WAITS)
def test_the_steps_of_any_message_follow_one_another(name: str, number: str, asked: datetime, wait: timedelta) -> None:
    book, answered = load(name), asked + wait
    found = plan(book, message(number, asked, answered))
    assert steps(found) == sorted(steps(found))
    assert (found.dispatched, found.filed) == (asked, answered)
    assert found.approved < office.review_until(book, answered).at or found.approved == answered
    assert found.archived > found.calls[-1]
    assert found.rating_ends > found.approved
    assert len({book.calendar.local(at).hour for at in found.calls}) == len(found.calls)


def test_about_one_in_ten_signs_too_late_and_never_after_the_answer() -> None:
    book = load("suzhou-2018")
    asked = datetime(2019, 3, 4, 1, tzinfo=UTC)
    until = limits.sign_until(book, asked).at
    plans = [plan(book, message(str(i), asked, asked + timedelta(days=20))) for i in range(2000)]
    late = sum(one.signed >= until for one in plans)
    assert 170 <= late <= 230
    quick = [plan(book, message(str(i), asked, asked + timedelta(minutes=1))) for i in range(200)]
    assert max(one.signed for one in quick) <= asked + timedelta(minutes=1)


def test_the_same_id_draws_the_same() -> None:
    assert Draw("7").share("a") == Draw("7").share("a") != Draw("7").share("b") != Draw("8").share("b")


def test_parts_are_whole_seconds() -> None:
    first = datetime(2019, 1, 1, tzinfo=UTC)
    assert part(first, first + timedelta(seconds=10), 0.55) == first + timedelta(seconds=5)


def test_a_city_begins_at_the_midnight_before_its_first_message() -> None:
    book, asked = load("suzhou-2018"), datetime(2019, 3, 4, 17, 30, tzinfo=UTC)
    rows = [message("1", asked + timedelta(days=1), asked + timedelta(days=2)), message("2", asked, asked)]
    assert begins(book, rows) == datetime(2019, 3, 4, 16, tzinfo=UTC)
    assert begins(book, []) is None


def test_what_no_calendar_covers_is_an_error() -> None:
    with pytest.raises(UncoveredYear):
        plan(load("suzhou-2018"), message("1", datetime(2005, 1, 1, tzinfo=UTC), datetime(2005, 1, 2, tzinfo=UTC)))


def test_older_than_the_rulebook() -> None:
    book = load("suzhou-2018")
    first = datetime(2018, 3, 29, 16, tzinfo=UTC)
    assert forms.before_the_rules(book, first - timedelta(seconds=1))
    assert not forms.before_the_rules(book, first)


@pytest.mark.parametrize(
    ("subject", "body", "kind"),
    [
        ("投诉某店，建议查处", "", "complaint"),  # the first line of the table wins
        ("建议修一条路，请问何时动工", "", "suggestion"),
        ("咨询社保", "我要投诉", "consultation"),  # the subject goes before the body
        ("请求修路", "", "help"),
        ("反映路面破损", "请问谁管", "complaint"),
        ("路面破损", "请问谁管", "consultation"),
        ("路面破损", "没有一个词对得上", "complaint"),
    ],
)
def test_the_rule_of_words(subject: str, body: str, kind: str) -> None:
    assert kinds.kind_of(subject, body) == kind


def test_the_rule_is_explained_with_every_word() -> None:
    said = kinds.explained({"help": "求助类"})
    assert all(word in said for _, words in kinds.WORDS for word in words)
    assert "求助类" in said


def test_the_same_user_is_known_by_the_same_number_that_nobody_has() -> None:
    assert forms.phone_of("甲") == forms.phone_of("甲") != forms.phone_of("乙")
    assert forms.phone_of("甲").startswith("000")
    assert forms.phone_of("") == ""


@dataclass
class Scripted:
    """A life whose steps are given, and which notes what was performed; it may refuse one."""

    number: str
    at: list[int]
    seen: list[tuple[str, int]]
    refuses: int = -1

    @property
    def message(self) -> Message:
        return message(self.number, START, START)

    def steps(self) -> Iterator[Step]:
        for minutes in self.at:
            yield Step(START + timedelta(minutes=minutes), forms.Register, cast("Any", None))

    def perform(self, step: Step) -> None:
        minutes = int((step.at - START).total_seconds() // 60)
        if minutes == self.refuses:
            raise Refused(Verdict(False, "1", "不行"), "guard")
        self.seen.append((self.number, minutes))


START = datetime(2019, 1, 1, tzinfo=UTC)


class Told:
    """What happens between two steps: the instants are noted, in order."""

    def __init__(self, instants: list[datetime]):
        self.advance = instants.append

    def performed(self, life: Life) -> None:
        """Nothing falls due on a scripted life."""


def run(*lives: Scripted) -> tuple[list[Any], list[datetime], list[str]]:
    """Run scripted lives; refusals, instants told before each step, and who came to an end."""
    told: list[datetime] = []
    ended: list[str] = []
    refused = queue.run(cast("list[Life]", lives), Told(told), lambda life: ended.append(life.message.id))
    return refused, told, ended


def test_one_order_of_instants_over_all_messages() -> None:
    seen: list[tuple[str, int]] = []
    _, told, ended = run(Scripted("b", [0, 5, 5, 9], seen), Scripted("a", [1, 5, 20], seen), Scripted("c", [5], seen))
    assert seen == [("b", 0), ("a", 1), ("a", 5), ("b", 5), ("b", 5), ("c", 5), ("b", 9), ("a", 20)]
    assert told == sorted(told)
    assert ended == ["c", "b", "a"]


def test_a_refused_step_ends_its_life_and_no_other() -> None:
    seen: list[tuple[str, int]] = []
    refused, _, ended = run(Scripted("a", [1, 3, 5], seen, refuses=3), Scripted("b", [2, 4], seen))
    assert seen == [("a", 1), ("b", 2), ("b", 4)]
    assert ended == ["b"]
    assert [(r.id, r.field, r.reason) for r in refused] == [("a", "登记", "不行")]
