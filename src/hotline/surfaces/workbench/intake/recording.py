"""记录的栏目 (recording): what the desk asks for, of the cards it performs, each thing once: the gist is the cause in one
line, the words are course and outcome as they were told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import Field, Problem, taken
from hotline.rules import elements
from hotline.rules.book import Rulebook

STARTS = {"channel": "phone", "publish_wish": "not_asked"}
HINTS = {"absence": "", "community": "不写门牌"}  # what there is room for
NEVER = ("entered_late", "beside", "relation")
OF_ACCEPTING = ("item", "category")
DERIVED = {"gist": ("cause",), "words": ("course", "outcome", "cause")}  # of which elements, the first for its errors
IN_AN_EMERGENCY = "有人身危险，来不及细问，先移交 {}。"
RESCUE = "紧急救助"  # where no number is named yet


def derived(book: Rulebook) -> dict[str, tuple[str, ...]]:
    """What need not be asked, and of which of this city's elements it is made."""
    there = elements.terms(book)
    found = {name: tuple(one for one in sources if one in there) for name, sources in DERIVED.items()}
    return {name: sources for name, sources in found.items() if sources}


@lru_cache(maxsize=8)
def fields(book: Rulebook) -> tuple[Field, ...]:
    """Every field of the desk, in the cards' own words; the cause is one line, as long as a gist."""
    register, accept = (REGISTRY[name].fields(book) for name in ("register", "accept"))
    longest = next(f.max_length for f in register if f.name == "gist")
    skipped, short = (*NEVER, *derived(book)), derived(book).get("gist", ())[:1]
    asked = [f for f in register if f.name not in skipped] + [f for f in accept if f.name in OF_ACCEPTING]
    asked = [replace(f, hint=HINTS.get(f.name, f.hint)) for f in asked]
    return tuple(replace(f, kind="text", max_length=longest) if f.name in short else f for f in asked)


def typed(book: Rulebook, data: Mapping[str, Any]) -> dict[str, Any]:
    """What of a POST belongs into the record, as a draft keeps it."""
    return {f.name: str(data[f.name]) for f in fields(book) if data.get(f.name)}


def whole(book: Rulebook, data: Mapping[str, Any]) -> dict[str, Any]:
    """The record as the cards want it, with what is made of its elements."""
    made = {}
    for name, sources in derived(book).items():
        parts = [str(data.get(one, "")).strip() for one in sources]
        told = parts[:1] if name == "gist" or not any(parts[:-1]) else parts[:-1]
        made[name] = "\n".join(filter(None, told)) or parts[-1]
    return {**data, **made}


def in_an_emergency(book: Rulebook, data: Mapping[str, Any], number: str) -> dict[str, Any]:
    """The same, whatever is missing said to be missing: seconds count (R-32)."""
    because = IN_AN_EMERGENCY.format(number)
    record = whole(book, data)
    lacking = {name: because for name in ("gist", "words", "absence") if not record.get(name)}
    return {**record, "kind": record.get("kind") or book.provision("handing_over").values["kind"], **lacking}


def shown(book: Rulebook, problems: Sequence[Problem]) -> list[Problem]:
    """Problems of what was made of an element are that element's; of a field the first one is said."""
    made, terms = derived(book), elements.terms(book)
    labels = {f.name: f.label for f in REGISTRY["register"].fields(book)}

    def too_much(problem: Problem) -> bool:  # of what is made of several: each says it of itself first
        return problem.field in made and problem.because.startswith(f"“{labels[problem.field]}”")

    def of(problem: Problem) -> Problem:
        if problem.field not in made:
            return problem
        source, *others = made[problem.field]
        label, here = f"“{labels[problem.field]}”", f"“{terms[source]}”"
        if others and too_much(problem):
            here += f"和“{terms[others[0]]}”合起来"
        return Problem(source, problem.because.replace(label, here), problem.clause)

    found: dict[tuple[str, str], Problem] = {}
    for one in map(of, sorted(problems, key=too_much)):
        found.setdefault((one.field, "" if one.field else one.because), one)
    return list(found.values())


def phone_problems(book: Rulebook, data: Mapping[str, Any]) -> list[Problem]:
    """That a telephone number is none, before anybody is looked for by it."""
    asked = [f for f in fields(book) if f.kind == "phone"]
    return taken(asked, data, None)[1]


def complete(book: Rulebook, data: Mapping[str, Any]) -> str:
    """How far the record has come: 六要素已有 5 项，还差“结果”."""
    terms, title = elements.terms(book), elements.title(book)
    lacking = [term for id_, term in terms.items() if not str(data.get(id_, "")).strip()]
    if not lacking:
        return f"{title}齐全"
    return f"{title}已有 {len(terms) - len(lacking)} 项，还差“{'、'.join(lacking)}”"


def clock(book: Rulebook, at: datetime | None) -> str:
    """When a draft was saved, to the second; nothing for one that was not."""
    return f"{at.astimezone(book.tz):%H:%M:%S}" if at else ""


def begun(book: Rulebook, data: Mapping[str, Any], at: datetime | None) -> str:
    """A draft in a list of them: when, and what it is about."""
    words = (str(data.get(name, "")) for name in (*derived(book).get("gist", ()), *elements.terms(book)))
    nothing = "只写了号码" if data.get("phone") else "还没有写什么"
    return f"{clock(book, at)[:5]} {next((one[:16] for one in words if one), nothing)}"


