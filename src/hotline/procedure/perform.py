"""办 (perform): the only writer of the domain. One transaction: lock, load, check, change, lines, write, commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import connection
from psycopg import Connection, DatabaseError, OperationalError
from psycopg.errors import UniqueViolation

from hotline.procedure import loading, reaching, store
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case, Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.due_acts import case_on
from hotline.procedure.engine import Conflict, live, merge, unseen
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import CHAIN_NAMES, Chain, Head
from hotline.procedure.records import Record
from hotline.procedure.subjects import Done, Subject, Unknown
from hotline.procedure.world import DOSSIERS, LOOK_UPS, World, current
from hotline.procedure.writeset import WriteSet

D = TypeVar("D", bound=Dossier)

__all__ = ["Done", "Many", "Reused", "Subject", "Unknown", "live_one", "look", "perform", "perform_many", "raw",
           "read", "transaction", "write_apart"]  # fmt: skip


def raw() -> Connection[Any]:
    """The driver's own connection under Django's."""
    connection.ensure_connection()
    return connection.connection  # type: ignore[no-any-return]


@contextmanager
def transaction(conn: Connection[Any]) -> Iterator[store.Cur]:
    with conn.transaction(), conn.cursor() as cur:
        yield cur


def _subject_row(dossier: Dossier, subject: Subject) -> Record:
    if not dossier.RECORDS:
        return _Unborn(dossier.chain.id)
    record, row_id = subject.row or (type(dossier.root), dossier.root.id)
    row = dossier.find(record, row_id) if row_id is not None else next(reversed(dossier.all(record)), None)
    if row is None:
        raise Unknown(subject.chain)
    return row


def _draw(world: World, card: type[Card], case: Case[Any, Any], form: Mapping[str, Any], conn: Connection[Any]) -> None:
    with conn.cursor() as cur:
        world.ids.refill(cur, reaching.IDS_PER_ACT)
        case.tools.extra = {name: LOOK_UPS[name](cur, world, case, form) for name in card.draws}


def _look_up(cur: store.Cur, world: World, case: Case[Any, Any], form: Mapping[str, Any]) -> None:
    found = {name: LOOK_UPS[name](cur, world, case, form) for name in case.card.needs}
    case.tools.extra = {**case.tools.extra, **found}


def _newborn(card: type[Card], world: World, now: datetime, actor: Actor) -> Case[Any, Any]:
    tools = Tools(world.ids, world.random, world.keys)
    dossier = DOSSIERS[card.chain](Chain(card.chain, 0), Head())
    return Case(card, dossier, Record(), actor, now, world.book, tools)


def _create(card: type[Card], form: Mapping[str, Any], actor: Actor, now: datetime, act_id: UUID | None) -> Done:
    world, conn = current(), raw()
    first = _newborn(card, world, now, actor)
    _draw(world, card, first, form, conn)
    chain = Chain(card.chain, world.ids.next())

    def once(cur: store.Cur, also: Sequence[int]) -> tuple[Done, list[store.Entry]]:
        heads = loading.lock_heads(cur, chain.code, also) if also else {}
        others = reaching.looked_at(cur, type(first.dossier), heads, now)
        case = _newborn(card, world, now, actor)
        case.dossier.chain, case.subject = chain, _Unborn(chain.id)
        case.tools = replace(first.tools, random=world.random.of(chain.kind, chain.id, 0), beside=others.dossiers)
        _look_up(cur, world, case, form)
        reaching.insist(card.beside(case), others)
        out = live(case, form)
        entries = reaching.echoed(out, others, now)
        done = Done(chain, 1, case.dossier, extra=case.tools.extra)
        return done, [store.Entry(chain, out, True, act_id, card.name()), *entries]

    return reaching.in_order(conn, once)


class _Unborn(Record):
    """The subject of a creating card: it has a number and nothing else yet."""

    __slots__ = ("id",)

    def __init__(self, row_id: int):
        self.id = row_id


class Reused(Exception):
    """提交号用过了: this form's number already belongs to another act; nothing is written, nothing is returned."""


