"""A state machine of random people, verbs, forms and instants (hypothesis): what must hold holds after each step."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from hotline.network.records import Unit
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, Card, cards_of
from hotline.procedure.case import Case
from hotline.procedure.records import Record
from hotline.procedure.secrets import SeededRandomness
from hotline.procedure.world import World
from hotline.rules.book import Rulebook
from support import invariants, line
from support.model import Model, Numbers, Outcome, in_world, outcome
from support.random_acts import Dice, anybody, around, good_form, later, office, spoilt

STARTS = {
    "a working day": "2026-09-16T16:05", "before rest days": "2026-11-06T16:05", "shortly before midnight":
    "2026-09-16T23:30", "before a make-up workday": "2026-09-18T16:05", "across New Year": "2026-12-30T16:05",
    "before a long holiday": "2026-09-30T17:59", "a rest day": "2026-10-03T09:00",
}  # fmt: skip
MOST_MATTERS = 3  # alive at a time
# Of bits: hypothesis mixes constants found in the code among its integers, and any edit would make other lives.
SEEDS = st.lists(st.booleans(), min_size=24, max_size=24).map(lambda bits: sum(1 << i for i, b in enumerate(bits) if b))
BARREN = Unit(7004, "open", "T04", "空局", "空局", 2, 1, "department", "", "", "")
UNITS = {1: line.Receiving(line.OFFICE_UNIT), 2: line.Receiving(line.CENTRE), 7001: line.Receiving(line.UNIT),
         7002: line.Receiving(line.OTHER), 7003: line.Receiving(line.BELOW),
         7004: line.Receiving(BARREN, ())}  # fmt: skip


def profile(examples: int, steps: int) -> settings:
    """The same steps at every run: CI must not find on Tuesday what it did not find on Monday. A life that fails is
    told as it was: chance depends on the steps before, so that leaving some out would make another life."""
    return settings(max_examples=examples, stateful_step_count=steps, derandomize=True, database=None, deadline=None,
                    phases=(Phase.generate,), suppress_health_check=list(HealthCheck), print_blob=False)  # fmt: skip


class Lives(RuleBasedStateMachine):
    """Random lives of a few matters. `tally` counts over all runs: steps, outcomes, kinds of line."""

    book: ClassVar[Rulebook]
    tally: ClassVar[Counter[str]]
    units: ClassVar[Any] = UNITS

    def __init__(self) -> None:
        super().__init__()
        self.model = self.made()
        self.now = line.NOW
        self.last: dict[str, Any] | None = None
        self.went, self.steps, self.pressed = "", 0, 0
        self.often: Counter[str] = Counter()

    def made(self) -> Model:
        """The city the lives are lived in."""
        world = World(self.book, line.KEYS, SeededRandomness(b"lives"))
        world.ids = Numbers()  # type: ignore[assignment]
        leaders = {str(number): replace(line.LEADER_POST, id=number) for number in (30_000, 30_001)}
        return Model(world, self.units, leaders=leaders)

    # what may happen

    @initialize(start=st.sampled_from(sorted(STARTS)), seed=SEEDS)
    def it_begins(self, start: str, seed: int) -> None:
        """Two matters are there."""
        self.now = datetime.fromisoformat(STARTS[start]).replace(tzinfo=self.book.tz)
        for extra in (0, 1):
            self._register(Dice(f"{extra} {seed}"), line.actor("operator"))

    @rule(seed=SEEDS)
    def life_goes_on(self, seed: int) -> None:
        """Two people take one of the verbs their pages offer, one after the other."""
        self._meanwhile(self._dice(seed))

    @rule(seed=SEEDS)
    def anybody_tries_anything(self, seed: int) -> None:
        """Any verb, by anybody, on any matter or order, with any form."""
        dice = self._dice(seed)
        cards = [c for c in cards_of("matter") if not c.creates and "system" not in c.by]
        chain_id, card, who = self._matter(dice), dice.of(cards), anybody(dice, self.model)
        rows = [s for s in self.model.matters[chain_id].subjects() if isinstance(s, card.moves.record)]
        if rows:
            self._act(dice, card, chain_id, dice.of(rows), who, bad=dice.one_in(2))

    @rule(seed=SEEDS)
    def the_clock_looks(self, seed: int) -> None:
        """A sweep; nothing is in the past afterwards."""
        self._dice(seed)
        self.tally["steps"] += 1
        self.tally["clock acts"] += self.swept()
        late = [at for at in self.model.next_instants().values() if at <= self.now]
        assert late == [], "the next decision lies in the past after a sweep"
        self._look(self.model.matters)

    @precondition(lambda self: self.last is not None)
    @rule(seed=SEEDS)
    def the_same_form_is_sent_again(self, seed: int) -> None:
        """A double click, or somebody else with the same number: never a second act."""
        dice, again = self._dice(seed), dict(self.last or {})
        if dice.one_in(4):
            again["actor"] = anybody(dice, self.model)
        found = self.performed(**again, now=self.now)
        if self.went == "done":
            may = ("repeated", "Reused", "refused", "form") if again["card"].creates else ("repeated", "Reused")
            assert found.kind in may, found
        self._went(again["card"], found)

    @rule(seed=SEEDS)
    def from_a_page_out_of_date(self, seed: int) -> None:
        """A page from some lines ago: a conflict, or nothing that matters has happened since."""
        dice = self._dice(seed)
        self._offered(dice, behind=dice.of((1, 3)))

    # how

    def _dice(self, seed: int) -> Dice:
        """A new step: time has passed, and somebody has done something ordinary."""
        self.steps += 1
        dice = Dice(f"{self.steps} {seed}", self.often)
        self._meanwhile(dice)
        return dice

    def _meanwhile(self, dice: Dice) -> None:
        self.now = later(dice, self.model, self.now)
        alive = [d for d in self.model.matters.values() if d.matter.status != "archived"]
        if len(alive) < MOST_MATTERS and dice.one_in(4):
            self._register(dice, Actor("citizen") if dice.one_in(2) else office(dice, self.model), dice.one_in(3))
        else:
            self._offered(dice)

    def _matter(self, dice: Dice) -> int:
        alive = [i for i, dossier in self.model.matters.items() if dossier.matter.status != "archived"]
        return int(dice.of(sorted(self.model.matters if dice.one_in(10) or not alive else alive)))

    def _register(self, dice: Dice, who: Actor, bad: bool = False) -> None:
        card = REGISTRY["register"]
        self._act(dice, card, None, None, who, bad=bad, sure=not bad and who.role in card.by)

    def _offered(self, dice: Dice, behind: int = 0) -> None:
        """Of those around, somebody takes one of the verbs their page offers."""
        chain_id = self._matter(dice)
        dossier, found = self.model.matters[chain_id], []
        for who in around(dice, self.model, dossier):
            dossier, offers = self.model.offers(chain_id, who, self.now)
            found += [(who, offer) for offer in offers if offer.verdict.ok]
        if found:
            who, offer = dice.seldom(found)
            seen = dossier.head.seq - behind if behind else None
            self._act(dice, offer.card, chain_id, offer.subject, who, bad=dice.one_in(5), sure=True, seen=seen)

    def _act(self, dice: Dice, card: type[Card], chain_id: int | None, subject: Record | None, who: Actor, *,
             bad: bool, sure: bool = False, seen: int | None = None) -> None:  # fmt: skip
        now = self.now - timedelta(minutes=dice.of((1, 30))) if dice.one_in(12) and not sure else self.now
        case = None
        if subject is not None and chain_id is not None:
            case = Case(card, self.model.matters[chain_id], subject, who, now, self.book, line.tools())
        form = self._form(dice, card, chain_id, who, now, case)
        form |= {"leader": dice.of(sorted(self.model.leaders))} if "leader" in form else {}
        if bad and case is not None:
            form = spoilt(dice, form, case)
        elif bad:
            form[dice.of(sorted(form))] = dice.of(("", "x", "9" * 30))
        self.pressed += 1
        self.tally["steps"] += 1
        self.last = {"card": card, "chain_id": chain_id, "form": form, "actor": who, "act_id": UUID(int=self.pressed),
                     "row": subject.id if subject is not None and subject.id != chain_id else None}  # fmt: skip
        allowed = self._allowed(card, chain_id, subject, who, now)
        found = self.performed(**self.last, now=now, seen_seq=seen)
        self._note(card, found, allowed, sure)
        self._look([chain_id] if chain_id is not None else list(self.model.matters)[-1:])

    def _form(self, dice: Dice, card: type[Card], chain_id: int | None, who: Actor, now: datetime,
              case: Case[Any, Any] | None) -> dict[str, Any]:  # fmt: skip
        """What would usually do, in one of its many ways."""
        numbers = self._numbers(card, chain_id)
        return good_form(dice, self.book, card, who, now, sorted(self.model.units), case, numbers)

    def _numbers(self, card: type[Card], chain_id: int | None) -> list[str]:
        """The other matters that a form may name: mostly such as another can be joined to, where there are any."""
        others = [d.matter for i, d in sorted(self.model.matters.items()) if i != chain_id]
        fit = [m for m in others if card.name() == "join_matter" and m.status in ("accepted", "submitted", "in_hand")]
        return [matter.number for matter in fit or others]

    def _allowed(self, card: type[Card], chain_id: int | None, subject: Record | None, who: Actor, now: datetime
                 ) -> Any:  # fmt: skip
        """What the page says of this verb, the clock having done its part: ok, greyed, or not shown at all."""
        if chain_id is None or subject is None:
            return None
        _, offers = self.model.offers(chain_id, who, now)
        return next((o.verdict for o in offers if o.card is card and o.subject.id == subject.id), False)

    def _note(self, card: type[Card], found: Outcome, allowed: Any, sure: bool) -> None:
        self._went(card, found)
        if found.kind == "refused" and found.said[0] == "calendar":
            return  # a form may lead into a year that has no calendar yet; the page cannot know it beforehand
        assert not (sure and found.kind == "refused"), f"{card.name()} was offered, then refused: {found.said}"
        if allowed is None or found.kind in ("repeated", "Reused", "conflict"):
            return
        shown_open = bool(allowed) and allowed.ok
        assert shown_open is (found.kind != "refused"), f"{card.name()}: the page says {allowed}, the act {found}"

    def _went(self, card: type[Card], found: Outcome) -> None:
        self.went = "done" if found.kind == "repeated" else found.kind
        self.tally[found.kind] += 1
        self.tally[f"{found.kind} {card.name()}"] += 1
        self.often[card.name()] += found.kind in ("done", "form")

    def _look(self, chain_ids: Any) -> None:
        for chain_id in chain_ids:
            if chain_id in self.model.matters:
                self.looked(chain_id)

    # what a machine with a database does otherwise

    def performed(self, *, card: type[Card], chain_id: int | None, row: int | None, form: Any, actor: Actor,
                  now: datetime, act_id: UUID | None = None, seen_seq: int | None = None) -> Outcome:  # fmt: skip
        """Perform, and say what became of it; the invariants from state to state are held."""
        before = self.model.matters.get(chain_id or 0)
        found = outcome(lambda: self.model.perform(card, chain_id, row, form, actor=actor, now=now, act_id=act_id,
                                                   seen_seq=seen_seq))  # fmt: skip
        if chain_id is not None and found.kind != "Unknown":
            invariants.check_step(before, self.model.matters[chain_id])
        return found

    def swept(self) -> int:
        """The clock's sweep; how many acts."""
        before = dict(self.model.matters)
        done = self.model.sweep(self.now)
        for chain_id, dossier in before.items():
            invariants.check_step(dossier, self.model.matters[chain_id])
        return done

    def looked(self, chain_id: int) -> None:
        """What must hold of this matter."""
        dossier = self.model.matters[chain_id]
        invariants.check(self.book, dossier)
        invariants.check_joined(dossier, self.model.matters)
        with in_world(self.model.world):
            stored = {row.id: row.next_decision_at for row in (dossier.matter, *dossier.orders)}
            fresh = {d.subject.id: d.at for d in reversed(dossier.decisions(self.book))}
        assert {i: at for i, at in stored.items() if at is not None} == fresh

    def teardown(self) -> None:
        """Which kinds of line were written."""
        for dossier in self.model.matters.values():
            self.tally.update(li.kind for li in dossier.lines)
            self.tally.update(f"in time: {order.on_time}" for order in dossier.orders if order.filed_at)


