"""知识库的循环 (knowing): asks in time whether entries still hold, ends those nobody said so of, lets those of units that
have ended go on with their successors, and fills the knowledge base of a demonstration."""

from __future__ import annotations

from hotline.knowledge import clock, inheriting, seed
from hotline.procedure import times


class Knowing:
    """知识库: one set of entries on which something has fallen due, one portion of those to be inherited."""

    every = 30.0

    def __init__(self) -> None:
        self._filled = False

    def turn(self) -> bool:
        """One portion; true when more waits."""
        if not self._filled:
            self._filled = True
            if times.simulated():
                seed.load_demo(times.now())
        inheriting.inherit(times.now())
        return clock.sweep(times.now()).full
