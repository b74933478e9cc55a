"""写法 (writing): how the ledger writes values, in a line's canonical text and, more briefly, in the table.

The table's form must give back exactly what it was made of, and of each thing there is one form only: verify writes
anew what it has read and compares, so that not even another spelling of the same goes unnoticed."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND, MICROSECOND, MILLION = timedelta(seconds=1), timedelta(microseconds=1), 1_000_000
LEAST_MICROSECONDS = 10**14  # 1973 in microseconds
DIGEST = 32


def iso(instant: datetime | None) -> str | None:
    """An instant as the ledger writes it: UTC, Z, microseconds only where there are some."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z" if instant else None


def stamp(instant: datetime | None) -> int | None:
    """An instant in the places where a line always has one: seconds since 1970, or microseconds where it has some.
    The two cannot be taken for one another: so many seconds are three million years."""
    if instant is None:
        return None
    whole, rest = divmod(instant - EPOCH, SECOND)
    return whole * MILLION + rest // MICROSECOND if rest else whole


def unstamp(value: int | None) -> str | None:
    """The reverse of `stamp`, as `iso` writes it."""
    if value is None:
        return None
    return iso(EPOCH + (value * MICROSECOND if value >= LEAST_MICROSECONDS else value * SECOND))


def short(value: bytes) -> str:
    """Bytes as the ledger writes them: URL-safe base64 without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def unshort(text: str) -> bytes:
    """The reverse of `short`."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _plain(value: object) -> str | None:
    """What JSON has no word for, as the ledger writes it. Raises TypeError for what it does not write."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, bytes):
        return short(value)
    raise TypeError(type(value).__name__)


in_json = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), default=_plain
).encode


# The table's form of a value ("item"): words as they are, everything else told by how it begins.
BETWEEN, AT, SAME = "|", "@", "="
_WORDS: dict[str, bool | None] = {"": None, "+": True, "-": False}
_WORD = re.compile(r'[^\x00-\x1f|"+\-@=\[{0-9][^\x00-\x1f|]*')
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z")
_JSON_BEGINS = frozenset('"[{-0123456789')


def item(value: Any) -> str:
    """A value as the table keeps it: nothing, `+`, `-`, `@` and an instant's stamp, a word; else JSON."""
    if value is None:
        return ""
    if type(value) is int:  # the commonest, as JSON says it
        return str(value)
    if isinstance(value, bool):
        return "+" if value else "-"
    if isinstance(value, (datetime, bytes)):
        value = _plain(value)
    return _text_item(value) if isinstance(value, str) else _other_item(value)


@lru_cache(maxsize=8192)
def _text_item(value: str) -> str:
    """Words and instants recur in line after line."""
    if _WORD.fullmatch(value):
        return value
    if _INSTANT.fullmatch(value) and (stamped := _stamped(value)) is not None:
        return f"{AT}{stamped}"
    return _other_item(value)


def _other_item(value: Any) -> str:
    return in_json(value).replace(BETWEEN, "\\u007c")


def _stamped(text: str) -> int | None:
    """The stamp of what `iso` wrote; None where it would not come back as it was."""
    try:
        value = stamp(datetime.fromisoformat(text))
        return value if unstamp(value) == text else None
    except (ValueError, OverflowError):
        return None


def value_of(text: str) -> Any:
    """The reverse of `item`, as `json.loads` would give it from a line's text. Raises ValueError."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] == AT:
        return _instant(text)
    return json.loads(text) if text[0] in _JSON_BEGINS else text


@lru_cache(maxsize=8192)
def _instant(text: str) -> str | None:
    try:
        return unstamp(int(text[1:]))
    except OverflowError as error:
        raise ValueError(f"no instant: {text}") from error


def _clauses_item(clauses: Sequence[str]) -> str:
    """Clauses with a space between, unless one of them has a space itself."""
    odd = any(" " in clause or not clause for clause in clauses)
    return item(list(clauses) if odd else " ".join(clauses) or None)


def rest_of(clauses: Sequence[str], role: str, unit_id: int | None, own_unit: int | None, facts: Iterable[Any]) -> str:
    """Clauses, role, the actor's unit and the facts, with a bar between. `own_unit`: the unit in the line's figures; an
    actor of the same is written `=`."""
    unit = SAME if unit_id is not None and unit_id == own_unit else item(unit_id)
    return BETWEEN.join([_clauses_item(clauses), item(role), unit, *map(item, facts)])


def read_rest(rest: str, own_unit: int | None) -> tuple[tuple[str, ...], str, int | None, tuple[Any, ...]]:
    """Clauses, role, the actor's unit and the facts again. Raises ValueError."""
    cited, role, unit, *facts = rest.split(BETWEEN)
    clauses = value_of(cited)
    if isinstance(clauses, str):
        clauses = clauses.split(" ")
    unit_id = own_unit if unit == SAME else value_of(unit)
    return tuple(clauses or ()), value_of(role), unit_id, tuple(map(value_of, facts))


def sealed_of(carried: Iterable[tuple[str, int, str, bytes]]) -> str | None:
    """Ciphertexts as the table keeps them: table, row and field, then the ciphertext, with a bar between; table or row
    like that of the one before is written `=`. None where there are none."""
    found, before = list[str](), ("", "")
    for table, row, name, value in carried:
        place = item(table), item(row)
        found += [SAME if new == old else new for new, old in zip(place, before, strict=True)]
        found += [item(name), short(value)]
        before = place
    return BETWEEN.join(found) or None


def read_sealed(kept: str | None) -> Iterator[tuple[str, int, str, str]]:
    """The reverse of `sealed_of`, the ciphertexts as the ledger writes them. Raises ValueError."""
    parts, before = kept.split(BETWEEN) if kept else [], ("", "")
    if len(parts) % 4:
        raise ValueError("a ciphertext without its place")
    for at in range(0, len(parts), 4):
        table, row, name, value = parts[at : at + 4]
        before = (before[0] if table == SAME else table, before[1] if row == SAME else row)
        yield value_of(before[0]), value_of(before[1]), value_of(name), value


def vouched(chain_id: int, texts: Iterable[tuple[int, bytes]]) -> bytes | None:
    """Free texts' numbers and hashes as the table keeps them: for each the distance of its number from the chain's, in
    as few bytes as it needs, and the hash itself. None where there are none. Raises ValueError for a hash of another
    length."""
    found = bytearray()
    for text_id, digest in texts:
        if len(digest) != DIGEST:
            raise ValueError(f"a hash of {len(digest)} bytes")
        away = text_id - chain_id
        found += _number(away * 2 if away >= 0 else -away * 2 - 1) + digest
    return bytes(found) or None


def _number(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


def read_vouched(chain_id: int, kept: bytes | None) -> Iterator[tuple[int, bytes]]:
    """The reverse of `vouched`. Raises ValueError."""
    at, kept = 0, kept or b""
    while at < len(kept):
        value, shift = 0, 0
        while kept[at] > 127:
            value, shift, at = value | (kept[at] & 127) << shift, shift + 7, at + 1
            if at == len(kept):
                raise ValueError("a number without an end")
        value |= kept[at] << shift
        digest = kept[at + 1 : at + 1 + DIGEST]
        if len(digest) != DIGEST:
            raise ValueError("a hash without an end")
        yield chain_id + (value // 2 if value % 2 == 0 else -(value // 2) - 1), digest
        at += 1 + DIGEST
