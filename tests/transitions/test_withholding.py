"""不公开: a unit applies with its special reason, the platform decides; then nothing is answered online (六（二）)."""

from __future__ import annotations

from typing import Any

import pytest

from hotline.casework import withholding
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Letter, Withholding
from hotline.procedure import engine
from hotline.rules import publication
from hotline.rules.book import Rulebook
from support import line

CLERK, REVIEWER, SHIFT = line.actor("clerk"), line.actor("reviewer"), line.actor("shift_leader")
VERBS = {"apply_to_withhold", "approve_withholding", "refuse_to_withhold", "withdraw_application_to_withhold"}
pytestmark = pytest.mark.clause("六（二）")


def act(dossier: MatterDossier, book: Rulebook, verb: str, who: Any) -> Any:
    return line.act(dossier, verb, who, line.forms(book)[verb], line.NOW, book)


def refusal(dossier: MatterDossier, book: Rulebook, verb: str, who: Any) -> tuple[str, str]:
    found = line.refused(dossier, verb, who, line.forms(book)[verb], line.NOW, book)
    return found.step, found.verdict.clause


def offered(dossier: MatterDossier, book: Rulebook, who: Any) -> set[str]:
    offers = engine.offers(dossier, who, line.NOW, book, line.tools())
    return VERBS & {offer.card.name() for offer in offers if offer.verdict.ok}


def clause(book: Rulebook) -> str:
    return book.provision("non_publication").clause


def test_the_unit_that_answers_for_it_applies(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    assert offered(dossier, book, CLERK) == {"apply_to_withhold"}
    assert offered(dossier, book, REVIEWER) == set()
    dates = dossier.dues()
    act(dossier, book, "apply_to_withhold", CLERK)
    (asked,), order = dossier.all(Withholding), dossier.orders[0]
    assert (asked.order_id, asked.unit_id, asked.outcome) == (order.id, order.unit_id, "")
    assert dossier.body(asked.reason_id) == "牵涉正在调查的案件"
    assert order.withhold_asked_at == asked.asked_at
    assert dossier.dues() == dates, "it moves no date"
    assert refusal(dossier, book, "apply_to_withhold", CLERK) == ("guard", clause(book))
    assert offered(dossier, book, CLERK) == {"withdraw_application_to_withhold"}


@pytest.mark.parametrize("changed", [{"lead": False}, {"parent_id": line.PARENT}])
def test_no_unit_that_does_only_a_part_applies(book: Rulebook, changed: dict[str, Any]) -> None:
    dossier = line.lived(book, "sign_for")
    part = line.changed(dossier, dossier.orders[0], **changed)
    assert refusal(part, book, "apply_to_withhold", CLERK) == ("status", clause(book))


@pytest.mark.parametrize(("verb", "who", "outcome"), [
    ("approve_withholding", REVIEWER, "approved"), ("refuse_to_withhold", SHIFT, "refused"),
    ("withdraw_application_to_withhold", CLERK, "withdrawn"),
])  # fmt: skip
def test_the_office_decides(book: Rulebook, verb: str, who: Any, outcome: str) -> None:
    dossier = line.lived(book, "sign_for")
    assert refusal(dossier, book, verb, who) == ("status", clause(book))
    act(dossier, book, "apply_to_withhold", CLERK)
    out = act(dossier, book, verb, who)
    (asked,) = dossier.all(Withholding)
    assert (asked.outcome, asked.decided_at, dossier.orders[0].withhold_asked_at) == (outcome, line.NOW, None)
    told = {"approve_withholding": ["withholding_approved"], "refuse_to_withhold": ["withholding_refused"]}
    assert [message.template for message in out.messages] == told.get(verb, [])
    assert (withholding.approved(dossier) is not None) is (outcome == "approved")
    again = offered(dossier, book, CLERK)
    assert again == (set() if outcome == "approved" else {"apply_to_withhold"})


def test_once_applied_for_the_answer_is_not_given_online_alone(book: Rulebook) -> None:
    dossier = line.lived(book, "draft_reply")
    act(dossier, book, "apply_to_withhold", CLERK)
    closed = not publication.answered_online(book, application_approved=True).ok
    found = line.problems(dossier, "answer_citizen", CLERK, {"means": "online"}, line.NOW, book) if closed else []
    assert line.said(found) == ([("means", clause(book))] if closed else [])
    line.act(dossier, "answer_citizen", CLERK, {"means": "online" if not closed else "phone"}, line.NOW, book)


def test_nobody_is_left_without_an_answer(book: Rulebook) -> None:
    dossier = line.lived(book, "answer_citizen")
    (letter,) = dossier.all(Letter)
    dossier = line.withholding(line.changed(dossier, letter, answered_means="online"))
    if publication.answered_online(book, application_approved=True).ok:
        act(dossier, book, "approve_withholding", REVIEWER)
    else:
        assert refusal(dossier, book, "approve_withholding", REVIEWER) == ("guard", clause(book))
        act(dossier, book, "refuse_to_withhold", REVIEWER)


def test_a_frozen_file_stays_as_it_is(book: Rulebook) -> None:
    dossier = line.lived(book, "archive")
    assert refusal(dossier, book, "apply_to_withhold", CLERK) == ("guard", clause(book))
