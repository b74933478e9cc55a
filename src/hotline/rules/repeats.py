"""再次来电：what becomes of a citizen's calling again about the same matter (R-23)."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.rules.book import Rulebook

JOIN, REPEAT, REOPEN, LINKED = "join", "repeat_answer", "reopen", "linked_matter"
OPEN, ANSWERED, FINAL = "open", "answered", "final"  # still owed, answered, archived or not taken at all


@dataclass(frozen=True, slots=True)
class Repeat:
    """再次来电的处理：what is done, with the clause and the readings that say so."""

    action: str
    clause: str
    readings: tuple[str, ...] = ()


def what(book: Rulebook, stands: str, *, new_facts: bool) -> Repeat:
    """What is done of a further call about a matter that stands so. While it is open every word goes to those who
    handle it; what is final is never reopened, a new matter refers to it."""
    rule = book.provision("repeat_contact")
    values = rule.values
    if stands == OPEN:
        action = values["open_same_facts"]
    elif stands == ANSWERED:
        action = values["closed_new_facts" if new_facts else "closed_same_facts"]
    else:
        same = values["closed_same_facts"]
        action = same if same == REPEAT and not new_facts else values["archived_new_facts"]
    return Repeat(action, rule.clause, rule.readings)