def _first(found: loading.First, card: type[Card], actor: Actor) -> Done:
    """The result of the act that bore this number, if it was this person's and this card's. Raises Reused."""
    kind, chain_id, seq, name, person_id = found
    if (name, person_id) != (card.name(), actor.person_id):
        raise Reused(name)
    return Done(Chain(CHAIN_NAMES[kind], chain_id), seq, None, repeated=True)


def _seen(dossier: Dossier, row: Record, seen_seq: int | None) -> None:
    if seen_seq is not None and (lines := unseen(dossier, row, seen_seq)):
        raise Conflict(lines)


def _locked(cur: store.Cur, card: type[Card], subject: Subject, also: Sequence[int],
            act_id: UUID | None) -> tuple[int, loading.Loaded, bool]:  # fmt: skip
    """The chain, it and the others locked and loaded, and whether the act opens it. Raises Unknown."""
    cls = DOSSIERS[subject.chain]
    if subject.found:
        loaded = loading.hold(cur, cls, *subject.found, act_id)
        if not loaded.dossiers:
            raise Unknown(subject.chain)
        return next(iter(loaded.dossiers)), loaded, False
    chain_id = subject.chain_id or 0
    heads = loading.lock_heads(cur, Chain(subject.chain, 0).code, sorted({chain_id, *also}))
    opened = chain_id not in heads and card.opens
    if chain_id not in heads and not opened:
        raise Unknown(subject.chain)
    return chain_id, loading.load(cur, cls, {chain_id: Head(), **heads}, act_id), opened


def _on(card: type[Card], subject: Subject, form: Mapping[str, Any], actor: Actor, now: datetime,
        act_id: UUID | None, seen_seq: int | None) -> Done:  # fmt: skip
    world = current()

    def once(cur: store.Cur, also: Sequence[int]) -> tuple[Done, list[store.Entry]]:
        nonlocal subject
        chain_id, loaded, opened = _locked(cur, card, subject, also, act_id)
        subject = replace(subject, chain_id=chain_id, found=None)  # begun anew, it is known and locked in order
        if loaded.first:
            return _first(loaded.first, card, actor), []
        reaching.numbered(cur, loaded.dossiers.values(), reaching.IDS_PER_ACT * len(loaded.dossiers))
        dossier = loaded.dossiers.pop(chain_id)
        _seen(dossier, _subject_row(dossier, subject), seen_seq)
        dossier, fallen = reaching.caught_up(cur, dossier, now)
        others = reaching.beside(cur, loaded.dossiers, now)
        case = case_on(card, dossier, _subject_row(dossier, subject), actor, now)
        case.tools.beside = others.dossiers
        _look_up(cur, world, case, form)
        reaching.insist((i for i in card.beside(case) if i != chain_id), others)
        out = live(case, form)
        seq = out.lines[0].seq
        merge(fallen, out)
        entries = reaching.echoed(fallen, others, now)
        done = Done(dossier.chain, seq, dossier, extra=case.tools.extra)
        return done, [store.Entry(dossier.chain, fallen, opened, act_id, card.name(), seq), *entries]

    return reaching.in_order(raw(), once)


def perform(card: type[Card], subject: Subject, form: Mapping[str, Any], *, actor: Actor, now: datetime,
            act_id: UUID | None = None, seen_seq: int | None = None) -> Done:  # fmt: skip
    """Perform a card. Raises Unknown, Conflict, Refused, FormErrors, Reused; nothing is written then.

    A repeated `act_id` returns the first result. `seen_seq` is the last line the person saw."""
    try:
        if card.creates:
            return _create(card, form, actor, now, act_id)
        return _on(card, subject, form, actor, now, act_id, seen_seq)
    except FormErrors:  # what the first act took for good is not there for a second
        if not card.creates or (found := _known(act_id)) is None:
            raise
        return _first(found, card, actor)
    except UniqueViolation as error:
        if error.diag.table_name == "procedure_chainhead" and card.opens:  # somebody else opened it just now
            return _on(card, subject, form, actor, now, act_id, seen_seq)
        found = _known(act_id) if error.diag.table_name == "procedure_act" else None
        if found is None:
            raise
        return _first(found, card, actor)


