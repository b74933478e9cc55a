"""收紧 (packing): what the table keeps of a line besides its place, instant, kind and hash, in as few bytes as say it.

First the person, then what of whose line it is and of its figures there is (marks), then these, so that SQL finds the
first of them (`procedure_person`, `procedure_subject`); then role, the actor's unit, clauses, free texts and
ciphertexts, then the card's facts to the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from hotline.procedure.tokens import (
    REMEMBERED,
    SAME,
    SINGLE,
    clauses_of,
    clauses_token,
    folded,
    instant_of,
    instants_in,
    moment,
    number,
    read_bytes,
    read_number,
    read_token,
    text_token,
    token,
    unfolded,
    with_length,
)

DIGEST = 32

# What of a line there is; the commonest have the lowest bits.
SUBJECT, POST, UNIT, KIND_OF, DUE, ROUND, TEXTS = (1 << bit for bit in range(7))
ON_TIME, LATE, FOR_PERSON, SEALED = (1 << bit for bit in range(7, 11))
UNKNOWN = 1 << 11


class Told(NamedTuple):
    """行首: whose line it is, and its figures."""

    person_id: int | None
    for_person_id: int | None
    post_id: int | None
    subject_id: int | None
    unit_id: int | None
    kind_of: str | None
    due_at: datetime | None
    round: int | None
    on_time: bool | None


class More(NamedTuple):
    """行余: what only whoever reads the whole line wants. Texts: number and hash; ciphertexts: table, row, field."""

    role: str
    actor_unit: int | None
    clauses: tuple[str, ...]
    texts: tuple[tuple[int, bytes], ...]
    sealed: tuple[tuple[str, int, str, bytes], ...]
    facts: tuple[Any, ...]


def packed(chain_id: int, told: Told, more: More) -> bytes:
    """The bytes of a line. Raises ValueError or TypeError for what no line says."""
    marks, head = _head(chain_id, told)
    unit = more.actor_unit
    same = unit is not None and unit == told.unit_id
    found = [*head, text_token(more.role), SINGLE[SAME] if same else token(unit, chain_id), clauses_token(more.clauses)]
    if more.texts:
        marks |= TEXTS
        found += [number(len(more.texts)), *vouched(chain_id, more.texts)]
    if more.sealed:
        marks |= SEALED
        found += [number(len(more.sealed)), *_sealed(chain_id, more.sealed)]
    found += [token(fact, chain_id) for fact in more.facts]
    return b"".join([_person(told.person_id), number(marks), *found])


def _person(person_id: int | None) -> bytes:
    if person_id is not None and person_id <= 0:
        raise ValueError(f"nobody's number: {person_id}")
    return number(person_id or 0)


def _head(chain_id: int, told: Told) -> tuple[int, list[bytes]]:
    """Which of whose line it is and of the figures there are, and these; in the order of `told_of`."""
    _, for_person, post, subject, unit, kind_of, due, round_, on_time = told
    numbers = ((FOR_PERSON, for_person), (POST, post),
               (SUBJECT, None if subject is None else folded(subject - chain_id)), (UNIT, unit))  # fmt: skip
    marks = sum([mark for mark, value in numbers if value is not None])
    found = [number(value) for _, value in numbers if value is not None]
    if kind_of is not None:
        marks |= KIND_OF
        found.append(text_token(kind_of))
    if due is not None:
        marks |= DUE
        found.append(moment(due))
    if round_ is not None:
        marks |= ROUND
        found.append(number(folded(round_)))
    if on_time is not None:
        marks |= ON_TIME if on_time else ON_TIME | LATE
    return marks, found


def vouched(chain_id: int, texts: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    """Of each text the distance of its number from the chain's, and its hash."""
    for text_id, digest in texts:
        if len(digest) != DIGEST:
            raise ValueError(f"a hash of {len(digest)} bytes")
        yield number(folded(text_id - chain_id)) + digest


def _sealed(chain_id: int, carried: Iterable[tuple[str, int, str, bytes]]) -> Iterator[bytes]:
    """Of each ciphertext its table and row, unless they are those of the one before, its field, and itself."""
    before: tuple[Any, Any] = (None, None)
    for table, row, name, value in carried:
        for new, old in zip((table, row), before, strict=True):
            yield SINGLE[SAME] if new == old else token(new, chain_id)
        yield text_token(name)
        yield with_length(value)
        before = table, row


