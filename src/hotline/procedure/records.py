"""记录 (records): the plain typed rows that cards look at and write; one class per table, no Django."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, Union, cast, get_args, get_origin, get_type_hints

R = TypeVar("R", bound="Record")
F = TypeVar("F", bound=Callable[..., Any])


def per_class(function: F) -> F:
    """Remember the answer for each class asked about (a typed `cache`)."""
    return cast("F", cache(function))


class Record:
    """记录: one row of one table. `TABLE` names the table, `PARENT` the column that ties the row to its dossier. `ONCE`:
    columns in which a value stands once by the way it is made, though no index promises it; `verify` looks. `RARE`: the
    bit of the chain head that says whether the chain has rows here (a trigger sets it), so that the many tables in
    which few have any are looked into for those alone; 0: always looked into. A bit is never given to another table.
    `TYPES`: the columns that have a type of the database's own making, which it does not take a text for by itself."""

    __slots__ = ()
    TABLE: ClassVar[str]
    PARENT: ClassVar[str]
    RARE: ClassVar[int] = 0
    ONCE: ClassVar[tuple[str, ...]] = ()
    TYPES: ClassVar[Mapping[str, str]] = {}
    id: int


class Json:
    """A column kept as JSON; only ever annotated, never instantiated."""


@per_class
def columns(record: type[Record]) -> tuple[str, ...]:
    """The record's column names, in the order of its fields."""
    return tuple(f.name for f in dataclasses.fields(record))  # type: ignore[arg-type]


def _bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(a for a in get_args(hint) if a is not type(None))
    return hint


@per_class
def kinds(record: type[Record]) -> dict[str, Any]:
    """Column name to bare Python type (`None` stripped)."""
    hints = get_type_hints(record)
    return {name: _bare(hints[name]) for name in columns(record)}


@per_class
def nullable(record: type[Record]) -> frozenset[str]:
    """The columns that may be null."""
    hints = get_type_hints(record)
    return frozenset(n for n in columns(record) if type(None) in get_args(hints[n]))


@per_class
def _places(record: type[Record]) -> dict[str, int]:
    return {name: place for place, name in enumerate(columns(record))}


@per_class
def _values(record: type[Record]) -> Callable[[Any], tuple[Any, ...]]:
    """All columns of a row at once; a second name besides, since one name alone would give no tuple."""
    return attrgetter(*columns(record), "__class__")


def changed(row: R, changes: Mapping[str, Any]) -> R:
    """The row with some columns changed; many times quicker than `dataclasses.replace`. Raises KeyError for a column
    that the record does not have."""
    places, values = _places(type(row)), [*_values(type(row))(row)]
    for name, value in changes.items():
        values[places[name]] = value
    values.pop()
    return type(row)(*values)


def _bytes(value: str) -> bytes:
    return bytes.fromhex(value[2:])


_FROM_JSON: dict[Any, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bytes: _bytes,
}


@per_class
def _converters(record: type[Record]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    found = ((i, _FROM_JSON.get(kind)) for i, kind in enumerate(kinds(record).values()))
    return tuple((i, convert) for i, convert in found if convert)


def from_row(record: type[R], row: Sequence[Any]) -> R:
    """Build a record from the database's positional JSON array (instants as ISO text, bytes as hex)."""
    values = list(row)
    for index, convert in _converters(record):
        if values[index] is not None:
            values[index] = convert(values[index])
    return record(*values)
