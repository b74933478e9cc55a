"""一起办 (together): acts of whomever on chains of one kind, each chain once, in one transaction and few statements, where
nobody waits for each of them: a whole city's at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import OperationalError

from hotline.procedure import loading, store
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.dossier import Dossier
from hotline.procedure.ledger import Chain
from hotline.procedure.perform import (
    Done,
    Subject,
    Unknown,
    live_one,
    raw,
    transaction,
    write_apart,
)
from hotline.procedure.reaching import IDS_PER_ACT, held
from hotline.procedure.world import DOSSIERS, current


@dataclass(frozen=True, slots=True)
class Act:
    """一件: a card, what it is about, its form, by whom and when."""

    card: type[Card]
    subject: Subject
    form: Mapping[str, Any]
    actor: Actor
    now: datetime


def perform_together(acts: Sequence[Act]) -> list[Done | Exception]:
    """What became of each act, in their order: done, or why it was set aside; the others go on. None of the cards
    creates its chain. Raises ValueError where a chain comes twice, or chains of several kinds."""
    by_chain = {act.subject.chain_id or 0: act for act in acts}
    if len(by_chain) < len(acts) or len({act.subject.chain for act in acts}) > 1:
        raise ValueError("perform_together takes each chain once, and chains of one kind")
    if not acts:
        return []
    conn, kind = raw(), acts[0].subject.chain
    with conn.cursor() as cur:
        current().ids.refill(cur, IDS_PER_ACT * len(acts))
    found: dict[int, Done] = {}
    aside: dict[int, Exception] = {}
    with transaction(conn) as cur:
        heads = loading.lock_heads(cur, Chain(kind, 0).code, sorted(by_chain))
        dossiers = held(cur, DOSSIERS[kind], heads, IDS_PER_ACT * len(heads))
        entries = []
        for chain_id, dossier in dossiers.items():
            try:
                entries.append(_lived(cur, by_chain[chain_id], dossier, found))
            except OperationalError:
                raise
            except Exception as error:
                aside[chain_id] = error
        write_apart(cur, entries, aside)
    return [aside.get(i) or found.get(i) or Unknown(kind) for i in by_chain]


def _lived(cur: store.Cur, act: Act, dossier: Dossier, found: dict[int, Done]) -> store.Entry:
    """One act, on its own dossier."""
    dossier, out, seq = live_one(cur, act.card, dossier, act.subject, act.form, act.actor, act.now)
    found[dossier.chain.id] = Done(dossier.chain, seq, dossier)
    return store.Entry(dossier.chain, out, False)