def _known(act_id: UUID | None) -> loading.First | None:
    with raw().cursor() as cur:
        cur.execute(
            "SELECT chain_kind, chain_id, seq, card, person_id FROM procedure_act WHERE act_id = %s", (act_id,)
        )
        return cur.fetchone()


@dataclass(frozen=True, slots=True)
class Many:
    """成批办理: how many were performed, and which were set aside with why."""

    performed: int
    aside: Mapping[int, Exception]


def perform_many(card: type[Card], subjects: Sequence[Subject], form: Mapping[str, Any], *, actor: Actor,
                 now: datetime) -> Many:  # fmt: skip
    """Perform one card on many chains of one kind, each chain once, in one transaction. A subject that refuses, or
    that is poisonous in memory or in the database, is set aside with its reason; the others go on. Chains locked by
    somebody else are left for later."""
    by_chain = {s.chain_id or 0: s for s in subjects}
    if len(by_chain) < len(subjects):
        raise ValueError("perform_many takes each chain once")
    world, conn = current(), raw()
    with conn.cursor() as cur:
        world.ids.refill(cur, reaching.IDS_PER_ACT * len(by_chain))
    aside: dict[int, Exception] = {}
    with transaction(conn) as cur:
        entries = _live_many(cur, card, by_chain, form, actor, now, aside)
        performed = write_apart(cur, entries, aside)
    return Many(performed, aside)


def _live_many(cur: store.Cur, card: type[Card], by_chain: Mapping[int, Subject], form: Mapping[str, Any],
               actor: Actor, now: datetime, aside: dict[int, Exception]) -> list[store.Entry]:  # fmt: skip
    kind = card.chain
    heads = loading.lock_heads(cur, Chain(kind, 0).code, sorted(by_chain), skip_locked=True)
    entries = []
    for chain_id, dossier in reaching.held(cur, DOSSIERS[kind], heads, reaching.IDS_PER_ACT * len(heads)).items():
        try:
            lived, out, _ = live_one(cur, card, dossier, by_chain[chain_id], form, actor, now)
            entries.append(store.Entry(lived.chain, out, False))
        except OperationalError:
            raise
        except Exception as error:
            aside[chain_id] = error
    return entries


def live_one(cur: store.Cur, card: type[Card], dossier: Dossier, subject: Subject, form: Mapping[str, Any],
             actor: Actor, now: datetime) -> tuple[Dossier, WriteSet, int]:  # fmt: skip
    """One act of many, after what had fallen due: the dossier as it is then, what is to be written, the act's line."""
    dossier, out = reaching.caught_up(cur, dossier, now)
    case = case_on(card, dossier, _subject_row(dossier, subject), actor, now)
    if card.needs:
        with cur.connection.transaction():
            _look_up(cur, current(), case, form)
    lived = live(case, form)
    seq = lived.lines[0].seq
    merge(out, lived)
    reaching.alone(out)
    return dossier, out, seq


def write_apart(cur: store.Cur, entries: Sequence[store.Entry], aside: dict[int, Exception]) -> int:
    """Write all at once; when the database refuses, each half by itself, setting aside what it refuses alone. Tells
    how many went."""
    if not entries:
        return 0
    try:
        with cur.connection.transaction():
            store.write(cur, entries)
            cur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except OperationalError:
        raise
    except DatabaseError as error:
        if half := len(entries) // 2:
            return write_apart(cur, entries[:half], aside) + write_apart(cur, entries[half:], aside)
        aside[entries[0].chain.id] = error
        return 0
    return len(entries)


def read(chain: str, chain_id: int) -> Dossier:
    """A dossier for looking at, without a lock. Raises Unknown. Desks decide beforehand who may."""
    with raw().cursor() as cur:
        heads = loading.read_heads(cur, Chain(chain, 0).code, [chain_id])
        if not heads:
            raise Unknown(chain)
        return loading.load(cur, DOSSIERS[chain], heads).dossiers[chain_id]


def look(cls: type[D], found: str, params: Sequence[Any]) -> D | None:
    """The dossier that a desk's own question finds (a SELECT of the chain's id, numbered parameters); None where it
    finds nothing. One statement, without a lock."""
    with raw().cursor() as cur:
        return cast("D | None", loading.look(cur, cls, found, params))
