"""现在的答复: of several answers in one matter the one that stands: on the site, on paper, under a joined number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.casework import answered, jointly
from hotline.casework.dossier import MatterDossier
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.rules.book import Rulebook
from hotline.surfaces.portal import shaping
from hotline.surfaces.workbench.shaping import answers
from support import line

OLD, NEW = "路灯已经修好", "热线办的新答复：换杆"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def act(book: Rulebook, dossier: MatterDossier, verb: str, role: str, hours: int, **fields: str) -> None:
    """A verb so many hours after everything else; the numbers that are drawn go on ascending."""
    form = {**line.forms(book).get(verb, {}), **fields}
    kit = line.tools(ids=line.Counter(10_000 * (dossier.head.seq + 1)))
    line.act(dossier, verb, line.actor(role), form, line.NOW + DAY + hours * HOUR, book, kit)


def taken_away(book: Rulebook) -> MatterDossier:
    """Answered by a unit, taken up anew, and then taken from that unit: it waits at the desk."""
    dossier = line.lived(book, "approve")
    order = dossier.orders[0]
    dossier = line.changed(dossier, order, status=OrderStatus.RECALLED, ended_at=line.NOW + DAY)
    return line.changed(dossier, dossier.matter, status=MatterStatus.ACCEPTED, replied_at=None, satisfied=None)


def everywhere(book: Rulebook, dossier: MatterDossier) -> set[str]:
    """What each reader of the answer reads."""
    found = dossier.body(answered.text_id(dossier))
    return {found, shaping._answer(dossier), answers.answer_of(dossier), jointly.answer(dossier, book)}


@pytest.mark.clause("R-05", "R-23")
def test_the_answer_of_a_unit_that_has_it_no_longer_is_none(book: Rulebook) -> None:
    dossier = line.lived(book, "approve")
    assert OLD in "".join(everywhere(book, dossier))
    assert everywhere(book, taken_away(book)) == {""}


def test_what_the_desk_answers_afterwards_is_the_answer(book: Rulebook) -> None:
    dossier = taken_away(book)
    act(book, dossier, "answer_at_once", "operator", 2, answer=NEW)
    assert everywhere(book, dossier) == {NEW}


def test_of_letter_and_desk_whoever_answered_last(book: Rulebook) -> None:
    """An order that was approved stays as it is although the matter went to the desk again."""
    dossier = line.lived(book, "approve")
    letter = answered.letter(dossier)
    assert letter is not None
    earlier = line.changed(dossier, dossier.matter, told_id=letter.id - 1)
    assert answered.letter(earlier) is not None
    assert answered.letter(line.changed(earlier, earlier.matter, told_id=letter.id + 1)) is None
