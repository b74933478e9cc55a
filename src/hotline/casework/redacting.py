"""隐去 (redacting): what is left of a person's texts, and of what others wrote about them. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

FORGOTTEN = "（已匿名）"
MASK = "＊"
GRAM = 8  # so many characters in a row of the person's own words are their words wherever they stand
SHORTEST = 2


def _grams(own: Iterable[str]) -> set[str]:
    return {body[i : i + GRAM] for body in own for i in range(len(body) - GRAM + 1)}


def _pattern(word: str) -> str:
    """A telephone number however it is spaced; a name as it is."""
    digits = re.sub(r"[\s\-+]", "", word)
    if digits.isdecimal() and digits.isascii():
        return r"[\s\-]*".join(digits)
    return re.escape(word)


def masker(words: Sequence[str], own: Iterable[str]) -> Callable[[str], str]:
    """What hides these words, and whatever is quoted of the person's own texts, in what others wrote."""
    wanted = sorted({word.strip() for word in words if len(word.strip()) >= SHORTEST}, key=len, reverse=True)
    pattern, grams = re.compile("|".join(map(_pattern, wanted)) or r"(?!)"), _grams(own)

    def mask(text: str) -> str:
        covered = bytearray(len(text))
        for found in pattern.finditer(text):
            covered[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        for i in range(len(text) - GRAM + 1):
            if text[i : i + GRAM] in grams:
                covered[i : i + GRAM] = b"\1" * GRAM
        return "".join(MASK if hide else letter for letter, hide in zip(text, covered, strict=True))

    return mask


def each(body: str, change: Callable[[str], str], own: Container[str] = ()) -> str:
    """A text changed, also one that is kept as JSON: its values, never its names. `own`: names whose values are the
    person's own words."""
    if not body.startswith(("{", "[")):
        return change(body)
    try:
        said = json.loads(body)
    except ValueError:
        return change(body)
    if own and isinstance(said, dict):
        parts = {name: _walked(value, forgotten if name in own else change) for name, value in said.items()}
        return json.dumps(parts, ensure_ascii=False)
    return json.dumps(_walked(said, change), ensure_ascii=False)


def _walked(said: Any, change: Callable[[str], str]) -> Any:
    if isinstance(said, dict):
        return {name: _walked(value, change) for name, value in said.items()}
    if isinstance(said, list):
        return [_walked(value, change) for value in said]
    return change(said) if isinstance(said, str) else said


def strings(body: str) -> list[str]:
    """What is said in a text, value by value where it is kept as JSON."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    each(body, note)
    return found


def forgotten(text: str) -> str:
    """What stands for a person's own words."""
    return FORGOTTEN if text else ""
