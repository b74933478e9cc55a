"""The same random people on the database and on the pure cards at once: after every step both say the same.

Same outcome (done, which refusal and clause, which problems, conflict), same rows, same lines byte by byte, same next
decisions, same messages; at the end of each life the whole ledger verifies."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import ExitStack
from typing import Any, ClassVar

import pytest
from django.test import override_settings
from hypothesis.stateful import run_state_machine_as_test

from harness import databases
from hotline.casework import clock
from hotline.casework.records import Order
from hotline.casework.transitions.base import PLATFORM
from hotline.config import wiring
from hotline.network import categories, danger_words
from hotline.network.look_ups import leader_post as leader_post_look_up
from hotline.network.look_ups import unit as unit_look_up
from hotline.procedure.card import LINES
from hotline.procedure.perform import Subject, perform, raw, read
from hotline.procedure.records import columns
from hotline.procedure.verify import verify
from hotline.procedure.world import IdBlocks, World, current
from support import line, lives
from support.model import Model, Numbers, Outcome, outcome
from support.roads import ROADS, Walker

EXAMPLES, STEPS = {"suzhou-2018": 8, "example-city": 5}, 100
ACTS = {"suzhou-2018": 1_250, "example-city": 750}  # two thousand between them, tried by somebody and answered by both
TEMPLATES = {"suzhou-2018": "city_template", "example-city": "second_template"}
MESSAGES = "SELECT id, template, to_kind, to_id, refs FROM procedure_outboxmessage WHERE chain_kind = 1 ORDER BY id"


class Noted(IdBlocks):
    """The database's numbers, each noted as it is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: deque[int] = deque()

    def next(self) -> int:
        """The next one."""
        number = super().next()
        self.drawn.append(number)
        return number

    def mark(self) -> Any:
        """Where drawing stands."""
        return super().mark(), len(self.drawn)

    def rewind(self, mark: Any) -> None:
        """Give back what was drawn since."""
        before, length = mark
        super().rewind(before)
        self.drawn = deque([*self.drawn][:length])


def some_units() -> dict[int, Any]:
    """Two staffed units of level 2, one below the first, one that nobody staffs, the platform itself, its centre that
    inspects."""
    query = """
        WITH staffed AS (SELECT u.id, u.parent_id, u.level FROM network_unit u WHERE u.status = 'open' AND u.phone <> ''
        AND (SELECT count(DISTINCT role) FROM network_post p WHERE p.unit_id = u.id AND p.status = 'open') >= 2),
        below AS (SELECT * FROM staffed WHERE level = 3 ORDER BY id LIMIT 1)
        SELECT id FROM below UNION SELECT parent_id FROM below
        UNION (SELECT s.id FROM staffed s, below WHERE s.level = 2 AND s.id <> below.parent_id ORDER BY s.id LIMIT 1)
        UNION (SELECT id FROM network_unit WHERE desk = 'office' ORDER BY id LIMIT 1)
        UNION (SELECT id FROM network_unit WHERE desk = 'inspection' ORDER BY id LIMIT 1)
        UNION (SELECT u.id FROM network_unit u WHERE level = 2 AND NOT EXISTS (SELECT 1 FROM network_post p
        WHERE p.unit_id = u.id) ORDER BY u.id LIMIT 1)"""
    with raw().cursor() as cur:
        ids = [row[0] for row in cur.execute(query).fetchall()]
        return {i: unit_look_up(cur, current(), None, {"unit": i}) for i in ids}  # type: ignore[arg-type]


def the_leaders() -> dict[str, Any]:
    """The posts of the city's leaders."""
    with raw().cursor() as cur:
        ids = [str(row[0]) for row in cur.execute("SELECT id FROM network_post WHERE role = 'leader'").fetchall()]
        return {i: leader_post_look_up(cur, current(), None, {"leader": i}) for i in ids}  # type: ignore[arg-type]


def differing(pure: list[Any], stored: list[Any]) -> list[Any]:
    """Each column that is not the same, as (row, column, on the cards, on the database)."""
    if [(type(row), row.id) for row in pure] != [(type(row), row.id) for row in stored]:
        return [pure, stored]
    both = ((one, two, name) for one, two in zip(pure, stored, strict=True) for name in columns(type(one)))
    return [(one, name, getattr(one, name), getattr(two, name)) for one, two, name in both
            if getattr(one, name) != getattr(two, name)]  # fmt: skip


