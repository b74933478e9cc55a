"""台账 (ledger): the canonical text of a line, its hash, and what verify derives again from the text."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hotline.procedure.actor import Actor
from hotline.procedure.secrets import sm3
from hotline.procedure.writeset import Figures, Written

FORMAT = 2
GENESIS = bytes(32)
NOTHINGS: tuple[Any, ...] = (None, [], ())
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND, MICROSECOND, MILLION = timedelta(seconds=1), timedelta(microseconds=1), 1_000_000
LEAST_MICROSECONDS = 10**14  # 1973 in microseconds
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


@dataclass(frozen=True, slots=True)
class LineMeta:
    """行摘: what cards and pages may see of an earlier line."""

    seq: int
    at: datetime
    kind: str
    subject_id: int | None
    person_id: int | None
    for_person_id: int | None
    post_id: int | None
    text: str

    def persons(self) -> frozenset[int]:
        """Everybody the line counts for."""
        return frozenset(p for p in (self.person_id, self.for_person_id) if p is not None)


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


def _trimmed(values: Sequence[Any]) -> list[Any]:
    """Without the nothings at the end."""
    kept = list(values)
    while kept and kept[-1] in NOTHINGS:
        kept.pop()
    return kept


def _filled(values: Sequence[Any], length: int) -> list[Any]:
    return [*values, *[None] * (length - len(values))]


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


_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_plain)


def canonical(chain: Chain, seq: int, at: datetime, draft: Draft, actor: Actor) -> str:
    """The positional text of a line: the only thing its hash covers besides the previous hash. What is nothing at the
    end of a part is left out, and the card's name is that of the line's kind: a line is kept for ever."""
    f = draft.figures
    who = [actor.role, actor.person_id, actor.for_person_id, actor.post_id, actor.unit_id]
    figures = [f.unit_id, f.kind_of, stamp(f.due_at), f.round, f.on_time]
    body = [FORMAT, chain.code, chain.id, seq, stamp(at), draft.kind, list(draft.clauses), _trimmed(who),
            draft.subject_id, _trimmed(figures), draft.facts, draft.texts, draft.sealed]  # fmt: skip
    return _JSON.encode(_trimmed(body))


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
                   actor.for_person_id, actor.post_id, draft.figures, text, digest)  # fmt: skip
    return line, Head(seq, digest, at)


@dataclass(frozen=True, slots=True)
class Read:
    """读出的行: a line's text taken apart again."""

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
