"""调查核实的问题 (questions about inquiries): what was looked into about an order, and whether a letter was found untrue."""

from __future__ import annotations

from hotline.casework import sharing
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Inquiry, Order
from hotline.casework.records.inquiries import OFFICE, UNIT
from hotline.procedure.card import Effect
from hotline.rules import inquiries as rules
from hotline.rules.book import Rulebook


def made(dossier: MatterDossier, order: Order) -> list[Inquiry]:
    """The unit's own, and those of units below it, oldest first: what level 3 looked into, level 2 answers for."""
    own = {order.id, *(one.id for one in sharing.below(dossier, order))}
    return [one for one in dossier.all(Inquiry) if one.side == UNIT and one.order_id in own]


def checks(dossier: MatterDossier, order: Order) -> list[Inquiry]:
    """What the office checked about the order's letters, oldest first."""
    return [one for one in dossier.all(Inquiry) if one.side == OFFICE and one.order_id == order.id]


def untrue(dossier: MatterDossier, order: Order) -> Inquiry | None:
    """The last check of the letter now standing, where it found that the letter is not as things are."""
    letter, found = dossier.letter_of(order), checks(dossier, order)
    if letter is None or not found or found[-1].letter_id != letter.id:
        return None
    return found[-1] if found[-1].as_it_is is False else None


def ever_untrue(dossier: MatterDossier) -> bool:
    """Whether the office ever found a letter of the matter untrue: it was handled anew then."""
    return any(one.side == OFFICE and one.as_it_is is False for one in dossier.all(Inquiry))


def shown(book: Rulebook, dossier: MatterDossier, order: Order) -> Effect:
    """What the unit looked into itself, for whoever signs or reviews its letter (四（三）段1): it may be nothing."""
    found, terms = made(dossier, order), rules.means(book, "investigation")
    if not found:
        return Effect("调查核实", "没有记录")
    last = found[-1]
    on = f"{last.looked_on.month}月{last.looked_on.day}日"
    return Effect("调查核实", f"{len(found)} 次，最近 {on} {terms.get(last.means, last.means)}")
