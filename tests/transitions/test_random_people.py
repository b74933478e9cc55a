"""Random people try random verbs at random instants on the pure cards: what must hold holds after each step."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis.stateful import run_state_machine_as_test

from hotline.procedure.card import LINES
from hotline.rules.book import Rulebook
from support import lives

EXAMPLES, STEPS = 18, 100


def test_what_must_hold_holds_whoever_does_what(book: Rulebook, request: pytest.FixtureRequest) -> None:
    tally: Counter[str] = Counter()
    machine = type("LivesHere", (lives.Lives,), {"book": book, "tally": tally})
    many = 10 if request.config.getoption("--long") else 1
    run_state_machine_as_test(machine, settings=lives.profile(EXAMPLES * many, STEPS))
    assert tally["steps"] >= 2000 * many, tally
    assert len(tally.keys() & LINES.keys()) >= 40, "they go everywhere, else this proves little"
