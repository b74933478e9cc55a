"""从前的写法 (earlier): how the table kept the rest of a line from procedure 0009 to 0013: as text that can be read, free
texts' hashes and ciphertexts in columns of their own. Used by the migrations that carry lines over, by nothing else.

The table's form must give back exactly what it was made of, and of each thing there is one form only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from hotline.procedure import ledger, packing
from hotline.procedure.ledger import Read
from hotline.procedure.writing import in_json, iso, plain, short, stamp, unshort, unstamp


class Line(NamedTuple):
    """行: as the table had it, its columns by their names."""

    seq: int
    at: datetime
    kind: str
    subject_id: int | None
    person_id: int | None
    for_person_id: int | None
    post_id: int | None
    unit_id: int | None
    kind_of: str | None
    due_at: datetime | None
    round: int | None
    on_time: bool | None
    rest: str
    vouched: bytes | None
    sealed: str | None
    chain_kind: int
    chain_id: int

    def read(self) -> Read:
        """The line taken apart. Raises ValueError, TypeError or KeyError when the rest is none of a line."""
        clauses, role, unit, facts = read_rest(self.rest, self.unit_id)
        texts = tuple((i, short(digest)) for i, digest in read_vouched(self.chain_id, self.vouched))
        sealed = tuple(read_sealed(self.sealed))
        figures = (self.unit_id, self.kind_of, iso(self.due_at), self.round, self.on_time)
        place = (self.chain_kind, self.chain_id, self.seq)
        return Read(iso(self.at) or "", self.kind, clauses, role, self.person_id, self.for_person_id, self.post_id,
                    unit, self.subject_id, figures, facts, texts, place, sealed)  # fmt: skip

    @property
    def text(self) -> str:
        """The canonical text, written again."""
        return ledger.said_again(self.read(), stamp(self.at), stamp(self.due_at))


class Kept(NamedTuple):
    """其余: what the table kept of a line besides its typed columns."""

    rest: str
    vouched: bytes | None = None
    sealed: str | None = None


def kept_of(read: Read) -> Kept:
    """The one and only form of a line that was read."""
    texts = ((i, unshort(digest)) for i, digest in read.texts)
    sealed = ((t, r, f, unshort(value)) for t, r, f, value in read.sealed)
    rest = rest_of(read.clauses, read.role, read.unit_id, read.figures[0], read.facts)
    return Kept(rest, vouched(read.place[1], texts), sealed_of(sealed))


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
        value = plain(value)
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
    return b"".join(packing.vouched(chain_id, texts)) or None


def read_vouched(chain_id: int, kept: bytes | None) -> Iterator[tuple[int, bytes]]:
    """The reverse of `vouched`. Raises ValueError."""
    at, kept = 0, kept or b""
    while at < len(kept):
        try:
            one, at = packing.vouched_at(chain_id, kept, at)
        except IndexError as error:
            raise ValueError("a number without an end") from error
        yield one
