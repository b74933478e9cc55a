"""写到一半的 (begun): the letter that a unit is writing on an order, kept on the server under a number of its own, which
is another one as soon as there is another letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Letter, Order
from hotline.casework.transitions.letter_form import BLANK
from hotline.knowledge.cited import said_numbers
from hotline.knowledge.desks import Listed
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.forms import FormErrors, parse
from hotline.rules.book import Rulebook
from hotline.surfaces.shared_drafts import Place, place
from hotline.surfaces.workbench.guarding import StaffRequest

VERB = "draft_reply"
OrderCase = Case[MatterDossier, Order]


def place_of(request: StaffRequest, dossier: MatterDossier, order: Order, *, before: bool = False) -> Place:
    """Where the unit's letter on an order is kept, until another letter is handed in there; `before` that was."""
    letters = [one for one in dossier.all(Letter) if one.order_id == order.id]
    newest = max((one.id for one in letters), default=0)
    if before:
        newest = max((one.id for one in letters if one.id != newest), default=0)
    return place(request.visitor.person.id, order.id, newest, dossier.chain.id)


def seen(request: StaffRequest) -> int:
    """From which state of the draft the page was gone on with."""
    said = str(request.POST.get("version", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def typed(book: Rulebook, data: Mapping[str, Any]) -> dict[str, str]:
    """What of a POST belongs into the letter."""
    fields = REGISTRY[VERB].fields(book)
    return {f.name: str(data[f.name]) for f in fields if data.get(f.name)}


def read(case: OrderCase, data: Mapping[str, Any]) -> dict[str, Any]:
    """What is typed as the card would read it; whatever it would refuse is not there yet."""
    found: dict[str, Any] = dict(BLANK)
    for field in case.card.fields(case.book):
        try:
            found |= parse([field], data, case)
        except FormErrors:
            continue
    return found


def with_citation(data: Mapping[str, Any], title: str, number: str) -> dict[str, Any]:
    """One more document among those that the letter rests on, in the form that the field has; once."""
    line = " | ".join(part.replace("|", " ").strip() for part in (title, number))
    rows = [row for row in str(data.get("citations", "")).splitlines() if row.strip()]
    return {**data, "citations": "\n".join(dict.fromkeys([*rows, line]))}


def with_entry(data: Mapping[str, Any], entry: Listed) -> dict[str, Any]:
    """With an entry of the knowledge base: its words behind what is answered already, its document among those that the
    letter rests on, its number among those it cites."""
    answer = "\n".join(filter(None, (str(data.get("answer", "")).rstrip(), entry.body)))
    numbers = "、".join(dict.fromkeys([*said_numbers(str(data.get("cites", ""))), entry.number]))
    whole = {**data, "answer": answer, "cites": numbers}
    return with_citation(whole, entry.source, entry.document) if entry.document else whole
