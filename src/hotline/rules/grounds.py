"""退回的理由：for what a filed letter may be sent back or bounced, from the list that the rulebook gives."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.rules.book import Rulebook

SIGN_OFF = "sign_off"


@dataclass(frozen=True, slots=True)
class Ground:
    """理由：one thing that may be wrong with a letter, with the clause that asks for it."""

    id: str
    term: str
    clause: str


def elements(book: Rulebook, consequence: str) -> tuple[Ground, ...]:
    """The elements whose lack has this consequence ('send_back' or 'bounce'), in the order of the text."""
    return tuple(
        Ground(field, element["term"], rule.clause)
        for rule in book.provisions("letter_elements")
        for field, element in rule.values["elements"].items()
        if element["consequence"] == consequence
    )


def merits(book: Rulebook) -> tuple[Ground, ...]:
    """退回重办：what may be wrong with the contents of a letter that has everything."""
    rule = book.provision("redo")
    return tuple(Ground(id_, term, rule.clause) for id_, term in rule.values["merits"].items())


def bounces(book: Rulebook) -> tuple[Ground, ...]:
    """退单：the elements that name unit and person, and the sign-off at the right level."""
    rule = book.provision("sign_off")
    return (*elements(book, "bounce"), Ground(SIGN_OFF, "按规定层级的审核、签批", rule.clause))
