"""The pure city: many matters in memory, on which the cards are lived as `perform` and the clock's sweep would. It
holds what the database would, so that the two can be held against each other row by row and byte by byte."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, Contact, Order, PersonKey
from hotline.network.look_ups import only_one, said_units
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.due_acts import case_on, due_acts, is_due
from hotline.procedure.engine import Conflict, Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import Reused, Unknown
from hotline.procedure.records import Record
from hotline.procedure.secrets import decrypt, place
from hotline.procedure.world import World, current, install
from hotline.procedure.writeset import Message, WriteSet
from support import line

Form = Mapping[str, Any]
FAR = 10**12  # numbers that no database of the tests draws


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act, so that two of them can be compared: done, repeated, refused, form, conflict, reused."""

    kind: str
    said: tuple[Any, ...] = ()


def outcome(act: Callable[[], Any]) -> Outcome:
    """Perform, and say what became of it. `act` returns (chain, seq, repeated)."""
    try:
        chain_id, seq, repeated = act()
    except Refused as no:
        return Outcome("refused", (no.step, no.verdict.clause, no.verdict.because, no.verdict.readings))
    except FormErrors as bad:
        return Outcome("form", bad.problems)
    except Conflict as moved:
        return Outcome("conflict", moved.lines)
    except (Reused, Unknown) as odd:
        return Outcome(type(odd).__name__)
    return Outcome("repeated" if repeated else "done", (chain_id, seq))


class Numbers:
    """Ids: those that the database drew for the same act, in the same order; its own where none are given."""

    def __init__(self) -> None:
        self.given: deque[int] = deque()
        self.own = line.Counter(FAR)

    def next(self) -> int:
        """The next one."""
        return self.given.popleft() if self.given else self.own.next()


@contextmanager
def in_world(world: World) -> Iterator[None]:
    """This world for a while: that of the model, while the process has the database's, or none."""
    try:
        before = current()
    except RuntimeError:
        before = world
    install(world)
    try:
        yield
    finally:
        install(before)


