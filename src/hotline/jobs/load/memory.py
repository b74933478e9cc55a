"""记忆里过 (memory): a simulated matter's life performed by the cards in memory, the clock's acts at their own instants;
and the same acts once more, under other numbers, at other instants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen
from hotline.casework.transitions.intake import Register
from hotline.jobs.simulate import intake
from hotline.jobs.simulate.agenda import Step, next_step
from hotline.jobs.simulate.people import City
from hotline.jobs.simulate.plots import Plot
from hotline.network.batch import Unborn
from hotline.procedure import world as worlds
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.due_acts import due_acts
from hotline.procedure.engine import Refused, live, live_all, merge
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.secrets import Randomness
from hotline.procedure.store import Cur, Entry
from hotline.procedure.world import LOOK_UPS, IdBlocks, World
from hotline.procedure.writeset import WriteSet

NO_SHIFT = timedelta(0)
REMEMBERED = ("unit", "assisting", "leader_post", "own_unit", "inspection")  # what asks the network alone
KIND = Register.chain


class Alone(RuntimeError):
    """够到别的链: an act that reaches other matters cannot be lived alone."""


@dataclass(frozen=True, slots=True)
class Act:
    """一步: a card by somebody on the matter (0) or on one of its orders by place, with its form, and when."""

    card: type[Card]
    index: int
    form: Mapping[str, str]
    actor: Actor
    at: datetime


@dataclass(slots=True)
class Life:
    """一生: the dossier as it has become, all that was written, and what people did."""

    dossier: MatterDossier
    out: WriteSet = field(default_factory=WriteSet)
    acts: list[Act] = field(default_factory=list)
    refused: int = 0

    @property
    def entry(self) -> Entry:
        """The whole chain, to be written."""
        return Entry(self.dossier.chain, self.out, True)


class LookUps:
    """查找: what cards ask for from outside. Serial and citizen are given; what the network alone answers is asked for
    once, as nobody changes the network while it is loaded."""

    def __init__(self, cur: Cur):
        self.cur = cur
        self.known: dict[tuple[Any, ...], Any] = {}

    def of(self, case: Case[Any, Any], form: Mapping[str, Any], serial: int) -> dict[str, Any]:
        """All that the card draws and needs."""
        names = (*case.card.draws, *case.card.needs)
        return {name: self._one(name, case, form, serial) for name in names}

    def _one(self, name: str, case: Case[Any, Any], form: Mapping[str, Any], serial: int) -> Any:
        if name == "serial":
            return serial
        if name == "citizen":  # each has a number of their own: known are only those of the matter itself
            return self._citizen(case, form)
        if name not in REMEMBERED:
            return LOOK_UPS[name](self.cur, worlds.current(), case, form)
        key = (name, case.actor.unit_id, form.get("unit"), form.get("assisting"), form.get("leader"))
        if key not in self.known:
            self.known[key] = LOOK_UPS[name](self.cur, worlds.current(), case, form)
        return self.known[key]

    def _citizen(self, case: Case[Any, Any], form: Mapping[str, Any]) -> int | None:
        index = worlds.current().keys.phone_index(str(form.get("phone") or ""))
        there = [one.id for one in case.dossier.all(Citizen) if one.phone_index == index]
        return there[0] if there and form.get("phone") else None


class Range:
    """号段: the numbers of one matter, from its own number on."""

    def __init__(self, first: int, most: int):
        self.first, self.end, self.value = first, first + most, first

    def next(self) -> int:
        """The next one. Raises RuntimeError where a matter takes more than it was given."""
        if self.value == self.end:
            raise RuntimeError("a matter of more rows than it has numbers")
        self.value += 1
        return self.value - 1

    def mark(self) -> int:
        """Where it stands, for `rewind`."""
        return self.value

    def rewind(self, mark: int) -> None:
        """Begin there again."""
        self.value = mark


@contextmanager
def given(world: World, ids: Range, random: Randomness) -> Iterator[World]:
    """A world with other numbers and other chance, for the length of a life."""
    other = World(world.book, world.keys, random, world.books, cast("IdBlocks", ids))
    worlds.install(other)
    try:
        yield other
    finally:
        worlds.install(world)


class Living:
    """过: one matter in the current world. `end`: nothing happens after it."""

    def __init__(self, look_ups: LookUps, serial: int, end: datetime):
        self.look_ups, self.serial, self.end = look_ups, serial, end
        self.world = worlds.current()
        self.mark = self.world.ids.mark()

    def whole(self, city: City, plot: Plot, margin: timedelta = NO_SHIFT) -> Life:
        """All that people think of, as in a simulated city, and the clock. Nobody does anything later than `margin`
        before the end."""
        first = Act(Register, 0, intake.registration(city, plot), intake.registrar(city, plot), plot.at.astimezone(UTC))
        life, shut, last = self._begun(first), set[tuple[str, int]](), self.end - margin
        while (step := next_step(city, plot, life.dossier, shut)) is not None and step.at <= last:
            if self._clock(life, step.at, once=True):
                shut.clear()
                continue
            try:
                self._act(life, _act_of(step))
                shut.clear()
            except (Refused, FormErrors, Alone):
                shut.add((step.card.name(), step.index))
                refused = life.refused + 1  # what a refused card has touched is thrown away
                life = self.again(life.acts, until=life.dossier.head.at)
                life.refused = refused
        self._clock(life, self.end)
        return life

    def again(self, acts: Sequence[Act], shift: timedelta = NO_SHIFT, until: datetime | None = None) -> Life:
        """The same acts, each so much later. Raises Refused, FormErrors."""
        first, *rest = [Act(a.card, a.index, a.form, a.actor, a.at + shift) for a in acts]
        life = self._begun(first)
        for act in rest:
            self._clock(life, act.at)
            self._act(life, act)
        self._clock(life, until or self.end)
        return life

    def _begun(self, act: Act) -> Life:
        self.world.ids.rewind(self.mark)
        chain = Chain(KIND, self.world.ids.next())
        life = Life(MatterDossier(chain, Head()))
        self._perform(life, act, Unborn(chain.id))
        return life

    def _act(self, life: Life, act: Act) -> None:
        orders = life.dossier.orders
        self._perform(life, act, orders[act.index - 1] if act.index else life.dossier.matter)

    def _perform(self, life: Life, act: Act, subject: Any) -> None:
        dossier, head = life.dossier, life.dossier.head
        at = max(act.at, head.at) if head.at else act.at
        random = self.world.random.of(dossier.chain.kind, dossier.chain.id, head.seq)
        tools = Tools(self.world.ids, random, self.world.keys)
        case = Case(act.card, dossier, subject, act.actor, at, self.world.book_of(dossier), tools)
        tools.extra = self.look_ups.of(case, act.form, self.serial)
        self._take(life, live(case, act.form))
        life.acts.append(act)

    def _clock(self, life: Life, until: datetime, *, once: bool = False) -> bool:
        """What falls due by an instant, each at its own; `once`: only what is first. Whether anything did."""
        dossier, book, any_ = life.dossier, self.world.book_of(life.dossier), False
        while (first := next(iter(dossier.decisions(book)), None)) is not None and first.at <= until:
            at = max(first.at, dossier.head.at or first.at)
            self._take(life, live_all(dossier, book, due_acts(dossier, at)))
            any_ = True
            if once:
                break
        return any_

    @staticmethod
    def _take(life: Life, out: WriteSet) -> None:
        if out.echoes:
            raise Alone(out.echoes[0].card)
        merge(life.out, out)


def _act_of(step: Step) -> Act:
    return Act(step.card, step.index, step.form, step.actor, step.at.astimezone(UTC))
