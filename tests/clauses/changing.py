"""Copies of a rulebook in which exactly one value is changed, for the test that each value is held by a test."""

import copy
import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books
from hotline.rules import sources
from hotline.rules.book import Provision, Rulebook
from hotline.rules.errors import RulebookError
from hotline.rules.filling import READINGS_FILE
from hotline.rules.sources import CHAPTERS, Sources

Path = tuple[Any, ...]
OTHER_TEXTS = ("改动了", "leader", "praise", "text", "decided", "bounce", "send_back", "publishable", "09:09", "23:23")


@functools.lru_cache
def raw(city: str) -> Sources:
    """The parsed files of a city's rulebook."""
    return sources.read(RULEBOOKS / city)


def provisions_at(book: Rulebook, path: str) -> list[tuple[Provision, Path]]:
    """The provisions a duty's value path (clause[/provision[/key…]]) names, each with the keys inside it."""
    clause, name, *keys = [*path.split("/"), ""][: max(2, path.count("/") + 1)]
    found = [p for filled in book.filled.values() for p in filled if p.clause == clause and name in ("", p.name)]
    return [(p, tuple(keys)) for p in found]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value inside `value`, lists and tables with more than one member included."""
    if isinstance(value, (dict, list)):
        if path and len(value) > 1:
            yield path
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def leaves_under(provision: Provision, keys: Path) -> list[Path]:
    """The paths of the values of `provision` below `keys`."""
    return [path for path in leaves(dict(provision.values)) if path[: len(keys)] == keys]


def changed(book: Rulebook, provision: Provision, path: Path) -> Rulebook | None:
    """The rulebook with another value at `path` of `provision`; None where no other value is admissible there."""
    beside = at(provision.values, path[:-1])
    for other in (*others(at(provision.values, path), path[-1]), *_other_tables(beside, path[-1])):
        files = {name: copy.deepcopy(data) if _rules(name) else data for name, data in raw(book.id).files.items()}
        table = holder(files, provision, path[0])
        at(table, path[:-1])[path[-1]] = other
        try:
            return books.build(replace(raw(book.id), files=files), book.calendar)
        except RulebookError:
            continue
    return None


def _rules(file: str) -> bool:
    return file == READINGS_FILE or file.startswith(CHAPTERS + "/")


def at(value: Any, path: Path) -> Any:
    """What lies at `path` inside `value`."""
    for key in path:
        value = value[key]
    return value


def holder(files: dict[str, Any], provision: Provision, key: str) -> Any:
    """The table, under the clause or in a reading, in which the provision's value `key` is written."""
    chapters = (data for name, data in files.items() if name.startswith(CHAPTERS + "/"))
    table = next(data[provision.clause][provision.name] for data in chapters if provision.clause in data)
    offered = (files[READINGS_FILE][id_].get("values", {}).get(provision.name, {}) for id_ in provision.readings)
    return next(values for values in (table, *offered) if key in values)


def others(value: Any, key: Any = None) -> Iterator[Any]:
    """Other values to try instead of this one, which stands under `key`; the first admissible one is taken."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, float):
        yield value + 0.1
    elif isinstance(value, str):
        yield from (text for text in (*OTHER_TEXTS, *said_under(key)) if text != value)
    elif isinstance(value, list):
        yield value[:-1]
    else:
        yield from ({k: v for k, v in value.items() if k != gone} for gone in reversed(value))
        yield from _shared_out_otherwise(value)


def _shared_out_otherwise(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Numbers that must keep their sum: one of the first goes to the last."""
    if len(value) > 1 and all(type(number) is int for number in value.values()):
        first, last = next(iter(value)), list(value)[-1]
        yield {**value, first: value[first] - 1, last: value[last] + 1}


def _other_tables(beside: Any, key: Any) -> list[Any]:
    """The tables that stand beside the one under `key`: what they say could be said of it."""
    if not isinstance(beside[key], dict):
        return []
    return [copy.deepcopy(table) for table in beside.values() if isinstance(table, dict) and table != beside[key]]


@functools.cache
def said_under(key: Any) -> tuple[str, ...]:
    """Every text that a rulebook has under this key somewhere: where only some words are admissible, one of them."""
    found = {text for city in CITIES for data in raw(city).files.values() for text in _texts_under(data, key)}
    return tuple(sorted(found))


def _texts_under(data: Any, key: Any) -> Iterator[str]:
    if not isinstance(data, (dict, list)):
        return
    for name, inner in data.items() if isinstance(data, dict) else enumerate(data):
        if name == key and isinstance(inner, str):
            yield inner
        yield from _texts_under(inner, key)


def immovable(book: Rulebook, provision: Provision) -> list[Path]:
    """The values that allow no changed copy, neither they nor what holds them nor anything that they hold."""
    paths = list(leaves(dict(provision.values)))
    fixed = {path for path in paths if changed(book, provision, path) is None}
    moved = [path for path in paths if path not in fixed]
    return [path for path in fixed if not any(_kin(path, other) for other in moved)]


def _kin(one: Path, other: Path) -> bool:
    """Whether one lies in the other; a whole provision or a table of tables does not speak for what lies deep in it."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter] and abs(len(one) - len(other)) <= 1