@dataclass
class Model:
    """A city in memory. `units` as the look-up brings them, by number; `platform`: where the hotline's people are;
    `leaders`: the posts of the city's leaders, by number."""

    world: World
    units: Mapping[int, Any]
    platform: int = 1
    leaders: Mapping[str, Any] = field(default_factory=dict)
    matters: dict[int, MatterDossier] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    serials: Counter[date] = field(default_factory=Counter)
    acts: dict[UUID, tuple[str, int | None, int, int]] = field(default_factory=dict)
    known: list[tuple[bytes, str, Citizen, PersonKey]] = field(default_factory=list)

    # look-ups

    def look_up(self, name: str, case: Case[Any, Any], form: Form) -> Any:
        """What a card asks for from outside its dossier."""
        return getattr(self, f"_{name}")(case, form)

    def _serial(self, case: Case[Any, Any], form: Form) -> int:
        day = case.book.calendar.day_of(case.now)
        self.serials[day] += 1
        return self.serials[day]

    def _citizen(self, case: Case[Any, Any], form: Form) -> int | None:
        found = self._known(form)
        return found[2].id if found else None

    def _known(self, form: Form) -> tuple[bytes, str, Citizen, PersonKey] | None:
        phone, name = (str(form.get(field) or "").replace("\x00", "").strip() for field in ("phone", "name"))
        index = self.world.keys.phone_index(phone)
        return next((k for k in self.known if k[:2] == (index, name)), None) if phone else None

    def _unit(self, case: Case[Any, Any], form: Form) -> Any:
        text = str(form.get("unit") or "")
        return self.units.get(int(text)) if text.isascii() and text.isdigit() else None

    @property
    def inspection(self) -> int | None:
        """The centre that inspects."""
        return next((i for i, found in self.units.items() if found.unit.desk == "inspection"), None)

    def _inspection(self, case: Case[Any, Any], form: Form) -> Any:
        return self.units[self.inspection].unit if self.inspection else None

    def _assisting(self, case: Case[Any, Any], form: Form) -> Any:
        found = [one for one in self.units.values() if one.unit.status == "open"]
        return {said: only_one(said, found) for said in said_units(str(form.get("assisting") or ""))}

    def _leader_post(self, case: Case[Any, Any], form: Form) -> Any:
        return self.leaders.get(str(form.get("leader") or ""))

    def _accused(self, case: Case[Any, Any], form: Form) -> Any:
        return []  # random people have no names

    def _files(self, case: Case[Any, Any], form: Form) -> Any:
        return []  # random people send none

    def _of(self, case: Case[Any, Any], form: Form) -> int | None:
        said, first = str(form.get("citizen") or ""), case.dossier.citizen()
        return int(said) if said.isdecimal() else first.id if first else None

    def _elsewhere(self, case: Case[Any, Any], form: Form) -> Any:
        others = (d for i, d in self.matters.items() if i != case.dossier.chain.id)
        mine = self._of(case, form)
        return sum(c.citizen_id == mine and c.forgotten_at is None for d in others for c in d.all(Contact))

    def _came_first(self, case: Case[Any, Any], form: Form) -> Any:
        mine = self._of(case, form)
        found = [(c.id, d.matter.id, d.matter.number) for d in self.matters.values() for c in d.all(Contact)
                 if mine is not None and c.citizen_id == mine]  # fmt: skip
        return min(found)[1:] if found else None

    def _heir(self, case: Case[Any, Any], form: Form) -> Any:
        return self.units[case.subject.unit_id]

    def _own_unit(self, case: Case[Any, Any], form: Form) -> Any:
        if case.actor.unit_id in (self.platform, self.inspection):
            return replace(line.OFFICE_UNIT, id=case.actor.unit_id)
        found = self.units.get(case.actor.unit_id or 0)
        return found.unit if found else None

    # acting

    def perform(self, card: type[Card], chain_id: int | None, row: Any, form: Form, *, actor: Actor, now: datetime,
                act_id: UUID | None = None, seen_seq: int | None = None) -> tuple[int, int, bool]:  # fmt: skip
        """As `perform` does; returns (chain, seq, repeated)."""
        with in_world(self.world):
            if card.creates:
                return self._create(card, form, actor, now, act_id)
            return self._on(card, chain_id or 0, row, form, actor, now, act_id, seen_seq)

    def _create(self, card: type[Card], form: Form, actor: Actor, now: datetime, act_id: UUID | None
                ) -> tuple[int, int, bool]:  # fmt: skip
        world, unborn = self.world, MatterDossier(Chain("matter", 0), Head())
        case = Case(card, unborn, Record(), actor, now, world.book, Tools(world.ids, world.random, world.keys))
        case.tools.extra = {name: self.look_up(name, case, form) for name in card.draws}
        unborn.chain = Chain("matter", world.ids.next())
        case.tools.random = world.random.of("matter", unborn.chain.id, 0)
        case.subject = line.Unborn(unborn.chain.id)
        case.tools.extra = {**case.tools.extra, **{name: self.look_up(name, case, form) for name in card.needs}}
        out = engine.live(case, form)
        if act_id in self.acts:  # the number of the act is unique: nothing of this one is written
            return self._first(act_id, card, actor)
        self._meet(unborn, form)
        return self._keep(unborn, out, card, actor, act_id, 1)

    def _meet(self, dossier: MatterDossier, form: Form) -> None:
        """A citizen known already belongs to the dossier as read again; a new one is known from now on."""
        if found := self._known(form):
            dossier.put(found[2])
            dossier.put(found[3])
            return
        phone, name = (str(form.get(field) or "").replace("\x00", "").strip() for field in ("phone", "name"))
        if phone:
            citizen, key = dossier.all(Citizen)[-1], dossier.all(PersonKey)[-1]
            self.known.append((self.world.keys.phone_index(phone), name, citizen, key))

    def _first(self, act_id: UUID | None, card: type[Card], actor: Actor) -> tuple[int, int, bool]:
        name, person_id, chain_id, seq = self.acts[act_id]  # type: ignore[index]
        if (name, person_id) != (card.name(), actor.person_id):
            raise Reused(name)
        return chain_id, seq, True

    def _keep(self, dossier: MatterDossier, out: WriteSet, card: type[Card], actor: Actor, act_id: UUID | None,
              seq: int) -> tuple[int, int, bool]:  # fmt: skip
        self.matters[dossier.chain.id] = dossier
        self._elsewhere_too(dossier, out)
        self.messages += out.messages
        if act_id is not None:
            self.acts[act_id] = (card.name(), actor.person_id, dossier.chain.id, seq)
        return dossier.chain.id, seq, False

    def _elsewhere_too(self, dossier: MatterDossier, out: WriteSet) -> None:
        """A person's row and key are the same in all of their matters, and calls find them by what it says now."""
        gone = {row_id for record, row_id in out.deletes if record is PersonKey}
        changed = {row_id: dossier.get(Citizen, row_id) for record, row_id in out.updates if record is Citizen}
        for other in self.matters.values():
            for citizen_id, citizen in changed.items():
                if other.find(Citizen, citizen_id):
                    other.put(citizen)
            other.apply(WriteSet(deletes=[(PersonKey, row_id) for row_id in gone]))
        known = [(i, n, changed.get(c.id, c), key) for i, n, c, key in self.known if c.id not in gone]
        self.known = [(c.phone_index or i, _name(self.world, c, key) if c.id in changed else n, c, key)
                      for i, n, c, key in known]  # fmt: skip

    def _on(self, card: type[Card], chain_id: int, row: Any, form: Form, actor: Actor, now: datetime,
            act_id: UUID | None, seen_seq: int | None) -> tuple[int, int, bool]:  # fmt: skip
        if chain_id not in self.matters:
            raise Unknown("matter")
        if act_id in self.acts:
            return self._first(act_id, card, actor)
        dossier = line.copy(self.matters[chain_id])
        subject = _row(dossier, row)
        if seen_seq is not None and (lines := engine.unseen(dossier, subject, seen_seq)):
            raise Conflict(lines)
        fallen = self.catch_up(dossier, now)
        case = case_on(card, dossier, _row(dossier, row), actor, now)
        case.tools.extra = {name: self.look_up(name, case, form) for name in card.needs}
        out = engine.live(case, form)
        if "citizen" in card.needs:
            self._meet(dossier, form)
        seq = out.lines[0].seq
        engine.merge(fallen, out)
        return self._keep(dossier, fallen, card, actor, act_id, seq)

    def catch_up(self, dossier: MatterDossier, now: datetime) -> WriteSet:
        """What had fallen due is done before anybody's act."""
        at = max(now, dossier.head.at or now)
        if not is_due(dossier, at):
            return WriteSet()
        return engine.live_all(dossier, self.world.book, due_acts(dossier, at))

    # the clock

    def sweep(self, now: datetime) -> int:
        """All that is due anywhere; how many acts."""
        with in_world(self.world):
            return sum(self._sweep_one(chain_id, now) for chain_id in self.due(now))

    def due(self, now: datetime) -> list[int]:
        """The matters on which something has fallen due."""
        return sorted(i for i, at in self.next_instants().items() if at <= now)

    def next_instants(self) -> dict[int, datetime]:
        """Of each matter that waits for the clock: its earliest next decision, as stored."""
        found = {}
        for chain_id, dossier in self.matters.items():
            stored = [row.next_decision_at for row in (dossier.matter, *dossier.orders) if row.next_decision_at]
            if stored:
                found[chain_id] = min(stored)
        return found

    def _sweep_one(self, chain_id: int, now: datetime) -> int:
        dossier = line.copy(self.matters[chain_id])
        out = engine.live_all(dossier, self.world.book, due_acts(dossier, now))
        self.matters[chain_id] = dossier
        self.messages += out.messages
        return len(out.lines)

    # looking

    def offers(self, chain_id: int, actor: Actor, now: datetime) -> tuple[MatterDossier, list[engine.Offer]]:
        """What somebody's page would show once the clock has done what is due, with the dossier it shows."""
        with in_world(self.world):
            dossier = line.copy(self.matters[chain_id])
            self.catch_up(dossier, now)
            at = max(now, dossier.head.at or now)
            return dossier, engine.offers(dossier, actor, at, self.world.book, self.tools(actor))

    def tools(self, actor: Actor) -> Tools:
        """Tools for looking: what they draw is thrown away."""
        own = self.units.get(actor.unit_id or 0)
        return line.tools(ids=line.Counter(10 * FAR), own_unit=own and own.unit)


def _row(dossier: MatterDossier, row: Any) -> Record:
    if row is None:
        return dossier.matter
    return dossier.get(Order, row)


def _name(world: World, citizen: Citizen, key: PersonKey) -> str:
    if not citizen.name_sealed:
        return ""
    own = world.keys.unwrap(citizen.id, key.wrapped)
    return decrypt(own, citizen.name_sealed, place(Citizen.TABLE, citizen.id, "name")).decode()