class Agreeing(lives.Lives):
    """Each act is performed on both."""

    server: ClassVar[Any]
    template: ClassVar[str]

    def made(self) -> Model:
        """A city of its own for each life; the pure one has its keys, its randomness and its numbers."""
        self.open = ExitStack()
        self.open.enter_context(databases.fresh(self.server, self.template))
        wiring.wire()
        world = current()
        world.ids = Noted()
        pure = World(world.book, world.keys, world.random, dict(world.books), Numbers())  # type: ignore[arg-type]
        self.numbers, self.pure_numbers = world.ids, pure.ids
        units = some_units()
        platform = min(i for i, found in units.items() if found.unit.level == PLATFORM)
        listed = frozenset(row.name for row in categories.rows())
        return Model(pure, units, platform, the_leaders(), categories=listed, danger_words=danger_words.words())

    def performed(self, **act: Any) -> Outcome:
        """On the database, then on the pure cards with the numbers it drew."""
        on_database = outcome(lambda: self._perform(**act))
        self._hand_over()
        on_cards = super().performed(**act)
        assert on_cards == on_database
        self._all_taken()
        return on_cards

    def _perform(self, *, card: Any, chain_id: int | None, row: int | None, form: Any, actor: Any, now: Any,
                 act_id: Any, seen_seq: int | None = None) -> tuple[int, int, bool]:  # fmt: skip
        subject = Subject("matter", chain_id, (Order, row) if row is not None else None)
        done = perform(card, subject, form, actor=actor, now=now, act_id=act_id, seen_seq=seen_seq)
        return done.chain.id, done.seq, done.repeated

    def _hand_over(self) -> None:
        assert not self.pure_numbers.given
        self.pure_numbers.given.extend(self.numbers.drawn)
        self.numbers.drawn.clear()

    def _all_taken(self) -> None:
        assert not self.pure_numbers.given, "the database drew more numbers than the cards"

    def swept(self) -> int:
        """The clock's sweep on the database, set by set; nothing is set aside."""
        performed = 0
        while (done := clock.sweep(self.now)).claimed:
            assert done.aside == {}
            performed += done.performed
        self._hand_over()
        assert super().swept() == performed
        self._all_taken()
        return performed

    def looked(self, chain_id: int) -> None:
        """Row by row, line by line."""
        super().looked(chain_id)
        pure, stored = self.model.matters[chain_id], read("matter", chain_id)
        assert differing(line.rows(pure), line.rows(stored)) == []  # type: ignore[arg-type]
        assert pure.lines == stored.lines
        assert pure.head == stored.head
        assert pure.decisions(self.book) == stored.decisions(self.book)
        assert clock.next_at() == min(self.model.next_instants().values(), default=None)

    def teardown(self) -> None:
        """Messages, sizes, the whole ledger."""
        try:
            with raw().cursor() as cur:
                stored = cur.execute(MESSAGES).fetchall()
                matters = cur.execute("SELECT count(*) FROM casework_matter").fetchone()
            pure = [(m.id, m.template, m.to_kind, m.to_id) for m in sorted(self.model.messages, key=lambda m: m.id)]
            assert pure == [row[:4] for row in stored]
            assert matters == (len(self.model.matters),)
            assert verify().broken == ()
            super().teardown()
        finally:
            self.open.close()


@pytest.mark.parametrize("city", TEMPLATES)
def test_the_database_does_what_the_cards_say(server: Any, city: str, request: pytest.FixtureRequest) -> None:
    """Under both rulebooks, each in cities of its own."""
    tally, many = Counter[str](), EXAMPLES[city] * (10 if request.config.getoption("--long") else 1)
    here = {"server": server, "template": request.getfixturevalue(TEMPLATES[city]), "tally": tally,
            "book": line.rulebook(city)}  # fmt: skip
    machine = type("AgreeingHere", (Agreeing,), here)
    with override_settings(HOTLINE_RULEBOOK=city):
        run_state_machine_as_test(machine, settings=lives.profile(many, STEPS))
    assert tally["steps"] >= ACTS[city] * (many // EXAMPLES[city]), tally
    assert len(tally.keys() & LINES.keys()) >= 40, "they go everywhere, else this proves little"


class Walking(Agreeing, Walker):
    """Every road, on both."""

    def made(self) -> Model:
        """The forms' three units are those of this city that stand alike."""
        model = super().made()
        staffed = [found.unit for found in model.units.values() if found.roles and found.unit.level > PLATFORM]
        below = next(unit for unit in staffed if unit.level == PLATFORM + 2)
        other = next(unit for unit in staffed if unit.level == PLATFORM + 1 and unit.id != below.parent_id)
        ours = (below.parent_id, other.id, below.id)
        named = (line.UNIT, line.OTHER, line.BELOW)
        self.places = {str(one.id): str(here) for one, here in zip(named, ours, strict=True)}
        return model


@pytest.mark.parametrize("city", TEMPLATES)
def test_on_every_road_the_database_does_what_the_cards_say(
    server: Any, city: str, request: pytest.FixtureRequest
) -> None:
    """Every verb that people or the clock have (`tests/transitions/test_roads.py` holds that the roads lead to all)."""
    here = {"server": server, "template": request.getfixturevalue(TEMPLATES[city]), "tally": Counter[str](),
            "book": line.rulebook(city)}  # fmt: skip
    with override_settings(HOTLINE_RULEBOOK=city):
        walker = type("WalkingHere", (Walking,), here)()
        for number, road in enumerate(ROADS):
            walker.caller = {"phone": f"139{number:08}"}  # somebody else on each
            assert walker.walk(road, str(number)) == (len(road), ""), road
        walker.teardown()
