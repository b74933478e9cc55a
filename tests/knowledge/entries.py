"""An entry of the knowledge base in memory: short ways to perform its cards on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from hotline.knowledge.dossier import EntryDossier
from hotline.knowledge.records import Version
from hotline.knowledge.transitions.ticking import EntryClockCard
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.engine import CLOCK, Refused, live, live_all
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.writeset import WriteSet
from hotline.rules import knowledge
from hotline.rules.book import Rulebook
from support import line

ENTRY = 9001
CLERK, OTHER_CLERK = line.actor("clerk"), line.actor("clerk", 777, line.OTHER.id)
REVIEWER, SHIFT_LEADER = line.actor("reviewer"), line.actor("shift_leader")


def good(book: Rulebook, **fields: str) -> dict[str, Any]:
    """A good form of a new entry or version."""
    return {"title": "居住证怎样办", "sort": next(iter(knowledge.sorts(book))), "category": "户籍",
            "body": "带身份证到居住地派出所办，当场受理。", "source": "市公安局", "document": "某办〔2026〕1号", **fields}  # fmt: skip


def forms(book: Rulebook) -> dict[str, dict[str, Any]]:
    """A good form for each verb."""
    return {"propose_entry": good(book), "revise_entry": good(book, body="带身份证和租房合同到派出所办。"),
            "confirm_entry": {}, "send_entry_back": {"reason": "没有写要带什么"}, "reconfirm_entry": {},
            "withdraw_entry": {"reason": "政策取消了"}, "ask_reconfirmation": {}, "expire_entry": {},
            "inherit_entry": {}}  # fmt: skip


def act(dossier: EntryDossier, verb: str, who: Actor, form: dict[str, Any], now: datetime, book: Rulebook) -> WriteSet:
    """Perform it on the entry, or on its newest version where it is about that."""
    card = REGISTRY[verb]
    if card.creates:
        row: Any = line.Unborn(ENTRY)
    else:
        row = dossier.versions[-1] if card.moves.record is Version else dossier.entry
    return live(Case(card, dossier, row, who, now, book, line.tools(ids=IDS, entry_number="Z00001")), form)


IDS = line.Counter(20_000)


def born() -> EntryDossier:
    """Before there is anything."""
    return EntryDossier(Chain("entry", ENTRY), Head())


def lived(book: Rulebook, *verbs: str, now: datetime = line.NOW) -> EntryDossier:
    """An entry after these verbs, each by whoever does that."""
    dossier = born()
    for verb in verbs:
        act(dossier, verb, REVIEWER if verb in ("confirm_entry", "send_entry_back") else CLERK, forms(book)[verb], now,
            book)  # fmt: skip
    return dossier


def sweep(dossier: EntryDossier, now: datetime, book: Rulebook) -> list[str]:
    """What the clock does by then; the kinds of lines."""
    out = live_all(dossier, book, _due(dossier, now, book))
    return [one.kind for one in out.lines]


def _due(dossier: EntryDossier, now: datetime, book: Rulebook) -> Iterator[tuple[Case[Any, Any], dict[str, str]]]:
    while (found := dossier.decisions(book)) and found[0].at <= now:
        card, row = REGISTRY[found[0].card], dossier.entry
        yield Case(card, dossier, row, CLOCK, now, book, line.tools(ids=IDS)), {}


def refused(dossier: EntryDossier, verb: str, who: Actor, form: dict[str, Any], now: datetime, book: Rulebook) -> str:
    """At which step it is refused; said and cited."""
    with pytest.raises(Refused) as caught:
        act(dossier, verb, who, form, now, book)
    assert caught.value.verdict.because
    assert caught.value.verdict.clause in book.clauses
    return caught.value.step


def problems(dossier: EntryDossier, verb: str, who: Actor, form: dict[str, Any], now: datetime,
             book: Rulebook) -> list[str]:  # fmt: skip
    """Which fields are wrong."""
    with pytest.raises(FormErrors) as caught:
        act(dossier, verb, who, form, now, book)
    return [problem.field for problem in caught.value.problems]



CLOCK_CARDS = [card.name() for card in REGISTRY.values() if issubclass(card, EntryClockCard)]
