"""Four eyes: who drafted a letter does not sign it off, in whatever post and for whomever (五（四）, design §4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.rules.book import Rulebook
from support import line
from transitions.test_level_3 import on

pytestmark = pytest.mark.clause("五（四）b")

ANNE, BEN, CLEO = 501, 502, 503


def unit(role: str, person: int, acting_for: int | None = None) -> Actor:
    return Actor(role, person, person + 1000, line.UNIT.id, acting_for)


def drafted_by(book: Rulebook, *drafters: Actor) -> MatterDossier:
    dossier = line.lived(book, "record_contact")
    for drafter in drafters:
        line.act(dossier, "draft_reply", drafter, line.forms(book)["draft_reply"], line.NOW, book)
    return dossier


def sign(book: Rulebook, dossier: MatterDossier, who: Actor) -> None:
    line.act(dossier, "sign_off", who, {}, line.NOW, book)
    assert dossier.orders[0].status == "signed_off"


def turned_away(book: Rulebook, dossier: MatterDossier, who: Actor) -> None:
    no = line.refused(dossier, "sign_off", who, {}, line.NOW, book)
    assert no.step == "not_by"
    assert no.verdict.clause == book.provision("sign_off").clause
    assert "写反馈件" in no.verdict.because


@pytest.mark.parametrize("role", ["deputy", "head"])
def test_who_drafted_a_letter_does_not_sign_it_off(book: Rulebook, role: str) -> None:
    turned_away(book, drafted_by(book, unit(role, ANNE)), unit(role, ANNE))


@pytest.mark.parametrize("role", ["deputy", "head"])
def test_another_person_signs_it_off(book: Rulebook, role: str) -> None:
    sign(book, drafted_by(book, unit("clerk", ANNE)), unit(role, BEN))


def test_a_second_post_of_the_drafter_is_still_the_drafter(book: Rulebook) -> None:
    turned_away(book, drafted_by(book, unit("clerk", ANNE)), unit("deputy", ANNE))


def test_who_acts_for_the_drafter_does_not_sign(book: Rulebook) -> None:
    turned_away(book, drafted_by(book, unit("clerk", ANNE)), unit("deputy", BEN, acting_for=ANNE))


def test_a_letter_drafted_in_somebodys_name_is_not_signed_by_that_person(book: Rulebook) -> None:
    dossier = drafted_by(book, unit("clerk", ANNE, acting_for=BEN))
    turned_away(book, line.copy(dossier), unit("deputy", BEN))
    turned_away(book, line.copy(dossier), unit("deputy", CLEO, acting_for=BEN))
    sign(book, dossier, unit("deputy", CLEO))


def test_after_a_redraft_by_another_the_first_drafter_may_not_sign_either(book: Rulebook) -> None:
    turned_away(book, drafted_by(book, unit("deputy", ANNE), unit("clerk", BEN)), unit("deputy", ANNE))


def test_after_a_redraft_the_second_drafter_may_not(book: Rulebook) -> None:
    turned_away(book, drafted_by(book, unit("clerk", ANNE), unit("deputy", BEN)), unit("deputy", BEN))


def test_the_drafters_own_page_greys_the_sign_off_with_clause_and_reason(book: Rulebook) -> None:
    dossier = drafted_by(book, unit("deputy", ANNE))
    offered = engine.offers(dossier, unit("deputy", ANNE), line.NOW, book, line.tools())
    verdict = next(offer.verdict for offer in offered if offer.card.name() == "sign_off")
    assert not verdict.ok
    assert verdict.clause == book.provision("sign_off").clause
    assert "另一人" in verdict.because


def test_the_post_is_asked_before_the_person(book: Rulebook) -> None:
    no = line.refused(drafted_by(book, unit("clerk", ANNE)), "sign_off", unit("clerk", ANNE), {}, line.NOW, book)
    assert no.step == "post"


# 下派的：信在下面写，在上面签。


def level_3s_letter(book: Rulebook, drafter: Actor) -> MatterDossier:
    """Level 3 has drafted it, signed it and filed it; level 2 has taken it over."""
    dossier = line.lived(book, "sign_for")
    line.act(dossier, "hand_down", unit("head", CLEO), line.forms(book)["hand_down"], line.NOW, book)
    inner = dossier.orders[-1]
    for verb, who in (("sign_for", BELOW), ("record_contact", BELOW), ("draft_reply", drafter),
                      ("answer_citizen", BELOW), ("sign_off", replace(BELOW, role="head", person_id=BEN + 10)),
                      ("file", BELOW),
                      ("accept_from_below", unit("clerk", CLEO))):  # fmt: skip
        on(dossier, inner, verb, who, book)
    return dossier


BELOW = Actor("clerk", ANNE + 10, ANNE + 1010, line.BELOW.id)


@pytest.mark.clause("R-16")
@pytest.mark.parametrize(("role", "person", "acting_for"), [("deputy", ANNE, None), ("head", BEN, ANNE)])
def test_who_drafted_it_at_level_3_does_not_sign_it_at_level_2(
    book: Rulebook, role: str, person: int, acting_for: int | None
) -> None:
    dossier = level_3s_letter(book, replace(BELOW, person_id=ANNE))
    upper = dossier.orders[0]
    with pytest.raises(engine.Refused) as no:
        on(dossier, upper, "sign_off", unit(role, person, acting_for), book)
    assert no.value.step == "not_by"
    on(dossier, upper, "sign_off", unit("head", BEN), book)


@pytest.mark.clause("R-16")
@pytest.mark.parametrize("verb", ["extend_below", "refuse_to_extend_below"])
def test_who_asked_for_time_below_does_not_decide_on_it_above(book: Rulebook, verb: str) -> None:
    dossier = line.lived(book, "sign_for")
    line.act(dossier, "hand_down", unit("head", CLEO), line.forms(book)["hand_down"], line.NOW, book)
    inner = dossier.orders[-1]
    on(dossier, inner, "sign_for", BELOW, book)
    on(dossier, inner, "request_extension", replace(BELOW, person_id=ANNE), book)
    on(dossier, inner, "agree_to_extension", replace(BELOW, role="head", person_id=BEN), book)
    for person in (ANNE, BEN):
        with pytest.raises(engine.Refused) as no:
            on(dossier, inner, verb, unit("head", person), book)
        assert no.value.step == "not_by"
