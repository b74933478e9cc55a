"""每个人都要有答复: whoever called about a matter is told what became of it, not only the one who called first (R-25)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Contact
from hotline.procedure.writeset import WriteSet
from hotline.rules import elements
from hotline.rules.book import Rulebook
from support import line

OPERATOR, SHIFT = line.actor("operator"), line.actor("shift_leader")
OTHER = {"facts": "same", "name": "测试丁", "phone": "13900003456"}
LATER = line.NOW + timedelta(days=1)


def act(book: Rulebook, dossier: MatterDossier, verb: str, who: Any, now: datetime = line.NOW, **form: Any) -> WriteSet:
    return line.act(dossier, verb, who, {**line.forms(book)[verb], **form}, now, book)


def called_by_two(book: Rulebook, until: str, now: datetime = line.NOW, **changed: Any) -> MatterDossier:
    """Somebody else called about it too."""
    dossier = line.lived(book, until, **changed)
    act(book, dossier, "record_repeat", OPERATOR, now, **OTHER)
    return dossier


def told(out: WriteSet, template: str) -> list[int]:
    """Whom a message of this kind goes to."""
    return [m.to_id for m in out.messages if (m.template, m.to_kind) == (template, "citizen")]


def both(dossier: MatterDossier) -> list[int | None]:
    found = [contact.citizen_id for contact in dossier.all(Contact)]
    assert len(set(found)) == 2
    return found


@pytest.mark.clause("四（一）段1", "R-25")
@pytest.mark.parametrize(("until", "before", "verb", "who", "template"), [
    ("register", (), "decline", "operator", "declined"),
    ("register", (("propose_refusal", "operator"),), "approve_refusal", "shift_leader", "refused"),
    ("accept", (), "transfer_elsewhere", "dispatcher", "transferred"),
    ("sign_for", (("propose_end", "reviewer"),), "approve_end", "shift_leader", "ended"),
    ("accept", (), "hand_over", "operator", "handed_over"),
])  # fmt: skip
def test_everybody_is_told_how_it_ends(book: Rulebook, until: str, before: Any, verb: str, who: str,
                                       template: str) -> None:  # fmt: skip
    dossier = called_by_two(book, until)
    for name, role in before:
        act(book, dossier, name, line.actor(role))
    assert told(act(book, dossier, verb, line.actor(who)), template) == both(dossier)


@pytest.mark.clause("一段1", "R-25", "R-37")
def test_everybody_hears_that_the_praise_was_passed_on(book: Rulebook) -> None:
    dossier = called_by_two(book, "accept", kind="praise")
    assert told(act(book, dossier, "pass_on_praise", OPERATOR), "praise_told") == both(dossier)


@pytest.mark.clause("三（二）7", "R-25", "R-26")
@pytest.mark.parametrize(("verb", "template"), [("uphold_refusal", "refusal_upheld"),
                                                ("accept_after_all", "accepted_after_all")])  # fmt: skip
def test_everybody_hears_what_came_of_the_review(book: Rulebook, verb: str, template: str) -> None:
    dossier = called_by_two(book, "register")
    act(book, dossier, "propose_refusal", OPERATOR)
    act(book, dossier, "approve_refusal", SHIFT)
    act(book, dossier, "ask_for_review", line.actor("citizen"))
    assert told(act(book, dossier, verb, line.actor("shift_leader", 777)), template) == both(dossier)


def answered(book: Rulebook, dossier: MatterDossier, now: datetime, who: Any = OPERATOR) -> list[int]:
    return told(act(book, dossier, "answer_at_once", who, now), "rate")


@pytest.mark.clause("四（二）1", "R-25")
def test_whoever_hears_the_answer_on_the_line_gets_no_message_and_everybody_else_does(book: Rulebook) -> None:
    first, second = both(called := called_by_two(book, "accept"))
    assert answered(book, called, line.NOW) == [first]
    assert second is not None
    assert answered(book, line.lived(book, "accept"), line.NOW) == []


@pytest.mark.clause("四（二）1", "R-25")
def test_once_the_call_is_over_the_answer_is_told(book: Rulebook) -> None:
    """It came back from a unit, was left for longer than a record is left begun, or was passed to a colleague."""
    back = line.lived(book, "dispatch")
    act(book, back, "recall", line.actor("dispatcher"))
    left = elements.left_after(book)
    cases: Mapping[str, tuple[MatterDossier, datetime, Any]] = {
        "back": (back, line.NOW, OPERATOR),
        "left": (line.lived(book, "accept"), line.NOW + left, OPERATOR),
        "passed": (line.lived(book, "accept"), line.NOW, SHIFT),
    }
    for dossier, now, who in cases.values():
        (contact,) = dossier.all(Contact)
        assert answered(book, dossier, now, who) == [contact.citizen_id]
    assert answered(book, line.lived(book, "accept"), line.NOW + left - timedelta(seconds=1)) == []


@pytest.mark.clause("四（二）2", "R-25")
def test_whoever_is_not_the_one_put_through_is_told(book: Rulebook) -> None:
    dossier = called_by_two(book, "accept", kind=book.provision("connecting").values["kinds"][0])
    first, _ = both(dossier)
    assert told(act(book, dossier, "connect", OPERATOR), "rate") == [first]
