"""险情 (三（二）5, R-41): words of danger to life in what is written raise an alarm at once; it is told again by night and on
rest days, once for each time, until somebody takes it; a clock that comes late tells once. Under both rulebooks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import DAYS, here, night
from hotline.casework.dossier import MatterDossier
from hotline.network.roles import CITIZEN
from hotline.procedure.ledger import read
from hotline.procedure.writeset import WriteSet
from hotline.rules.book import Rulebook
from support import line

OPERATOR, REVIEWER, CLOCK, LEADS = (line.actor(one) for one in ("operator", "reviewer", "clock", "shift_leader"))
CRY = "爸爸在井边说不想活了，救命"
TOLD = ("danger", "shift_leader")


def registered(book: Rulebook, who: Any = CITIZEN, now: datetime = line.NOW,
               **form: str) -> tuple[MatterDossier, WriteSet]:  # fmt: skip
    dossier = line.newborn()
    given = {**line.forms(book)["register"], "channel": "web", "words": CRY, **form}
    return dossier, line.act(dossier, "register", who, given, now, book)


def step(book: Rulebook) -> timedelta:
    return timedelta(minutes=here(book, suzhou=5, example=4))


def instants(out: WriteSet) -> list[datetime]:
    """What a line says by the clock."""
    return [datetime.fromisoformat(one) for one in read(out.lines[0].text).facts if isinstance(one, str)]


def told(out: WriteSet) -> list[tuple[str, str]]:
    return [(one.template, one.to_kind) for one in out.messages if one.template == "danger"]


@pytest.mark.clause("三（二）5d", "R-41")
@pytest.mark.parametrize(("who", "form", "alarmed"), [
    (CITIZEN, {}, True),
    (CITIZEN, {"words": "路灯不亮", "gist": "起火了，救命"}, True),
    (CITIZEN, {"words": "路灯不亮", "course": "有人喊救命"}, True),
    (CITIZEN, {"words": "楼下的路灯坏了三个月。"}, False),
    (OPERATOR, {"channel": "letter"}, True),
    (OPERATOR, {"channel": "paper"}, True),
    (OPERATOR, {"channel": "letter", "entered_late": "1"}, False),
    (OPERATOR, {"channel": "phone"}, False),  # who listens needs no message
])  # fmt: skip
def test_what_is_written_is_looked_through(book: Rulebook, who: Any, form: dict[str, str], alarmed: bool) -> None:
    dossier, out = registered(book, who, **form)
    assert ("alarm_raised" in [one.kind for one in out.lines]) is alarmed
    assert told(out) == ([TOLD] if alarmed else [])
    assert (dossier.matter.alarm_at, dossier.matter.alarm_next_at) == (
        (line.NOW, line.NOW + step(book)) if alarmed else (None, None))  # fmt: skip
    assert all(CRY not in one.text for one in out.lines)


def test_whatever_a_citizen_writes_later_is_looked_through_too(book: Rulebook) -> None:
    asks = line.lived(book, "register", register={"channel": "web"})
    line.act(asks, "ask_for_facts", OPERATOR, line.forms(book)["ask_for_facts"], line.NOW, book)
    rated = line.lived(book, "approve")
    for dossier, verb, form in (
        (asks, "supply_facts", {"facts": CRY}),
        (line.lived(book, "accept"), "ask_to_withdraw", {"words": CRY}),
        (rated, "follow_up", {**line.forms(book)["follow_up"], "means": "rating", "opinion": CRY}),
        (rated, "record_repeat", {**line.forms(book)["record_repeat"], "channel": "letter", "words": CRY}),
    ):
        who = OPERATOR if verb == "record_repeat" else CITIZEN
        assert told(line.act(dossier, verb, who, form, line.NOW, book)) == [TOLD], verb
    by_phone = line.lived(book, "accept")
    form = {**line.forms(book)["record_repeat"], "words": CRY}
    out = line.act(by_phone, "record_repeat", OPERATOR, form, line.NOW, book)
    assert told(out) == []


@pytest.mark.clause("三（二）5d", "R-41")
@pytest.mark.parametrize("day", DAYS)
def test_by_night_and_on_rest_days_until_somebody_takes_it(book: Rulebook, day: str) -> None:
    began, _ = night(book, day, suzhou="00:00", example="00:00")
    dossier, _ = registered(book, now=began)
    for turn in range(1, 4):
        at = began + turn * step(book)
        assert line.refused(dossier, "repeat_alarm", CLOCK, {}, at - timedelta(seconds=1), book).step == "guard"
        assert [(d.card, d.at) for d in dossier.decisions(book) if d.card == "repeat_alarm"] == [("repeat_alarm", at)]
        assert told(line.act(dossier, "repeat_alarm", CLOCK, {}, at, book)) == [TOLD]
        assert line.refused(dossier, "repeat_alarm", CLOCK, {}, at, book).step == "guard"  # once for each time
    taken = began + 3 * step(book) + timedelta(minutes=1)
    out = line.act(dossier, "take_alarm", LEADS, {"doing": "已经打 110"}, taken, book)
    assert instants(out)[:1] == [began]
    assert (dossier.matter.alarm_at, dossier.matter.alarm_next_at) == (began, None)
    assert "repeat_alarm" not in [d.card for d in dossier.decisions(book)]
    assert line.refused(dossier, "take_alarm", OPERATOR, {}, taken, book).step == "status"
    assert line.refused(dossier, "repeat_alarm", CLOCK, {}, taken + step(book), book).step == "guard"


@pytest.mark.clause("三（二）5d", "R-41")
def test_a_late_clock_tells_once_and_goes_on(book: Rulebook) -> None:
    dossier, _ = registered(book)
    late = line.NOW + 7 * step(book) + timedelta(seconds=30)
    out = line.act(dossier, "repeat_alarm", CLOCK, {}, late, book)
    assert told(out) == [TOLD]
    assert instants(out) == [line.NOW + step(book), line.NOW + 8 * step(book)]
    assert line.refused(dossier, "repeat_alarm", CLOCK, {}, late, book).step == "guard"
    assert dossier.matter.alarm_next_at == line.NOW + 8 * step(book)


def test_what_is_written_anew_raises_it_anew(book: Rulebook) -> None:
    dossier, _ = registered(book)
    line.act(dossier, "take_alarm", OPERATOR, {}, line.NOW, book)
    later = line.NOW + timedelta(minutes=30)
    line.act(dossier, "ask_to_withdraw", CITIZEN, {"words": "没有人管，我也不想活了，救命"}, later, book)
    assert (dossier.matter.alarm_at, dossier.matter.alarm_next_at) == (later, later + step(book))


def test_untaken_the_file_stays_open(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    owed = line.changed(dossier, dossier.matter, alarm_at=line.NOW, alarm_next_at=line.NOW)
    no = line.refused(owed, "archive", REVIEWER, {}, line.NOW, book)
    assert (no.step, no.verdict.clause) == ("guard", here(book, suzhou="三（二）5", example="第9条第5款"))
    line.act(owed, "take_alarm", OPERATOR, {}, line.NOW, book)
    line.act(owed, "archive", REVIEWER, {}, line.NOW, book)


@pytest.mark.clause("三（二）5d", "R-41")
@pytest.mark.parametrize(("own", "alarmed"), [((), False), (("寻短见", "割脉"), True)])
def test_the_citys_own_words_are_looked_for_besides_the_rulebooks(
    book: Rulebook, own: tuple[str, ...], alarmed: bool
) -> None:
    for words, raised in (("儿子要寻 短见", alarmed), (CRY, True)):
        dossier, form = line.newborn(), {**line.forms(book)["register"], "channel": "web", "words": words}
        out = line.act(dossier, "register", CITIZEN, form, line.NOW, book, line.tools(danger_words=own))
        assert (told(out) == [TOLD]) is raised
