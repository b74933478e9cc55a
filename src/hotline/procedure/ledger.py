"""台账 (ledger): the canonical text of a line, its hash, and what the table keeps of it.

The text is not stored: it is written again from the typed columns and the rest whenever somebody needs it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from hotline.procedure.actor import Actor
from hotline.procedure.secrets import sm3
from hotline.procedure.writeset import Figures, Kept, Written
from hotline.procedure.writing import (
    in_json,
    iso,
    read_rest,
    read_sealed,
    read_vouched,
    rest_of,
    sealed_of,
    short,
    stamp,
    unshort,
    unstamp,
    vouched,
)

FORMAT = 2
GENESIS = bytes(32)
NOTHINGS: tuple[Any, ...] = (None, [], ())
WHO, FIGURES, REST = 5, 5, 5  # how many places a part of a line has; the rest: what follows who
CHAIN_KINDS = {"installation": 0, "matter": 1, "unit": 2, "post": 3, "entry": 4, "lookup": 5}
CHAIN_NAMES = {code: name for name, code in CHAIN_KINDS.items()}

# Where the free texts of a chain kind lie: a table with `id`, `salt` and `body`; verify holds them against the lines.
TEXT_TABLES: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Chain:
    """链: one ledger chain, e.g. of one matter."""

    kind: str
    id: int

    @property
    def code(self) -> int:
        """The number the database keeps for the kind."""
        return CHAIN_KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Head:
    """链头: sequence number, hash and instant of a chain's last line."""

    seq: int = 0
    hash: bytes = GENESIS
    at: datetime | None = None


class LineMeta(NamedTuple):
    """行摘: an earlier line as the table keeps it, its columns by their names; cards and pages see no more of it."""

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

    def persons(self) -> frozenset[int]:
        """Everybody the line counts for."""
        return frozenset(p for p in (self.person_id, self.for_person_id) if p is not None)

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
        return written_again(self, self.read())


@dataclass(frozen=True, slots=True)
class Draft:
    """行稿: a line before it has its place in the chain."""

    kind: str
    card: str
    clauses: Sequence[str]
    subject_id: int | None
    facts: Sequence[Any]
    figures: Figures
    texts: Sequence[tuple[int, bytes]] = ()
    sealed: Sequence[tuple[str, int, str, bytes]] = ()


def _trimmed(values: Sequence[Any]) -> list[Any]:
    """Without the nothings at the end."""
    kept = list(values)
    while kept and kept[-1] in NOTHINGS:
        kept.pop()
    return kept


def _filled(values: Sequence[Any], length: int) -> list[Any]:
    return [*values, *[None] * (length - len(values))]


def canonical(chain: Chain, seq: int, at: datetime, draft: Draft, actor: Actor) -> str:
    """The positional text of a line: the only thing its hash covers besides the previous hash. What is nothing at the
    end of a part is left out, and the card's name is that of the line's kind: a line is kept for ever."""
    f = draft.figures
    who = [actor.role, actor.person_id, actor.for_person_id, actor.post_id, actor.unit_id]
    figures = [f.unit_id, f.kind_of, stamp(f.due_at), f.round, f.on_time]
    body = [FORMAT, chain.code, chain.id, seq, stamp(at), draft.kind, list(draft.clauses), _trimmed(who),
            draft.subject_id, _trimmed(figures), draft.facts, draft.texts, draft.sealed]  # fmt: skip
    return in_json(_trimmed(body))


def written_again(line: LineMeta, read: Read) -> str:
    """The same text from the table's columns and what was read from the rest of them."""
    who = [read.role, line.person_id, line.for_person_id, line.post_id, read.unit_id]
    figures = [line.unit_id, line.kind_of, stamp(line.due_at), line.round, line.on_time]
    body = [FORMAT, line.chain_kind, line.chain_id, line.seq, stamp(line.at), line.kind, read.clauses, _trimmed(who),
            line.subject_id, _trimmed(figures), read.facts, read.texts, read.sealed]  # fmt: skip
    return in_json(_trimmed(body))


def kept(chain_id: int, draft: Draft, actor: Actor) -> Kept:
    """What the table keeps of a line besides the columns that have a type of their own."""
    unit = draft.figures.unit_id
    rest = rest_of(draft.clauses, actor.role, actor.unit_id, unit, draft.facts)
    return Kept(rest, vouched(chain_id, draft.texts), sealed_of(draft.sealed))


def kept_of(read: Read) -> Kept:
    """The same of a line that was read: its one and only form."""
    texts = ((i, unshort(digest)) for i, digest in read.texts)
    sealed = ((t, r, f, unshort(value)) for t, r, f, value in read.sealed)
    rest = rest_of(read.clauses, read.role, read.unit_id, read.figures[0], read.facts)
    return Kept(rest, vouched(read.place[1], texts), sealed_of(sealed))


def line_hash(previous: bytes, text: str) -> bytes:
    """SM3 over format version, previous hash and text."""
    return sm3(bytes([FORMAT]), previous, text.encode())


def write(chain: Chain, head: Head, now: datetime, draft: Draft, actor: Actor) -> tuple[Written, Head]:
    """Give a draft its place: at = max(now, last line's at), next number, hash over the previous one."""
    at = max(now, head.at) if head.at else now
    seq = head.seq + 1
    text = canonical(chain, seq, at, draft, actor)
    digest = line_hash(head.hash, text)
    line = Written(chain.code, chain.id, seq, at, draft.kind, draft.subject_id, actor.person_id,
                   actor.for_person_id, actor.post_id, draft.figures, text, digest,
                   kept(chain.id, draft, actor))  # fmt: skip
    return line, Head(seq, digest, at)


def meta(line: Written) -> LineMeta:
    """A line just written, as loading will give it."""
    f = line.figures
    return LineMeta(line.seq, line.at, line.kind, line.subject_id, line.person_id, line.for_person_id, line.post_id,
                    f.unit_id, f.kind_of, f.due_at, f.round, f.on_time, *line.kept,
                    line.chain_kind, line.chain_id)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """读出的行: a line taken apart again."""

    at: str
    kind: str
    clauses: tuple[str, ...]
    role: str
    person_id: int | None
    for_person_id: int | None
    post_id: int | None
    unit_id: int | None
    subject_id: int | None
    figures: tuple[Any, ...]
    facts: tuple[Any, ...]
    texts: tuple[tuple[int, str], ...]
    place: tuple[int, int, int]
    sealed: tuple[tuple[str, int, str, str], ...] = ()


def read(text: str) -> Read:
    """Take a line's canonical text apart. Raises ValueError when it is not one."""
    version, code, chain_id, seq, at, kind, clauses, who, *rest = json.loads(text)
    if version != FORMAT:
        raise ValueError(f"a line of format {version}")
    role, person, for_person, post, unit = _filled(who, WHO)
    subject, figures, facts, texts, sealed = _filled(rest, REST)
    unit_id, kind_of, due, round_, on_time = _filled(figures or (), FIGURES)
    return Read(unstamp(at) or "", kind, tuple(clauses), role, person, for_person, post, unit, subject,
                (unit_id, kind_of, unstamp(due), round_, on_time), tuple(facts or ()),
                tuple((i, h) for i, h in texts or ()), (code, chain_id, seq),
                tuple((t, r, f, v) for t, r, f, v in sealed or ()))  # fmt: skip
