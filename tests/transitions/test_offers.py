"""可办: what is offered is what asking every card by itself would offer: `offers` shares questions, it changes none."""

from __future__ import annotations

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.network.roles import UNIT, Role
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import cards_for, cards_of
from hotline.procedure.case import Case
from hotline.rules.book import Rulebook
from support import line

STEPS = ("register", "accept", "dispatch", "sign_for", "record_contact", "draft_reply", "sign_off", "file", "archive")


def who(role: Role) -> Actor:
    """A post of this sort; of the unit that holds the order, where it is a unit's."""
    return line.actor(role, 100, line.UNIT.id if role in UNIT else 2)


def asked_one_by_one(book: Rulebook, dossier: MatterDossier, actor: Actor) -> list[engine.Offer]:
    found = []
    for card in cards_of("matter"):
        for subject in dossier.subjects():
            if actor.role in card.by and not card.creates and isinstance(subject, card.moves.record):
                case = Case(card, dossier, subject, actor, line.NOW, book, line.tools())
                nothing, (verdict, step) = card.pertains(case), engine.judge(case)
                if step not in ("post", "reach") and (nothing is None or nothing.ok):
                    found.append(engine.Offer(card, subject, verdict, card.until(case) if verdict.ok else None))
    return found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("until", STEPS)
def test_offers_are_what_every_card_says_by_itself(book: Rulebook, until: str, role: Role) -> None:
    plain = line.lived(book, until)
    busy = line.submitted(line.disputed(line.marked(plain))) if plain.orders else plain
    for dossier in (plain, busy):
        offered = engine.offers(dossier, who(role), line.NOW, book, line.tools())
        assert offered == asked_one_by_one(book, dossier, who(role))


def test_somebody_who_did_the_one_is_not_offered_the_other(book: Rulebook) -> None:
    """Of four eyes the reason is said before that of the status, as when the card is asked."""
    dossier = line.lived(book, "draft_reply")
    author = next(one.person_id for one in dossier.lines if one.kind == "reply_drafted")
    offered = engine.offers(dossier, line.actor("deputy", author, line.UNIT.id), line.NOW, book, line.tools())
    assert "须由另一人办" in next(o.verdict.because for o in offered if o.card.name() == "sign_off")


def test_which_cards_a_post_has_is_worked_out_once() -> None:
    """In the order of their declaration; none that opens a matter."""
    before = cards_for("matter", "clerk")
    assert before == [card for card in cards_of("matter") if "clerk" in card.by and not card.creates]
    assert cards_for("matter", "clerk") is before
