"""初设 (seeding): a whole tree of units, the people of a demonstration, a real city's first administrator.

Everything is set up by the very cards that an administrator would perform, in batches."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hotline.network import demo_roster, first_lists, passwords, sheet
from hotline.network.batch import Form, create_all
from hotline.network.folders import folder
from hotline.network.look_ups import HELD, Digest, Held, Receiving, held, listed
from hotline.network.records import Person, Post, Unit
from hotline.network.roles import TERMS, Role
from hotline.network.sheet import Row
from hotline.network.transitions.posts import AppointPost
from hotline.network.transitions.units import OpenUnit
from hotline.procedure import times
from hotline.procedure.dossier import Dossier
from hotline.procedure.perform import raw
from hotline.procedure.world import World, current

DEMO_PASSWORD = "minsheng"
FIRST_LOGIN = "admin"
UNITS, DEMO, DUTY = "units.csv", "demo.csv", "duty.csv"


@dataclass(frozen=True, slots=True)
class Account:
    """账号: what somebody needs to sign in, and the posts they hold as (unit, post), said in Chinese."""

    login: str
    password: str
    name: str
    posts: tuple[tuple[str, str], ...]

    @property
    def unit(self) -> str:
        """The units, said in one breath."""
        return "、".join(dict.fromkeys(unit for unit, _ in self.posts))

    @property
    def post(self) -> str:
        """The posts, said in one breath."""
        return "、".join(dict.fromkeys(post for _, post in self.posts))


def stored_units() -> dict[str, Unit]:
    """All units by code, in one statement."""
    with raw().cursor() as cur:
        cur.execute(f"SELECT {listed(Unit, 'u')} FROM network_unit u")
        found = [Unit(*row) for row in cur.fetchall()]
    return {unit.code: unit for unit in found}


def load_tree(world: World, csv: str | Path, now: datetime) -> int:
    """Open every unit of a sheet (its path, or its text) that is not there yet, all or none. Raises SheetError."""
    levels = world.book.provision("levels").values["names"]
    rows = sheet.units(csv.read_text("utf-8-sig") if isinstance(csv, Path) else csv, list(levels))
    units = stored_units()
    forms = [row.cells for row in rows if row["code"] not in units]

    def extras(form: Form) -> Form:
        return {"parent": units.get(form["parent"]), "namesake": None}

    def took(form: Form, dossier: Dossier) -> None:
        units[form["code"]] = dossier.get(Unit, dossier.chain.id)

    return create_all(world, OpenUnit, forms, extras, took, now=now) if forms else 0


class NotForReal(RuntimeError):
    """不得用于正式库: a real database takes no demonstration accounts."""


def _insist_on_simulated() -> None:
    with raw().cursor() as cur:
        cur.execute("SELECT 1 FROM procedure_installation WHERE born = 'real'")
        if cur.fetchone():
            raise NotForReal("这是正式库，不能装入演示账号。")


def stored_people() -> dict[str, Held]:
    """Everybody by login, with the open posts they hold, in one statement."""
    with raw().cursor() as cur:
        cur.execute(HELD)
        found = [held(row) for row in cur.fetchall()]
    return {one.person.login: one for one in found}


class Appointing:
    """成批设岗: appoints many; remembers whom it has made, as the look-ups would find them."""

    def __init__(self, units: dict[str, Unit], people: dict[str, Held], digest: Digest):
        self.by_id = {str(unit.id): unit for unit in units.values()}
        self.people, self.digest = people, digest

    def extras(self, form: Form) -> Form:
        """What the card's look-ups would find."""
        workplace = Receiving(self.by_id[form["unit"]], frozenset())
        return {"workplace": workplace, "person": self.people.get(form["login"]), "digest": self.digest,
                "weakness": ""}  # fmt: skip

    def took(self, form: Form, dossier: Dossier) -> None:
        """Remember the person and the post."""
        post = dossier.get(Post, dossier.chain.id)
        before = self.people.get(form["login"])
        person = before.person if before else dossier.get(Person, post.person_id)
        posts = before.posts if before else frozenset()
        self.people[form["login"]] = Held(person, posts | {(post.unit_id, post.role)})


