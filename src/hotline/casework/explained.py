"""已解释未解决的事实 (explained): whether a letter proposes to end so, what it lacks for it, and when the clock calls the
unit again (R-11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hotline.casework.records import Letter, Matter, Order
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.procedure.dossier import Decision
from hotline.rules import explained
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Missing

if TYPE_CHECKING:
    from hotline.casework.dossier import MatterDossier

ALIVE = (MatterStatus.IN_HAND, MatterStatus.REPLIED, MatterStatus.CLOSED)


def proposes(letter: Letter | None) -> bool:
    """Whether the unit wants to end with an explanation instead of a solution: it said what only that asks for."""
    return letter is not None and (letter.review_on is not None or bool(letter.understanding))


def lacks(book: Rulebook, dossier: MatterDossier, letter: Letter) -> list[Missing]:
    """What such a letter lacks; nothing for any other. A contact counts when it reached the citizen after the answer
    that was approved before."""
    return lacks_of(book, dossier, dossier.get(Order, letter.order_id), letter.understanding, letter.review_on)


def lacks_of(book: Rulebook, dossier: MatterDossier, order: Order, understanding: str,
             review_on: date | None) -> list[Missing]:  # fmt: skip
    """The same of one that is still being written, and says so much."""
    if not (understanding or review_on):
        return []
    before = [one.approved_at for one in dossier.all(Letter) if one.order_id == order.id and one.approved_at]
    talked = [a for a in dossier.attempts_of(order) if a.outcome == "reached" and (not before or a.at > max(before))]
    return explained.lacks(book, {
        "contact": dossier.body(talked[-1].note_id) if talked else "", "understanding": understanding,
        "review_on": review_on.isoformat() if review_on else "",
    })  # fmt: skip


def called_again(dossier: MatterDossier) -> bool:
    """Whether the work in hand is that of a review: the letter approved last proposed one, and it has come."""
    approved = [letter for letter in dossier.all(Letter) if letter.approved_at]
    return bool(approved) and proposes(approved[-1]) and not awaits_review(dossier)


def awaits_review(dossier: MatterDossier) -> bool:
    """Whether an order of the matter ended so and is not yet called again: until then the file stays open."""
    return any(o.explained_review_at is not None and o.status == OrderStatus.APPROVED for o in dossier.orders)


def decisions(dossier: MatterDossier, book: Rulebook, matter: Matter, order: Order) -> Iterator[Decision]:
    """On its review day the unit is called again."""
    if order.explained_review_at is not None and order.status == OrderStatus.APPROVED and matter.status in ALIVE:
        yield Decision(order.explained_review_at, "call_again", order)
