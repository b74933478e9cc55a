"""公开 (六（三）, R-13): prepared by one, published by another, free of personal data; taken off with a reason, or by what
has come to pass since."""

from __future__ import annotations

from typing import Any

import pytest

from clauses.cities import here
from hotline.casework import publishing
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Publication
from hotline.procedure import engine
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.rules.book import Rulebook
from support import line

REVIEWER, SHIFT, OTHER = line.actor("reviewer"), line.actor("shift_leader"), line.actor("shift_leader", 901)
SECOND = line.actor("reviewer", 902)


def do(dossier: MatterDossier, book: Rulebook, verb: str, who: Any, **form: str) -> Any:
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **form}, line.NOW, book)


def no(dossier: MatterDossier, book: Rulebook, verb: str, who: Any) -> tuple[str, str]:
    found = line.refused(dossier, verb, who, line.forms(book)[verb], line.NOW, book)
    return found.step, found.verdict.clause


def public(book: Rulebook, until: str = "follow_up") -> MatterDossier:
    """Published by a second person."""
    dossier = line.lived(book, until)
    do(dossier, book, "prepare_publication", REVIEWER)
    do(dossier, book, "publish", SHIFT)
    return dossier


@pytest.mark.clause("六（一）b", "六（三）1", "R-13")
@pytest.mark.parametrize("until", ["approve", "follow_up", "archive"])
def test_one_prepares_and_another_publishes(book: Rulebook, until: str) -> None:
    dossier = line.lived(book, until)
    do(dossier, book, "prepare_publication", REVIEWER)
    assert dossier.matter.to_publish_at == line.NOW
    assert publishing.standing(dossier) is None, "nobody reads it yet"
    assert no(dossier, book, "prepare_publication", REVIEWER)[0] == "guard"
    assert no(dossier, book, "publish", REVIEWER)[0] == "not_by"
    out = do(dossier, book, "publish", SHIFT)
    text = publishing.standing(dossier)
    assert text is not None
    assert (text.outcome, text.published_at, dossier.matter.to_publish_at) == ("published", line.NOW, None)
    assert dossier.body(text.title_id) == "路灯坏了归谁修"
    assert [(m.template, m.to_kind) for m in out.messages] == [("published", "citizen")]
    assert read(out.lines[0].text).clauses[0] == here(book, suzhou="六（三）1", example="第32条")


@pytest.mark.clause("六（三）段1b", "R-13")
def test_who_decides_sees_wish_and_opinion(book: Rulebook) -> None:
    dossier, card = line.lived(book, "follow_up"), REGISTRY["prepare_publication"]
    case: Any = Case(card, dossier, dossier.matter, REVIEWER, line.NOW, book, line.tools())
    said = {one.label: one.value for one in card.effects(case)}
    wish = here(book, suzhou="要求公开", example="愿意")
    assert said == {"诉求人": wish, "承办单位的意见": line.book_options(book, "publish_opinion")}


NEVER = {"wish": {"publish_wish": "no"}, "secret": {"secrecy": True}, "locked": {"locked": True},
         "against": {"against": "level_2", "against_unit_id": 7002}, "unanswered": {"replied_at": None},
         "report": {"kind": "report"}}  # fmt: skip


@pytest.mark.clause("六（三）2", "六（三）段1b", "六（二）", "R-13", "R-21")
@pytest.mark.parametrize("why", sorted(NEVER))
def test_what_is_never_public(book: Rulebook, why: str) -> None:
    if why == "report" and "report" not in book.kinds:
        pytest.skip("a city without this kind")
    dossier = line.lived(book, "follow_up")
    barred = line.changed(dossier, dossier.matter, **NEVER[why])
    step, clause = no(barred, book, "prepare_publication", REVIEWER)
    rule = {"against": "complaint_against", "unanswered": "published_by_default"}.get(why, "publish_never")
    assert (step, clause) == ("guard", book.provision(rule).clause)
    waits = line.copy(dossier)
    do(waits, book, "prepare_publication", REVIEWER)
    meanwhile = line.changed(waits, waits.matter, **NEVER[why])
    assert no(meanwhile, book, "publish", SHIFT) == ("guard", book.provision(rule).clause)


@pytest.mark.clause("六（二）", "R-13")
def test_kept_from_the_site_since_it_is_taken_off(book: Rulebook) -> None:
    dossier = line.lived(book, "approve")
    do(dossier, book, "apply_to_withhold", line.actor("clerk"))
    assert no(dossier, book, "prepare_publication", REVIEWER) == ("guard", book.provision("non_publication").clause)
    dossier = public(book, "approve")
    do(dossier, book, "apply_to_withhold", line.actor("clerk"))
    assert publishing.standing(dossier), "what a unit asks for decides nothing yet"
    out = do(dossier, book, "approve_withholding", REVIEWER)
    assert [read(one.text).kind for one in out.lines] == ["withholding_approved", "publication_retracted"]
    assert publishing.standing(dossier) is None
    assert no(dossier, book, "prepare_publication", REVIEWER)[0] == "guard"


