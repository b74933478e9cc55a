"""字码 (tokens): values in as few bytes as say them, for what the table keeps of a line.

A number takes seven bits a byte, the lowest first; the eighth says that more follow. A value begins with a byte that
says its sort, or is all of it. What is written comes back exactly, and of each value there is one form only: verify
writes anew what it has read."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from hotline.procedure.writing import MICROSECOND, in_json, iso, plain

REMEMBERED = 8192  # texts and lists of clauses, which recur from line to line

# The sorts. From SMALL on stand small numbers, from WORD on the words of the list, each a byte by itself.
NONE, TRUE, FALSE, INT, OWN, INSTANT, TEXT, LIST, DICT, FLOAT, SIGNS, SAME = range(12)
SMALL, WORD = 32, 96
_LIST = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
WORDS = ("", *(word for word in _LIST if word and not word.startswith("#")))
SINGLE = [bytes((value,)) for value in range(256)]
_CODES = {word: SINGLE[WORD + code] for code, word in enumerate(WORDS)}
NEAR = range(-32, 8192)  # a number so far from its chain's is kept as the distance: rows of the chain's own
BASE = datetime(2020, 1, 1, tzinfo=UTC)
UNITS = (3_600_000_000, 60_000_000, 1_000_000, 1)  # microseconds; an instant is counted in the largest that divides it

# How paragraphs of Chinese rules are numbered, in pieces; a paragraph whose number is made of these alone takes a byte
# each, the last with the eighth bit. Any other is spelled out.
_HAN = "一二三四五六七"
_PIECES = (*(f"{a}（{b}）" for a in _HAN[:6] for b in _HAN), *(f"R-{n:02}" for n in range(1, 61)), *_HAN[:6],
           *(f"段{n}" for n in range(1, 5)), *"0123456789", "第", "条", "款")  # fmt: skip
_PIECE_CODES = {piece: code for code, piece in enumerate(_PIECES, 1)}
_ANY = "|".join(sorted(_PIECES, key=len, reverse=True))
_PIECE, _SPELLED = re.compile(_ANY), re.compile(f"(?:{_ANY}){{1,12}}")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z")


def number(value: int) -> bytes:
    """Seven bits a byte. Raises ValueError below nothing."""
    return SINGLE[value] if 0 <= value < 128 else _long(value)


def _long(value: int) -> bytes:
    if value < 0:
        raise ValueError(f"a number below nothing: {value}")
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


def read_number(data: bytes, at: int) -> tuple[int, int]:
    """The number there, and where it ends. Raises IndexError where the bytes end before."""
    byte = data[at]
    if byte < 128:
        return byte, at + 1
    value, shift = byte & 127, 7
    while True:
        at += 1
        byte = data[at]
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at + 1
        shift += 7


def folded(value: int) -> int:
    """A number that may be below nothing as one that is not."""
    return value * 2 if value >= 0 else -value * 2 - 1


def unfolded(value: int) -> int:
    """The reverse."""
    return -(value >> 1) - 1 if value & 1 else value >> 1


def moment(instant: datetime) -> bytes:
    """An instant, counted in the largest unit that divides it."""
    away = (instant - BASE) // MICROSECOND
    unit = next(i for i, size in enumerate(UNITS) if not away % size)
    return number(folded(away // UNITS[unit]) << 2 | unit)


@lru_cache(maxsize=REMEMBERED)
def instant_of(value: int) -> datetime:
    """The reverse, of the number that was read. Raises ValueError."""
    try:
        return BASE + timedelta(microseconds=unfolded(value >> 2) * UNITS[value & 3])
    except OverflowError as error:
        raise ValueError(f"no instant: {value}") from error


@lru_cache(maxsize=REMEMBERED)
def _iso_of(value: int) -> str | None:
    return iso(instant_of(value))


def token(value: Any, chain_id: int) -> bytes:
    """A value. Raises TypeError or ValueError for what a line does not say."""
    if value is None or isinstance(value, bool):
        return SINGLE[NONE if value is None else TRUE if value else FALSE]
    if isinstance(value, int):
        return _whole(value, chain_id)
    if isinstance(value, (datetime, bytes)):
        value = plain(value)
    if isinstance(value, str):
        return text_token(value)
    if isinstance(value, float) and isfinite(value):
        return SINGLE[FLOAT] + struct.pack(">d", value)
    if isinstance(value, Mapping):
        said = json.loads(in_json(value))  # whatever the keys are, JSON makes texts of them
        return SINGLE[DICT] + _several([one for pair in said.items() for one in pair], chain_id)
    if isinstance(value, (list, tuple)):
        return SINGLE[LIST] + _several(value, chain_id)
    raise TypeError(f"{type(value).__name__} in a line")


def _several(values: Sequence[Any], chain_id: int) -> bytes:
    return number(len(values)) + b"".join([token(value, chain_id) for value in values])


def _whole(value: int, chain_id: int) -> bytes:
    if 0 <= value < WORD - SMALL:
        return SINGLE[SMALL + value]
    away = value - chain_id
    return SINGLE[OWN] + number(folded(away)) if away in NEAR else SINGLE[INT] + number(folded(value))


@lru_cache(maxsize=REMEMBERED)
def text_token(value: str) -> bytes:
    """A text. Words, instants and numbers of paragraphs recur in line after line."""
    if code := _CODES.get(value):
        return code
    if _ISO.fullmatch(value) and (kept := _dated(value)):
        return SINGLE[INSTANT] + kept
    if _SPELLED.fullmatch(value):
        return SINGLE[SIGNS] + _pieces(value)
    return SINGLE[TEXT] + with_length(value.encode())


def with_length(value: bytes) -> bytes:
    """Bytes, and how many before them."""
    return number(len(value)) + value


def read_bytes(data: bytes, at: int) -> tuple[bytes, int]:
    """The reverse. Raises IndexError where there are fewer."""
    length, at = read_number(data, at)
    if at + length > len(data):
        raise IndexError("fewer bytes than were said")
    return data[at : at + length], at + length


def _dated(value: str) -> bytes | None:
    try:
        instant = datetime.fromisoformat(value)
        return moment(instant) if iso(instant) == value else None
    except ValueError:
        return None


def _pieces(value: str) -> bytes:
    codes = bytearray(_PIECE_CODES[piece] for piece in _PIECE.findall(value))
    codes[-1] |= 128
    return bytes(codes)


def _read_pieces(data: bytes, at: int) -> tuple[str, int]:
    found = []
    while True:
        byte = data[at]
        at += 1
        found.append(_PIECES[(byte & 127) - 1])
        if byte & 128:
            return "".join(found), at


@lru_cache(maxsize=REMEMBERED)
def clauses_token(clauses: tuple[str, ...]) -> bytes:
    """How long the list is, and each: in pieces, or a nothing and the text."""
    found = [_pieces(one) if _SPELLED.fullmatch(one) else SINGLE[0] + with_length(one.encode()) for one in clauses]
    return with_length(b"".join(found))


@lru_cache(maxsize=REMEMBERED)
def clauses_of(data: bytes) -> tuple[str, ...]:
    """The reverse, without the length."""
    found, at = list[str](), 0
    while at < len(data):
        if data[at]:
            one, at = _read_pieces(data, at)
        else:
            said, at = read_bytes(data, at + 1)
            one = said.decode()
        found.append(one)
    return tuple(found)


def read_token(data: bytes, at: int, chain_id: int) -> tuple[Any, int]:
    """The value there as JSON would give it, and where it ends. Raises IndexError or ValueError."""
    sort, at = data[at], at + 1
    if sort >= WORD:
        return WORDS[sort - WORD], at
    if sort >= SMALL:
        return sort - SMALL, at
    if sort <= FALSE:
        return (None, True, False)[sort], at
    if sort == TEXT:
        said, at = read_bytes(data, at)
        return said.decode(), at
    if sort in (INT, OWN, INSTANT):
        value, at = read_number(data, at)
        return _iso_of(value) if sort == INSTANT else unfolded(value) + (chain_id if sort == OWN else 0), at
    return _other(sort, data, at, chain_id)


def _other(sort: int, data: bytes, at: int, chain_id: int) -> tuple[Any, int]:
    if sort == SIGNS:
        return _read_pieces(data, at)
    if sort == FLOAT:
        if at + 8 > len(data):
            raise IndexError("half a number")
        return struct.unpack_from(">d", data, at)[0], at + 8
    if sort not in (LIST, DICT):
        raise ValueError(f"no sort of value: {sort}")
    count, at = read_number(data, at)
    values = []
    for _ in range(count):
        value, at = read_token(data, at, chain_id)
        values.append(value)
    return (dict(zip(values[::2], values[1::2], strict=True)) if sort == DICT else values), at


def instants_in(data: bytes, at: int) -> Iterator[tuple[int, int, datetime]]:
    """Where in a value there instants stand, and which they are."""
    sort, at = data[at], at + 1
    if sort == INSTANT:
        value, ends = read_number(data, at)
        yield at, ends, instant_of(value)
    elif sort in (LIST, DICT):
        count, at = read_number(data, at)
        for _ in range(count):
            yield from instants_in(data, at)
            _, at = read_token(data, at, 0)
