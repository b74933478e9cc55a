"""保密与代为联系: a caller who asked to be kept secret is called by the office in the unit's place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Attempt
from hotline.procedure import engine
from hotline.rules.book import Rulebook
from support import line

CLERK, OFFICE = line.actor("clerk"), line.actor("follow_up")
SECRET = {"secrecy": "1"}
LATER = line.NOW + timedelta(minutes=30)
pytestmark = pytest.mark.clause("四（三）段1")


def secret(book: Rulebook, until: str = "sign_for", **changed: Any) -> MatterDossier:
    return line.lived(book, until, register=SECRET, skip=("record_contact", "answer_citizen"), **changed)


def ask(dossier: MatterDossier, book: Rulebook, purpose: str = "contact", now: datetime = line.NOW) -> None:
    line.act(dossier, "ask_to_relay", CLERK, {"purpose": purpose, "words": "请问是哪一盏灯"}, now, book)


def relay(dossier: MatterDossier, book: Rulebook, now: datetime = LATER, **form: str) -> Any:
    return line.act(dossier, "relay", OFFICE, {**line.forms(book)["relay"], **form}, now, book)


def offered(dossier: MatterDossier, book: Rulebook, who: Any) -> set[str]:
    return {o.card.name() for o in engine.offers(dossier, who, line.NOW, book, line.tools())}


def test_the_unit_may_not_call_and_asks_the_office(book: Rulebook) -> None:
    dossier, clause = secret(book), book.provision("first_contact").clause
    for outcome in ("reached", "tried"):
        form = {"outcome": outcome, "means": "phone", "note": "问清了"}
        assert line.said(line.problems(dossier, "record_contact", CLERK, form, line.NOW, book)) == [("", clause)]
    assert "relay" not in offered(dossier, book, OFFICE)
    ask(dossier, book)
    assert "relay" in offered(dossier, book, OFFICE)
    again = line.refused(dossier, "ask_to_relay", CLERK, line.forms(book)["ask_to_relay"], line.NOW, book)
    assert again.step == "guard"


def test_who_is_not_kept_secret_the_unit_calls_itself(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    assert "ask_to_relay" not in offered(dossier, book, CLERK)
    nobody = line.lived(book, "sign_for", register={**SECRET, "phone": ""})
    assert "ask_to_relay" not in offered(nobody, book, CLERK), "there is no number that the office could call"
    waived = {"outcome": "waived", "waiver": line.first(book, "first_contact", "waivers"), "note": "没有号码"}
    line.act(nobody, "record_contact", CLERK, waived, line.NOW, book)


def test_the_contact_counts_from_when_the_unit_asked(book: Rulebook) -> None:
    dossier = secret(book)
    until = dossier.orders[0].contact_until
    assert until is not None
    asked = until - timedelta(minutes=1)
    ask(dossier, book, now=asked)
    assert [d for d in dossier.decisions(book) if d.form == {"cause": "no_contact"}] == []
    out = relay(dossier, book, until + timedelta(hours=1))
    order, (attempt,) = dossier.orders[0], dossier.all(Attempt)
    assert (order.contacted_at, order.relay_asked_at) == (asked, None)
    assert (attempt.outcome, attempt.at) == ("reached", until + timedelta(hours=1))
    assert [(m.template, m.to_kind) for m in out.messages] == [("relayed", "unit")]
    assert [d for d in dossier.decisions(book) if d.form == {"cause": "no_contact"}] == []


def test_asked_too_late_it_is_late(book: Rulebook) -> None:
    dossier = secret(book)
    until = dossier.orders[0].contact_until
    assert until is not None
    ask(dossier, book, now=until)
    wanted = int("no_contact" in book.provision("cards").values["yellow"])
    assert len([d for d in dossier.decisions(book) if d.form == {"cause": "no_contact"}]) == wanted


def test_not_reached_the_office_tries_again(book: Rulebook) -> None:
    dossier = secret(book)
    ask(dossier, book)
    relay(dossier, book, outcome="tried")
    assert dossier.orders[0].relay_asked_at == line.NOW
    assert dossier.orders[0].contacted_at is None
    relay(dossier, book)
    assert [a.outcome for a in dossier.all(Attempt)] == ["tried", "reached"]


def test_the_answer_is_told_by_the_office_and_then_filed(book: Rulebook) -> None:
    dossier, clause = secret(book), book.provision("first_contact").clause
    wrong = line.problems(dossier, "ask_to_relay", CLERK, {"purpose": "answer", "words": "请转告"}, line.NOW, book)
    assert line.said(wrong) == [("purpose", clause)]
    line.act(dossier, "draft_reply", CLERK, line.forms(book)["draft_reply"], line.NOW, book)
    wrong = line.problems(dossier, "answer_citizen", CLERK, {"means": "phone"}, line.NOW, book)
    assert line.said(wrong) == [("means", clause)]
    ask(dossier, book, "answer")
    relay(dossier, book)
    letter = dossier.letter_of(dossier.orders[0])
    assert letter is not None
    assert (letter.answered_at, letter.answered_means) == (LATER, "phone")
    line.act(dossier, "sign_off", line.actor("deputy"), {}, LATER, book)
    line.act(dossier, "file", CLERK, {}, LATER, book)
    assert dossier.orders[0].status == "filed"


def test_on_the_site_the_citizen_reads_it_without_being_known(book: Rulebook) -> None:
    dossier = secret(book, "draft_reply")
    line.act(dossier, "answer_citizen", CLERK, {"means": "online"}, line.NOW, book)


@pytest.mark.parametrize(("verb", "role"), [("recall", "dispatcher"), ("approve", "reviewer")])
def test_nothing_waits_for_the_office_once_the_order_is_done_or_gone(book: Rulebook, verb: str, role: str) -> None:
    dossier = secret(book, "draft_reply")
    line.act(dossier, "answer_citizen", CLERK, {"means": "online"}, line.NOW, book)
    ask(dossier, book)
    relay(dossier, book)
    ask(dossier, book, now=LATER)
    line.act(dossier, "sign_off", line.actor("deputy"), {}, LATER, book)
    line.act(dossier, "file", CLERK, {}, LATER, book)
    line.act(dossier, verb, line.actor(role), line.forms(book)[verb], LATER, book)
    assert dossier.orders[0].relay_asked_at is None