@pytest.mark.clause("六（四）", "R-13")
@pytest.mark.parametrize("told", [
    line.CITIZEN_NAME, line.CITIZEN_PHONE, "1390 000 1234", "１３９-0000-1234", "15512345678", "34130219900101123X",
    "341302 19900101 1234", "承办乙"])  # fmt: skip
@pytest.mark.parametrize("field", ["title", "question", "answer"])
def test_no_name_or_number_stands_in_it(book: Rulebook, told: str, field: str) -> None:
    dossier = line.lived(book, "follow_up")
    wrong = line.problems(dossier, "prepare_publication", REVIEWER,
                          {**line.forms(book)["prepare_publication"], field: f"找{told}问过"}, line.NOW, book)  # fmt: skip
    assert [(one.field, one.clause) for one in wrong] == [(field, book.provision("masking").clause)]


def test_numbers_that_are_nobodys_may_stand(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    do(dossier, book, "prepare_publication", REVIEWER,
       answer="依据某府发〔2017〕12号，2026年9月16日已办；可拨 12345 或 0557-3022110。")  # fmt: skip
    assert publishing.waiting(dossier)


@pytest.mark.clause("六（四）", "R-13")
def test_what_was_put_right_since_is_looked_at_again(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    do(dossier, book, "prepare_publication", REVIEWER, question="测试丙问过的那条路")
    kit = line.tools(came_first=None)
    who, form = line.actor("inspector"), line.forms(book)["correct_person"]
    line.act(dossier, "correct_person", who, form, line.NOW, book, kit)
    wrong = line.problems(dossier, "publish", SHIFT, {}, line.NOW, book)
    assert [one.clause for one in wrong] == [book.provision("masking").clause]


@pytest.mark.clause("六（三）2", "R-13")
def test_another_purpose_is_recorded_with_its_reason_and_bars_for_good(book: Rulebook) -> None:
    dossier = line.lived(book, "follow_up")
    do(dossier, book, "prepare_publication", REVIEWER)
    do(dossier, book, "reject_publication", SHIFT)
    do(dossier, book, "prepare_publication", SECOND)
    do(dossier, book, "reject_publication", OTHER, bar="another_purpose", because="借此宣传自己的店")
    last = dossier.all(Publication)[-1]
    assert (last.outcome, last.bar, dossier.body(last.because_id)) == (
        "rejected", "another_purpose", "借此宣传自己的店")  # fmt: skip
    assert no(dossier, book, "prepare_publication", SECOND) == ("guard", book.provision("publish_never").clause)


@pytest.mark.clause("R-13")
def test_withdrawn_with_a_reason_and_prepared_anew(book: Rulebook) -> None:
    dossier = public(book, "archive")
    do(dossier, book, "withdraw_publication", SHIFT)
    (text,) = dossier.all(Publication)
    assert (text.outcome, dossier.body(text.because_id)) == ("withdrawn", "诉求人来电不愿意")
    assert no(dossier, book, "withdraw_publication", SHIFT)[0] == "status"
    do(dossier, book, "prepare_publication", SHIFT)


@pytest.mark.clause("R-13", "R-23")
def test_handled_anew_what_was_published_holds_no_more(book: Rulebook) -> None:
    """A redo, new facts at the desk, somebody to be avoided, somebody forgotten: off the site in the same breath."""
    redone = public(book, "approve")
    redone = line.changed(redone, redone.matter, satisfied=False)
    do(redone, book, "order_redo", line.actor("follow_up"))
    named = public(book, "approve")
    do(named, book, "name_target", line.actor("operator"))
    forgotten = public(book, "archive")
    do(forgotten, book, "anonymise", line.actor("inspector"))
    for dossier in (redone, named, forgotten):
        assert publishing.standing(dossier) is None
        assert dossier.lines[-1].kind == "publication_retracted"
    again = line.changed(public(book, "approve"), line.lived(book, "approve").matter, status="closed")
    line.act(again, "resume_on_new_facts", line.actor("system"), {}, line.NOW, book)
    assert publishing.standing(again) is None


def test_a_text_that_waited_is_of_no_use_either(book: Rulebook) -> None:
    dossier = line.lived(book, "approve")
    do(dossier, book, "prepare_publication", REVIEWER)
    do(dossier, book, "apply_to_withhold", line.actor("clerk"))
    do(dossier, book, "approve_withholding", SHIFT)
    assert publishing.waiting(dossier) is None
    assert dossier.matter.to_publish_at is None
    offers = engine.offers(dossier, OTHER, line.NOW, book, line.tools())
    assert "publish" not in {one.card.name() for one in offers if one.verdict.ok}
