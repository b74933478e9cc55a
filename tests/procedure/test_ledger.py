"""A line's text: everything in it comes back out of it, and different lines are different texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from hotline.procedure import ledger
from hotline.procedure.actor import Actor
from hotline.procedure.ledger import Chain, Draft
from hotline.procedure.writeset import Figures

AT = datetime(2026, 11, 18, 1, 2, 3, tzinfo=UTC)
LATER = AT.replace(microsecond=4)
CLERK = Actor("clerk", 11, 12, 13)


def text(at: datetime = AT, actor: Actor = CLERK, **parts: Any) -> str:
    given = {"kind": "filed", "card": "file", "clauses": ("某条",), "subject_id": 7, "facts": (), "figures": Figures()}
    return ledger.canonical(Chain("matter", 5), 3, at, Draft(**{**given, **parts}), actor)


@pytest.mark.parametrize("at", [AT, LATER, AT + timedelta(microseconds=999_999), datetime(1999, 1, 1, tzinfo=UTC)])
def test_an_instant_comes_back_as_it_was(at: datetime) -> None:
    assert ledger.unstamp(ledger.stamp(at)) == ledger.iso(at)
    assert ledger.stamp(at.astimezone(timezone(timedelta(hours=8)))) == ledger.stamp(at)
    assert ledger.read(text(at)).at == ledger.iso(at)


def test_all_parts_come_back() -> None:
    figures = Figures(unit_id=13, kind_of="complaint", due_at=LATER, round=2, on_time=False)
    line = ledger.read(text(figures=figures, facts=(1, None, AT), texts=((8, b"x" * 32),),
                            sealed=(("t", 9, "phone", b"y"),)))  # fmt: skip
    assert (line.place, line.kind, line.clauses, line.subject_id) == ((1, 5, 3), "filed", ("某条",), 7)
    assert (line.role, line.person_id, line.for_person_id, line.post_id, line.unit_id) == ("clerk", 11, None, 12, 13)
    assert line.figures == (13, "complaint", ledger.iso(LATER), 2, False)
    assert line.facts == (1, None, ledger.iso(AT))
    assert line.texts == ((8, ledger.short(b"x" * 32)),)
    assert line.sealed == (("t", 9, "phone", ledger.short(b"y")),)


def test_nothing_at_the_end_is_left_out_and_comes_back_as_nothing() -> None:
    line = ledger.read(text(actor=Actor("clock"), subject_id=None))
    assert (line.person_id, line.for_person_id, line.post_id, line.unit_id, line.subject_id) == (None,) * 5
    assert (line.figures, line.facts, line.texts, line.sealed) == ((None,) * 5, (), (), ())


def test_different_lines_are_different_texts() -> None:
    parts: list[dict[str, Any]] = [
        {}, {"facts": (None,)}, {"facts": (False,)}, {"facts": (0,)}, {"facts": ([],)}, {"subject_id": None},
        {"texts": ((7, b""),)}, {"figures": Figures(round=0)}, {"figures": Figures(on_time=False)},
        {"figures": Figures(unit_id=13)}, {"at": LATER}, {"actor": Actor("clerk", 11, 12)}, {"clauses": ()},
    ]  # fmt: skip
    assert len({text(**one) for one in parts}) == len(parts)


def test_a_line_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 1"):
        ledger.read(text().replace(f"[{ledger.FORMAT},", "[1,", 1))
