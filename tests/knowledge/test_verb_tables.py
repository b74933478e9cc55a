"""Post × verb and status × verb of entries, walked in full in memory, under both rulebooks. Written by hand."""

from __future__ import annotations

import pytest

from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.card import cards_of
from hotline.rules.book import Rulebook
from knowledge import entries
from support import line

OURS = "operator dispatcher reviewer follow_up supervisor inspector shift_leader"
UNITS = "clerk deputy head"
MAY = {
    **dict.fromkeys(("propose_entry", "revise_entry", "reconfirm_entry", "withdraw_entry"), f"{UNITS} {OURS}"),
    **dict.fromkeys(("confirm_entry", "send_entry_back"), "reviewer shift_leader"),
    **dict.fromkeys(("ask_reconfirmation", "expire_entry"), "clock"),
    "inherit_entry": "system",
}
# What was done before; and in which of these states each verb is done, at what step it is refused in the others.
STATES = {
    "proposed": ("propose_entry",),
    "sent back": ("propose_entry", "send_entry_back"),
    "in force": ("propose_entry", "confirm_entry"),
    "revised": ("propose_entry", "confirm_entry", "revise_entry"),
    "withdrawn": ("propose_entry", "confirm_entry", "withdraw_entry"),
}
DONE = {
    "revise_entry": {"sent back", "in force"},
    "confirm_entry": {"proposed", "revised"},
    "send_entry_back": {"proposed", "revised"},
    "reconfirm_entry": {"in force", "revised"},
    "withdraw_entry": {"proposed", "sent back", "in force", "revised"},
    "inherit_entry": {"proposed", "sent back", "in force", "revised"},
    "ask_reconfirmation": set(),  # not before its time
    "expire_entry": set(),
}


def somebody(role: str) -> Actor:
    """Somebody of the unit that proposed it, whatever they are there, and not who wrote it."""
    return line.actor(role, 5_000, line.UNIT.id)


def test_the_tables_know_every_verb_of_entries(book: Rulebook) -> None:
    there = {card.name() for card in cards_of("entry")}
    assert there == set(MAY) == {"propose_entry", *DONE} == set(entries.forms(book))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", MAY)
def test_a_verb_on_an_entry_is_for_its_posts_and_for_no_other(book: Rulebook, verb: str, role: str) -> None:
    before = {"propose_entry": (), "revise_entry": STATES["in force"], "reconfirm_entry": STATES["in force"]}
    dossier, who = entries.lived(book, *before.get(verb, STATES["proposed"])), somebody(role)
    form = entries.forms(book)[verb]
    if role not in MAY[verb].split():
        assert entries.refused(dossier, verb, who, form, line.NOW, book) == "post"
    elif verb in entries.CLOCK_CARDS:
        assert entries.refused(dossier, verb, who, form, line.NOW, book) == "guard"
    else:
        assert entries.act(dossier, verb, who, form, line.NOW, book).lines


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", DONE)
def test_a_verb_on_an_entry_in_every_state(book: Rulebook, verb: str, state: str) -> None:
    dossier, form = entries.lived(book, *STATES[state]), entries.forms(book)[verb]
    who = somebody(MAY[verb].split()[0])
    if state in DONE[verb]:
        assert entries.act(dossier, verb, who, form, line.NOW, book).lines
    else:
        assert entries.refused(dossier, verb, who, form, line.NOW, book) in ("status", "guard")
