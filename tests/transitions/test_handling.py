"""承办: sign for the order (五（一）), get in touch with the citizen (四（三）段1, 五（二）2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Attempt, Text
from hotline.procedure.ledger import read
from hotline.rules import contacts, limits
from hotline.rules.book import Rulebook
from support import line

CLERK = line.actor("clerk")
SECOND = timedelta(seconds=1)


def sign(book: Rulebook, now: datetime = line.NOW, kind: str = "complaint", **dispatch: str) -> MatterDossier:
    dossier = line.lived(book, "dispatch", line.NOW, kind, dispatch=dispatch)
    line.act(dossier, "sign_for", CLERK, {}, now, book)
    return dossier


# 签收


@pytest.mark.clause("五（一）a")
def test_signing_keeps_the_instant_beside_that_of_delivery(book: Rulebook) -> None:
    later = line.NOW + timedelta(hours=3)
    order = sign(book, later).orders[0]
    assert (order.status, order.received_at, order.signed_at) == ("signed", line.NOW, later)


@pytest.mark.clause("R-02")
def test_signing_moves_neither_the_due_date_nor_the_door(book: Rulebook) -> None:
    before = line.lived(book, "dispatch").orders[0]
    after = sign(book, line.NOW + timedelta(hours=20)).orders[0]
    for name in ("due_at", "return_until", "sign_until"):
        assert getattr(after, name) == getattr(before, name)


@pytest.mark.clause("五（一）a", "R-03")
@pytest.mark.parametrize(("offset", "in_time"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_the_line_says_whether_the_order_was_signed_in_time(
    book: Rulebook, offset: timedelta, in_time: bool
) -> None:
    until = line.lived(book, "dispatch").orders[0].sign_until
    dossier = sign(book, until + offset)
    assert read(dossier.lines[-1].text).facts[0] is in_time
    assert dossier.orders[0].status == "signed"


@pytest.mark.clause("R-03")
def test_until_when_an_order_is_to_be_signed(book: Rulebook) -> None:
    until = line.lived(book, "dispatch").orders[0].sign_until
    assert until == at(book, here(book, suzhou="2026-09-18T00:00", example="2026-09-21T00:00"))
    urgent = line.lived(book, "dispatch", dispatch={"urgent": "1", "urgent_reason": "漏电"}).orders[0]
    assert urgent.sign_until - line.NOW == timedelta(minutes=here(book, suzhou=30, example=15))


@pytest.mark.clause("五（二）2a")
@pytest.mark.parametrize(("signed", "suzhou", "example"), [
    ("2026-09-16T18:00", "2026-09-18T00:00", "2026-09-21T00:00"),
    ("2026-09-17T00:00", "2026-09-19T00:00", "2026-09-22T00:00"),
    ("2026-09-17T23:00", "2026-09-19T00:00", "2026-09-22T00:00"),
])  # fmt: skip
def test_help_is_to_be_contacted_after_signing(book: Rulebook, signed: str, suzhou: str, example: str) -> None:
    """宿州: one working day; the other city: two, with Friday and Saturday free."""
    order = sign(book, at(book, signed), kind="help").orders[0]
    assert order.contact_until == at(book, here(book, suzhou=suzhou, example=example))


@pytest.mark.clause("五（二）2a", "R-18")
@pytest.mark.parametrize("kind", ["consultation", "help", "suggestion", "complaint", "report", "praise"])
def test_the_first_contact_is_due_as_the_rules_say(book: Rulebook, kind: str) -> None:
    now = line.NOW + timedelta(hours=2)
    order = sign(book, now, kind).orders[0]
    due = limits.due(book, kind, line.NOW)
    rule = limits.contact_until(book, kind, line.NOW, signed=now, due=due)
    assert order.contact_until == (rule.at if rule else None)


@pytest.mark.clause("R-08")
def test_an_urgent_citizen_is_contacted_at_due_at_the_latest(book: Rulebook) -> None:
    order = sign(book, kind="help", urgent="1", urgent_reason="漏电").orders[0]
    assert order.contact_until == order.due_at


def test_the_line_carries_the_dates_as_they_stand(book: Rulebook) -> None:
    dossier = sign(book, kind="help")
    order, clause = dossier.orders[0], here(book, suzhou="五（一）", example="第20条")
    written = read(dossier.lines[-1].text)
    assert written.clauses[0] == clause
    assert written.subject_id == order.id
    assert written.figures[:2] == (7001, "help")
    assert [datetime.fromisoformat(fact) for fact in written.facts[1:]] == [order.sign_until, order.contact_until]


# 记联系


def contact(book: Rulebook, now: datetime = line.NOW, dossier: Any = None, **form: str) -> MatterDossier:
    dossier = dossier or sign(book)
    good = line.forms(book)["record_contact"]
    line.act(dossier, "record_contact", CLERK, {**good, **form}, now, book)
    return dossier


def wrong(book: Rulebook, **form: str) -> list[tuple[str, str]]:
    good = line.forms(book)["record_contact"]
    return line.said(line.problems(sign(book), "record_contact", CLERK, {**good, **form}, line.NOW, book))


@pytest.mark.clause("四（三）段1b")
def test_a_contact_is_kept_with_means_instant_and_what_was_said(book: Rulebook) -> None:
    dossier = contact(book)
    (attempt,), order = dossier.all(Attempt), dossier.orders[0]
    assert (attempt.outcome, attempt.means, attempt.at, attempt.order_id) == ("reached", "phone", line.NOW, order.id)
    assert dossier.body(attempt.note_id) == "问清了位置"
    assert order.contacted_at == line.NOW
    assert read(dossier.lines[-1].text).facts == ("reached", "phone", True, True)
    assert read(dossier.lines[-1].text).clauses[0] == here(book, suzhou="四（三）段1", example="第13条")


@pytest.mark.clause("四（三）段1b")
def test_the_first_contact_stays_the_first(book: Rulebook) -> None:
    dossier = contact(book, line.NOW + timedelta(hours=1), contact(book))
    assert dossier.orders[0].contacted_at == line.NOW
    assert read(dossier.lines[-1].text).facts[2] is False
    assert len(dossier.all(Attempt)) == 2


@pytest.mark.clause("R-18")
def test_a_try_is_no_contact(book: Rulebook) -> None:
    dossier = contact(book, outcome="tried", note="响铃未接")
    assert dossier.orders[0].contacted_at is None
    assert read(dossier.lines[-1].text).facts[:3] == ("tried", "phone", False)


@pytest.mark.clause("四（三）段1b")
@pytest.mark.parametrize(("offset", "in_time"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_the_line_says_whether_the_contact_was_in_time(book: Rulebook, offset: timedelta, in_time: bool) -> None:
    until = sign(book).orders[0].contact_until
    assert until is not None
    assert read(contact(book, until + offset).lines[-1].text).facts[3] is in_time


@pytest.mark.parametrize("outcome", ["reached", "tried"])
def test_a_contact_needs_its_means(book: Rulebook, outcome: str) -> None:
    assert wrong(book, outcome=outcome, means="") == [("means", book.provision("first_contact").clause)]


@pytest.mark.clause("R-18")
def test_a_waiver_needs_a_reason_of_the_rulebook(book: Rulebook) -> None:
    assert wrong(book, outcome="waived", means="") == [("waiver", book.provision("first_contact").clause)]
    assert wrong(book, outcome="waived", waiver="懒得打") == [("waiver", "")]
    for reason in contacts.waivers(book):
        dossier = contact(book, dossier=line.lived(book, "sign_for", register={"name": "", "phone": ""}),
                          outcome="waived", waiver=reason, means="")  # fmt: skip
        assert (dossier.all(Attempt)[0].outcome, dossier.all(Attempt)[0].means) == ("waived", reason)
    assert set(contacts.waivers(book)) == here(book, suzhou={"anonymous", "no_number"}, example={"anonymous"})


@pytest.mark.parametrize("field", ["outcome", "note"])
def test_every_contact_says_outcome_and_evidence(book: Rulebook, field: str) -> None:
    assert wrong(book, **{field: ""}) == [(field, "")]


def test_contacts_go_on_until_the_letter_is_filed_and_disturb_nobody(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_off")
    contact(book, dossier=dossier)
    assert dossier.orders[0].status == "signed_off"
    assert len(dossier.all(Attempt)) == 2
    assert {t.field for t in dossier.all(Text)} >= {"contact"}
