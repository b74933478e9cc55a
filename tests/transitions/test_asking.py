"""待补充: missing facts are asked for before anything is declined for lack of them (三（二）1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Text
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import read
from hotline.rules import office
from hotline.rules.book import Rulebook
from support import line

OPERATOR, CITIZEN = (line.actor(role) for role in ("operator", "citizen"))
HOUR = timedelta(hours=1)


def ground(book: Rulebook) -> str:
    return here(book, suzhou="三（二）1", example="第9条第1款")


def ask(book: Rulebook, dossier: MatterDossier, now: datetime, **fields: str) -> Any:
    return line.act(dossier, "ask_for_facts", OPERATOR, {**line.forms(book)["ask_for_facts"], **fields}, now, book)


def closed(book: Rulebook, dossier: MatterDossier, now: datetime) -> list[tuple[str, str]]:
    """Why it may not be declined for lack of facts; nothing where it may."""
    form = {"refusal": ground(book), "reason": "查不到"}
    other = line.copy(dossier)
    try:
        line.act(other, "propose_refusal", OPERATOR, form, now, book)
    except FormErrors as wrong:
        return line.said(wrong.problems)
    return []


def asked(book: Rulebook, hours: int, **fields: str) -> tuple[MatterDossier, datetime]:
    """Asked once an hour."""
    dossier, now = line.lived(book, "register"), line.NOW
    for hour in range(hours):
        now = line.NOW + hour * HOUR
        ask(book, dossier, now, **fields)
    return dossier, now


@pytest.mark.clause("三（二）1")
def test_nothing_is_declined_for_lack_of_facts_before_enough_tries(book: Rulebook) -> None:
    needed = here(book, suzhou=3, example=2)
    for tries in range(needed):
        dossier, now = asked(book, tries)
        assert closed(book, dossier, now) == [("refusal", ground(book))]
    dossier, now = asked(book, needed)
    assert closed(book, dossier, now) == []


@pytest.mark.clause("三（二）1")
def test_tries_count_once_an_hour(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    for minute in range(6):
        ask(book, dossier, line.NOW + timedelta(minutes=minute))
    assert closed(book, dossier, line.NOW) == [("refusal", ground(book))]
    assert [a.order_id for a in dossier.asked()] == [None] * 6


@pytest.mark.clause("三（二）1")
def test_who_says_that_there_is_no_more_or_cannot_be_asked_need_not_be_asked_again(book: Rulebook) -> None:
    assert closed(book, *asked(book, 1, outcome="nothing_more")) == []
    assert closed(book, *asked(book, 1, outcome="asked")) != []
    nobody = line.lived(book, "register", register={"phone": "", "name": ""})
    assert closed(book, nobody, line.NOW) == []
    web = line.newborn()
    form = {**line.forms(book)["register"], "channel": "web", "phone": "", "name": ""}
    line.act(web, "register", CITIZEN, form, line.NOW, book)
    assert closed(book, web, line.NOW) != []  # its own page can ask


@pytest.mark.clause("三（二）1")
def test_other_grounds_ask_for_nothing(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    line.act(dossier, "decline", OPERATOR, line.forms(book)["decline"], line.NOW, book)
    assert dossier.matter.status == "declined"


@pytest.mark.clause("三（二）1", "R-27")
@pytest.mark.parametrize("local", ["2026-09-16T16:05", "2026-09-18T16:05", "2026-12-31T16:05", "2026-09-30T23:59"])
@pytest.mark.parametrize("urgent", [False, True])
def test_while_the_answer_is_waited_for_no_date_runs_and_then_they_begin_anew(
    book: Rulebook, local: str, urgent: bool
) -> None:
    """On a working day, before a make-up workday, across New Year, before a long holiday."""
    now, fields = at(book, local), {"urgent": "1", "urgent_reason": "漏气"} if urgent else {}
    dossier = line.lived(book, "register", now, register=fields)
    ask(book, dossier, now)
    matter = dossier.matter
    assert (matter.status, matter.promised_at, matter.promised_clause) == ("awaiting_facts", None, None)
    assert (matter.dispatch_until, matter.next_decision_at) == (None, None)
    later = now + timedelta(days=3, minutes=7)
    line.act(dossier, "supply_facts", CITIZEN, line.forms(book)["supply_facts"], later, book)
    fresh = line.lived(book, "register", later, register=fields).matter
    matter = dossier.matter
    assert (matter.status, matter.supplied_at) == ("registered", later)
    for name in ("promised_at", "promised_clause", "promise_basis", "dispatch_until"):
        assert getattr(matter, name) == getattr(fresh, name), name
    form = {**line.forms(book)["accept"], **fields}
    line.act(dossier, "accept", OPERATOR, form, later + HOUR, book)
    start = later if urgent else later + HOUR
    assert dossier.matter.dispatch_until == office.dispatch_until(book, start, "phone", urgent=urgent).at


@pytest.mark.clause("三（二）1", "四（一）段1")
def test_the_citizens_words_stand_apart_and_the_first_stay(book: Rulebook) -> None:
    dossier, now = asked(book, 1)
    first = dossier.body(dossier.matter.words_id)
    out = line.act(dossier, "supply_facts", CITIZEN, {"facts": "是东门。"}, now, book)
    assert dossier.body(dossier.matter.words_id) == first
    assert [t.body for t in dossier.all(Text) if t.field == "supplement"] == ["是东门。"]
    written = read(out.lines[0].text)
    assert "东门" not in out.lines[0].text
    assert len(written.texts) == 1


@pytest.mark.clause("三（二）1")
def test_what_was_supplied_is_enough_asking(book: Rulebook) -> None:
    dossier, now = asked(book, 1)
    line.act(dossier, "supply_facts", OPERATOR, {"facts": "就是那里。"}, now, book)
    assert closed(book, dossier, now) == []


def test_each_try_tells_the_citizen(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    out = ask(book, dossier, line.NOW)
    assert [(m.template, m.to_kind) for m in out.messages] == [("facts_asked", "citizen")]
    assert read(out.lines[0].text).facts[:3] == ("phone", "tried", 1)
    assert read(ask(book, dossier, line.NOW + HOUR).lines[0].text).facts[2] == 2


def test_it_says_what_is_missing_by_what_means_and_what_shows_it(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    for name in ("missing", "means", "outcome", "note"):
        form = {**line.forms(book)["ask_for_facts"], name: ""}
        assert [p.field for p in line.problems(dossier, "ask_for_facts", OPERATOR, form, line.NOW, book)] == [name]
