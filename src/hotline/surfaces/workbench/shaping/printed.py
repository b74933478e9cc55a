"""打印成形: a letter as a page that leaves the house: head, to whom, parts in the rulebook's own order and names, who
answers for it, unit and date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotline.casework import citing
from hotline.casework.dossier import MatterDossier
from hotline.casework.letter_texts import SIGNATURE
from hotline.casework.records import Order, PaperDocument
from hotline.casework.statuses import ORDER_TERMS, OrderStatus
from hotline.network import desks as network
from hotline.network import wordings
from hotline.network.roles import TERMS, Role
from hotline.procedure.case import Case
from hotline.procedure.forms import Field
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.timeline import facts_of, read_once

OrderCase = Case[MatterDossier, Order]
# Not in the letter, or within another part of it; entries of the knowledge base have numbers of our own.
ANSWER = "answer"
APART = ("publishable", "publish_reason", "no_citation_reason", "files", "cites")


def _value(field: Field, case: OrderCase, says: Mapping[str, Any]) -> str:
    """What stands in one field, in words."""
    value = says.get(field.name)
    if field.kind == "pairs":
        rows = [citing.said(*row[:2]) for row in value or []]
        return "\n".join(rows) or str(says.get("no_citation_reason", ""))
    if field.kind in ("flag", "tick", "files"):  # affirmed before the letter is signed; nothing to read
        return ""
    named = {str(v): label for v, label in field.options(case)} if field.choices is not None else {}
    return named.get(str(value), str(value)) if value else ""


def _state(case: OrderCase, begun: bool) -> str:
    """How far it has come, so that nobody takes a draft for a letter."""
    letter, tz = case.dossier.letter_of(case.subject), case.book.tz
    if begun or letter is None:
        return "草稿，还没有交"
    if letter.signed_off_at is None or letter.signed_off_role is None:
        return ORDER_TERMS[OrderStatus(case.subject.status)]
    return f"{TERMS[Role(letter.signed_off_role)]} {said.instant(letter.signed_off_at, tz)} 签批"


def printed_letter(case: OrderCase, says: Mapping[str, Any], greeting: str, *, begun: bool) -> s.PrintedLetter:
    """The letter, from what its form says; what the citizen is told in it begins with `greeting`."""
    book, order = case.book, case.subject
    rows = [(f, _value(f, case, says)) for f in case.card.fields(book) if f.name not in APART]
    told = [(f, words) for f, words in rows if words]
    unit = network.unit(order.unit_id)
    gaps = {"number": case.dossier.matter.number, "city": book.city,
            "service": book.provision("service").values["number"]}  # fmt: skip
    at = case.now if begun else order.filed_at or case.now
    return s.PrintedLetter(
        unit.name if unit else "", wordings.line("letter_title", **gaps), wordings.line("letter_to", **gaps),
        tuple(s.LetterText(f.label, f"{greeting}：\n\n{words}" if f.name == ANSWER else words)
              for f, words in told if f.kind in ("textarea", "pairs")),
        tuple(s.Fact(f.label, words) for f, words in told if f.kind not in ("textarea", "pairs")
              and f.name not in SIGNATURE),
        tuple(s.Fact(f.label, words) for f, words in told if f.name in SIGNATURE),
        f"{at.astimezone(book.tz):%Y年%-m月%-d日}", _state(case, begun), _number(case.dossier, order), True,
        wordings.line("letter_end", **gaps),
    )  # fmt: skip


def _number(dossier: MatterDossier, order: Order) -> str:
    """Under which number the unit has sent it on paper, where it has."""
    told = {facts_of(read_once(line))["paper_id"] for line in dossier.lines if line.kind == "reported_on_paper"}
    sent = [one for one in dossier.all(PaperDocument) if one.id in told and one.order_id == order.id and one.number_id]
    return dossier.body(sent[-1].number_id) if sent else ""
