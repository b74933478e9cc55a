"""日历转正重算: whatever was done under a provisional calendar, after recomputing every date is what it would have been had
the calendar been official from the start. Twice changes nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from clauses.cities import RULEBOOKS, at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Extension
from hotline.casework.transitions import recomputing
from hotline.network.roles import Role
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import SYSTEM, Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import read
from hotline.rules import book as books
from hotline.rules import dating, sources
from hotline.rules.book import Rulebook
from hotline.rules.worktime import WorkCalendar, Year
from support import line

NOTICE = "国办发明电〔2026〕9号"
ORDER = ("due_at", "due_clause", "due_readings", "due_provisional", "sign_until", "return_until", "review_until",
         "on_time", "extended_by", "due_basis")  # fmt: skip
MATTER = ("promised_at", "promised_clause", "dispatch_until", "promise_basis")


def official(book: Rulebook, holidays: Mapping[date, str], workdays: Mapping[date, str]) -> Rulebook:
    """The same rulebook with 2027 official."""
    year = Year(2027, "official", NOTICE, holidays, workdays)
    old = book.calendar
    calendar = WorkCalendar(old.tz, {**old.years, 2027: year}, old.weekend)
    return books.build(sources.read(RULEBOOKS / book.id), calendar)


def an_official(book: Rulebook, dice: random.Random) -> Rulebook:
    """With a week off somewhere in January, and rest days made up for."""
    first = date(2027, 1, 1) + timedelta(days=dice.randrange(0, 25))
    holidays = {first + timedelta(days=i): "假" for i in range(7)} | {date(2027, 1, 1): "元旦"}
    rest = [date(2027, 1, 1) + timedelta(days=i) for i in range(60)]
    rest = [day for day in rest if day.isoweekday() in book.calendar.weekend and day not in holidays]
    return official(book, holidays, dict.fromkeys(dice.sample(rest, 2), "假"))


def dates(dossier: MatterDossier) -> tuple[Any, ...]:
    """Everything that a calendar decides."""
    orders = [tuple(getattr(order, name) for name in ORDER) for order in dossier.orders]
    waiting = [order.contact_until for order in dossier.orders if order.contacted_at is None]  # a contact made is made
    return (*orders, *waiting, tuple(getattr(dossier.matter, name) for name in MATTER))


def recompute(dossier: MatterDossier, book: Rulebook, now: datetime) -> list[str]:
    """All there is to put right on a matter; the kinds of lines it left."""
    done = []
    for name, row in (("recompute_promise", dossier.matter), *(("recompute_due", o) for o in dossier.orders)):
        if recomputing.has_changed(book, dossier, row):
            kit = line.tools(ids=line.Counter(50_000_000 + dossier.head.seq * 100))
            out = engine.live(Case(REGISTRY[name], dossier, row, SYSTEM, now, book, kit), {})
            done += [li.kind for li in out.lines]
    return done


WORK = (("sign_for", "clerk"), ("record_contact", "clerk"), ("draft_reply", "clerk"), ("answer_citizen", "clerk"),
        ("sign_off", "head"), ("file", "clerk"))  # fmt: skip


RETURN = (("request_return", "clerk"), ("agree_to_return", "head"), ("refuse_return", "dispatcher"))
EXTENSION = (("request_extension", "clerk"), ("agree_to_extension", "head"), ("accept_extension", "supervisor"),
             ("explain_extension", "clerk"))  # fmt: skip
DONE = set[str]()  # the verbs that lives were made of


def script(dice: random.Random) -> list[tuple[str, str]]:
    """A life until somewhere: letters written, sent back and bounced, the kind corrected."""
    steps = [("register", "operator"), ("accept", "operator"), ("dispatch", "dispatcher"), *WORK]
    for _ in range(dice.randrange(3)):
        again = dice.choice(("send_back", "bounce"))
        steps += [(again, "reviewer"), *WORK[2:]]
    for door in (RETURN, EXTENSION, (("change_kind", "dispatcher"),)):
        if dice.random() < 0.6:
            at_ = dice.randrange(3, len(steps) + 1)
            steps[at_:at_] = door
    return steps[: dice.randrange(1, len(steps) + 1)]


Two = tuple[MatterDossier, MatterDossier]


def lived(under: tuple[Rulebook, Rulebook], steps: list[tuple[str, str]], instants: list[datetime], kind: str) -> Two:
    """The same life under both calendars; what either refuses is done in neither."""
    lives, good, done = (line.newborn(), line.newborn()), line.forms(under[0], kind), []
    for (verb, role), now in zip(steps, instants, strict=True):
        trials = (line.copy(lives[0]), line.copy(lives[1]))
        with suppress(Refused, FormErrors):
            for trial, book in zip(trials, under, strict=True):
                line.act(trial, verb, line.actor(role), good[verb], now, book)
            lives = trials
            done.append(verb)
    DONE.update(done)
    return lives


@pytest.mark.parametrize("seed", range(60))
def test_recomputed_dates_are_what_they_would_have_been_from_the_start(book: Rulebook, seed: int) -> None:
    dice = random.Random(seed)
    steps, kind = script(dice), dice.choice(("complaint", "help", "suggestion", "consultation"))
    now, instants = at(book, "2026-12-14T09:00") + timedelta(days=dice.randrange(12)), []
    for _ in steps:
        instants.append(now)
        now += timedelta(minutes=dice.choice((5, 60, 300, 60 * 20)))
    true = an_official(book, dice)
    provisional, straight = lived((book, true), steps, instants, kind)
    recompute(provisional, true, now)
    assert dates(provisional) == dates(straight)
    assert recompute(provisional, true, now) == [], "twice is harmless"


def test_such_lives_are_moved_by_the_calendar(book: Rulebook) -> None:
    """Else the test above would prove little."""
    for seed in range(60):
        test_recomputed_dates_are_what_they_would_have_been_from_the_start(book, seed)
    assert {"send_back", "bounce", "change_kind", "refuse_return", "accept_extension"} <= DONE
    kinds = set()
    for seed in range(20):
        dice = random.Random(seed)
        dossier = line.lived(book, "sign_for", at(book, "2026-12-21T09:00"))
        kinds.update(recompute(dossier, an_official(book, dice), at(book, "2026-12-22T09:00")))
    assert kinds == {"due_recomputed", "promise_recomputed"}


def test_the_line_says_old_date_new_date_and_notice(book: Rulebook) -> None:
    """宿州: 15 个工作日原到 1 月 21 日（暂定日历只放 1 月 1 日），1 月 4—6 日再放三天，到 1 月 26 日；虚构城市 20 个工作日，
    12 月 30、31 日岁末、星期五、六休息，到 2 月 2 日。"""
    dossier = line.lived(book, "sign_for", at(book, "2026-12-30T16:05"))
    old = dossier.orders[0]
    true = official(book, {date(2027, 1, day): "元旦" for day in (1, 4, 5, 6)}, {})
    recompute(dossier, true, at(book, "2026-12-31T09:00"))
    order = dossier.orders[0]
    assert order.due_at == at(book, here(book, suzhou="2027-01-27T00:00", example="2027-02-03T00:00"))
    assert (old.due_provisional, order.due_provisional, order.round) == (True, False, 2)
    facts = dict(zip(recomputing.RecomputeDue.ledger.facts, read(dossier.lines[-1].text).facts, strict=True))
    assert datetime.fromisoformat(facts["old_due_at"]) == old.due_at
    assert datetime.fromisoformat(facts["due_at"]) == order.due_at
    assert facts["notices"].endswith(NOTICE)
    assert dossier.lines[-1].person_id is None
    assert read(dossier.lines[-1].text).clauses[0] == order.due_clause


def test_a_date_that_only_turns_official_starts_no_new_round(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for", at(book, "2026-12-30T16:05"))
    old = dossier.orders[0]
    year = book.calendar.years[2027]
    recompute(dossier, official(book, year.holidays, year.workdays), at(book, "2026-12-31T09:00"))
    order = dossier.orders[0]
    assert (order.due_at, order.round) == (old.due_at, 1)
    assert (old.due_provisional, order.due_provisional) == (True, False)


def test_what_the_doors_closing_has_done_is_done(book: Rulebook) -> None:
    """Deemed accepted under the old calendar: the order stays so, and its first contact with it."""
    dossier = line.lived(book, "dispatch", at(book, "2026-12-31T16:05"))
    order = dossier.orders[0]
    dossier = line.changed(dossier, order, deemed_at=order.return_until)
    true = official(book, {date(2026 + 1, 1, day): "元旦" for day in range(1, 8)}, {})
    recompute(dossier, true, at(book, "2027-01-20T09:00"))
    after = dossier.orders[0]
    assert (after.deemed_at, after.return_until, after.contact_until) == (
        order.return_until, order.return_until, order.contact_until)  # fmt: skip
    assert after.due_at != order.due_at


def test_nothing_closed_and_nothing_unmoved_is_touched(book: Rulebook) -> None:
    closed = line.lived(book, "approve", at(book, "2026-12-30T16:05"))
    true = an_official(book, random.Random(1))
    assert not recomputing.has_changed(true, closed, closed.orders[0])
    early = line.lived(book, "sign_for", at(book, "2026-09-16T16:05"))
    assert recompute(early, true, at(book, "2026-09-17T09:00")) == []
    no = line.refused(early, "recompute_due", line.actor(Role.SYSTEM), {}, at(book, "2026-09-17T09:00"), true)
    assert no.step == "guard"


def test_extensions_follow_with_the_dates_they_extend(book: Rulebook) -> None:
    """Old and new date of an extension, as they stand on the order and on its own row."""
    dossier = line.lived(book, "sign_for", at(book, "2026-12-21T09:00"))
    order = dossier.orders[0]
    steps = (*dating.read(order.due_basis), dating.extended(2, 777))
    old, new = dating.fold(book, steps[:1]), dating.fold(book, steps)
    assert old is not None
    assert new is not None
    dossier = line.changed(dossier, order, due_at=new.at, due_clause=new.clause, extended_by=2,
                           due_readings=" ".join(new.readings), due_basis=dating.written(steps))  # fmt: skip
    row = Extension(777, 1, order.id, 2, order.received_at, 1, old.at, old.clause, " ".join(old.readings),
                                old.provisional, outcome="filed", new_due_at=new.at)  # fmt: skip
    dossier.put(row)
    true = official(book, {date(2027, 1, day): "元旦" for day in range(1, 8)}, {})
    recompute(dossier, true, at(book, "2026-12-22T09:00"))
    (row,) = dossier.all(Extension)
    was, now = dating.fold(true, steps[:1]), dating.fold(true, steps)
    assert was is not None
    assert now is not None
    assert (row.old_due_at, row.new_due_at, dossier.orders[0].due_at) == (was.at, now.at, now.at)
    assert now.at != new.at


def test_a_missing_calendar_changes_nothing(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for", at(book, "2026-12-21T09:00"))
    old = book.calendar
    lacking = WorkCalendar(old.tz, {y: e for y, e in old.years.items() if y != 2027}, old.weekend)
    without = books.build(sources.read(RULEBOOKS / book.id), lacking)
    assert recompute(dossier, without, at(book, "2026-12-22T09:00")) == []


@pytest.mark.clause("R-16", "R-22")
def test_what_was_handed_down_is_wanted_by_its_own_date_still(book: Rulebook) -> None:
    """Where level 2 set no instant of its own there is none to be late by; where it did, that stays."""
    now = at(book, "2026-12-30T09:00")
    dossier = line.lived(book, "sign_for", now)
    line.act(dossier, "hand_down", line.actor("clerk"), line.forms(book)["hand_down"], now, book)
    inner = dossier.orders[-1]
    early = line.changed(dossier, inner, inner_at=now + timedelta(days=1))
    true = official(book, {date(2027, 1, day): "元旦" for day in range(1, 8)}, {})
    for one in (dossier, early):
        recompute(one, true, now)
    assert dossier.orders[-1].due_at != inner.due_at
    assert dossier.orders[-1].inner_at == dossier.orders[-1].due_at
    assert not [d for d in dossier.decisions(true) if d.card == "note_inner_late"]
    assert early.orders[-1].inner_at == now + timedelta(days=1)
