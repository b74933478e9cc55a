"""台账 (ledger): the canonical text of a line, its hash, and what the table keeps of it.

The text is not stored: it is written again from the columns and what is packed in `rest`, for whoever needs it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from hotline.procedure.actor import Actor
from hotline.procedure.packing import More, Told, more_of, packed, told_of
from hotline.procedure.secrets import sm3
from hotline.procedure.writeset import Figures, Written
from hotline.procedure.writing import in_json, iso, short, stamp, unshort, unstamp

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


@dataclass(slots=True)
class LineMeta:
    """行摘: an earlier line as the table keeps it, its columns by their names; cards and pages see no more of it.
    Whose it is and its figures are packed in `rest`, and taken out when somebody asks for them."""

    seq: int
    at: datetime
    kind: str
    rest: bytes
    chain_kind: int
    chain_id: int
    _told: Told | None = field(default=None, init=False, repr=False, compare=False)
    COLUMNS: ClassVar[tuple[str, ...]] = ("seq", "at", "kind", "rest", "chain_kind", "chain_id")

    def __hash__(self) -> int:
        return hash((self.chain_id, self.seq, self.rest))

    def told(self) -> Told:
        """Whose line it is, and its figures. Raises ValueError when the rest is none of a line."""
        if self._told is None:
            self._told = told_of(self.chain_id, self.rest)[0]
        return self._told

    @property
    def subject_id(self) -> int | None:
        """What the line is about."""
        return self.told().subject_id

    @property
    def person_id(self) -> int | None:
        """Who acted."""
        return self.told().person_id

    @property
    def for_person_id(self) -> int | None:
        """Whom they acted for."""
        return self.told().for_person_id

    @property
    def post_id(self) -> int | None:
        """From which post."""
        return self.told().post_id

    @property
    def unit_id(self) -> int | None:
        """Which unit the line counts for."""
        return self.told().unit_id

    @property
    def kind_of(self) -> str | None:
        """Of which kind the matter was."""
        return self.told().kind_of

    @property
    def due_at(self) -> datetime | None:
        """By when it was due."""
        return self.told().due_at

    @property
    def round(self) -> int | None:
        """Which round it was."""
        return self.told().round

    @property
    def on_time(self) -> bool | None:
        """Whether it was in time."""
        return self.told().on_time

    def persons(self) -> frozenset[int]:
        """Everybody the line counts for."""
        told = self.told()
        return frozenset(p for p in (told.person_id, told.for_person_id) if p is not None)

    def read(self) -> Read:
        """The line taken apart. Raises ValueError, TypeError or KeyError when the rest is none of a line."""
        told, more = self.told(), more_of(self.chain_id, self.rest)
        texts = tuple((i, short(digest)) for i, digest in more.texts)
        sealed = tuple((t, r, f, short(value)) for t, r, f, value in more.sealed)
        figures = (told.unit_id, told.kind_of, iso(told.due_at), told.round, told.on_time)
        return Read(iso(self.at) or "", self.kind, more.clauses, more.role, told.person_id, told.for_person_id,
                    told.post_id, more.actor_unit, told.subject_id, figures, more.facts, texts,
                    (self.chain_kind, self.chain_id, self.seq), sealed)  # fmt: skip

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


def said_again(read: Read, at: int | None, due: int | None) -> str:
    """The same text from what was read. `at`, `due`: the stamps of its two instants."""
    unit_id, kind_of, _, round_, on_time = read.figures
    who = [read.role, read.person_id, read.for_person_id, read.post_id, read.unit_id]
    code, chain_id, seq = read.place
    body = [FORMAT, code, chain_id, seq, at, read.kind, read.clauses, _trimmed(who), read.subject_id,
            _trimmed([unit_id, kind_of, due, round_, on_time]), read.facts, read.texts, read.sealed]  # fmt: skip
    return in_json(_trimmed(body))


def written_again(line: LineMeta, read: Read) -> str:
    """The same text from the table's columns."""
    return said_again(read, stamp(line.at), stamp(line.due_at))


def rest(chain_id: int, draft: Draft, actor: Actor) -> bytes:
    """What the table keeps of a line besides its place, instant, kind and hash."""
    f = draft.figures
    told = Told(actor.person_id, actor.for_person_id, actor.post_id, draft.subject_id, f.unit_id, f.kind_of, f.due_at,
                f.round, f.on_time)  # fmt: skip
    more = More(actor.role, actor.unit_id, tuple(draft.clauses), tuple(draft.texts), tuple(draft.sealed),
                tuple(draft.facts))  # fmt: skip
    return packed(chain_id, told, more)


def rest_of(read: Read) -> bytes:
    """The same of a line that was read: its one and only form."""
    unit_id, kind_of, due, round_, on_time = read.figures
    told = Told(read.person_id, read.for_person_id, read.post_id, read.subject_id, unit_id, kind_of,
                datetime.fromisoformat(due) if due else None, round_, on_time)  # fmt: skip
    texts = tuple((i, unshort(digest)) for i, digest in read.texts)
    sealed = tuple((t, r, f, unshort(value)) for t, r, f, value in read.sealed)
    return packed(read.place[1], told, More(read.role, read.unit_id, read.clauses, texts, sealed, read.facts))


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
                   rest(chain.id, draft, actor))  # fmt: skip
    return line, Head(seq, digest, at)


def meta(line: Written) -> LineMeta:
    """A line just written, as loading will give it."""
    return LineMeta(line.seq, line.at, line.kind, line.rest, line.chain_kind, line.chain_id)


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
