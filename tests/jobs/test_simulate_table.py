"""The simulation's table of habits, its texts, and what it draws: no database."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

import hotline.casework.transitions  # noqa: F401  (registers the cards)
from hotline.jobs.simulate import agenda, habits, plots, topics, view
from hotline.jobs.simulate.chance import Chance
from hotline.jobs.simulate.people import Character, City, Unit
from hotline.procedure.card import REGISTRY, cards_of
from support import line

NOT_OF_PEOPLE = {"clock", "system"}
# Verbs on a matter that nobody in a simulated city uses, each with the reason.
NEVER = {
    "pass_on_praise": "is about praise, and simulated people bring what wants handling",
    "register": "is how a matter begins: `living` performs it itself",
    "shift_dates": "is about every open order at once: the command `shift` performs it",
    **dict.fromkeys(("agree_to_destroy", "approve_destruction", "keep_longer"),
                    "is years after the file was closed: no simulated city is that old"),
    "revoke_ruling": "takes back what was settled, which happens once in years",
    "anonymise": "is asked for by one person in thousands, and by hand",
    "correct_person": "is asked for by one person in thousands, and by hand",
    "hand_back_draft": "is said aloud there: simulated heads sign, or the office sends back",
    "add_material": "brings files, and simulated people send none",
    "add_evidence": "brings files, and simulated people send none",
}
LIKE = Character(0.5, 0.1, 0.1, 0.1, 0.1, 0.1)


def unit(number: int, short: str) -> Unit:
    people = {role: line.actor(role, unit=7000 + number) for role in ("clerk", "deputy", "head")}
    return Unit(7000 + number, f"某市{short}局", short, "0557-0000001", 7000 + number, people, {}, LIKE)


def city(seed: str = "1") -> City:
    units = {one.id: one for one in (unit(1, "公安"), unit(2, "城市管理"), unit(3, "交通运输"), unit(4, "供水"))}
    return City(line.rulebook("suzhou-2018"), Chance(seed), {}, units)


def test_people_use_every_verb_but_those_that_are_named_here() -> None:
    used = {habit.name for habit in habits.HABITS}
    theirs = {card.name() for card in cards_of("matter") if not set(card.by) <= NOT_OF_PEOPLE}
    assert used <= theirs, "a habit of a card that there is not, or that is not for people"
    assert theirs - used == set(NEVER)


def test_a_habit_says_what_its_card_asks_for() -> None:
    """Somebody of the card's own posts performs it, on a row that it is about."""
    for habit in habits.HABITS:
        statuses = REGISTRY[habit.name].moves.from_
        assert all(habit in habits.habits_on(habit.card.moves.record, status) for status in statuses), habit.name


def test_every_topic_can_be_told() -> None:
    kinds = line.rulebook("suzhou-2018").kinds
    told = topics.topics()
    assert len(told) > 30
    assert {kind for topic in told for kind in topic.kinds} == set(plots.KINDS)
    assert set(plots.KINDS) <= set(kinds)
    for topic in told:
        for text in (topic.gist, *topic.words, topic.done, topic.tell):
            text.format(place="甲路", n="3", when="昨天")
        law = topic.law.split(" | ")
        assert law == [""] or len(law) == 2, topic.id


def test_nobodys_number_or_name_stands_in_the_texts() -> None:
    """No telephone, no identity number; names are a surname and a form of address."""
    texts = [text for topic in topics.topics() for text in (topic.gist, *topic.words, topic.done, topic.tell)]
    texts += [way for ways in topics.words().values() for way in ways]
    assert [text for text in texts if re.search(r"\d{6,}", text)] == []
    callers = {city().citizen(str(i)) for i in range(200)}
    assert all(re.fullmatch(r"000\d{8}", phone) and len(name) == 3 for name, phone in callers)


def test_what_is_drawn_rests_on_seed_and_day_alone() -> None:
    first, last = date(2026, 3, 2), date(2026, 3, 6)
    end = datetime(2026, 3, 6, 20, tzinfo=line.rulebook("suzhou-2018").tz)
    mine = list(plots.plots(city(), first, last, 4, end))
    assert mine == list(plots.plots(city(), first, last, 4, end))
    assert mine != list(plots.plots(city("2"), first, last, 4, end))
    longer = list(plots.plots(city(), date(2026, 2, 1), last, 4, end))
    assert longer[-len(mine) :] == mine
    assert len({plot.at for plot in longer}) == len(longer), "the instant is how a matter is known again"
    assert all(plot.at <= end for plot in longer)


@pytest.mark.parametrize("per_day", [1, 3, 8])
def test_something_is_to_stand_in_each_status_at_the_end(per_day: int) -> None:
    end = datetime(2026, 3, 20, 20, tzinfo=line.rulebook("suzhou-2018").tz)
    chosen = plots.rests(city(), end, per_day)
    assert sorted(rest.status for rest in chosen.values()) == sorted(rest.status for rest in plots.RESTS)


def test_rooms_that_have_habits_are_all_read() -> None:
    having = {path.stem for path in Path(agenda.__file__).parent.glob("*.py") if "\n@habit(" in path.read_text("utf-8")}
    assert having == {room.__name__.rsplit(".", 1)[1] for room in agenda.ROOMS}


def test_a_proposed_designation_is_withdrawn_once_at_most() -> None:
    """Withdrawn and proposed anew for ever, a matter never came to its end, and its rows were more than its numbers."""
    mine, book, now = city(), line.rulebook("suzhou-2018"), line.NOW
    habit = next(one for one in habits.HABITS if one.name == "withdraw_designation")
    all_ = (plots.plot(mine, date(2026, 3, 2), i) for i in range(200))
    plot = next(one for one in all_ if one.chance.hit("agreed between them 0", 0.1))
    dossier = line.lived(book, "sign_for")

    def wanted(verb: str, *, then: bool) -> None:
        line.act(dossier, verb, line.actor("dispatcher"), line.forms(book)[verb], now, book)
        at = habit.when(view.View(mine, plot, dossier, dossier.matter))
        assert (at is not None) is then, verb

    wanted("propose_designation", then=True)
    line.act(dossier, "withdraw_designation", line.actor("dispatcher"), line.forms(book)["withdraw_designation"], now,
             book)  # fmt: skip
    wanted("propose_designation", then=False)
