"""反馈件：which of the required elements a letter lacks, and what becomes of it without them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Missing

PHONE = re.compile(r"\+?[\d（）()\- 转]{3,}")


def missing(book: Rulebook, letter: Mapping[str, object], *, only: Collection[str] | None = None) -> list[Missing]:
    """The elements `letter` lacks, in the order of the text; `only` narrows the look to these fields."""
    return [
        Missing(field, rule.clause, _because(element), element["consequence"])
        for rule in book.provisions("letter_elements")
        for field, element in rule.values["elements"].items()
        if (only is None or field in only) and not _there(field, element, letter)
    ]


def bounces(book: Rulebook, letter: Mapping[str, object]) -> list[Missing]:
    """退单：the missing elements for which a letter counts as never filed."""
    return [lack for lack in missing(book, letter) if lack.consequence == "bounce"]


def fields(book: Rulebook) -> dict[str, str]:
    """The fields an element rests on, each with the clause that asks for it."""
    return {f: rule.clause for rule in book.provisions("letter_elements") for f in rule.values["elements"]}


def options(book: Rulebook, field: str) -> tuple[str, ...]:
    """The answers an element offers (`truthful`, `publish_opinion`); empty where it is free or not asked for."""
    return tuple(_elements(book).get(field, {}).get("options") or ())


def terms(book: Rulebook) -> dict[str, str]:
    """The elements by field, each with its Chinese term, in the order of the text."""
    return {field: element["term"] for field, element in _elements(book).items()}


def stand_ins(book: Rulebook) -> frozenset[str]:
    """The fields that may stand for an element: a reason instead of a citation."""
    return frozenset(e["unless"] for e in _elements(book).values() if "unless" in e)


def _elements(book: Rulebook) -> dict[str, Mapping[str, Any]]:
    return {f: e for rule in book.provisions("letter_elements") for f, e in rule.values["elements"].items()}


def _because(element: Mapping[str, Any]) -> str:
    if options_ := element.get("options"):
        return f"缺少{element['term']}（{'、'.join(options_)}）"
    return f"缺少{element['term']}"


def _there(field: str, element: Mapping[str, Any], letter: Mapping[str, object]) -> bool:
    unless = element.get("unless")
    if unless and _text(letter.get(unless)):
        return True
    return _holds(element, letter.get(field))


def _holds(element: Mapping[str, Any], value: object) -> bool:
    match element["rule"]:
        case "affirmed":
            return value is True
        case "decided":
            return isinstance(value, bool)
        case "one_of":
            return value in element["options"]
        case "phone":
            return _text(value) and PHONE.fullmatch(str(value).strip()) is not None
        case "citations":
            return _cited(value)
    return _text(value)


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _cited(value: object) -> bool:
    """At least one citation, and each with its title and its document number."""
    if not isinstance(value, (list, tuple)) or not value:
        return False
    return all(isinstance(c, Mapping) and _text(c.get("title")) and _text(c.get("number")) for c in value)
