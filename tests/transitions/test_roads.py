"""Every verb that people or the clock have is done by the machine of the random lives, under both rulebooks: each road
is walked to its end, and what must hold of a matter is looked at after every step. By name, what no road comes to."""

from __future__ import annotations

from collections import Counter

from hotline.network.roles import Role
from hotline.procedure.card import cards_of
from hotline.rules.book import Rulebook
from support.roads import ROADS, Walker

# What the system does besides, on another occasion than these roads have; each is walked by tests of its own.
ELSEWHERE = {
    "anonymise_again", "answer_joined", "assign_shares", "destroy_expired", "end_share", "forget_joined", "give_way",
    "hand_to_lead", "hear_joined", "hold_back_joint_answer", "inherit_order", "link_to_first", "mark_send_back",
    "note_link", "recompute_due", "recompute_promise", "reopen_at_desk", "reopen_follow_up", "resume_on_new_facts",
    "retract_publication", "separate_unlike", "take_from_ended", "take_up_again",
}  # fmt: skip


def walked(book: Rulebook, number: int) -> Counter[str]:
    """The lines that one road leaves behind."""
    tally = Counter[str]()
    walker = type("WalkerHere", (Walker,), {"book": book, "tally": tally})()
    taken, why = walker.walk(ROADS[number], str(number))
    assert (taken, why) == (len(ROADS[number]), "")
    walker.teardown()
    return tally


def test_every_road_is_walked_and_they_lead_to_every_verb(book: Rulebook) -> None:
    written = Counter[str]()
    for number in range(len(ROADS)):
        written += walked(book, number)
    missing = {card.name(): card.by for card in cards_of("matter") if not written[card.ledger.kind]}
    assert {name for name, by in missing.items() if Role.SYSTEM not in by} == set()
    assert missing.keys() <= ELSEWHERE


def test_a_step_that_nobody_may_take_is_told(book: Rulebook) -> None:
    walker = type("WalkerHere", (Walker,), {"book": book, "tally": Counter[str]()})()
    assert walker.walk(("accept", "sign_for"), "0") == (1, "sign_for: nobody may")


def test_a_verb_of_people_on_no_road_would_be_noticed() -> None:
    steps = {step if isinstance(step, str) else step[0] for road in ROADS for step in road}
    people = {c.name() for c in cards_of("matter") if not {Role.SYSTEM, Role.CLOCK} & set(c.by) and not c.creates}
    assert people <= steps
    assert len(people) > 100
