"""What must be there after everything was killed: told by the pure cards from what was acknowledged, and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from harness import clients
from harness.clients import Acknowledged
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.network import categories
from hotline.network.look_ups import unit as unit_look_up
from hotline.network.models import Post
from hotline.procedure import store
from hotline.procedure.actor import Actor
from hotline.procedure.card import LINES, REGISTRY
from hotline.procedure.ledger import Read
from hotline.procedure.perform import raw, read
from hotline.procedure.verify import verify
from hotline.procedure.world import World, current
from support import line, many
from support.model import Model, Numbers

LOGINS = {"operator": "operator", "dispatcher": "dispatcher", "clerk": "yongqiao-clerk", "deputy": "yongqiao-deputy",
          "reviewer": "reviewer", "follow_up": "follow"}  # fmt: skip
CHUNK = 500
FORMER = ("id", "at")  # facts that name a row, or an instant


@dataclass(frozen=True, slots=True)
class Due:
    """A matter long due: its number, and how the pure cards left it."""

    number: str
    dossier: MatterDossier
    messages: int


def _unit() -> line.Receiving:
    unit = Post.objects.get(person__login=LOGINS["clerk"], status="open").unit
    return line.Receiving(unit)  # type: ignore[arg-type]


def steps() -> list[tuple[str, str, dict[str, str]]]:
    """The line as people at browsers press it: verb, login, form."""
    forms = {**line.forms(current().book)}
    forms["dispatch"] = {**forms["dispatch"], "unit": str(_unit().unit.id)}
    return [(verb, LOGINS[role], forms[verb]) for verb, role in line.LINE]


def write_due(count: int, at: datetime, after: int = 0) -> list[Due]:
    """So many matters dispatched to the unit of the clients' clerk, and looked at by nobody since; those of their day
    behind `after` others."""
    world, receiving, made = current(), _unit(), []
    with raw().transaction(), raw().cursor() as cur:
        for start in range(0, count, CHUNK):
            world.ids.refill(cur, many.IDS_EACH * CHUNK)
            lived = [many.lived(world, receiving, after + n + 1, at, "complaint", "dispatch")
                     for n in range(start, min(start + CHUNK, count))]  # fmt: skip
            store.write(cur, [entry for _, entry in lived])
            made += [Due(dossier.matter.number, dossier, len(entry.out.messages)) for dossier, entry in lived]
    return made


Said = tuple[Any, ...]


def said(dossier: MatterDossier) -> list[Said]:
    """A ledger without the numbers of its rows and its seconds: who did what by which clause, with which facts."""
    return [_said(li.read()) for li in dossier.lines]


def _said(one: Read) -> Said:
    names = LINES[one.kind].ledger.facts
    facts = [(n, v) for n, v in zip(names, one.facts, strict=False) if not n.endswith(FORMER)]
    return one.kind, one.role, one.clauses, one.unit_id, one.figures[:2], tuple(map(str, facts)), len(one.texts)


def _model() -> Model:
    world = current()
    pure = World(world.book, world.keys, world.random, dict(world.books), Numbers())  # type: ignore[arg-type]
    with raw().cursor() as cur:
        own = _unit().unit.id
        units = {own: unit_look_up(cur, world, None, {"unit": own})}  # type: ignore[arg-type]
    return Model(pure, units, categories=frozenset(row.name for row in categories.rows()))


def lived_by_people(acts: Sequence[Acknowledged], forms: Mapping[str, Any], stored: MatterDossier
                    ) -> tuple[list[Said], int]:  # fmt: skip
    """One matter as the pure cards live what was acknowledged, at the instants and by the people of its ledger; with
    how many messages."""
    model, people = _model(), [li for li in stored.lines if li.person_id is not None]
    model.world.ids.given.append(stored.chain.id)  # type: ignore[attr-defined]
    at = stored.lines[0].at
    model.serials[current().book.calendar.day_of(at)] = int(stored.matter.number.split("-")[1]) - 1
    for i, act in enumerate(acts):
        li = people[min(i, len(people) - 1)]
        who = Actor(li.read().role, li.person_id, li.post_id, li.read().unit_id, li.for_person_id)
        card, there = REGISTRY[act.verb], model.matters.get(stored.chain.id)
        row = there.orders[-1].id if there and card.moves.record is Order else None
        chain_id = None if card.creates else stored.chain.id
        model.perform(card, chain_id, row, forms[act.verb], actor=who, now=li.at)
    return said(model.matters[stored.chain.id]), len(model.messages)


def lived_by_the_clock(one: Due, signed: bool, stored: MatterDossier) -> tuple[list[Said], int]:
    """One matter long due as the pure clock, and perhaps a signature, leave it."""
    model = _model()
    model.matters[one.dossier.chain.id] = one.dossier
    now = stored.lines[-1].at
    model.sweep(now)
    if signed:
        who = next((li for li in stored.lines if li.kind == "signed_for"), stored.lines[-1])
        actor = Actor("clerk", who.person_id, who.post_id, who.read().unit_id)
        row = one.dossier.orders[-1].id
        model.perform(REGISTRY["sign_for"], one.dossier.chain.id, row, {}, actor=actor, now=now)
    return said(model.matters[one.dossier.chain.id]), one.messages + len(model.messages)


def _chains() -> dict[str, int]:
    with raw().cursor() as cur:
        return dict(cur.execute("SELECT number, id FROM casework_matter").fetchall())


def count(due: Sequence[Due], pressed: Any, logs: Sequence[Path], sms: Path) -> dict[str, Any]:
    """Everything held against what was to be expected."""
    told, chains, forms = clients.read(logs), _chains(), {verb: form for verb, _, form in pressed}
    by_number: dict[str, list[Acknowledged]] = {}
    for act in told:
        by_number.setdefault(act.number, []).append(act)
    owed, found, messages = Counter[Any](), Counter[Any](), 0
    waiting = {one.number: one for one in due}
    for number in chains.keys() | by_number.keys() | waiting.keys():
        if number in chains:
            stored: Any = read("matter", chains[number])
            found.update((number, *what) for what in said(stored))
            if one := waiting.get(number):
                expected, more = lived_by_the_clock(one, number in by_number, stored)
            else:
                expected, more = lived_by_people(by_number.get(number, []), forms, stored)
            messages += more
        else:
            expected = [("there is no matter",)]
        owed.update((number, *what) for what in expected)
    return {"acts": len(told), "pressed_again": sum(act.tries - 1 for act in told), "matters": len(chains),
            "lines": found.total(), "lost": (owed - found).total(), "doubled": (found - owed).total(),
            "examples": [str(x) for x in [*(owed - found), *(found - owed)][:6]], **_ledger(told),
            **_delivered(messages, sms)}  # fmt: skip


def _ledger(told: Sequence[Acknowledged]) -> dict[str, Any]:
    """Acts by their numbers, chains set aside, and the ledger as a whole."""
    with raw().cursor() as cur:
        acts = {str(row[0]) for row in cur.execute("SELECT act_id FROM procedure_act").fetchall()}
        aside = cur.execute("SELECT count(*) FROM procedure_setaside").fetchall()[0][0]
    broken = [str(one) for one in verify().broken]
    return {"acts_missing": len({act.act_id for act in told} - acts), "acts_unknown": len(acts - {
        act.act_id for act in told}), "set_aside": aside, "broken": broken}  # fmt: skip


def _delivered(expected: int, sms: Path) -> dict[str, Any]:
    """Each message at least once, under one number with one text."""
    with raw().cursor() as cur:
        query = "SELECT id, delivered_at IS NOT NULL, failed FROM procedure_outboxmessage WHERE chain_kind = 1"
        rows = cur.execute(query).fetchall()
    sent = [json.loads(line) for line in sms.read_text("utf-8").splitlines()]
    texts: dict[int, set[str]] = {}
    for one in sent:
        texts.setdefault(one["id"], set()).add(one["to"] + one["text"])
    quiet = {row[0] for row in rows if row[2]}  # nobody to tell: said beside the message
    return {"messages": len(rows), "messages_expected": expected, "undelivered": sum(not row[1] for row in rows),
            "unsent": len({row[0] for row in rows} - texts.keys() - quiet), "sent_again": len(sent) - len(texts),
            "changed": sum(len(t) > 1 for t in texts.values())}  # fmt: skip
