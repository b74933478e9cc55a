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


def level_3s_letter(book: Rulebook, drafter: Actor, accepts: int = CLEO) -> MatterDossier:
    """Level 3 has drafted it, signed it and filed it; level 2 has taken it over."""
    dossier = line.lived(book, "sign_for")
    line.act(dossier, "hand_down", unit("head", CLEO), line.forms(book)["hand_down"], line.NOW, book)
    inner = dossier.orders[-1]
    for verb, who in (("sign_for", BELOW), ("record_contact", BELOW), ("draft_reply", drafter),
                      ("answer_citizen", BELOW), ("sign_off", replace(BELOW, role="head", person_id=BEN + 10)),
                      ("file", BELOW),
                      ("accept_from_below", unit("clerk", accepts))):  # fmt: skip
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


# 单位的人代理热线岗位：自己经手的，自己不定。


@pytest.mark.clause("二段2a", "R-17")
@pytest.mark.parametrize("verb", ["approve", "approve_explained", "approve_in_part"])
def test_nobody_approves_a_letter_in_which_they_had_a_part(book: Rulebook, verb: str) -> None:
    """As reviewer in somebody's stead, or through whoever acts for them; to send it back is no favour to oneself."""
    dossier, form = line.fit(book, line.lived(book, "file"), verb), line.forms(book)[verb]
    for who in {frozenset(li.persons()) for li in dossier.lines
                if li.kind in ("reply_drafted", "citizen_answered", "signed_off", "filed")}:  # fmt: skip
        (person,) = who
        for one in (line.actor("reviewer", person), replace(line.actor("reviewer"), for_person_id=person)):
            no = line.refused(dossier, verb, one, form, line.NOW, book)
            assert (no.step, no.verdict.because.endswith("须由另一人办。")) == ("not_by", True)
        again = line.forms(book)["send_back"]
        line.act(line.copy(dossier), "send_back", line.actor("reviewer", person), again, line.NOW, book)
    line.act(dossier, verb, line.actor("reviewer"), form, line.NOW, book)


@pytest.mark.clause("五（二）段1b", "R-07")
@pytest.mark.parametrize("verb", ["accept_extension", "refuse_extension"])
def test_whoever_asked_for_time_or_agreed_does_not_decide_for_the_office(book: Rulebook, verb: str) -> None:
    dossier = line.lived(book, "record_contact")
    line.act(dossier, "request_extension", unit("clerk", ANNE), line.forms(book)["request_extension"], line.NOW, book)
    line.act(dossier, "agree_to_extension", unit("head", BEN), {}, line.NOW, book)
    for who in (line.actor("supervisor", ANNE), line.actor("supervisor", BEN),
                replace(line.actor("supervisor"), for_person_id=BEN)):  # fmt: skip
        assert line.refused(dossier, verb, who, line.forms(book)[verb], line.NOW, book).step == "not_by"
    line.act(dossier, verb, line.actor("supervisor"), line.forms(book)[verb], line.NOW, book)


@pytest.mark.clause("四（四）段1c", "R-12")
def test_the_letters_own_people_do_not_waive_its_redo(book: Rulebook) -> None:
    dossier = line.lived(book, "approve", dispatch={"major": "1"})
    said = {**line.forms(book)["follow_up"], "solved": "no"}
    line.act(dossier, "follow_up", line.actor("follow_up"), said, line.NOW, book)
    left = {"reason": "已经办到头了"}
    for kind in ("reply_drafted", "signed_off"):
        (person,) = next(li.persons() for li in dossier.lines if li.kind == kind)
        who = replace(line.actor("shift_leader", person), for_person_id=999)
        assert line.refused(dossier, "accept_dissatisfaction", who, left, line.NOW, book).step == "not_by"
    line.act(dossier, "accept_dissatisfaction", line.actor("shift_leader"), left, line.NOW, book)


@pytest.mark.clause("R-16")
def test_who_signed_it_at_level_3_does_not_accept_it_at_level_2(book: Rulebook) -> None:
    with pytest.raises(engine.Refused) as no:
        level_3s_letter(book, BELOW, accepts=BEN + 10)
    assert no.value.step == "not_by"
