"""集线 (hub): who listens, at which desk. Of each listener it keeps no more than the number of the last thing they were
told to look for: however slow one is, however many things come, nothing piles up and nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

Place = tuple[str, int | None]


@dataclass(eq=False, slots=True)
class Listener:
    """一个在听的页面: where it sits, and what it was last told."""

    place: Place
    told: int = 0
    fresh: asyncio.Event = field(default_factory=asyncio.Event)


class Full(Exception):
    """满了: as many listen as may."""


class Hub:
    """集线: all pages that listen."""

    def __init__(self, most: int = 5000):
        self.most = most
        self.number = 0
        self._at: dict[Place, set[Listener]] = {}
        self._all: set[Listener] = set()

    def __len__(self) -> int:
        return len(self._all)

    def join(self, place: Place) -> Listener:
        """Somebody listens from now on. Raises Full."""
        if len(self._all) >= self.most:
            raise Full
        one = Listener(place)
        self._all.add(one)
        self._at.setdefault(place, set()).add(one)
        return one

    def leave(self, one: Listener) -> None:
        """They do so no longer."""
        self._all.discard(one)
        there = self._at.get(one.place, set())
        there.discard(one)
        if not there:
            self._at.pop(one.place, None)

    def move(self, one: Listener, place: Place) -> None:
        """The same page, at another desk: whoever it is acts as another of their posts."""
        if one.place != place:
            self.leave(one)
            one.place = place
            self._all.add(one)
            self._at.setdefault(place, set()).add(one)
            one.fresh.set()

    def tell(self, places: Iterable[Place]) -> None:
        """Something is new at these desks."""
        self.number += 1
        for place in places:
            self._wake(self._at.get(place, ()))

    def tell_all(self) -> None:
        """Nobody knows what was missed: everybody looks again."""
        self.number += 1
        self._wake(self._all)

    def _wake(self, some: Iterable[Listener]) -> None:
        for one in some:
            one.told = self.number
            one.fresh.set()
