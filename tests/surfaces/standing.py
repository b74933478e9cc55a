"""Matters of the demo city that stand just before a verb: lived by the cards in memory, fitted by hand as the tables of
status and post do it, and written in one statement, without walking there over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import pytest
from django.db import connections

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.network.models import Person
from hotline.network.models import Post as PostModel
from hotline.network.records import Post
from hotline.network.seed import stored_units
from hotline.procedure import store
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import raw
from hotline.procedure.records import columns
from hotline.procedure.world import IdBlocks, current
from hotline.procedure.writeset import WriteSet
from support import line, many
from surfaces.city import WEDNESDAY
from transitions.test_post_table import REACHES, STANDS_AT

# Who acts in a role where the line in memory has somebody invented.
LOGINS = {"operator": "operator", "dispatcher": "dispatcher", "reviewer": "reviewer", "follow_up": "follow",
          "supervisor": "supervisor", "inspector": "inspector", "shift_leader": "shift", "leader": "leader",
          "clerk": "yongqiao-clerk", "deputy": "yongqiao-deputy", "head": "yongqiao-head",
          "admin": "admin"}  # fmt: skip
UNITS = {"UNIT": "341302", "OTHER": "341321", "BELOW": "341302005", "CENTRE": "14", "OFFICE_UNIT": "10"}
SERIALS = count(5000)  # behind whatever the tests register over HTTP
MADE_UP = 10_000_000  # above these nothing is made up
SPARE = 500  # numbers in hand, so that no act that is counted meets the end of a block


@dataclass(frozen=True, slots=True)
class Standing:
    """A matter by its number and id, and the number of the order a verb is about."""

    number: str
    matter_id: int
    order_id: int

    def address(self, verb: str) -> str:
        """Where a verb is performed on it."""
        order = f"?order={self.order_id}" if REGISTRY[verb].moves.record is Order else ""
        return f"/staff/m/{self.number}/{verb}/{order}"


def actor_of(login: str) -> Actor:
    """Somebody of the demonstration, in the oldest post they hold."""
    who = Person.objects.get(login=login)
    post = PostModel.objects.filter(person=who, status="open").order_by("began_at", "id")[0]
    return Actor(post.role, who.id, post.id, post.unit_id)


@contextmanager
def demo_people() -> Iterator[None]:
    """The line in memory is lived by the demo city's own people and units, on the Wednesday of these tests."""
    above_what_is_made_up()
    actors, units = {role: actor_of(login) for role, login in LOGINS.items()}, stored_units()
    leader = PostModel.objects.get(id=actors["leader"].post_id)

    def acting(role: str, person: int | None = None, unit: int = 1) -> Actor:
        return actors.get(role) or Actor(role)

    with pytest.MonkeyPatch.context() as patch:
        for name, code in UNITS.items():
            patch.setattr(line, name, units[code])
        patch.setattr(line, "actor", acting)
        patch.setattr(line, "NOW", WEDNESDAY)
        patch.setattr(line, "PARENT", 0)
        patch.setattr(line, "LEADER_POST", Post(*(getattr(leader, name) for name in columns(Post))))
        yield


def above_what_is_made_up() -> None:
    """This process goes on above the numbers that `line.fit` makes up: else it would draw a block for each act, as one
    does behind another process."""
    with connections["owner"].cursor() as cur:
        cur.execute(f"ALTER SEQUENCE procedure_ids RESTART WITH {MADE_UP}")
    current().ids = IdBlocks()


def refill() -> None:
    """Numbers enough for what comes."""
    with raw().cursor() as cur:
        current().ids.refill(cur, SPARE)


def lived(until: str = "archive") -> tuple[MatterDossier, store.Entry]:
    """A matter of the demo city lived up to a verb."""
    refill()
    return many.lived(current(), line.Receiving(line.UNIT), next(SERIALS), line.NOW, "complaint", until)


def write(entries: Sequence[tuple[MatterDossier, store.Entry]]) -> None:
    """Write them as their dossiers are now, whatever was done to these by hand."""
    with raw().transaction(), raw().cursor() as cur:
        store.write(cur, [store.Entry(entry.chain, WriteSet(line.rows(dossier), lines=entry.out.lines), True)
                          for dossier, entry in entries])  # fmt: skip


def _not_yet_due(dossier: MatterDossier) -> MatterDossier:
    """An extension that waits was filed today: else the clock decides it before anybody's act."""
    for order in dossier.orders:
        if order.extension_filed_at is not None:
            dossier = line.changed(dossier, order, extension_filed_at=line.NOW)
    return dossier


# How far a matter has come where a verb minds more than the status: nothing filed yet.
UNTIL = {"request_return": "sign_for"}


def fitted(dossier: MatterDossier, verb: str) -> MatterDossier:
    """The file put into the state in which a verb is open."""
    dossier, status = line.fit(current().book, dossier, verb), STANDS_AT[verb]
    if status in set(MatterStatus):
        return line.changed(dossier, dossier.matter, status=MatterStatus(status))
    dossier = line.changed(dossier, dossier.matter, status=line.MATTER_STANDS.get(verb, MatterStatus.IN_HAND))
    order = next(one for one in dossier.orders if one.id != line.PARENT)
    held = {"unit_id": line.BELOW.id} if REACHES[verb].name == "OVER" else {}
    return line.changed(dossier, order, status=OrderStatus(status), **held)


def before(verb: str) -> Standing:
    """A matter in the database on which a verb is open."""
    refill()
    line.PARENT = current().ids.next()
    dossier, entry = lived(UNTIL.get(verb, "archive"))
    dossier = _not_yet_due(fitted(dossier, verb))
    write([(dossier, entry)])
    order = next((one.id for one in dossier.orders if one.id != line.PARENT), 0)
    return Standing(dossier.matter.number, dossier.chain.id, order)
