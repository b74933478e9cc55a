"""建城 (birth): a database becomes a city once, real or simulated, and stays what it was born as."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg

from hotline.config import database, keys, wiring
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder

SIMULATED, REAL = "simulated", "real"
TERMS = {SIMULATED: "模拟城市", REAL: "正式城市"}
OTHER_KIND = "这个数据目录里是{0}，不能当作{1}启动。请用 --data 另选目录，或{2} --real。"


@dataclass(frozen=True, slots=True)
class Told:
    """What `up` tells afterwards: whether the city is new, its demo accounts, or the one-time password."""

    kind: str
    fresh: bool = False
    accounts: list[Any] = field(default_factory=list)
    password: str = ""


def look(folder: DataFolder) -> str | None:
    """What the database was born as, None where there is no city yet: asked before anything is made or set up."""
    target = database.aliases(folder)["owner"]
    words = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {word: target[name] for word, name in words.items() if target.get(name)}
    with psycopg.connect(**given, **target["OPTIONS"]) as connection:
        if connection.execute("SELECT to_regclass('procedure_installation')").fetchone() == (None,):
            return None
        row = connection.execute("SELECT born FROM procedure_installation").fetchone()
    return str(row[0]) if row else None


def insist_on_kind(found: str, kind: str) -> None:
    """A city stays what it was born as. Raises Complaint."""
    if found != kind:
        raise Complaint(OTHER_KIND.format(TERMS[found], TERMS[kind], "加" if found == REAL else "去掉"))


def _insist_on_rulebook() -> None:
    """The rulebook chosen for a city to be made is there and sound. Raises Complaint."""
    from hotline.config.commands.clauses import DEFAULT
    from hotline.config.commands.due import load_rulebook

    load_rulebook(DEFAULT)


def prepare_keys(folder: DataFolder, kind: str) -> None:
    """Keys are made with the city. A real one that has lost them is never given new ones: they would open nothing;
    a simulated one's are the same wherever they are made."""
    found = look(folder)
    if found is None:
        _insist_on_rulebook()
    else:
        insist_on_kind(found, kind)
    if found == REAL and not keys.present(folder.keys):
        raise Complaint(keys.MISSING.format(folder.keys))
    keys.ensure(folder.keys, seed=keys.seed_of(kind))
    if kind == REAL:
        keys.insist_on_secrecy(folder.keys)


def birth(kind: str, at: datetime | None = None) -> Told:
    """Make the city if there is none, at `at` (a simulated one's first instant) or now; refuse one of the other kind,
    keys that are not its own, and a rulebook that was edited afterwards."""
    from hotline.procedure import times

    times.forget()
    found = times.read()
    if found is None:
        return _bear(kind, at)
    insist_on_kind(found.born, kind)
    _insist_on_keys(found)
    _publish(found.rulebook)
    _complete(kind, found.rulebook)
    return Told(kind, accounts=_demo_accounts(kind))


def _complete(kind: str, rulebook: str) -> None:
    """A city from before a list was kept in the database is given it now, as it would have been born with it."""
    from hotline.network import first_lists
    from hotline.procedure import times

    first_lists.load(wiring.install_world(kind, rulebook), times.now())


def _insist_on_keys(found: Any) -> None:
    """As every process does when wired; a city from before check values is given its own now, by the tables' owner."""
    from django.conf import settings
    from django.db import connections

    wiring.insist_on_keys(found.born, found.key_check)
    if found.key_check is None:
        with connections["owner"].cursor() as cur:
            value = keys.check_value(settings.HOTLINE_KEYS_DIR)
            cur.execute("UPDATE procedure_installation SET key_check = %s WHERE key_check IS NULL", [value])


def _publish(rulebook: str) -> Any:
    """The rulebook, which must be as it was published; a new one is published now."""
    from hotline.procedure import times

    book = wiring.load_book(rulebook)
    try:
        times.check_rulebooks([book])
    except times.RulebookChanged as error:
        raise Complaint(str(error)) from error
    return book


def _bear(kind: str, at: datetime | None) -> Told:
    """All in one transaction: either a whole city or none."""
    from django.conf import settings
    from django.db import transaction

    from hotline.procedure import times

    wiring.insist_on_keys(kind, None)
    now = (at if kind == SIMULATED else None) or times.wall()
    with transaction.atomic():
        book = _publish(settings.HOTLINE_RULEBOOK)
        times.birth(kind, book.id, now, keys.check_value(settings.HOTLINE_KEYS_DIR))
        wiring.install_world(kind, book.id)
        return _people(kind, now)


def _people(kind: str, now: Any) -> Told:
    """The unit tree, and one account per post, or the administrator alone."""
    from hotline.network import seed

    if kind == REAL:
        return Told(kind, fresh=True, password=seed.load_real(now))
    return Told(kind, fresh=True, accounts=list(seed.load_demo(now)))


def _demo_accounts(kind: str) -> list[Any]:
    from hotline.network import seed

    return list(seed.demo_accounts()) if kind == SIMULATED else []
