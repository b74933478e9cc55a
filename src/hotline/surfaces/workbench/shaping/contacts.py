"""联系记录成形: the unit's contacts and tries about an order, as one fact beside it: how often, and each with its instant."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Attempt, Order
from hotline.casework.transitions.handling import MEANS, OUTCOMES
from hotline.rules import contacts
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact

SHOWN = 5  # the newest; each has its line below


def contact_facts(book: Rulebook, dossier: MatterDossier, order: Order) -> tuple[Fact, ...]:
    """What came of them, counted; the newest one by one."""
    made = dossier.attempts_of(order)
    if not made:
        return ()
    often = ((term, sum(one.outcome == outcome for one in made)) for outcome, term in OUTCOMES)
    newest, before = cut(made[::-1], SHOWN)
    each = "；".join(_one(book, one) for one in newest) + (f"；以前还有 {before} 次" if before else "")
    return (Fact("联系记录", "，".join(f"{term} {n} 次" for term, n in often if n), each,
                 link(book.provision("first_contact").clause)),)  # fmt: skip


def _one(book: Rulebook, one: Attempt) -> str:
    means = {**dict(MEANS), **contacts.waivers(book)}.get(one.means, "")
    return f"{said.instant(one.at, book.tz)} {means}{dict(OUTCOMES)[one.outcome]}"
