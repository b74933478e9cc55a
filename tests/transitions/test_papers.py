"""纸质文件 (五（一）, R-02): what comes in and goes out on paper, and an order on paper that counts from its receipt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clauses.cities import DAYS, begins, here
from hotline.casework.records import PaperDocument
from hotline.procedure.ledger import read
from hotline.rules import dating, doors, limits, papers
from hotline.rules.book import Rulebook
from support import line

OPERATOR, DISPATCHER, CLERK = line.actor("operator"), line.actor("dispatcher"), line.actor("clerk")
HOUR = timedelta(hours=1)


def said(book: Rulebook, at: datetime) -> str:
    """An instant as a form has it: the city's own time, to the minute."""
    return at.astimezone(book.tz).strftime("%Y-%m-%dT%H:%M")


def form(book: Rulebook, verb: str, **changed: str) -> dict[str, Any]:
    return {**line.forms(book)[verb], **changed}


@pytest.mark.clause("五（一）", "五（一）c")
def test_a_unit_reports_on_paper_and_the_office_records_its_receipt(book: Rulebook) -> None:
    dossier = line.lived(book, "file")
    sent, got = line.NOW, line.NOW + HOUR
    line.act(dossier, "report_on_paper", CLERK, form(book, "report_on_paper", at=said(book, sent)), got, book)
    out = line.act(dossier, "record_paper_in", OPERATOR,
                   form(book, "record_paper_in", order=str(dossier.orders[0].id), at=said(book, got)), got, book)
    first, second = dossier.all(PaperDocument)
    assert (first.direction, first.order_id, first.at, first.recorded_at) == (
        "out", dossier.orders[0].id, sent, got)  # fmt: skip
    assert (second.direction, second.order_id, second.at, second.sheets) == ("in", dossier.orders[0].id, got, 3)
    assert first.means == second.means == next(iter(papers.means(book)))
    assert [dossier.body(one.number_id) for one in (first, second)] == ["某函〔2026〕3号"] * 2
    assert dossier.body(second.party_id) == "某局"
    facts = read(out.lines[0].text)
    assert (facts.role, facts.clauses[0]) == ("operator", here(book, suzhou="五（一）", example="第20条"))
    assert "某局" not in out.lines[0].text
    assert dossier.orders[0].status == "filed", "its letter with all elements is filed in the system"


@pytest.mark.clause("五（一）c", "R-02")
@pytest.mark.parametrize("day", DAYS)
def test_an_order_on_paper_counts_from_its_recorded_receipt(book: Rulebook, day: str) -> None:
    """Signed for by the receipt, and every date of the order from there, on any day."""
    received = begins(book, day) + timedelta(minutes=1)
    dossier = line.lived(book, "accept", begins(book, day))
    now = received + timedelta(days=3)
    wanted = form(book, "dispatch_on_paper", received_at=said(book, received))
    out = line.act(dossier, "dispatch_on_paper", DISPATCHER, wanted, now, book)
    (order,), (paper,) = dossier.orders, dossier.all(PaperDocument)
    assert (order.received_at, order.signed_at, order.status) == (received, received, "signed")
    due = limits.due(book, "complaint", received)
    assert due is not None
    assert (order.due_at, order.return_until) == (due.at, doors.return_until(book, received).at)
    assert dating.read(order.due_basis)[0].at == received
    assert dossier.matter.promised_at == due.at
    assert (paper.order_id, paper.at, paper.recorded_at) == (order.id, received, now)
    assert dossier.body(paper.party_id) == "收发员甲"
    assert "收发员甲" not in out.lines[0].text


@pytest.mark.clause("五（一）c", "R-02")
def test_help_on_paper_is_contacted_after_the_receipt(book: Rulebook) -> None:
    dossier = line.lived(book, "accept", kind="help")
    received = line.NOW + timedelta(minutes=1)
    wanted = form(book, "dispatch_on_paper", received_at=said(book, received), kind="help")
    line.act(dossier, "dispatch_on_paper", DISPATCHER, wanted, line.NOW + 5 * HOUR, book)
    until = limits.contact_until(book, "help", received, signed=received)
    assert until is not None
    assert dossier.orders[0].contact_until == until.at


@pytest.mark.clause("五（一）c", "R-02")
def test_what_a_paper_brought_is_promised_from_its_receipt(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    before, received = dossier.matter.promised_at, line.NOW - timedelta(days=6)
    line.act(dossier, "record_paper_in", OPERATOR,
             form(book, "record_paper_in", brought="1", at=said(book, received)), line.NOW + HOUR, book)  # fmt: skip
    step = dating.registered(dossier.matter.kind, received, dossier.matter.channel)
    due = dating.fold(book, (step,))
    assert due is not None
    assert before is not None
    assert dossier.matter.promised_at == due.at < before
    later = line.lived(book, "accept")
    late = form(book, "record_paper_in", brought="1")
    wrong = line.problems(later, "record_paper_in", OPERATOR, late, line.NOW, book)
    assert [one.field for one in wrong] == ["brought"]


@pytest.mark.clause("五（一）c")
@pytest.mark.parametrize(("verb", "who", "until", "name"), [
    ("record_paper_in", OPERATOR, "sign_for", "at"), ("record_paper_out", OPERATOR, "sign_for", "at"),
    ("report_on_paper", CLERK, "sign_for", "at"),
    ("dispatch_on_paper", DISPATCHER, "accept", "received_at")])  # fmt: skip
def test_no_paper_has_no_sheet_or_comes_from_the_future(book: Rulebook, verb: str, who: Any, until: str,
                                                        name: str) -> None:  # fmt: skip
    dossier = line.lived(book, until)
    early, late = line.NOW - timedelta(days=1), line.NOW + timedelta(minutes=1)
    cases = [({"sheets": "0"}, "sheets"), ({"sheets": "5001"}, "sheets"), ({name: said(book, late)}, name),
             ({"means": "dove"}, "means")]  # fmt: skip
    cases += [({name: said(book, early)}, name)] if verb != "record_paper_in" else []
    for changed, field in cases:
        wrong = line.problems(dossier, verb, who, form(book, verb, **changed), line.NOW, book)
        assert [one.field for one in wrong] == [field], changed
    line.act(dossier, verb, who, form(book, verb), line.NOW, book)


@pytest.mark.clause("五（一）c", "R-05")
def test_a_receipt_belongs_to_this_turn_at_the_desk(book: Rulebook) -> None:
    """What came back to the desk since is delivered anew."""
    dossier = line.lived(book, "sign_for")
    line.act(dossier, "recall", DISPATCHER, line.forms(book)["recall"], line.NOW + 3 * HOUR, book)
    late = line.NOW + 5 * HOUR
    old = form(book, "dispatch_on_paper", received_at=said(book, line.NOW + HOUR))
    (wrong,) = line.problems(dossier, "dispatch_on_paper", DISPATCHER, old, late, book)
    assert wrong.field == "received_at"
    line.act(dossier, "dispatch_on_paper", DISPATCHER, {**old, "received_at": ""}, late, book)
    assert dossier.orders[-1].received_at == late
