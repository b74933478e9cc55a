"""查什么成形: the search form as it was typed, what it asks for, and what is wrong with it in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hotline.casework.seeking import LONGEST, MOST_WORDS, NOT_OVER, SHORTEST, Wanted, words_of
from hotline.casework.statuses import MATTER_TERMS, ORDER_TERMS
from hotline.network import desks as network
from hotline.network.records import Unit
from hotline.network.roles import OFFICE, UNIT
from hotline.rules import elements
from hotline.rules.book import Rulebook
from hotline.rules.worktime import ONE_DAY, local_midnight
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Choice, FieldView
from hotline.surfaces.workbench.shaping import categories

TYPED = {"q": "字词或编号", "place": "地点", "category": "类别"}
CHOSEN = {"kind": "种类", "status": "状态", "unit": "单位", "card": "现有的牌"}
DAYS = {"since": "登记从", "until": "登记到", "due_since": "期限从", "due_until": "期限到"}
COLOURS = {"yellow": "黄牌", "red": "红牌"}
NAMES = ("q", "kind", "status", "unit", "category", "place", *DAYS, "card")
MOST = {"q": 200, "place": 60, "category": 60}
TOO_WIDE = "一个字查得太宽，请多写一个字，或者再加一个条件。"
NOTHING = "请写要查的字词，或者选一个条件。"
BAD_DAY = "日期请写成 2026-11-18 这样。"
WRONG_WAY = "开始的日子在结束的后面，请对调。"
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Reading:
    """读到的: what was typed, what is wrong with it by field, and the days that could be read."""

    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    @property
    def asked(self) -> bool:
        """Whether anything was typed at all."""
        return any(self.typed.values())

    def errors_said(self) -> list[str]:
        """What is wrong, each with the field that it is about."""
        labels = {**TYPED, **CHOSEN, **DAYS}
        return [f"“{labels[name]}”：{because}" for name, because in self.errors.items()]

    def __getitem__(self, name: str) -> str:
        """What may be used of a field: nothing where it is wrong."""
        return "" if name in self.errors else self.typed.get(name, "")


def read(book: Rulebook, data: Mapping[str, Any], role: str, unit: Unit | None, *, narrowed: bool = False) -> Reading:
    """What was typed, looked through field by field. `narrowed`: something else says already what is meant."""
    typed = {name: str(data.get(name, "")).replace("\x00", "").strip()[: MOST.get(name, 40)] for name in NAMES}
    reading = Reading(typed)
    for name, options in choices(book, role, unit).items():
        if typed[name] and typed[name] not in dict(options):
            reading.errors[name] = f"没有这个{CHOSEN[name]}，请重新选。"
    for name in DAYS:
        _read_day(reading, name)
    for start, end in (("since", "until"), ("due_since", "due_until")):
        if start in reading.days and end in reading.days and reading.days[start] > reading.days[end]:
            reading.errors[end] = WRONG_WAY
    _read_words(reading, narrowed)
    return reading


def _read_day(reading: Reading, name: str) -> None:
    typed = reading.typed[name]
    try:
        day = date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day and FIRST_DAY <= day <= LAST_DAY:
        reading.days[name] = day
    elif typed:
        reading.errors[name] = BAD_DAY


def _read_words(reading: Reading, narrowed: bool) -> None:
    words = words_of(reading.typed["q"])
    if len(words) > MOST_WORDS:
        reading.errors["q"] = f"一次最多查 {MOST_WORDS} 个词。"
    elif any(len(word) > LONGEST for word in words):
        reading.errors["q"] = f"一个词最多 {LONGEST} 个字，请用空格分开。"
    elif reading.typed["q"] and not words:
        reading.errors["q"] = NOTHING
    elif words and max(map(len, words)) < SHORTEST:
        alone = not narrowed and not any(reading[name] for name in NAMES if name != "q")
        reading.errors.update({"q": TOO_WIDE} if alone else {})


def wanted(book: Rulebook, reading: Reading, callers: tuple[int, ...] | None) -> Wanted:
    """What is asked for, in the terms of the desk."""
    which, _, status = reading["status"].partition("-")
    unit = network.unit(int(reading["unit"])) if reading["unit"] else None
    start = {name: local_midnight(day, book.tz) for name, day in reading.days.items()}
    end = {name: local_midnight(day + ONE_DAY, book.tz) for name, day in reading.days.items()}
    days = reading.days
    return Wanted(
        words_of(reading["q"]), reading["place"], reading["kind"], reading["category"],
        categories.within(reading["category"]),
        status if which == "m" else "", status if which == "o" else "", unit.id if unit else None,
        unit.level if unit else 0, start.get("since"), end.get("until"),
        f"{days['since']:%Y%m%d}" if "since" in days else "",
        f"{days['until'] + ONE_DAY:%Y%m%d}" if "until" in days else "",
        start.get("due_since"), end.get("due_until"), reading["card"], callers,
    )  # fmt: skip


Options = Sequence[tuple[str, str]]


def choices(book: Rulebook, role: str, unit: Unit | None) -> dict[str, Options]:
    """What may be chosen in each field that has choices; units only where there are several within reach."""
    found: dict[str, Options] = {
        "kind": [(id_, kind.term) for id_, kind in book.kinds.items()], "status": _statuses(role),
        "unit": [(str(one.id), "　" * max(0, one.level - 2) + one.name) for one in _units(role, unit)],
        "card": list(COLOURS.items()),
    }  # fmt: skip
    return found


def _statuses(role: str) -> Options:
    orders = [(f"o-{NOT_OVER}", "工单未结"), *((f"o-{status}", f"工单{term}") for status, term in ORDER_TERMS.items())]
    matters = [] if role in UNIT else [(f"m-{status}", f"事项{term}") for status, term in MATTER_TERMS.items()]
    return [*matters, *orders]


def _units(role: str, unit: Unit | None) -> Iterable[Unit]:
    if role in OFFICE:
        return network.units_below()
    if role in UNIT and unit is not None:
        return [one for one in network.tree().branch(unit) if one.id != unit.id]
    return ()


def fields(book: Rulebook, reading: Reading, role: str, unit: Unit | None) -> tuple[FieldView, tuple[FieldView, ...]]:
    """The form as it comes back: the box for words, and the other fields that there are."""
    there = {name: options for name, options in choices(book, role, unit).items() if options}
    there |= {"category": listed} if (listed := _categories(reading["category"])) else {}
    known = [name for name in NAMES[1:] if name in there or (name in DAYS) or name in TYPED]
    if "place" not in elements.terms(book):
        known.remove("place")
    hint = "几个词用空格分开，都要有才算；写编号直接打开，清单上那样的短编号也行"
    words = FieldView("q", TYPED["q"], "text", reading.typed["q"], error=reading.errors.get("q", ""), hint=hint,
                      required=False, max_length=MOST["q"])  # fmt: skip
    return words, tuple(_field(reading, name, there.get(name, ())) for name in known)


def _categories(typed: str) -> Options:
    """Those of the city's list, if it has one; what was asked for by a part of its name stays asked for."""
    listed = categories.choices("")
    named = not typed or typed in dict(listed)
    return listed if named or not listed else [(typed, f"名称里有“{typed}”的"), *listed]