@lru_cache(maxsize=REMEMBERED)
def told_of(chain_id: int, rest: bytes) -> tuple[Told, int, int]:
    """Whose line it is and its figures, its marks, and where the rest of it begins. Raises ValueError."""
    try:
        person, at = read_number(rest, 0)
        marks, at = read_number(rest, at)
        return _figures(chain_id, rest, person or None, marks, at)
    except IndexError as error:
        raise ValueError("a line without an end") from error


def _figures(chain_id: int, rest: bytes, person: int | None, marks: int, at: int) -> tuple[Told, int, int]:
    if marks >= UNKNOWN:
        raise ValueError(f"marks that no line has: {marks}")
    numbers = list[int | None]()
    for mark in (FOR_PERSON, POST, SUBJECT, UNIT):
        value = None
        if marks & mark:
            value, at = read_number(rest, at)
        numbers.append(value)
    for_person, post, away, unit = numbers
    kind_of = due = round_ = None
    if marks & KIND_OF:
        kind_of, at = read_token(rest, at, chain_id)
    if marks & DUE:
        counted, at = read_number(rest, at)
        due = instant_of(counted)
    if marks & ROUND:
        times, at = read_number(rest, at)
        round_ = unfolded(times)
    subject = None if away is None else unfolded(away) + chain_id
    on_time = not marks & LATE if marks & ON_TIME else None
    return Told(person, for_person, post, subject, unit, kind_of, due, round_, on_time), marks, at


def more_of(chain_id: int, rest: bytes) -> More:
    """All that stands behind the figures. Raises ValueError."""
    try:
        more, at = _before_facts(chain_id, rest)
        facts = []
        while at < len(rest):
            fact, at = read_token(rest, at, chain_id)
            facts.append(fact)
        return more._replace(facts=tuple(facts)) if facts else more
    except IndexError as error:
        raise ValueError("a line without an end") from error


def _before_facts(chain_id: int, rest: bytes) -> tuple[More, int]:
    told, marks, at = told_of(chain_id, rest)
    role, at = read_token(rest, at, chain_id)
    if rest[at] == SAME:
        unit, at = told.unit_id, at + 1
    else:
        unit, at = read_token(rest, at, chain_id)
    cited, at = read_bytes(rest, at)
    texts, at = _read_vouched(chain_id, rest, at) if marks & TEXTS else ([], at)
    sealed, at = _read_sealed(chain_id, rest, at) if marks & SEALED else ([], at)
    return More(role, unit, clauses_of(cited), tuple(texts), tuple(sealed), ()), at


def instants(chain_id: int, rest: bytes) -> Iterator[tuple[int, int, datetime]]:
    """Where the instants of a line stand in its bytes, and which they are; for whoever moves them."""
    told, _, ends = told_of(chain_id, rest)
    if told.due_at is not None:
        ends -= 0 if told.round is None else len(number(folded(told.round)))
        yield ends - len(moment(told.due_at)), ends, told.due_at
    _, at = _before_facts(chain_id, rest)
    while at < len(rest):
        yield from instants_in(rest, at)
        _, at = read_token(rest, at, chain_id)


def vouched_at(chain_id: int, data: bytes, at: int) -> tuple[tuple[int, bytes], int]:
    """One text's number and hash, and where they end. Raises ValueError, and IndexError where the bytes end before."""
    away, at = read_number(data, at)
    digest, at = data[at : at + DIGEST], at + DIGEST
    if len(digest) != DIGEST:
        raise ValueError("a hash without an end")
    return (unfolded(away) + chain_id, digest), at


def _read_vouched(chain_id: int, rest: bytes, at: int) -> tuple[list[tuple[int, bytes]], int]:
    count, at = read_number(rest, at)
    found = []
    for _ in range(count):
        one, at = vouched_at(chain_id, rest, at)
        found.append(one)
    return found, at


def _read_sealed(chain_id: int, rest: bytes, at: int) -> tuple[list[tuple[str, int, str, bytes]], int]:
    count, at = read_number(rest, at)
    found, place = list[tuple[str, int, str, bytes]](), list[Any](("", 0))
    for _ in range(count):
        for i in (0, 1):
            if rest[at] == SAME:
                at += 1
            else:
                place[i], at = read_token(rest, at, chain_id)
        name, at = read_token(rest, at, chain_id)
        value, at = read_bytes(rest, at)
        found.append((place[0], place[1], name, value))
    return found, at