def _appoint(world: World, rows: list[Row], digest: Digest, password: str, now: datetime) -> None:
    units, people = stored_units(), stored_people()
    appointing = Appointing(units, people, digest)
    forms = []
    for row in rows:
        unit, known = units[row["unit"]], people.get(row["login"])
        if known is None or (unit.id, row["role"]) not in known.posts:
            forms.append({**row.cells, "unit": str(unit.id), "password": password})
    if forms:
        create_all(world, AppointPost, forms, appointing.extras, appointing.took, now=now)


def _accounts(rows: list[Row], password: str) -> list[Account]:
    units = stored_units()
    terms: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows:
        said = (units[row["unit"]].short, TERMS[Role(row["role"])])
        terms.setdefault((row["login"], row["name"]), []).append(said)
    return [Account(login, password, name, tuple(posts)) for (login, name), posts in terms.items()]


def _people_of(csv: str | Path) -> list[Row]:
    levels = {code: (unit.level, unit.desk) for code, unit in stored_units().items() if unit.status == "open"}
    return sheet.people(csv.read_text("utf-8-sig") if isinstance(csv, Path) else csv, levels)


def load_people(world: World, csv: str | Path, now: datetime) -> list[Account]:
    """Appoint the invented people of a demonstration who are not there yet; returns them all. One digest serves
    them, as they share the password and hashing is slow on purpose. Raises SheetError; NotForReal."""
    _insist_on_simulated()
    rows = _people_of(csv)
    _appoint(world, rows, Digest(passwords.digest(DEMO_PASSWORD), one_time=False), DEMO_PASSWORD, now)
    return _accounts(rows, DEMO_PASSWORD)


def load_first_admin(world: World, now: datetime) -> Account:
    """A real city's first administrator, with a password for one sign-in. Raises LookupError when the tree has no
    unit for administrators, FormErrors when this administrator is there already."""
    office = next((unit for unit in stored_units().values() if unit.desk == "office"), None)
    if office is None:
        raise LookupError("单位树里没有热线办，不能设系统管理员。")
    password = passwords.one_time(secrets.token_bytes(passwords.ONE_TIME_LETTERS))
    form = {"login": FIRST_LOGIN, "name": TERMS[Role.ADMIN], "unit": str(office.id), "role": str(Role.ADMIN),
            "password": password}  # fmt: skip
    appointing = Appointing({office.code: office}, stored_people(), Digest(passwords.digest(password), one_time=True))
    create_all(world, AppointPost, [form], appointing.extras, appointing.took, now=now)
    return Account(FIRST_LOGIN, password, TERMS[Role.ADMIN], ((office.short, TERMS[Role.ADMIN]),))


def load_demo(now: datetime) -> list[Account]:
    """A simulated city of the current world: its unit tree, the people of the demonstration, and their roster."""
    world = current()
    load_tree(world, folder(world.book.id) / UNITS, now)
    first_lists.load(world, now)
    accounts = load_people(world, folder(world.book.id) / DEMO, now)
    roll_roster(now)
    return accounts


def roll_roster(now: datetime) -> int:
    """Put the demonstration's turns on the roster for some weeks from now on; returns how many were not there yet."""
    world = current()
    duty = folder(world.book.id) / DUTY
    return demo_roster.load(world, duty, stored_units(), now) if duty.exists() else 0


def load_real(now: datetime) -> str:
    """A real city of the current world: its unit tree and one administrator, whose one-time password is returned."""
    world = current()
    load_tree(world, folder(world.book.id) / UNITS, now)
    first_lists.load(world, now)
    return load_first_admin(world, now).password


def demo_accounts() -> list[Account]:
    """The people of the demonstration, read again from their sheet for a later start; needs no world."""
    found = times.read()
    return _accounts(_people_of(folder(found.rulebook) / DEMO), DEMO_PASSWORD) if found else []
