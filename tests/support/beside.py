"""Acts that reach other matters, in memory: two or more matters, and what is brought about on each."""

from __future__ import annotations

from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.lookups import Call
from hotline.casework.records import Contact
from hotline.procedure import echoing, engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.secrets import SeededRandomness
from hotline.procedure.world import World
from hotline.procedure.writeset import WriteSet
from hotline.rules.book import Rulebook
from support import line
from support.model import in_world

Matters = dict[int, MatterDossier]


def call_of(dossier: MatterDossier) -> Call:
    """What the look-ups find of a matter: the last call about it."""
    matter, call = dossier.matter, dossier.all(Contact)[-1]
    return Call(matter.id, matter.number, matter.status, call.call_id, call.citizen_id, call.channel, call.at)


def numbered(book: Rulebook, chain_id: int, serial: int, **changed: Any) -> MatterDossier:
    """A matter registered under a number of its own; `changed` are fields of the form."""
    dossier = line.newborn(chain_id)
    ids = line.Counter(1_000_000 * serial)
    kit = line.tools(seed=bytes([serial]), ids=ids, serial=serial, own_unit=line.OFFICE_UNIT)
    form = {**line.forms(book)["register"], **changed}
    line.act(dossier, "register", line.actor("operator"), form, line.NOW, book, kit)
    return dossier


def act(book: Rulebook, matters: Matters, chain_id: int, name: str, who: Actor, form: dict[str, Any],
        now: Any = line.NOW, **extra: Any) -> dict[int, WriteSet]:  # fmt: skip
    """Perform a verb on one of the matters with all others beside it; what was written on each."""
    dossier, card = matters[chain_id], REGISTRY[name]
    others = {i: other for i, other in matters.items() if i != chain_id}
    last = sum(other.head.seq for other in matters.values())
    kit = line.tools(ids=line.Counter(10_000_000 + 10_000 * last), own_unit=line.OFFICE_UNIT, **extra)
    kit.beside = others
    ids: Any = line.Counter(50_000_000 + 10_000 * last)
    world = World(book, line.KEYS, SeededRandomness(b"beside"), ids=ids)
    with in_world(world):
        out = engine.live(Case(card, dossier, line.subject_of(dossier, card), who, now, book, kit), form)
        return {chain_id: out, **echoing.lived(out, others, {}, now)}


def problems(book: Rulebook, matters: Matters, chain_id: int, name: str, who: Actor, form: dict[str, Any],
             **extra: Any) -> list[tuple[str, str]]:  # fmt: skip
    """Field and clause of what is wrong with a form; nothing was written on any of the matters."""
    before = {i: line.state(dossier) for i, dossier in matters.items()}
    kit = line.tools(own_unit=line.OFFICE_UNIT, **extra)
    kit.beside = {i: other for i, other in matters.items() if i != chain_id}
    found = line.said(line.problems(matters[chain_id], name, who, form, line.NOW, book, kit))
    assert {i: line.state(dossier) for i, dossier in matters.items()} == before
    return found
