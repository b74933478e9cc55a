"""表单 (forms): what a card asks for, as plain data; parsed the same way for page, replay and API."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from hotline.rules.book import Rulebook

Choices = Sequence[tuple[str, str]]
FOUND = "\0found"  # under which a page adds to what was sent the problems that it found itself
# Chosen from what the page lists, or picked from the disk.
LISTED = ("choice", "unit", "any_unit", "unit_below", "on_phone", "leader", "place", "files")


@dataclass(frozen=True, slots=True)
class Problem:
    """错处: one thing wrong with a form, said so that the person knows what to do. `clause` cites the rule, if one."""

    field: str
    because: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """栏目: one field. `kind`: text, textarea, choice, flag, tick (a flag among many, on one line),
    phone, pairs (lines of `title | number`), instant,
    date, number (whole), files (tokens of what was uploaded for this form).
    `choices` is fixed data or a function of the case (units, items). `max_length` in characters. `section` heads a
    group of fields that begins here, `section_note` says what holds for the group."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    choices: Choices | Callable[[Any], Choices] | None = None
    max_length: int = 200
    hint: str = ""
    section: str = ""
    section_note: str = ""

    def options(self, case: Any) -> Choices:
        """The choices open in this case."""
        return self.choices(case) if callable(self.choices) else self.choices or ()

    @property
    def missing_said(self) -> str:
        """What is said where it is wanted and empty: what is listed is chosen, everything else is written."""
        listed = self.choices is not None or self.kind in LISTED
        return f"请{'选择' if listed else '填写'}“{self.label}”。"


# Fields that a rulebook names: its own elements, in its own words, in their place in the form.
FieldsOf = Callable[[Rulebook], Sequence[Field]]


def headed(section: str, fields: Sequence[Field], note: str = "") -> tuple[Field, ...]:
    """The fields as one group under a heading; none where there are none."""
    return tuple(replace(f, section=section, section_note=note) if i == 0 else f for i, f in enumerate(fields))


class FormErrors(Exception):
    """表单有误: the form was refused; nothing was written. `problems` name field and rule."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__("、".join(p.field for p in problems))
        self.problems = tuple(problems)


TICKED = ("flag", "tick")
SHAPES = {"number": "，请写整数", "date": "，请写成年-月-日", "instant": "，请写成年-月-日T时:分"}
YEARS = range(1900, 3000)
_PHONE = re.compile(r"\+?[0-9][0-9\- ]{4,19}")


def _flag(value: str) -> bool:
    return value in ("1", "on", "true", "是", "yes")


def _pairs(value: str) -> list[list[str]]:
    rows = (line.split("|", 1) for line in value.splitlines() if line.strip())
    return [[cell.strip() for cell in row] for row in rows]


Day = TypeVar("Day", bound=date)


def _meant(day: Day) -> Day:
    """A day that somebody may mean, so that nothing worked out from it falls outside of what can be written."""
    if day.year not in YEARS:
        raise ValueError(day.year)
    return day


_PARSERS: dict[str, Callable[[str], Any]] = {
    "flag": _flag, "tick": _flag, "pairs": _pairs, "number": int, "files": str.split,
    "instant": lambda typed: _meant(datetime.fromisoformat(typed)),
    "date": lambda typed: _meant(date.fromisoformat(typed)),
}  # fmt: skip


def _text_of(data: Mapping[str, Any], field: Field) -> str:
    return str(data.get(field.name, "") or "").replace("\r\n", "\n").replace("\x00", "").strip()


def _why_bad(field: Field, text: str, case: Any) -> str:
    if field.kind in TICKED:
        return ""
    if not text:
        return field.missing_said if field.required else ""
    if len(text) > field.max_length:
        return f"“{field.label}”最多 {field.max_length} 个字，现在有 {len(text)} 个。"
    if field.kind == "phone" and not _PHONE.fullmatch(text):
        return f"“{field.label}”只能是数字，例如 13912345678；座机请加区号。"
    if field.choices is not None and text not in {str(v) for v, _ in field.options(case)}:
        return f"“{field.label}”没有这个选项，请从列出的里面选。"
    return ""


def _parsed(field: Field, text: str) -> Any:
    if not text and field.kind not in ("pairs", "files"):
        return False if field.kind in TICKED else ""
    return _PARSERS.get(field.kind, str)(text)


def _as_typed(field: Field, text: str) -> Any:
    """What stands for a value that is wrong: words as they were typed, of everything else nothing."""
    words = field.choices is None and field.kind in ("text", "textarea", "phone")
    return text if words else [] if field.kind in ("pairs", "files") else ""


def _found_before(data: Mapping[str, Any]) -> list[Problem]:
    """What a page found wrong already; a field of that name that somebody sends is words, and says nothing."""
    found = data.get(FOUND, ())
    return list(found) if isinstance(found, tuple) else []


def taken(fields: Sequence[Field], data: Mapping[str, Any], case: Any) -> tuple[dict[str, Any], list[Problem]]:
    """`data` cleaned for a card, and what is wrong with it, each bad field named."""
    cleaned: dict[str, Any] = {}
    problems = _found_before(data)
    for field in fields:
        text = _text_of(data, field)
        why = _why_bad(field, text, case)
        try:
            cleaned[field.name] = _as_typed(field, text) if why else _parsed(field, text)
        except ValueError:
            cleaned[field.name], why = _as_typed(field, text), f"“{field.label}”的格式不对{SHAPES.get(field.kind, '')}。"
        if why:
            problems.append(Problem(field.name, why))
    return cleaned, problems


def parse(fields: Sequence[Field], data: Mapping[str, Any], case: Any) -> dict[str, Any]:
    """The same of a form in which nothing may be wrong. Raises FormErrors naming each bad field."""
    cleaned, problems = taken(fields, data, case)
    if problems:
        raise FormErrors(problems)
    return cleaned
