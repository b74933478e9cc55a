"""世界 (world): what performing needs besides the database: rulebooks, keys, randomness, and each room's dossiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import local
from typing import Any, Protocol

from hotline.procedure.case import Case
from hotline.procedure.dossier import Dossier
from hotline.procedure.secrets import Keys, Randomness
from hotline.rules.book import Rulebook

BLOCK = 1000


class Cursor(Protocol):
    """The few things of a database cursor that look-ups use."""

    def execute(self, query: Any, params: Any = None) -> Any:
        """Run one statement."""

    def fetchone(self) -> Any:
        """The next row."""

    def fetchall(self) -> Any:
        """All rows."""


LookUp = Callable[[Cursor, "World", Case[Any, Any], Mapping[str, Any]], Any]
DOSSIERS: dict[str, type[Dossier]] = {}
LOOK_UPS: dict[str, LookUp] = {}


def dossier_of(chain: str) -> Callable[[type[Dossier]], type[Dossier]]:
    """Class decorator: this dossier serves that chain kind."""

    def register(cls: type[Dossier]) -> type[Dossier]:
        cls.CHAIN = chain
        DOSSIERS[chain] = cls
        return cls

    return register


class IdBlocks(local):
    """号段: numbers from blocks of 1,000 drawn by one statement. Each thread has its own, so that what one act made
    sure of is not taken by another meanwhile. Between chains numbers say nothing about order; within one they ascend
    (`above`)."""

    def __init__(self) -> None:
        self._next, self._end = 0, 0
        self._spare: list[int] = []

    def next(self) -> int:
        """A fresh number. Raises RuntimeError when the block ran out within one act."""
        if self._next == self._end:
            if not self._spare:
                raise RuntimeError("id block exhausted within one act")
            self._next = self._spare.pop(0)
            self._end = self._next + BLOCK
        self._next += 1
        return self._next - 1

    def mark(self) -> Any:
        """Where drawing stands, for `rewind`."""
        return self._next, self._end, [*self._spare]

    def rewind(self, mark: Any) -> None:
        """Give back what was drawn since, by an act of which nothing was written."""
        self._next, self._end, self._spare = mark

    def left(self) -> int:
        """How many numbers remain."""
        return self._end - self._next + BLOCK * len(self._spare)

    def above(self, cursor: Cursor, newest: int, at_least: int) -> None:
        """Go on above `newest`, the greatest number of what an act holds locked: the numbers of one chain then ascend
        in the order of its acts, whichever process and thread performs them. A block drawn now lies above all that were
        ever handed out; the rest of an older one is left unused. Asks nothing where ours is the newest."""
        if self._next <= newest:
            self._spare = [block for block in self._spare if block > newest]
            self._next = self._end = 0
            self.refill(cursor, at_least)

    def refill(self, cursor: Cursor, at_least: int) -> None:
        """Draw blocks until `at_least` numbers remain; usually does nothing. What one act may need is of one block:
        what is left of a block and too little is left unused."""
        if self._end - self._next < at_least <= BLOCK:
            self._next = self._end
        while self.left() < at_least:
            cursor.execute("SELECT nextval('procedure_ids')")
            self._spare.append(cursor.fetchone()[0])


@dataclass(slots=True)
class World:
    """世界: one per process. `books` holds every rulebook version that matters may be pinned to, `book` the current."""

    book: Rulebook
    keys: Keys
    random: Randomness
    books: dict[str, Rulebook] = field(default_factory=dict)
    ids: IdBlocks = field(default_factory=IdBlocks)

    def renew(self, books: Mapping[str, Rulebook]) -> None:
        """Go on with the same rulebooks under calendars published since. Raises KeyError where one is missing."""
        renewed = {name: books[name] for name in self.books}
        self.book, self.books = renewed[self.book.id], renewed

    def book_of(self, dossier: Dossier) -> Rulebook:
        """The rulebook a dossier is pinned to; a new one gets the current. Raises KeyError for a version that is not
        here: no other may stand in for it."""
        pinned = getattr(dossier, "pinned", "")
        return self.books[pinned] if pinned else self.book


_current: list[World] = []


def install(world: World) -> None:
    """Make this the process's world."""
    world.books.setdefault(world.book.id, world.book)
    _current[:] = [world]


def current() -> World:
    """The process's world. Raises RuntimeError before start-up is done."""
    if not _current:
        raise RuntimeError("the world is not installed yet")
    return _current[0]
