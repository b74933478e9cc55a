"""导入 (loading): a file is held against what stands, rehearsed, shown, and then done; all of it or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.network import desks, passwords
from hotline.network.batch import Act, Form, create_all, perform_all
from hotline.network.catalogue_look_ups import named, units_called
from hotline.network.look_ups import Digest
from hotline.network.records import CatalogueEntry, Duty, Unit
from hotline.network.seed import Appointing, stored_people, stored_units
from hotline.network.sheet import Fault, SheetError
from hotline.network.sheets import files
from hotline.network.sheets.columns import SHEETS, Line, lines
from hotline.network.sheets.plan import Change, Faults, Place, Places, Plan
from hotline.network.sheets.plan_catalogue import Catalogue
from hotline.network.sheets.plan_duties import Duties
from hotline.network.sheets.plan_people import People
from hotline.network.sheets.plan_units import Units
from hotline.network.sheets.standing import Standing, standing
from hotline.network.transitions.cataloguing import (
    OFFICE,
    AddCatalogueEntry,
    ChangeCatalogueEntry,
    EndCatalogueEntry,
)
from hotline.network.transitions.duties import CancelDuty, RosterDuty
from hotline.network.transitions.people import AmendPerson
from hotline.network.transitions.posts import AppointPost, EndPost
from hotline.network.transitions.units import AmendUnit, EndUnit, OpenUnit
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.dossier import Dossier
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Subject, Unknown, perform, raw
from hotline.procedure.world import World, current

WHAT: Mapping[type[Card], str] = {
    OpenUnit: "增设单位", AmendUnit: "变更单位", AppointPost: "设岗", AmendPerson: "变更人员", EndPost: "离岗",
    CancelDuty: "撤班", RosterDuty: "排班", EndCatalogueEntry: "目录停用", ChangeCatalogueEntry: "目录变更",
    AddCatalogueEntry: "目录增项", EndUnit: "撤销单位",
}  # fmt: skip

CATALOGUED = (EndCatalogueEntry, ChangeCatalogueEntry, AddCatalogueEntry)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """新账号: somebody who gets an account, with the password for the first sign-in; it is told once and kept nowhere."""

    login: str
    name: str
    unit: str
    password: str


class Moved(RuntimeError):
    """别人先改了: what the file would change is no longer what was shown."""


class _Back(Exception):
    """Everything is taken back: it was a rehearsal."""


def read(data: bytes) -> tuple[list[Line], Faults]:
    """The rows of all sheets of a file, and what is wrong in their cells. Raises NotASheet."""
    found, faults = list[Line](), Faults()
    for grid in files.grids(data):
        try:
            rows, wrong = lines(grid)
        except SheetError as heading:
            faults.found += heading.faults
            continue
        found += rows
        faults.found += wrong
    return found, faults


def plan(data: bytes, now: datetime) -> Plan:
    """What a file would change. Raises NotASheet, SheetError naming every fault."""
    rows, faults = read(data)
    there, book = standing(now), current().book
    of = {sheet.id: [row for row in rows if row.sheet is sheet] for sheet in SHEETS}
    units = Units(of["units"], there, book, faults).changes()
    places = _places(there, units, {row.get("code") for row in of["units"] if row.wrong})
    people = People(of["people"], there, places, book, faults).changes()
    duties = Duties(of["duties"], there, places, book, now, faults)
    turns = duties.changes()
    catalogue = Catalogue(of["catalogue"], there, places, book, now, faults).changes()
    faults.raise_any()
    ended = [change for change in units if change.card is EndUnit]
    first = [change for change in units if change.card is not EndUnit]
    notes = [f"已经过去的 {duties.over} 班不再导入。"] if duties.over else []
    return Plan([*first, *people, *turns, *catalogue, *ended], notes)


def _places(there: Standing, units: Sequence[Change], doubtful: Collection[str]) -> Places:
    places = {code: Place(unit.short, unit.level, unit.desk) for code, unit in there.units.items()
              if unit.status == "open"}  # fmt: skip
    opened = {c.unit: Place(c.form["short"], int(c.form["level"]), c.form["desk"]) for c in units if c.card is OpenUnit}
    return Places({**places, **opened}, frozenset(doubtful))


class _Loading:
    """Makes the changes of a plan, in one transaction that somebody else has opened."""

    def __init__(self, world: World, made: Plan, actor: Actor, now: datetime, rehearsal: bool):
        self.world, self.plan, self.actor, self.now, self.rehearsal = world, made, actor, now, rehearsal
        self.newcomers: list[Newcomer] = []
        self.at: Change | None = None

    def all(self) -> None:
        """Units first, then who works in them, then their duty; what ends comes last. Raises SheetError."""
        try:
            self._open_units()
            self._on("unit", AmendUnit)
            self._appoint()
            self._on("post", AmendPerson)
            self._one_by_one(EndPost)
            self._on("unit", CancelDuty, RosterDuty)
            self._catalogue()
            self._one_by_one(EndUnit)
        except FormErrors as wrong:
            raise SheetError([self._fault(p.field, p.because) for p in wrong.problems]) from wrong
        except Refused as refused:
            raise SheetError([self._fault("", refused.verdict.because)]) from refused
        except Unknown as unknown:
            raise Moved from unknown

    def _fault(self, column: str, because: str) -> Fault:
        return self.at.fault(column, because) if self.at else Fault(0, column, because)

    def _seen(self, changes: Sequence[Change], extras: Callable[[Form], Form]) -> Callable[[Form], Form]:
        """What the look-ups would find, noting on the way whose turn it is."""
        waiting = iter(changes)

        def found(form: Form) -> Form:
            self.at = next(waiting)
            return extras(form)

        return found

    def _open_units(self) -> None:
        changes, units = self.plan.of(OpenUnit), stored_units()

        def extras(form: Form) -> Form:
            return {"parent": units.get(form["parent"]), "namesake": units.get(form["code"])}

        def took(form: Form, dossier: Dossier) -> None:
            units[form["code"]] = dossier.get(Unit, dossier.chain.id)

        self._create(OpenUnit, changes, [c.form for c in changes], extras, took)

    def _create(self, card: type[Card], changes: Sequence[Change], forms: Sequence[Form],
                extras: Callable[[Form], Form], took: Callable[[Form, Dossier], None]) -> None:  # fmt: skip
        if changes:
            seen = self._seen(changes, extras)
            create_all(self.world, card, forms, seen, took, now=self.now, actor=self.actor)

    def _appoint(self) -> None:
        changes, units, people = self.plan.of(AppointPost), stored_units(), stored_people()
        known, made = set(people), {}
        for change in changes:
            login = change.form["login"]
            if login not in known and login not in made:
                made[login] = passwords.one_time(secrets.token_bytes(passwords.ONE_TIME_LETTERS))
                unit = units[change.unit].short
                self.newcomers.append(Newcomer(login, change.form["name"], unit, made[login]))
        appointing = Appointing(units, people, Digest(""))

        def extras(form: Form) -> Form:
            plain = made.get(form["login"], "")
            digest = Digest(passwords.digest_of_chance(plain)) if plain and not self.rehearsal else Digest("")
            return {**appointing.extras(form), "digest": digest}

        forms = [{**c.form, "unit": str(units[c.unit].id)} for c in changes]
        self._create(AppointPost, changes, forms, extras, appointing.took)

    def _on(self, chain: str, *cards: type[Card]) -> None:
        """Cards that look nothing up, all on their chains at once."""
        changes, units = self.plan.of(*cards), stored_units()
        acts = [self._act(change, units) for change in changes]
        if acts:
            perform_all(self.world, chain, acts, now=self.now, actor=self.actor, beginning=self._beginning)

    def _catalogue(self) -> None:
        """Entries look at units as they stand by now, in one question for all."""
        changes = self.plan.of(*CATALOGUED)
        with raw().cursor() as cur:
            called = units_called(cur, tuple({one: None for change in changes for one in named(change.form)}))
        extra = {"answering": called}
        keeper = next((unit.id for unit in stored_units().values() if unit.desk == OFFICE and unit.status == "open"), 0)
        acts = [Act(c.card, c.place or keeper, c.form, (CatalogueEntry, c.on) if c.on else None, c, extra)
                for c in changes]  # fmt: skip
        if acts:
            perform_all(self.world, "unit", acts, now=self.now, actor=self.actor, beginning=self._beginning)

    def _act(self, change: Change, units: Mapping[str, Unit]) -> Act:
        if change.card is CancelDuty:
            return Act(CancelDuty, units[change.unit].id, {}, (Duty, change.on or 0), change)
        chain_id = units[change.unit].id if change.card.chain == "unit" else change.on or 0
        return Act(change.card, chain_id, change.form, None, change)

    def _beginning(self, act: Act) -> None:
        self.at = act.told if isinstance(act.told, Change) else None

    def _one_by_one(self, card: type[Card]) -> None:
        """Cards that look at what stands after the one before."""
        for change in self.plan.of(card):
            self.at = change
            perform(card, Subject(card.chain, change.on), change.form, actor=self.actor, now=self.now)


def rehearse(made: Plan, actor: Actor, now: datetime) -> None:
    """Make all changes and take them back: what the cards would refuse, they refuse here. Raises SheetError, Moved."""
    with suppress(_Back), raw().transaction():
        _Loading(current(), made, actor, now, rehearsal=True).all()
        raise _Back


def load(made: Plan, actor: Actor, now: datetime, shown: str = "") -> list[Newcomer]:
    """Make all changes, or none; who got an account. `shown`: the fingerprint of what was confirmed. Raises SheetError,
    and Moved when it would be something else by now."""
    if shown and made.fingerprint() != shown:
        raise Moved
    loading = _Loading(current(), made, actor, now, rehearsal=False)
    with raw().transaction():
        loading.all()
    desks.forget()
    return loading.newcomers


def counted(made: Plan) -> list[tuple[str, int]]:
    """How many changes of each kind, in the order in which they are made."""
    counts = [(said, len(made.of(card))) for card, said in WHAT.items()]
    return [(said, count) for said, count in counts if count]


def described(made: Plan) -> list[tuple[str, list[str]]]:
    """The changes of each kind, each in a phrase."""
    return [(said, [change.said for change in made.of(card)]) for card, said in WHAT.items() if made.of(card)]


__all__: Any = ["Moved", "Newcomer", "counted", "described", "load", "plan", "read", "rehearse"]
