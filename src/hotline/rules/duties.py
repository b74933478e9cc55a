"""The table of duties: which half-sentence of which clause is executed, waits, or only narrates."""

from __future__ import annotations

from typing import Any

from hotline.rules.errors import RulebookError
from hotline.rules.filling import mapping
from hotline.rules.parts import Clause, Duty
from hotline.rules.sources import DUTIES_FILE, Sources

STATES = ("executed", "pending", "narrative")
KEYS = frozenset({"text", "tests", "values", "heading", *STATES})


def duties(sources: Sources) -> tuple[Duty, ...]:
    """Every duty in the order of the text; RulebookError for an unknown clause, a clause without any, or no state."""
    table = mapping(DUTIES_FILE, "", "", sources.files.get(DUTIES_FILE))
    for clause in table.keys() - sources.texts.keys():
        raise RulebookError(DUTIES_FILE, str(clause), "", "条文里没有这一条")
    found = []
    for clause in sources.texts:
        if not table.get(clause):
            raise RulebookError(DUTIES_FILE, clause, "", "这一条没有列出任何职责")
        found += [_duty(clause, str(id_), e) for id_, e in mapping(DUTIES_FILE, clause, "", table[clause]).items()]
    return tuple(found)


def _duty(clause: str, id_: str, data: Any) -> Duty:
    entry = mapping(DUTIES_FILE, clause, id_, data)
    if not id_.startswith(clause):
        raise RulebookError(DUTIES_FILE, clause, id_, "职责编号应以条款编号开头")
    if unknown := entry.keys() - KEYS:
        raise RulebookError(DUTIES_FILE, clause, f"{id_}.{min(unknown)}", "职责没有这一项")
    states = [state for state in STATES if entry.get(state)]
    if len(states) != 1:
        raise RulebookError(DUTIES_FILE, clause, id_, "executed、pending、narrative 恰写一项")
    state = states[0]
    tests = tuple(entry.get("tests") or ())
    if state == "executed" and not tests:
        raise RulebookError(DUTIES_FILE, clause, f"{id_}.tests", "已执行的职责必须列出测试")
    because = "" if state == "executed" else str(entry[state])
    values = tuple(entry.get("values") or ())
    return Duty(id_, clause, str(entry.get("text", "")), state, because, tests, values, bool(entry.get("heading")))


def clauses(sources: Sources, table: tuple[Duty, ...]) -> dict[str, Clause]:
    """The clauses of the text in order; a heading is one that the table calls so."""
    headings = {duty.clause for duty in table if duty.heading}
    return {id_: Clause(id_, text, id_ in headings) for id_, text in sources.texts.items()}


def clause_state(table: list[Duty]) -> str:
    """The state of a clause with these duties: pending while one is, narrative when all are, else executed."""
    states = {duty.state for duty in table}
    if "pending" in states:
        return "pending"
    return "executed" if "executed" in states else "narrative"