def _field(reading: Reading, name: str, options: Options) -> FieldView:
    value, error = reading.typed[name], reading.errors.get(name, "")
    label = {**TYPED, **CHOSEN, **DAYS}[name]
    if options:
        shown = tuple(Choice(v, term, chosen=v == value) for v, term in options)
        return FieldView(name, label, "choice", value, (), shown, error, required=False)
    return FieldView(name, label, "date" if name in DAYS else "text", value, error=error, required=False,
                     max_length=MOST.get(name), short=True)  # fmt: skip


def in_words(book: Rulebook, reading: Reading, role: str, unit: Unit | None, now: datetime) -> str:
    """What was looked for, in words: 字词“路灯”，投诉，登记从 11月1日."""
    return "，".join(_said(book, reading, role, unit, now.astimezone(book.tz).date()))


def _said(book: Rulebook, reading: Reading, role: str, unit: Unit | None, today: date) -> Iterator[str]:
    terms = choices(book, role, unit)
    for name in NAMES:
        value = reading[name]
        if not value:
            continue
        if name in CHOSEN:
            yield dict(terms[name])[value].strip()
        elif name in DAYS:
            yield f"{DAYS[name]} {said.day(reading.days[name], today)}"
        else:
            yield f"{'字词' if name == 'q' else TYPED[name]}“{' '.join(words_of(value)) if name == 'q' else value}”"
