"""From the chapters and readings of a rulebook to its provisions, refusing whatever does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hotline.rules.checks import Names
from hotline.rules.errors import RulebookError
from hotline.rules.parts import Provision, Reading
from hotline.rules.provisions import SHAPES, Name
from hotline.rules.sources import CHAPTERS, Sources

READINGS_FILE = "readings.yaml"
READING_TEXTS = ("question", "answer", "why")


def mapping(file: str, clause: str, key: str, data: Any) -> dict[Any, Any]:
    """`data`, when it is a mapping; RulebookError otherwise."""
    if not isinstance(data, dict):
        raise RulebookError(file, clause, key, "应当是对照表（键: 值）")
    return data


def readings(sources: Sources) -> dict[str, Reading]:
    """The readings by their id; RulebookError for one without question, answer or why."""
    found = {}
    for id_, data in mapping(READINGS_FILE, "", "", sources.files.get(READINGS_FILE)).items():
        entry = mapping(READINGS_FILE, id_, "", data)
        for key in READING_TEXTS:
            if not isinstance(entry.get(key), str) or not entry[key].strip():
                raise RulebookError(READINGS_FILE, id_, key, "应当是非空文字")
        if unknown := entry.keys() - {*READING_TEXTS, "values"}:
            raise RulebookError(READINGS_FILE, id_, str(min(unknown)), "读法没有这一项")
        found[id_] = Reading(id_, *(entry[key].strip() for key in READING_TEXTS))
    return found


def provisions(sources: Sources, names: Names) -> dict[str, tuple[Provision, ...]]:
    """Every provision with the clauses that fill it; RulebookError for what is unknown, unfilled or of a wrong type."""
    filler = _Filler(sources, names)
    for file, data in sources.under(CHAPTERS).items():
        for clause, entries in mapping(file, "", "", data).items():
            filler.clause(file, clause, entries)
    return filler.finished()


class _Filler:
    def __init__(self, sources: Sources, names: Names) -> None:
        self.texts = sources.texts
        self.names = names
        self.offers: dict[str, Any] = {
            id_: entry.get("values") or {} for id_, entry in (sources.files.get(READINGS_FILE) or {}).items()
        }
        self.used: set[tuple[str, str]] = set()
        self.found: dict[str, list[Provision]] = {}

    def clause(self, file: str, clause: str, entries: Any) -> None:
        if clause not in self.texts:
            raise RulebookError(file, str(clause), "", "条文里没有这一条")
        for name, data in mapping(file, clause, "", entries).items():
            if name not in SHAPES:
                raise RulebookError(file, clause, str(name), "程序不认识这项规定")
            self._provision(file, clause, Name(name), dict(mapping(file, clause, name, data)))

    def _provision(self, file: str, clause: str, name: Name, values: dict[str, Any]) -> None:
        cited = values.pop("readings", [])
        for reading in cited:
            if reading not in self.offers:
                raise RulebookError(file, clause, f"{name}.readings", f"没有读法 {reading}")
            self._take(file, clause, name, reading, values)
        self._check(file, clause, name, values)
        earlier = self.found.setdefault(name, [])
        if earlier and (not SHAPES[name].many or any(p.clause == clause for p in earlier)):
            raise RulebookError(file, clause, name, f"这项规定已由 {earlier[0].clause} 给出")
        earlier.append(Provision(str(name), clause, tuple(cited), MappingProxyType(values)))

    def _take(self, file: str, clause: str, name: Name, reading: str, values: dict[str, Any]) -> None:
        self.used.add((reading, str(name)))
        for key, value in (self.offers[reading].get(str(name)) or {}).items():
            if key in values:
                raise RulebookError(file, clause, f"{name}.{key}", f"与读法 {reading} 重复；同一个值只写一处")
            values[key] = value

    def _check(self, file: str, clause: str, name: Name, values: Mapping[str, Any]) -> None:
        for key in (key for key in SHAPES[name].values if key not in values):
            raise RulebookError(file, clause, f"{name}.{key}", "缺少这个值")
        for key, value in values.items():
            check = SHAPES[name].check_of(key)
            if check is None:
                raise RulebookError(file, clause, f"{name}.{key}", "这项规定没有这个值")
            if not check.holds(value, self.names):
                raise RulebookError(file, clause, f"{name}.{key}", f"应当是{check.says}，现在是 {value!r}")

    def finished(self) -> dict[str, tuple[Provision, ...]]:
        for name in SHAPES:
            if name not in self.found:
                raise RulebookError(f"{CHAPTERS}/*.yaml", "", name, "没有任何条款给出这项规定")
        for reading, values in self.offers.items():
            for name in values:
                if (reading, name) not in self.used:
                    raise RulebookError(READINGS_FILE, reading, f"values.{name}", "没有条款引用这个读法给出的值")
        return {str(name): tuple(found) for name, found in self.found.items()}
