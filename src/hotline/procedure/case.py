"""案 (case): one performance in the making. It carries what a card may look at and collects what it wants written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.dossier import Dossier
from hotline.procedure.ledger import Draft
from hotline.procedure.records import Record
from hotline.procedure.secrets import KEY, NONCE, Keys, Randomness, encrypt, place, text_hash
from hotline.procedure.writeset import Echo, Figures, Message, WriteSet
from hotline.rules.book import Rulebook

D = TypeVar("D", bound=Dossier)
S = TypeVar("S", bound=Record)


class Ids(Protocol):
    """Numbers drawn beforehand, in blocks."""

    def next(self) -> int:
        """A number never used before in this database."""


@dataclass(slots=True)
class Tools:
    """工具: what an act may take from outside the dossier, all given before it begins. `extra` is what the
    card's `draws` and `needs` brought, by their names (e.g. the receiving unit); `beside` the dossiers of other chains
    that are locked with its own, by their numbers."""

    ids: Ids
    random: Randomness
    keys: Keys
    extra: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[int, Dossier] = field(default_factory=dict)


@dataclass(slots=True)
class Case(Generic[D, S]):
    """案: dossier, subject, actor, instant, rulebook and cleaned form of one performance."""

    card: type[Card]
    dossier: D
    subject: S
    actor: Actor
    now: datetime
    book: Rulebook
    tools: Tools
    form: Mapping[str, Any] = field(default_factory=dict)
    out: WriteSet = field(default_factory=WriteSet)
    texts: list[tuple[int, bytes]] = field(default_factory=list)
    sealed: list[tuple[str, int, str, bytes]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    def update(self, row: Record, **changes: Any) -> None:
        """Note changed fields. A status is moved by the card's `moves` alone."""
        if "status" in changes:
            raise TypeError("a status is moved by `moves`, never by `change`")
        self.out.update(row, changes)

    def insert(self, row: Record) -> None:
        """Note a new row. Raises ValueError for a number that stands in the dossier already: of texts no index would
        refuse it."""
        if self.dossier.find(type(row), row.id) is not None:
            raise ValueError(f"number {row.id} was given out twice")
        self.out.inserts.append(row)

    def destroy(self, record: type[Record], row_id: int) -> None:
        """Note a key that is destroyed for good; its own trigger notes that outside the database."""
        self.out.deletes.append((record, row_id))

    def salted(self, text_id: int, body: str) -> bytes:
        """A fresh salt for a free text; the line will hold SM3(salt ‖ text)."""
        salt = self.tools.random.take(16)
        self.texts.append((text_id, text_hash(salt, body)))
        return salt

    def new_person_key(self, owner: int) -> tuple[bytes, bytes]:
        """A key of a person's own: the key, and its wrapped form for the key table."""
        key = self.tools.random.take(KEY)
        return key, self.tools.keys.wrap(owner, key, self.tools.random.take(NONCE))

    def encrypted(self, key: bytes, table: str, row: int, name: str, value: str) -> bytes:
        """A personal field, encrypted under the person's key; the line carries the ciphertext."""
        sealed = encrypt(key, value.encode(), place(table, row, name), self.tools.random.take(NONCE))
        self.sealed.append((table, row, name, sealed))
        return sealed

    def tell(self, template: str, to_kind: str, to_id: int, **refs: int) -> None:
        """Put a message to the outside into the outbox."""
        self.out.messages.append(Message(self.tools.ids.next(), template, to_kind, to_id, refs))

    def echo(self, card: str, chain_id: int, *, must: bool = True, **form: Any) -> None:
        """Have a card of the system's performed on another chain of this kind, in the same transaction."""
        self.out.echoes.append(Echo(card, chain_id, form, must))

    def draft(self, facts: Mapping[str, Any]) -> Draft:
        """The line of this performance. Raises KeyError when a declared fact was not given."""
        line = self.card.ledger
        if set(facts) != set(line.facts):
            raise KeyError(f"{self.card.__name__}: {sorted(set(facts) ^ set(line.facts))}")
        figures = Figures(**{**self.dossier.figures_of(self.dossier.find(type(self.subject), self.subject.id)
                                                       or self.subject), **self.figures})  # fmt: skip
        return Draft(line.kind, self.card.name(), self.card.clauses(self), self.subject.id,
                     [facts[name] for name in line.facts], figures, self.texts, self.sealed)  # fmt: skip
