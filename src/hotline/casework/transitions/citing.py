"""引用词条 (citing): an answer names the entries of the knowledge base on which it rests; which, in which version, stands
in the matter's line, and is counted (R-38)."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.casework.transitions.base import AnyCase
from hotline.knowledge.cited import Cited, said_numbers
from hotline.knowledge.records import Citation
from hotline.procedure.forms import Field, Problem

CITES = Field("cites", "引用的词条", required=False, max_length=80, hint="知识库里的编号，几条用顿号隔开；答复写的是哪一版，记在台账里")


def _named(case: AnyCase) -> dict[str, Cited | None]:
    numbers = said_numbers(case.form["cites"])
    found: dict[str, Cited] = case.tools.extra["cited"] if numbers else {}
    return {number: found.get(number) for number in numbers}


def not_in_force(case: AnyCase) -> Sequence[Problem]:
    """What is named and may not be answered now."""
    wrong = [number for number, one in _named(case).items() if one is None or not one.in_force]
    rule = case.book.provision("knowledge")
    said = f"知识库里没有现行有效的“{'、'.join(wrong)}”，请查一查编号，或者不引用。"
    return [Problem("cites", said, rule.clause)] if wrong else ()


def cited(case: AnyCase) -> list[str]:
    """A row for each that this matter has not cited yet, and how the line says it: number and version."""
    named = [one for one in _named(case).values() if one is not None]
    before = {(one.entry_id, one.version) for one in case.dossier.all(Citation)}
    for one in named:
        if (one.id, one.version) in before:
            continue
        case.insert(Citation(case.tools.ids.next(), case.dossier.chain.id, one.id, one.number, one.version, case.now))
    return [f"{one.number} {one.version}" for one in named]
