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

from hotline.casework import conflicts
from hotline.casework.dossier import MatterDossier
from hotline.casework.lookups import Call, Ruled
from hotline.casework.records import Citizen, Contact, Order, PersonKey, Ruling
from hotline.network.look_ups import only_one, said_units
from hotline.network.roles import OFFICE
from hotline.procedure import echoing, engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.due_acts import case_on, due_acts, is_due
from hotline.procedure.echoing import MoreChains
from hotline.procedure.engine import Conflict, Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.perform import Reused, Unknown
from hotline.procedure.reaching import Others, insist
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

    def mark(self) -> Any:
        """Where drawing stands."""
        return deque(self.given), self.own.value

    def rewind(self, mark: Any) -> None:
        """Give back what was drawn since."""
        self.given, self.own.value = mark


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
    `leaders`: the posts of the city's leaders, by number; `categories`: the words of its list; `danger_words`: those
    that it looks for besides the rulebook's."""

    world: World
    units: Mapping[int, Any]
    platform: int = 1
    leaders: Mapping[str, Any] = field(default_factory=dict)
    matters: dict[int, MatterDossier] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    serials: Counter[date] = field(default_factory=Counter)
    acts: dict[UUID, tuple[str, int | None, int, int]] = field(default_factory=dict)
    known: list[tuple[bytes, str, Citizen, PersonKey]] = field(default_factory=list)
    categories: frozenset[str] = frozenset()
    danger_words: tuple[str, ...] = ()

    # look-ups

    def look_up(self, name: str, case: Case[Any, Any], form: Form) -> Any:
        """What a card asks for from outside its dossier."""
        return getattr(self, f"_{name}")(case, form)

    def _retired(self, case: Case[Any, Any], form: Form) -> None:
        """Nobody retires a category in these lives."""

    def _danger_words(self, case: Case[Any, Any], form: Form) -> tuple[str, ...]:
        return self.danger_words

    def _listed(self, case: Case[Any, Any], form: Form) -> bool:
        return str(form.get("category") or "").strip() in self.categories

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

    def _cited(self, case: Case[Any, Any], form: Form) -> Any:
        return {}  # random people cite nothing

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

    def _first(self, case: Case[Any, Any], form: Form) -> Call | None:
        number = str(form.get("beside") or "") if case.actor.role in OFFICE else ""
        found = next((d for d in self.matters.values() if number and d.matter.number == number), None)
        if found is None or conflicts.barred(found.matter, case.actor):
            return None
        matter, call = found.matter, found.all(Contact)[-1]
        caller = call.citizen_id if call.forgotten_at is None else None
        return Call(matter.id, number, matter.status, call.call_id, caller, call.channel, call.at)

    def _main(self, case: Case[Any, Any], form: Form) -> int | None:
        found = self._first(case, {"beside": form.get("number")})
        return found.matter_id if found else None

    def _ruling(self, case: Case[Any, Any], form: Form) -> Ruled | None:
        found = self._first(case, {"beside": form.get("ruling")})
        rows = self.matters[found.matter_id].all(Ruling) if found else []
        row = next((one for one in rows if one.revoked_at is None), None)
        return Ruled(row.id, row.matter_id, found.number, row.unit_id) if found and row else None

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
        drawn = {name: self.look_up(name, case, form) for name in card.draws}
        chain = Chain("matter", world.ids.next())

        def once(also: list[int]) -> tuple[int, int, bool]:
            dossier, others = MatterDossier(chain, Head()), self._others(also, now)
            kit = Tools(world.ids, world.random.of("matter", chain.id, 0), world.keys, drawn, others.dossiers)
            case = Case(card, dossier, line.Unborn(chain.id), actor, now, world.book, kit)
            kit.extra = {**drawn, **{name: self.look_up(name, case, form) for name in card.needs}}
            insist(card.beside(case), others)
            out = engine.live(case, form)
            whole = echoing.lived(out, others.dossiers, others.fallen, now)
            if act_id in self.acts:  # the number of the act is unique: nothing of this one is written
                return self._again(act_id, card, actor)
            self._meet(dossier, form)
            self._keep_others(others, whole)
            return self._keep(dossier, out, card, actor, act_id, 1)

        return self._in_order(once)

    def _in_order(self, once: Callable[[list[int]], tuple[int, int, bool]]) -> tuple[int, int, bool]:
        """Begun anew with the other matters that it turns out to reach, as `reaching` does."""
        also = frozenset[int]()
        while True:
            mark = self.world.ids.mark()
            try:
                return once(sorted(also))
            except MoreChains as more:
                self.world.ids.rewind(mark)
                also |= more.chains

    def _others(self, ids: list[int], now: datetime) -> Others:
        found = Others({i: line.copy(self.matters[i]) for i in ids})
        for chain_id, dossier in found.dossiers.items():
            found.fallen[chain_id] = self.catch_up(dossier, now)  # type: ignore[arg-type]
        return found

    def _keep_others(self, others: Others, whole: Mapping[int, WriteSet]) -> None:
        for chain_id, out in whole.items():
            self.matters[chain_id] = others.dossiers[chain_id]  # type: ignore[assignment]
            self.messages += out.messages

    def _meet(self, dossier: MatterDossier, form: Form) -> None:
        """A citizen known already belongs to the dossier as read again; a new one is known from now on."""
        callers = {contact.citizen_id for contact in dossier.all(Contact)} - {None}
        for citizen_id in callers:
            for record in (Citizen, PersonKey):
                known = (other.find(record, citizen_id) for other in self.matters.values())
                if dossier.find(record, citizen_id) is None and (row := next(filter(None, known), None)):
                    dossier.put(row)
        if found := self._known(form):
            if found[2].id in callers:  # not who is named beside a call that is on record: its own caller stays
                dossier.put(found[2])
                dossier.put(found[3])
            return
        phone, name = (str(form.get(field) or "").replace("\x00", "").strip() for field in ("phone", "name"))
        index = self.world.keys.phone_index(phone) if phone else None
        new = next((one for one in reversed(dossier.all(Citizen)) if index and one.phone_index == index), None)
        if new is not None and index is not None:  # one told of in a call on record has no caller of its own
            self.known.append((index, name, new, dossier.get(PersonKey, new.id)))

    def _again(self, act_id: UUID | None, card: type[Card], actor: Actor) -> tuple[int, int, bool]:
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
            return self._again(act_id, card, actor)
        before = self.matters[chain_id]
        if seen_seq is not None and (lines := engine.unseen(before, _row(before, row), seen_seq)):
            raise Conflict(lines)

        def once(also: list[int]) -> tuple[int, int, bool]:
            dossier = line.copy(before)
            fallen = self.catch_up(dossier, now)
            others = self._others(also, now)
            case = case_on(card, dossier, _row(dossier, row), actor, now)
            case.tools.beside = others.dossiers
            case.tools.extra = {name: self.look_up(name, case, form) for name in card.needs}
            insist((i for i in card.beside(case) if i != chain_id), others)
            out = engine.live(case, form)
            seq = out.lines[0].seq
            engine.merge(fallen, out)
            whole = echoing.lived(fallen, others.dossiers, others.fallen, now)
            if "citizen" in card.needs:
                self._meet(dossier, form)
            self._keep_others(others, whole)
            return self._keep(dossier, fallen, card, actor, act_id, seq)

        return self._in_order(once)

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
